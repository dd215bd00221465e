/** The closing line's counts, on small made-up reports. */
import { expect, it } from 'vitest';
import { countPlaywright, countVitest } from './results.mjs';

const tests = (...status: string[]) => status.map((each) => ({ status: each }));

it('counts vitest tests, skipped ones as failed', () => {
  const testResults = [
    { status: 'passed', assertionResults: tests('passed', 'passed', 'pending') },
    { status: 'failed', assertionResults: tests('failed', 'passed') },
  ];
  expect(countVitest({ testResults })).toEqual({ passed: 3, failed: 2 });
});

it('counts a test file that does not load as one failure', () => {
  expect(countVitest({ testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual({ passed: 0, failed: 1 });
});

it('counts flaky and skipped browser tests as failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 5, failed: 4 });
});

it('counts an error outside browser tests', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 1 });
});
