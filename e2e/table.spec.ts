/** The function table as a person uses it: sort, filter, group, select, copy, scroll. */
import { expect, test } from './fixtures.ts';
import { getKey, readOracle } from './oracle.ts';
import { choose, filterTable, getHead, getRow, getRows, getTable, readHeads, readRows, sortBy } from './page-parts.ts';
import { NOTES } from './samples.ts';

const oracle = readOracle('notes');

test.beforeEach(async ({ open }) => {
  await open(NOTES);
});

test('has the columns of pstats, and says which one it is sorted by', async ({ page }) => {
  const columns = ['ncalls', 'tottime', '% of total', 'percall', 'cumtime', '% of total', 'percall'];
  expect(await readHeads(page)).toEqual([...columns, 'filename:lineno(function)']);
  await sortBy(page, 'cumtime');
  await expect(getHead(page, 'cumtime')).toHaveAttribute('aria-sort', 'descending');
  await expect(getHead(page, 'tottime')).toHaveAttribute('aria-sort', 'none');
});

test('a third click on a head returns to the order of the file', async ({ page }) => {
  const head = getHead(page, 'ncalls');
  const button = head.getByRole('button');
  await button.click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await button.click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await button.click();
  await expect(head).toHaveAttribute('aria-sort', 'none');
});

test('shift and click sorts by a second column', async ({ page }) => {
  await getHead(page, 'ncalls').getByRole('button').click();
  await getHead(page, 'cumtime')
    .getByRole('button')
    .click({ modifiers: ['Shift'] });
  await expect(getHead(page, 'ncalls')).toHaveAttribute('aria-sort', 'descending');
  await expect(getHead(page, 'cumtime')).toHaveAttribute('aria-sort', 'descending');
  await expect(getTable(page).getByRole('button', { name: /cumtime.*sort key 2/ })).toBeVisible();
});

test('filters by text over function and path, with the sum of what matches', async ({ page }) => {
  const filter = page.getByRole('textbox', { name: 'Filter functions by name or path' });
  await filter.fill('/srv/notes/index.py');
  await expect(page.getByText(/of 1,305 functions match, self/)).toBeVisible();
  const names = (await readRows(page)).map((row) => row.name);
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect(name).toContain('/srv/notes/index.py');
  await filter.fill('no such function');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(page.getByText('1,305 functions, self')).toBeVisible();
});

test('keeps what is typed while another picture comes', async ({ page }) => {
  const filter = page.getByRole('textbox', { name: 'Filter functions by name or path' });
  const typed = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('[data-action="table-filter"]')!;
    document.querySelector<HTMLElement>('[data-action="view-sunburst"]')!.click();
    input.focus();
    input.value = 'jinja2';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    // The table gets another height before it is its turn to hear of the filter.
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
    return input.value;
  });
  expect(typed).toBe('jinja2');
  await expect(page.getByText(/of [\d,]+ functions match/)).toBeVisible();
  await filter.press('Escape');
  await expect(filter).toHaveValue('');
  await expect(page.getByText('1,305 functions, self', { exact: false })).toBeVisible();
});

test('filters by a regular expression, and says when it is none', async ({ page }) => {
  const filter = page.getByRole('textbox', { name: 'Filter functions by name or path' });
  await page
    .getByRole('search', { name: 'Filter functions' })
    .getByRole('button', { name: 'Regular expression' })
    .click();
  await filter.fill('render_(text|code)$');
  await expect(page.getByText(/2 of 1,305 functions match/)).toBeVisible();
  await filter.fill('render_(');
  await expect(filter).toHaveAttribute('aria-invalid', 'true');
});

test('groups by package, file and directory', async ({ page }) => {
  await choose(page, /^Group/, 'file');
  const group = getRows(page).filter({ hasText: '/srv/notes/index.py' }).first();
  await expect(group).toHaveAttribute('aria-expanded', 'false');
  await group.click();
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  await expect(getRow(page, '/srv/notes/index.py:37(score_others)')).toBeVisible();
  await choose(page, /^Group/, 'package');
  await expect(getRows(page).first()).toHaveAttribute('aria-expanded', /.*/);
  await choose(page, /^Group/, 'none');
  await expect(getRows(page).first()).not.toHaveAttribute('aria-expanded', /.*/);
});

test('a click selects a function in every view, double click makes it the root', async ({ page }) => {
  const key = getKey(oracle.bySelf.find((each) => each.name === 'score_others') ?? oracle.bySelf[0]!);
  await sortBy(page, 'tottime');
  await getRow(page, key).click();
  await expect(getRow(page, key)).toHaveAttribute('aria-selected', 'true');
  const details = page.getByRole('complementary', { name: 'Details of a function' });
  await expect(details.getByRole('heading', { name: 'score_others' })).toBeVisible();
  await getRow(page, key).dblclick();
  await expect(page.getByRole('button', { name: 'Reset root' })).toBeVisible();
  await expect(page.getByText('root score_others')).toBeVisible();
});

test('arrows move, Enter selects, Shift and Enter make the root', async ({ page }) => {
  await sortBy(page, 'tottime');
  await getTable(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(getRows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('button', { name: 'Reset root' })).toBeVisible();
});

test('copies what is listed, whole names included', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await filterTable(page, 'score_others');
  await expect(page.getByText(/1 of 1,305 functions matches/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy rows' }).click();
  await expect(page.getByText('Rows copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/srv/notes/index.py:37(score_others)');
});

test('copying and the whole details can be reached on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 420, height: 800 });
  for (const name of ['Copy rows', 'More']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
});

test('scrolls to the last of all rows with only those on screen as elements', async ({ page }) => {
  await expect(getTable(page)).toHaveAttribute('aria-rowcount', '1306');
  await getTable(page).focus();
  await page.keyboard.press('End');
  await expect(getRows(page).last()).toHaveAttribute('aria-rowindex', '1306');
  expect(await getRows(page).count()).toBeLessThan(80);
});
