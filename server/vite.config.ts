import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
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
      folder = join(root, build.outDir);
    },
    writeBundle(_options, bundle) {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (name.endsWith('.js') && !(name in bundle)) rmSync(join(folder, name));
      }
      // The `open` package looks for this script beside its own code and would miss it once bundled.
      copyFileSync(join(openFolder, 'xdg-open'), join(folder, 'xdg-open'));
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
  plugins: [tidyFolder()],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: '../dist',
    emptyOutDir: false,
    target: 'node20',
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
    rolldownOptions: {
      input: { cli: 'server/main.ts', worker: 'server/worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
