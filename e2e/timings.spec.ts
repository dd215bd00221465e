/** Timed statements: numbers, comparison, repeats, keys, address and axe. */
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, type ServeFiles, test } from './fixtures.ts';
import { findFaults, openPanel, panelIsThere } from './panel-pages.ts';

const SAMPLES = join(import.meta.dirname, '..', 'shared', 'samples');
const LISTS = join(SAMPLES, 'pyperf', 'mult_list_py36.json');
const TIMEIT = join(SAMPLES, 'timeit', 'verbose-py311.txt');
const IPYTHON = join(SAMPLES, 'timeit', 'ipython-timeit.txt');

const getGrid = (page: Page): Locator => page.getByRole('grid', { name: 'Timed statements' });
const getRow = (page: Page, name: string): Locator =>
  getGrid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: false }) });
const getRepeats = (page: Page): Locator => page.getByRole('region', { name: 'Repeats' });
const getParameter = (page: Page): string => new URL(page.url()).searchParams.get('timings') ?? '';
const plain = (text: string | null): string => (text ?? '').replaceAll('\u202f', ' ').replaceAll(/\s+/g, ' ').trim();
const open = (page: Page, serveFiles: ServeFiles, file: string, timings = '') =>
  openPanel(page, serveFiles, 'timings', [file], timings === '' ? {} : { timings });

async function readRow(page: Page, name: string): Promise<string[]> {
  const cells = getRow(page, name).getByRole('gridcell').filter({ visible: true });
  return (await cells.allTextContents()).map(plain).filter((text) => text !== '');
}

/** A file of pyperf with these repeats, in seconds. */
function writeBench(benches: Readonly<Record<string, readonly number[]>>): string {
  const benchmarks = Object.entries(benches).map(([name, values]) => ({ metadata: { name }, runs: [{ values }] }));
  return JSON.stringify({ version: '1.0', metadata: { loops: 10, unit: 'second' }, benchmarks });
}

test('a statement has best, median, mean, deviation and worst, and every repeat', async ({ page, serveFiles }) => {
  await open(page, serveFiles, TIMEIT);
  // python3 -c 'import statistics as s; v=[x/20000 for x in (.247,.213,.196,.209,.185)]; print(min(v),s.median(v),s.fmean(v),s.stdev(v),max(v))'
  // 9.25e-06 1.045e-05 1.05e-05 1.17e-06 1.235e-05
  expect(await readRow(page, 'statement')).toEqual(['9.25 µs', '10.4 µs', '10.5 µs ± 1.17 µs', '12.3 µs']);
  await expect(getRow(page, 'statement').getByRole('rowheader')).toContainText('5 repeats of 20,000 loops');
  const items = await getRepeats(page).getByRole('listitem').allTextContents();
  expect(items.map(plain)).toEqual(['112.3 µsworst', '210.7 µs', '39.80 µs', '410.4 µs', '59.25 µsbest']);
});

test('several are compared with the fastest or the first', async ({ page, serveFiles }) => {
  await open(page, serveFiles, LISTS);
  // Medians by Python's statistics: 2.1132e-06, 3.6972e-06, 4.5831e-06
  expect((await readRow(page, '[1]*1000')).at(-1)).toBe('fastest');
  expect((await readRow(page, '[1,2]*1000')).at(-1)).toBe('1.75× slower');
  expect((await readRow(page, '[1,2,3]*1000')).at(-1)).toBe('2.17× slower');
  await page.getByRole('button', { name: 'Compare with the fastest' }).click();
  await page.getByRole('menuitemradio', { name: 'first' }).click();
  await expect.poll(() => getParameter(page)).toBe('to=first');
  expect((await readRow(page, '[1]*1000')).at(-1)).toBe('first');
});

test('no difference is claimed where there is none to see', async ({ page, serveFiles, writeFile }) => {
  const file = writeFile(
    'bench.json',
    writeBench({
      five: [1e-3, 1.01e-3, 1.02e-3, 1.03e-3, 1.04e-3],
      beside: [1.005e-3, 1.015e-3, 1.025e-3, 1.035e-3, 1.045e-3],
      clear: [1.1e-3, 1.11e-3, 1.12e-3, 1.13e-3, 1.14e-3],
      few: [2e-3, 2.1e-3],
      once: [9e-3],
      '<img src=x onerror=alert(1)>': [1e-3, 1.5e-3, 1.2e-3],
    }),
  );
  await open(page, serveFiles, file);
  const verdict = async (name: string) => (await readRow(page, name)).at(-1);
  expect(await verdict('five')).toBe('fastest');
  expect(await verdict('beside')).toBe('no clear differencemedian 1.00×');
  expect(await verdict('clear')).toBe('9.8 % slower');
  expect(await verdict('few')).toBe('2.01× slowerranges apart');
  expect(await verdict('once')).toBe('8.82×one repeat only');
  expect(await verdict('<img')).toBe('no clear differencemedian 1.18×');
});

test('a scale over powers of ten says so', async ({ page, serveFiles, writeFile }) => {
  const file = writeFile('bench.json', writeBench({ fast: [1e-6, 1.1e-6], slow: [1e-3, 1.1e-3] }));
  await open(page, serveFiles, file);
  await expect(page.getByText('logarithmic scale')).toBeVisible();
});

test('keys choose a statement, whose repeats are listed; the address keeps it', async ({ page, serveFiles }) => {
  await open(page, serveFiles, LISTS);
  await getGrid(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(getRow(page, '[1,2]*1000')).toHaveAttribute('aria-selected', 'true');
  await expect(getRepeats(page)).toContainText('Repeats of [1,2]*1000');
  await expect(getRepeats(page).getByRole('listitem')).toHaveCount(60);
  await expect.poll(() => getParameter(page)).toBe('row=%5B1%2C2%5D*1000');
  await page.reload();
  await panelIsThere(page, 'timings');
  await expect(getRow(page, '[1,2]*1000')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemradio', { name: 'best first' }).click();
  await expect.poll(() => getParameter(page)).toBe('sort=best,row=%5B1%2C2%5D*1000');
});

test('a summary without repeats is shown as what the tool says', async ({ page, serveFiles }) => {
  await open(page, serveFiles, IPYTHON);
  expect(await readRow(page, 'statement')).toEqual(['–', '–', '1.21 µs ± 1.62 µs', '–']);
  await expect(getRow(page, 'statement').getByRole('rowheader')).toContainText('5 repeats of 1,000 loops, not listed');
  await expect(getRepeats(page)).toContainText('The file has a summary only.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, wide and narrow, in ${colorScheme}`, async ({ page, serveFiles }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, serveFiles, LISTS);
    expect(await findFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 700, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(700);
    expect(await findFaults(page)).toEqual([]);
  });
}
