import { defineConfig } from 'vite';

/** The page: one application bundle, its worker and its style sheet, in `dist/web`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../public',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
  },
  worker: { format: 'es' },
});
