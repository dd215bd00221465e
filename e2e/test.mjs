/**
 * `npm test`: every check of the project in one go, or the stages that are named.
 *
 *   node e2e/test.mjs                     all of them, in the order of STAGES
 *   node e2e/test.mjs build e2e           these only
 *   node e2e/test.mjs e2e -- search       what follows `--` goes to the last stage's own command
 *
 * Every stage runs even when one before it failed, except those that need the build. The last line is
 * `N passed, N failed`: the tests of vitest and Playwright, and one more for each other stage that failed. A test that
 * was skipped counts as failed. Plain JavaScript, because Node 20 runs no TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { machine } from './browser-machine.mjs';
import { countPlaywright, countVitest } from './results.mjs';

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'node_modules', '.cache', 'tsviz-test');

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs a package's command line by Node itself: no shell, no PATH, the same on every system.
 *
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(script, args, env = {}) {
  const command = [join(ROOT, 'node_modules', script), ...args];
  const { status } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/**
 * Counts of a stage without tests of its own.
 *
 * @param {boolean} ok
 * @returns {Counts}
 */
const check = (ok) => ({ passed: 0, failed: ok ? 0 : 1 });

/**
 * Counts in a report; a command that failed without a failed test (or without a report) is one failure.
 *
 * @param {boolean} ok
 * @param {string} file
 * @param {(report: any) => Counts} count
 * @returns {Counts}
 */
function counted(ok, file, count) {
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0 };
  try {
    counts = count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    ok = false;
  }
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * @param {string} name
 * @param {string[]} args
 */
function vitest(name, args) {
  const file = join(RESULTS, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return counted(run('vitest/vitest.mjs', ['run', ...reporters, ...args]), file, countVitest);
}

/** @param {string[]} args */
function playwright(args) {
  const file = join(RESULTS, 'playwright.json');
  let browser;
  try {
    browser = findBrowser(machine);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return check(false);
  }
  console.log(`Browser: ${browser}`);
  const env = { TSVIZ_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const ok = run('@playwright/test/cli.js', ['test', '--reporter=list,json', ...args], env);
  return counted(ok, file, countPlaywright);
}

/** @param {string[]} args */
function build(args) {
  const vite = (/** @type {string} */ config) =>
    run('vite/bin/vite.js', ['build', '--logLevel', 'warn', '--config', config, ...args]);
  return check(vite('server/vite.config.ts') && vite('web/vite.config.ts'));
}

const HOUSE = ['e2e/house.test.ts'];
const PACKAGE = ['e2e/package.test.ts'];
const excluded = [...HOUSE, ...PACKAGE].flatMap((file) => ['--exclude', file]);

/** @type {{ name: string, title: string, needsBuild?: boolean, run: (args: string[]) => Counts }[]} */
const STAGES = [
  { name: 'types', title: 'Types', run: (args) => check(run('typescript/bin/tsc', ['-b', ...args])) },
  {
    name: 'lint',
    title: 'Lint and dead code',
    // Both are run even when the first complains.
    run: () => {
      const results = [
        run('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']),
        run('knip/bin/knip.js', []),
      ];
      return check(results.every(Boolean));
    },
  },
  { name: 'house', title: 'House rules', run: (args) => vitest('house', [...HOUSE, ...args]) },
  { name: 'unit', title: 'Unit tests', run: (args) => vitest('unit', [...excluded, ...args]) },
  { name: 'build', title: 'Build', run: build },
  {
    name: 'package',
    title: 'The packed package',
    needsBuild: true,
    run: (args) => vitest('package', [...PACKAGE, ...args]),
  },
  { name: 'e2e', title: 'End-to-end tests in a browser', needsBuild: true, run: playwright },
];

function main() {
  const given = process.argv.slice(2);
  const split = given.includes('--') ? given.indexOf('--') : given.length;
  const names = given.slice(0, split);
  const extra = given.slice(split + 1);
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    console.error(`No stage is called "${unknown}"; there are ${STAGES.map((stage) => stage.name).join(', ')}.`);
    process.exit(2);
  }
  const chosen = names.length === 0 ? STAGES : STAGES.filter((stage) => names.includes(stage.name));

  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const lines = [];
  /** @type {boolean} */
  let buildFailed = false;
  for (const stage of chosen) {
    console.log(`\n── ${stage.title}\n`);
    const start = performance.now();
    const isBlocked = buildFailed && stage.needsBuild === true;
    if (isBlocked) console.error('Not run, because the build failed.');
    /** @type {Counts} */
    const counts = isBlocked ? check(false) : stage.run(stage === chosen.at(-1) ? extra : []);
    if (stage.name === 'build') buildFailed = counts.failed > 0;
    total.passed += counts.passed;
    total.failed += counts.failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const tests = counts.passed > 0 ? `, ${counts.passed} passed` : '';
    lines.push(
      `${counts.failed > 0 ? '✗' : '✓'} ${stage.title}${tests}${counts.failed > 0 ? `, ${counts.failed} failed` : ''} (${seconds} s)`,
    );
  }
  console.log(`\n── Summary\n\n${lines.join('\n')}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

main();
