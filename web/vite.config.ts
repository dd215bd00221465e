import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** A packed copy beside each script and style sheet, so that the server never packs the same bytes twice. */
function packAssets(): Plugin {
  return {
    name: 'tsviz:pack-assets',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, output] of Object.entries(bundle)) {
          if (!/\.(?:js|css)$/.test(fileName)) continue;
          const source = gzipSync(output.type === 'chunk' ? output.code : output.source, { level: 9 });
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
        }
      },
    },
  };
}

/**
 * What the first picture needs is one file, what the app around it needs besides a second one: left alone, each module
 * that some later view uses too would be a file of its own, asked for one by one and packed worse.
 */
function groupByWave(): Plugin {
  const waves = [
    // Gestures come with the app. d3's index names what they need of it to everybody who needs anything.
    {
      name: 'picture',
      from: /\/web\/main\.ts$/,
      but: /\/d3-(?:color|dispatch|drag|interpolate|selection|timer|zoom)\/|no-transitions/,
    },
    { name: 'app', from: /\/web\/app\/page\.ts$/, but: null },
  ];
  const waveOf = new Map<string, string>();
  return {
    name: 'tsviz:group-by-wave',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: waves.map(({ name }, index) => ({
          name,
          test: (id: string) => waveOf.get(id) === name,
          priority: waves.length - index,
        })),
      },
    }),
    buildEnd() {
      for (const { name, from, but } of waves) {
        const roots = [...this.getModuleIds()].filter((id) => from.test(id));
        const left = roots.flatMap((id) => this.getModuleInfo(id)?.importedIds ?? []);
        left.push(...roots);
        for (let id = left.pop(); id !== undefined; id = left.pop()) {
          if (waveOf.has(id) || but?.test(id)) continue;
          waveOf.set(id, name);
          left.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      }
    },
  };
}

const NO_TRANSITIONS = '\0no-transitions';

/**
 * d3's zoom can be animated by d3's transitions, of which nothing here makes any: 12 kB of script, with the
 * interpolation of colours. There is nothing to interrupt then.
 */
function leaveOutTransitions(): Plugin {
  return {
    name: 'tsviz:leave-out-transitions',
    enforce: 'pre',
    resolveId: (id) => (id === 'd3-transition' ? NO_TRANSITIONS : null),
    load: (id) =>
      id === NO_TRANSITIONS
        ? `import { selection } from 'd3-selection';
           selection.prototype.interrupt = function () { return this; };
           export const interrupt = () => {};`
        : null,
  };
}

/**
 * The page in `dist/web`: a small entry that draws the first picture, the app that follows it, their style sheets, and
 * the workers.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../public',
  plugins: [leaveOutTransitions(), groupByWave(), packAssets()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // On a busy machine it has something to say at every build.
    rolldownOptions: { checks: { bundlerTimings: false } },
    // Every browser that the page runs in has it.
    modulePreload: { polyfill: false },
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
  },
  // One file a worker: the page brings it into the browser's cache, where it works without the server.
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
});
