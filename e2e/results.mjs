/**
 * Reads how many tests passed and failed out of the JSON reports of vitest and Playwright.
 *
 * Only two outcomes are known: whatever did not pass has failed, also a test that was skipped or never ran. Errors
 * outside tests (a file that does not load, a hook that throws) count too.
 */

/**
 * Counts of vitest's `json` report.
 *
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 */
export function countVitest(report) {
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults) {
    const good = file.assertionResults.filter((test) => test.status === 'passed').length;
    const bad = file.assertionResults.length - good;
    passed += good;
    failed += bad;
    if (bad === 0 && file.status !== 'passed') failed++;
  }
  return { passed, failed };
}

/**
 * Counts of Playwright's `json` report.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report
 */
export function countPlaywright({ stats, errors }) {
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return { passed: stats.expected, failed: failed === 0 ? errors.length : failed };
}
