/** Search: found functions are lit in every view, counted, and gone through by keys. */
import { expect, test } from './fixtures.ts';
import { readOracle } from './oracle.ts';
import { getChart, getRow, readRows, showView } from './page-parts.ts';
import { NOTES } from './samples.ts';

test.beforeEach(async ({ page, open }) => {
  await open(NOTES);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search functions and paths' })).toBeFocused();
});

test('says how many functions match and which share of the time they cover, overlaps once', async ({ page }) => {
  await page.keyboard.type('collect_notes');
  const result = page.getByRole('region', { name: 'Search result' });
  await expect(result).toContainText('1 function');
  // One function with one caller, measured: pstats' own total over the whole.
  const { byTotal, total } = readOracle('notes');
  const share = (byTotal.find(({ name }) => name === 'collect_notes')?.total ?? 0) / total;
  await expect(result).toContainText(`(${(share * 100).toFixed(1)}\u202f%)`);
});

test('covers no more than the whole, however many match', async ({ page }) => {
  await page.keyboard.type('notes');
  await expect(page.getByRole('region', { name: 'Search result' })).toContainText(
    /functions, together .* \(\D*(100|\d\d\.\d)\s%\)/,
  );
});

test('lights the matches in each chart and narrows the table', async ({ page }) => {
  const plain = await getChart(page).screenshot();
  await page.keyboard.type('render_code');
  await expect
    .poll(async () => (await readRows(page)).map((row) => row.name))
    .toEqual(['/srv/notes/markup.py:54(render_code)']);
  await expect.poll(async () => (await getChart(page).screenshot()).equals(plain)).toBe(false);
  for (const view of ['Sunburst', 'Flame'] as const) {
    await showView(page, view);
    await expect(page.getByRole('region', { name: 'Search result' })).toContainText('1 function');
  }
});

test('Enter and Shift+Enter go through the matches, and the selection follows', async ({ page }) => {
  // In one go: Enter means the matches of what was typed, which are still being looked for.
  await page.keyboard.type('render_');
  await page.keyboard.press('Enter');
  const result = page.getByRole('region', { name: 'Search result' });
  await expect(result).toContainText('1 of');
  await page.keyboard.press('Enter');
  await expect(result).toContainText('2 of');
  await page.keyboard.press('Shift+Enter');
  await expect(result).toContainText('1 of');
  const [first] = await readRows(page);
  expect(first).toBeDefined();
});

test('reads regular expressions and whole words, and says when an expression is wrong', async ({ page }) => {
  const box = page.getByRole('searchbox', { name: 'Search functions and paths' });
  const search = page.getByRole('search').filter({ has: box });
  await box.fill('render_(text|code)$');
  await search.getByRole('button', { name: 'Regular expression' }).click();
  await expect(page.getByRole('region', { name: 'Search result' })).toContainText('2 functions');
  await box.fill('render_(');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await box.fill('stem');
  await search.getByRole('button', { name: 'Whole word' }).click();
  await expect(getRow(page, '/srv/notes/index.py:23(stem)')).toBeVisible();
});

test('R24: an expression that never ends leaves the page usable', async ({ page }) => {
  const box = page.getByRole('searchbox', { name: 'Search functions and paths' });
  const search = page.getByRole('search').filter({ has: box });
  await box.fill('(.*.*)*(.*.*)*(.*.*)*x\u0001$');
  await search.getByRole('button', { name: 'Regular expression' }).click();
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await search.getByRole('button', { name: 'Clear the search' }).click();
  await showView(page, 'Sunburst');
});

test('Escape clears the search, then leaves the box', async ({ page }) => {
  const box = page.getByRole('searchbox', { name: 'Search functions and paths' });
  await page.keyboard.type('stem');
  await page.keyboard.press('Escape');
  await expect(box).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(box).not.toBeFocused();
});
