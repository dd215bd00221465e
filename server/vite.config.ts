import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const openFolder = dirname(createRequire(import.meta.url).resolve('open'));

/**
 * Chunks have a digest in their name, so an old build would stay beside the new one and be published with it. The page
 * in `web` is another build's.
 */
function tidyFolder(): Plugin {
  let folder = '';
  return {
    name: 'tsviz:tidy-folder',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    writeBundle(_options, bundle) {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (/\.c?js$/.test(name) && !(name in bundle)) rmSync(join(folder, name));
      }
      // The `open` package looks for this script beside its own code and would miss it once bundled.
      copyFileSync(join(openFolder, 'xdg-open'), join(folder, 'xdg-open'));
    },
  };
}

/**
 * Packages that Fastify would load and this server never does: compilers of JSON Schema (routes/schema.ts stands in for
 * them) and the means of tests to ask without a socket. Half of the bundle, which would be parsed at every start.
 */
const LEFT_OUT = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request'];

const NO_CHILDREN = '\0no-children';

function leaveOut(): Plugin {
  const mark = '\0left-out:';
  return {
    name: 'tsviz:leave-out',
    enforce: 'pre',
    resolveId: (id, importer = '') => {
      // Commander starts programs for commands that are programs of their own; ours are not, and at every start
      // `node:child_process` would cost more than reading the command line.
      if (id === 'node:child_process' && importer.includes('/commander/')) return NO_CHILDREN;
      return LEFT_OUT.includes(id) ? mark + id : null;
    },
    load: (id) => {
      if (id === NO_CHILDREN) return 'export default {};';
      return id.startsWith(mark) ? `throw new Error('${id.slice(mark.length)} is left out of this bundle');` : null;
    },
  };
}

/**
 * The command and the server in `dist`, with every package bundled: the published package has no runtime dependency.
 * Chunks lie flat beside the entries, because the worker is found relative to the chunk that starts it.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [leaveOut(), tidyFolder()],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: '../dist',
    emptyOutDir: false,
    target: 'node20',
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
    rolldownOptions: {
      input: { cli: 'server/main.ts', worker: 'server/worker.ts' },
      output: {
        // Node loads it sooner than modules, whose loader it would have to start in both threads.
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        // Half as much to parse at every start; names stay, so that a stack trace still says something.
        minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});
