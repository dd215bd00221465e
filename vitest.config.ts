import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,server,web}/**/*.test.ts', 'e2e/**/*.test.ts'],
    setupFiles: ['shared/testing/fixed-seed.ts'],
    testTimeout: 20_000,
    pool: 'threads',
  },
});
