import { defineConfig } from 'vite';

/**
 * The command and the server in `dist`, with every package bundled: the published package has no runtime dependency.
 * Chunks lie flat beside the entries, because the worker is found relative to the chunk that starts it.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: '../dist',
    // Built before the page: chunks of earlier builds must not reach the package.
    emptyOutDir: true,
    target: 'node20',
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
    rolldownOptions: {
      input: { cli: 'server/main.ts', worker: 'server/worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
