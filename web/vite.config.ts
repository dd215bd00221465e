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
 * The page in `dist/web`: a small entry that draws the first picture, the app that follows it, their style sheets, and
 * the workers.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../public',
  plugins: [packAssets()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Every browser that the page runs in has it.
    modulePreload: { polyfill: false },
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
  },
  // One file a worker: the page brings it into the browser's cache, where it works without the server.
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
});
