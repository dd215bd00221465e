import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests in a real browser, against the built command (e2e/fixtures.ts starts it).
 *
 * `npm test` finds or gets the browser and names it in TSVIZ_BROWSER. Nothing is retried: a test that passes the second
 * time has found something.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: process.env.TSVIZ_BROWSER ? { executablePath: process.env.TSVIZ_BROWSER } : {},
  },
});
