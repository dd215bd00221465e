/** The address is always a link to exactly what is on the screen. */
import { expect, forgive, test, watch } from './fixtures.ts';
import { choose, filterTable, getHead, getRow, getTable, readRows, showView, sortBy } from './page-parts.ts';
import { IMPORTS, NOTES } from './samples.ts';

test('a link restores view, root, selection, search, filter, sort, group and colours', async ({
  page,
  open,
  browser,
  troubles,
}) => {
  const served = await open(NOTES);
  await sortBy(page, 'cumtime');
  await getRow(page, '/srv/notes/build.py:14(build_site)').dblclick();
  await expect(page.getByText('root build_site')).toBeVisible();
  await showView(page, 'Sunburst');
  await choose(page, 'Colour by', 'share of time');
  await choose(page, 'Depth', '5');
  await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill('render');
  await expect(page).toHaveURL(/search=render/);
  // The address follows a moment later, so that typing does not fill the history.
  const before = page.url();
  await getRow(page, '/srv/notes/markup.py:54(render_code)').click();
  await expect(page).not.toHaveURL(before);
  const link = new URL(page.url());
  link.searchParams.set('t', new URL(served.url).searchParams.get('t') ?? '');

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const other = await context.newPage();
  await watch(other, troubles);
  await other.goto(link.href);
  await expect(other.getByText('root build_site')).toBeVisible();
  await expect(other.getByRole('tab', { name: 'Sunburst' })).toHaveAttribute('aria-selected', 'true');
  await expect(other.getByRole('searchbox', { name: 'Search functions and paths' })).toHaveValue('render');
  await expect(getHead(other, 'cumtime')).toHaveAttribute('aria-sort', 'descending');
  await expect(getRow(other, '/srv/notes/markup.py:54(render_code)')).toHaveAttribute('aria-selected', 'true');
  await expect(other.getByRole('button', { name: 'Colour by' })).toContainText('share of time');
  await expect(other.getByRole('button', { name: 'Depth' })).toContainText('5');
  await expect.poll(() => new URL(other.url()).search).toBe(new URL(page.url()).search);
  await expect.poll(() => readRows(other)).toEqual(await readRows(page));
  await context.close();
});

test('only what differs from the default is written, and never the token', async ({ page, open }) => {
  await open(NOTES);
  expect(new URL(page.url()).search).toBe('');
  expect(new URL(page.url()).pathname).toMatch(/^\/p\/[a-z0-9]{8,32}$/);
  await showView(page, 'Sunburst');
  await expect(page).toHaveURL(/\?view=sunburst$/);
  await showView(page, 'Icicle');
  await expect(page).not.toHaveURL(/\?/);
});

test('back and forward walk through zoom, root and view', async ({ page, open }) => {
  await open(NOTES);
  await showView(page, 'Flame');
  await getRow(page, '/srv/notes/index.py:37(score_others)').click();
  await page.getByRole('button', { name: /^Zoom/ }).first().click();
  await expect(page).toHaveURL(/zoom=/);
  await page.keyboard.press('r');
  await expect(page.getByText('root score_others')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('root score_others')).toBeHidden();
  await expect(page).toHaveURL(/zoom=/);
  await page.goBack();
  await expect(page).not.toHaveURL(/zoom=/);
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Icicle' })).toHaveAttribute('aria-selected', 'true');
  await page.goForward();
  await expect(page.getByRole('tab', { name: 'Flame' })).toHaveAttribute('aria-selected', 'true');
});

test('reload keeps everything', async ({ page, open }) => {
  await open(NOTES);
  await showView(page, 'Sunburst');
  await filterTable(page, 'markup');
  await expect(page).toHaveURL(/filter=markup/);
  const rows = await readRows(page);
  await page.reload();
  await expect.poll(() => readRows(page)).toEqual(rows);
  await expect(page.getByRole('tab', { name: 'Sunburst' })).toHaveAttribute('aria-selected', 'true');
});

test('an address of something that is gone says so and shows the rest', async ({ page, open, troubles }) => {
  const served = await open(NOTES);
  const link = new URL(page.url());
  link.search = `?root=${encodeURIComponent('/srv/notes/gone.py:1(gone)')}`;
  await page.goto(link.href);
  await expect(page.getByRole('status').filter({ hasText: 'gone' }).first()).toBeVisible();
  await expect(getTable(page)).toBeVisible();
  await page.goto(`${served.origin}/p/aaaaaaaaaaaaaaaa`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  forgive(troubles, '404');
});

test('a senseless address opens with the defaults', async ({ page, open }) => {
  await open(NOTES);
  const link = new URL(page.url());
  link.search = '?view=nothing&sort=,,&depth=-1&color=%00&zoom=%FF&group=x&cutoff=9';
  await page.goto(link.href);
  await expect(page.getByRole('tab', { name: 'Icicle' })).toHaveAttribute('aria-selected', 'true');
  await expect(getTable(page)).toBeVisible();
});

test('the title of the window names function and file', async ({ page, open }) => {
  await open(NOTES);
  await expect(page).toHaveTitle(/notes\.prof/);
  await getRow(page, '/srv/notes/index.py:37(score_others)').click();
  await expect(page).toHaveTitle(/score_others.*notes\.prof/);
});

test('n and p go through the open profiles, and each has its own address', async ({ page, open }) => {
  await open(NOTES, IMPORTS);
  const first = new URL(page.url()).pathname;
  await page.keyboard.press('n');
  await expect(page.getByRole('button', { name: 'Open profiles, now pydoc.prof' })).toBeVisible();
  await expect.poll(() => new URL(page.url()).pathname).not.toBe(first);
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Open profiles, now notes.prof' })).toBeVisible();
});
