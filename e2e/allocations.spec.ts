/** The allocations view: rows by line, file and traceback, their sums, keys and address. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { findFaults, openPanel, panelIsThere } from './panel-pages.ts';

const FOLDER = join(import.meta.dirname, '../shared/samples/tracemalloc');
const DEEP = join(FOLDER, 'nframe10-py313.tracemalloc');

const getGrid = (page: Page): Locator =>
  page.getByRole('grid', { name: 'Allocations' }).or(page.getByRole('treegrid', { name: 'Allocations' }));
const getRows = (page: Page): Locator => getGrid(page).getByRole('row');

async function chooseBy(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('button', { name: `By: ${from}` }).click();
  await page.getByRole('menuitemradio', { name: to }).click();
}

/** The texts of a row, cells apart. */
function readRow(row: Locator): Promise<string[]> {
  return row.evaluate((element) =>
    [...element.querySelectorAll('[role="gridcell"]')].map((cell) =>
      (cell.textContent ?? '').trim().replaceAll('\u202f', ' '),
    ),
  );
}

test('lists lines as tracemalloc itself ranks them, with count, shares, average and the sum', async ({
  page,
  serveFiles,
}) => {
  await openPanel(page, serveFiles, 'allocations', [DEEP]);
  // What Python's own statistics('lineno') say of the file: file, line, bytes, blocks.
  const facts = JSON.parse(readFileSync(join(FOLDER, 'facts.json'), 'utf8'))['nframe10-py313.tracemalloc'].expect;
  const top: [string, number, number, number][] = facts.top10_lineno;
  const [first = ['', 0, 0, 0]] = top;
  expect(first).toEqual(['<frozen importlib._bootstrap>', 488, 515597, 2424]);
  // 515597 of 784291 bytes, 2424 of 4696 blocks.
  expect((await readRow(getRows(page).nth(1))).slice(1)).toEqual([
    '504 KiB',
    '65.7 %',
    '213 B',
    '2,424',
    '51.6 %',
    '<frozen importlib._bootstrap>:488',
  ]);
  for (const [at, [file, line, , blocks]] of top.entries()) {
    const cells = await readRow(getRows(page).nth(at + 1));
    expect(cells[6]).toContain(`${file.split('/').at(-1)}:${line}`);
    expect(cells[4]).toBe(blocks.toLocaleString('en-US'));
  }
  expect(facts.total_size).toBe(784291);
  expect((await readRow(getRows(page).last())).slice(1, 6)).toEqual(['766 KiB', '100 %', '167 B', '4,696', '100 %']);
});

test('opens tracebacks, root first and the most recent call last', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'allocations', [DEEP], { allocations: 'by=traceback' });
  const row = getRows(page).nth(1);
  await expect(row).toHaveAttribute('aria-expanded', 'false');
  await expect(row).toContainText('8 calls');
  await row.click();
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  const calls = getGrid(page).locator('[aria-level="2"]');
  await expect(calls).toHaveCount(8);
  await expect(calls.first()).toContainText('tm.py:5');
  await expect(calls.last()).toContainText('<frozen importlib._bootstrap>:488');
  await expect(calls.last()).toContainText('allocated here');
});

test('gathers by file, and the address restores it', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'allocations', [DEEP]);
  await chooseBy(page, 'line', 'file');
  await expect(getRows(page).nth(1)).toContainText('<frozen importlib._bootstrap>');
  await expect(page).toHaveURL(/allocations=by%3Dfile/);
  await page.getByRole('textbox', { name: 'Filter allocations' }).fill('orders');
  await expect(getRows(page)).toHaveCount(3);
  await expect(page).toHaveURL(/find%3Dorders/);
  await page.goto(page.url());
  await panelIsThere(page, 'allocations');
  await expect(getRows(page)).toHaveCount(3);
  await expect(getRows(page).nth(1)).toContainText('orders.py');
  await expect(getRows(page).last()).toContainText('also what the filter hides');
  await page.getByRole('textbox', { name: 'Filter allocations' }).press('Escape');
  await expect(getRows(page)).not.toHaveCount(3);
});

test('can be used by keys alone, and selects for all views', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'allocations', [DEEP], { allocations: 'by=traceback' });
  await getGrid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const row = getRows(page).nth(1);
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Details of a function' })).toContainText('tm.py:5');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(row).toHaveAttribute('aria-expanded', 'false');
});

test('ranks by the metric that is chosen', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'allocations', [DEEP], { metric: 'blocks' });
  const cells = await readRow(getRows(page).nth(1));
  expect(cells.slice(1, 4)).toEqual(['2,424', '51.6 %', '504 KiB']);
});

test('says when nothing is there', async ({ page, serveFiles }) => {
  await openPanel(page, serveFiles, 'allocations', [join(FOLDER, 'known-empty.tracemalloc')]);
  await expect(page.getByText('Nothing was allocated in this profile.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    for (const width of [1440, 1024, 700]) {
      test(`axe finds nothing, and nothing scrolls sideways, at ${width}`, async ({ page, serveFiles }) => {
        await page.setViewportSize({ width, height: 900 });
        await openPanel(page, serveFiles, 'allocations', [DEEP], { allocations: 'by=traceback' });
        await getRows(page).nth(1).click();
        await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill('orders');
        await expect(getGrid(page).locator('mark').first()).toBeVisible();
        expect(await findFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
      });
    }
  });
}
