/** The lines view: what is ranked and listed, where source comes from, its keys and its address. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { filterTable, getRow } from './page-parts.ts';
import { findFaults, openPanel, panelIsThere } from './panel-pages.ts';

const SAMPLES = join(import.meta.dirname, '../shared/samples');
const REPORT = join(SAMPLES, 'line-profiler/lpapp-402-report.txt');
const LPROF = join(SAMPLES, 'line-profiler/lpapp-402.lprof');
const TRACES = join(SAMPLES, 'tracemalloc/nframe10-py313.tracemalloc');
const MEMORY = join(SAMPLES, 'memory-profiler/mem-table.txt');

const getList = (page: Page): Locator => page.getByRole('listbox', { name: 'Functions by lines' });
const getLines = (page: Page): Locator => page.getByRole('grid', { name: 'Lines' });
const getShown = (page: Page): Locator => page.locator('.lines').getByRole('heading', { level: 2 });

/** The rows of the listing as a person reads them, cells apart. */
function readLines(page: Page): Promise<string[]> {
  return getLines(page)
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .slice(1)
        .map((row) =>
          [...row.querySelectorAll('[role="gridcell"]')]
            .map((cell) => (cell.textContent ?? '').trim().replaceAll('\u202f', ' '))
            .join(' | '),
        ),
    );
}

/** Lines of the program as the report prints them, by their numbers. */
function getProgram(): string {
  const lines: string[] = [];
  for (const line of readFileSync(REPORT, 'utf8').split('\n')) {
    const number = /^ {1,5}(\d+) /.exec(line)?.[1];
    if (number !== undefined && line.length > 49) lines[Number(number) - 1] = line.slice(49);
  }
  return `${Array.from(lines, (line) => line ?? '').join('\n')}\n`;
}

test('ranks functions and lists the lines of the first, with the text of the report', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [REPORT]);
  // line_profiler's own numbers: 0.00498871 s in fit, 0.0039837 s in parse, 0.0096511 s in all.
  await expect(getList(page).getByRole('option')).toHaveText([
    /^fit.*4\.99.ms51\.7.%$/,
    /^parse.*3\.98.ms41\.3.%$/,
    /^step.*334.µs/,
    /^rec/,
    /^gen/,
    /^never_called.*––$/,
  ]);
  expect(await readLines(page)).toEqual([
    '16 |  |  |  |  |  | @profile',
    '17 |  |  |  |  |  | def fit(self, n):',
    '18 | 1 | 0.300 | 300 ns | <0.1 % | <0.1 % | acc = 0',
    '19 | 4,000 | 404 | 101 ns | 8.1 % | 4.2 % | for i in range(n):',
    '20 | 2,666 | 289 | 108 ns | 5.8 % | 3.0 % | if i % 3:',
    '21 | 2,666 | 4,126 | 1.55 µs | 82.7 % | 42.8 % | acc += self.step(i)',
    '22 |  |  |  |  |  | else:',
    '23 | 1,334 | 169 | 127 ns | 3.4 % | 1.8 % | acc -= 1',
    '24 | 1 | 0.100 | 100 ns | <0.1 % | <0.1 % | return acc',
  ]);
});

test('marks what is missing, and says how to see the source', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [LPROF]);
  await expect(page.getByText('start tsviz in the program’s folder, or add --source-root DIR')).toBeVisible();
  const [first, gap, second] = await readLines(page);
  expect([first, gap, second?.slice(0, 11)]).toEqual([
    '16 |  |  |  |  |  | ',
    '⋮ | 1 line not in the profile',
    '18 | 1 | 0.',
  ]);
});

test('shows the source of a folder that was given', async ({ page, serveFiles, writeFile }) => {
  const program = writeFile('program/lpapp.py', getProgram());
  await openPanel(page, serveFiles, 'lines', [LPROF, '--source-root', join(program, '..')]);
  await expect(getLines(page)).toContainText('acc += self.step(i)');
  expect((await readLines(page))[1]).toBe('17 |  |  |  |  |  | def fit(self, n):');
  await expect(page.getByText('--source-root DIR')).toHaveCount(0);
  await getList(page)
    .getByRole('option', { name: /never_called/ })
    .click();
  await expect(page.getByText('No line of it ran.')).toBeVisible();
  expect((await readLines(page)).map((line) => line.split(' | ').at(-1))).toEqual([
    '@profile',
    'def never_called(x):',
    'return x + 1',
  ]);
});

test('says when the source has changed since', async ({ page, serveFiles, writeFile }) => {
  const program = writeFile('changed/lpapp.py', '# only this\n');
  await openPanel(page, serveFiles, 'lines', [LPROF, '--source-root', join(program, '..')]);
  await expect(page.getByText('The file has fewer lines than the profile knows')).toBeVisible();
});

test('names from a hostile file are text, and lead to no file outside', async ({ page, serveFiles, writeFile }) => {
  const evil = '<img src=x onerror=alert(1)>';
  const text = [
    'Timer unit: 1e-06 s',
    '',
    'Total time: 1e-06 s',
    'File: /etc/passwd',
    `Function: ${evil} at line 1`,
    '',
    'Line #      Hits         Time  Per Hit   % Time  Line Contents',
    '==============================================================',
    `     1         1          1.0      1.0    100.0  ${evil}`,
    '',
  ].join('\n');
  await openPanel(page, serveFiles, 'lines', [writeFile('evil.txt', text)]);
  await expect(getLines(page)).toContainText(evil);
  expect(await page.locator('.lines img').count()).toBe(0);
});

test('the address restores function and line', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [REPORT]);
  await getList(page).getByRole('option', { name: /^step/ }).click();
  await getLines(page).getByRole('row').filter({ hasText: '(i * i)' }).click();
  await expect(page).toHaveURL(/lines=line%3D28/);
  await page.goto(page.url());
  await panelIsThere(page, 'lines');
  await expect(getShown(page)).toContainText('step');
  await expect(getLines(page).getByRole('row', { selected: true })).toContainText('(i * i)');
  await getList(page).getByRole('option', { name: /^gen/ }).click();
  await expect(page).not.toHaveURL(/lines=line/);
});

test('selection goes both ways', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [TRACES]);
  await getLines(page).getByRole('row').filter({ hasText: /^488/ }).click();
  const details = page.getByRole('complementary', { name: 'Details of a function' });
  await expect(details).toContainText('<frozen importlib._bootstrap>:488');
  await filterTable(page, 'orders.py:69');
  await getRow(page, '/home/alex/shop/orders.py:69(orders.py:69)').click();
  await expect(getShown(page)).toContainText('orders.py');
  await expect(getLines(page).getByRole('row', { selected: true })).toContainText('69');
});

test('can be used by keys alone', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [REPORT]);
  await getList(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(getShown(page)).toContainText('parse');
  await page.keyboard.press('.');
  // The hottest line of all is that of fit, then that of parse.
  await expect(getLines(page).getByRole('row', { selected: true })).toContainText('acc += self.step(i)');
  await page.keyboard.press('.');
  await expect(getLines(page).getByRole('row', { selected: true })).toContainText('json.loads');
  await expect(page.getByText('2 of 16', { exact: true })).toBeVisible();
  await page.keyboard.press(',');
  await expect(getShown(page)).toContainText('fit');
  await page.keyboard.press('ArrowRight');
  await expect(getLines(page)).toBeFocused();
  await page.keyboard.press('End');
  await expect(getLines(page).getByRole('row', { selected: true })).toContainText('return acc');
  await page.keyboard.press('ArrowLeft');
  await expect(getList(page)).toBeFocused();
  await page.getByRole('textbox', { name: 'Filter ranked functions by name or path' }).fill('nothing like it');
  await expect(getList(page)).toContainText('Nothing matches');
  await page.keyboard.press('Escape');
  await expect(getList(page).getByRole('option')).toHaveCount(6);
});

test('copies path and line', async ({ page, serveFiles, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPanel(page, serveFiles, 'lines', [REPORT]);
  await getLines(page).getByRole('row').filter({ hasText: 'self.step' }).click();
  await page.getByRole('button', { name: 'Copy path and line' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('lpapp.py:21');
});

test('memory in use is a state: the most counts, and there are no shares', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [MEMORY]);
  await expect(getList(page).getByRole('option').first()).toContainText('207');
  await expect(page.getByText('at most')).toBeVisible();
  expect((await readLines(page))[4]).toBe('7 | 1 | 207 |  | 153 | b = [2] * (2 * 10 ** 7)');
});

test('gathers by file', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'lines', [REPORT]);
  await page.getByRole('button', { name: 'By: function' }).click();
  await page.getByRole('menuitemradio', { name: 'file' }).click();
  await expect(page.getByRole('listbox', { name: 'Files by lines' }).getByRole('option')).toHaveText([
    /lpapp\.py.*9\.65.ms100.%/,
  ]);
  await expect(page).toHaveURL(/by%3Dfile|by=file/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    for (const width of [1440, 1024, 700]) {
      test(`axe finds nothing, and nothing scrolls sideways, at ${width}`, async ({ page, serveFiles }) => {
        await page.setViewportSize({ width, height: 900 });
        await openPanel(page, serveFiles, 'lines', [REPORT]);
        await getLines(page).getByRole('row').filter({ hasText: 'self.step' }).click();
        await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill('fit');
        await expect(getList(page).locator('mark')).toHaveText('fit');
        expect(await findFaults(page)).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wide).toBe(false);
      });
    }
  });
}

test('a source that comes late does not disturb the view that is there by then', async ({ page, serveFiles }) => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    void page.route(/\/source\?/, async (route) => {
      resolve();
      await new Promise<void>((go) => {
        answer = go;
      });
      await route.fulfill({ json: { text: 'late\n' } });
    });
  });
  await openPanel(page, serveFiles, 'lines', [TRACES]);
  await asked;
  await page.getByRole('tab', { name: 'Allocations' }).click();
  await panelIsThere(page, 'allocations');
  const came = page.waitForResponse(/\/source\?/);
  answer();
  await (await came).finished();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(page.getByRole('grid', { name: 'Allocations' })).toBeVisible();
  await expect(getLines(page)).toHaveCount(0);
});
