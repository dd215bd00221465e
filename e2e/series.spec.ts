/** Values over time: lines, brackets, crosshair, zoom, tables, a second file beside, address and axe. */
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, type ServeFiles, test } from './fixtures.ts';
import { findFaults, openPanel, panelIsThere } from './panel-pages.ts';

const SAMPLES = join(import.meta.dirname, '..', 'shared', 'samples');
const PLAIN = join(SAMPLES, 'memory-profiler', 'mprofile_plain.dat');
const CHILDREN = join(SAMPLES, 'memory-profiler', 'mprofile_multiprocess.dat');
const CPU = join(SAMPLES, 'psrecord', 'busy-io.log');

const getChart = (page: Page): Locator => page.getByRole('application', { name: /^Values over time/ });
const getSaid = (page: Page): Locator => getChart(page).locator('[aria-live]');
const getTable = (page: Page, name: string | RegExp): Locator => page.getByRole('table', { name });
const getParameter = (page: Page): string => new URL(page.url()).searchParams.get('series') ?? '';
const plain = (text: string | null): string => (text ?? '').replaceAll('\u202f', ' ').replaceAll(/\s+/g, ' ').trim();
const open = (page: Page, serveFiles: ServeFiles, files: string[], series = '') =>
  openPanel(page, serveFiles, 'series', files, series === '' ? {} : { series });

async function readRow(table: Locator, name: string | RegExp): Promise<string[]> {
  const row = table.getByRole('row', { name }).first();
  return (await row.getByRole('cell').allTextContents()).map(plain);
}

/** A place in the picture by shares of its width and height. */
async function getPlace(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = (await getChart(page).boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height];
}

test('the tables have the numbers of the file', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [PLAIN]);
  // awk '/MEM/': 22 rows, first 0.402344, last 46.453125, most 84.601562 MiB at …05.3610, the first at …04.8046.
  expect(await readRow(getTable(page, 'Lines'), 'memory')).toEqual([
    '22',
    '412 KiB',
    '46.5 MiB',
    '412 KiB',
    '84.6 MiB',
    '556 ms',
  ]);
  // FUNC __main__.outer 46.4531 …05.0092 46.4531 …05.8553
  expect(await readRow(getTable(page, /^Functions/), '__main__.outer')).toEqual([
    '205 ms',
    '846 ms',
    '46.5 MiB',
    '46.5 MiB',
    '±0',
  ]);
  const points = getTable(page, 'Points').getByRole('row');
  await expect(points).toHaveCount(23);
  expect(plain(await points.nth(1).textContent())).toBe('0 s412 KiB');
  expect(plain(await points.nth(2).textContent())).toBe('50.2 ms21.3 MiB');
  await expect(page.getByText(/from 20 Nov 2026, 0\d:51/)).toBeVisible();
});

test('keys go from point to point and peak to peak, mark a stretch and zoom to it', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [PLAIN]);
  const says = async (text: string): Promise<void> => {
    await expect.poll(async () => plain(await getSaid(page).textContent())).toBe(text);
  };
  await getChart(page).focus();
  await page.keyboard.press('ArrowRight');
  await says('0 s since the start: memory 412 KiB');
  await page.keyboard.press('ArrowRight');
  await says('50.2 ms since the start: memory 21.3 MiB');
  await page.keyboard.press('ArrowDown');
  await says('556 ms since the start: memory 84.6 MiB');
  await page.keyboard.press('Shift+ArrowRight');
  await says('608 ms since the start: memory 84.6 MiB, 51.0 ms marked');
  await page.keyboard.press('Enter');
  await expect.poll(() => getParameter(page)).toMatch(/^from=0\.556\d*,to=0\.60\d*$/);
  await expect(getTable(page, 'Points in view').getByRole('row')).toHaveCount(3);
  await page.reload();
  await panelIsThere(page, 'series');
  await expect(getTable(page, 'Points in view').getByRole('row')).toHaveCount(3);
  await getChart(page).focus();
  await page.keyboard.press('Backspace');
  await expect.poll(() => getParameter(page)).toBe('');
  await page.goBack();
  await expect.poll(() => getParameter(page)).toMatch(/^from=/);
});

test('a drag zooms, a double click goes back, the wheel zooms at the pointer', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [PLAIN]);
  await page.mouse.move(...(await getPlace(page, 0.3, 0.6)));
  await expect(page.locator('.series-readout')).toContainText('since the start');
  await page.mouse.down();
  await page.mouse.move(...(await getPlace(page, 0.5, 0.6)), { steps: 3 });
  await expect(page.locator('.series-readout')).toContainText('marked');
  await page.mouse.up();
  await expect.poll(() => getParameter(page)).toMatch(/^from=0\.2/);
  await expect(page.getByRole('button', { name: /^Reset zoom/ })).toBeEnabled();
  await page.mouse.dblclick(...(await getPlace(page, 0.4, 0.6)));
  await expect.poll(() => getParameter(page)).toBe('');
  await page.mouse.wheel(0, -300);
  await expect.poll(() => getParameter(page)).toMatch(/^from=/);
  await page.getByRole('button', { name: /^Reset zoom/ }).click();
  await expect.poll(() => getParameter(page)).toBe('');
});

test('a bracket and its row zoom to what the function took', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [PLAIN]);
  await page.mouse.move(
    ...((await getPlace(page, 0.5, 0.04)).map((each, i) => (i === 1 ? Math.round(each) : each)) as [number, number]),
  );
  await expect(page.locator('.series-readout')).toContainText('__main__.outer');
  await getTable(page, /^Functions/)
    .getByRole('button', { name: '__main__.work' })
    .first()
    .click();
  await expect.poll(() => getParameter(page)).toMatch(/^from=0\.19\d*,to=0\.54\d*$/);
});

test('lines are hidden and stacked, scales follow, and the address keeps it', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [CHILDREN]);
  const child = page.getByRole('button', { name: 'memory child 14395' });
  await expect(child).toHaveAttribute('aria-pressed', 'true');
  await child.click();
  await expect(child).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => getParameter(page)).toBe('hide=memory%40child%2014395');
  await expect(getTable(page, 'Points').getByRole('columnheader')).toHaveText([
    'at',
    'memory main process',
    'memory child 14396',
  ]);
  await child.click();
  await page.getByRole('switch', { name: 'Stacked' }).click();
  await expect.poll(() => getParameter(page)).toBe('stack=1');
  await page.reload();
  await panelIsThere(page, 'series');
  await expect(page.getByRole('switch', { name: 'Stacked' })).toBeChecked();
  await getChart(page).focus();
  await page.keyboard.press('ArrowDown');
  // 49.230469 + 19.152344 + 28.675781 MiB
  await expect(getSaid(page)).toContainText(
    /memory main process 49.2.MiB, memory child 14395 19.2.MiB, memory child 14396 28.7.MiB, together 97.1.MiB/,
  );
});

test('units have panels of their own', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [CPU]);
  for (const unit of ['Percent', 'Bytes', 'Count']) await expect(page.getByRole('group', { name: unit })).toBeVisible();
  await getChart(page).focus();
  await page.keyboard.press('End');
  const said = /CPU 79.8.%, real memory 10.6.MiB, virtual memory 13.8.MiB, .*reads 85, writes 0/;
  await expect(getSaid(page)).toContainText(said);
});

test('another open file is shown from the same start, and stays in the address', async ({ page, serveFiles }) => {
  await open(page, serveFiles, [PLAIN, CHILDREN, CPU]);
  await page.getByRole('button', { name: 'Compare with' }).click();
  await page.getByRole('menuitemradio', { name: 'mprofile_multiprocess.dat' }).click();
  const other = getTable(page, 'Lines').getByRole('row', { name: /memory main process/ });
  await expect(other).toContainText('mprofile_multiprocess.dat');
  await expect.poll(() => getParameter(page)).toMatch(/^with=/);
  await getChart(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(getSaid(page)).toContainText(
    /0.s since the start: memory 412.KiB, mprofile_multiprocess.dat, memory main process 7.01.MiB/,
  );
  await page.reload();
  await panelIsThere(page, 'series');
  await expect(other).toBeVisible();
  expect(await findFaults(page)).toEqual([]);
});

test('a copy has exact numbers', async ({ page, serveFiles, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, serveFiles, [CPU]);
  await page.getByRole('button', { name: 'Copy points' }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const [head, , second] = text.split('\n');
  expect(head).toContain('seconds\tCPU (percent)\treal memory (bytes)');
  expect(second?.split('\t').slice(0, 3)).toEqual(['0.2', '99.8', String(10.57 * 1024 * 1024)]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, wide and narrow, in ${colorScheme}`, async ({ page, serveFiles }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, serveFiles, [CHILDREN], 'stack=1,from=0.1,to=0.5');
    await getChart(page).focus();
    await page.keyboard.press('Home');
    expect(await findFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 700, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(700);
    expect(await findFaults(page)).toEqual([]);
  });
}

test('spans without values are drawn and listed', async ({ page, serveFiles, writeFile }) => {
  const span = (ph: string, id: string, name: string, ts: number) => ({ cat: 'net', ph, id, name, ts, pid: 1, tid: 1 });
  const trace = [span('b', '1', 'fetch', 1000), span('e', '1', 'fetch', 5000), span('b', '2', 'render', 3000)];
  await open(page, serveFiles, [writeFile('spans.json', JSON.stringify({ traceEvents: trace }))]);
  const table = getTable(page, /^Spans/);
  expect(await readRow(table, 'fetch')).toEqual(['0 s', '4.00 ms']);
  expect(await readRow(table, 'render')).toEqual(['2.00 ms', '–']);
  await expect(getChart(page)).toBeVisible();
  await expect(page.getByRole('switch', { name: 'From zero' })).toHaveCount(0);
  await table.getByRole('button', { name: 'render' }).click();
  await expect.poll(() => getParameter(page)).not.toBe('');
});
