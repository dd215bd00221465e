/** From the command to the page: one file, several, a folder, standard input, nothing; reload and progress. */
import { copyFileSync, readFileSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { chartIsThere, expect, forgive, test } from './fixtures.ts';
import { BAD_FILES, makeHugeProfile, ONE_FUNCTION } from './odd-profiles.ts';
import { filterTable, getRow, getTable } from './page-parts.ts';
import { IMPORTS, NOTES, RECURSIVE } from './samples.ts';

test('one file: chart, table, facts, title', async ({ page, open }) => {
  await open(NOTES);
  await expect(page).toHaveTitle(/notes\.prof/);
  await expect(page.getByRole('button', { name: 'Open profiles, now notes.prof' })).toBeVisible();
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  await expect(page.getByText('181 kB', { exact: true })).toBeVisible();
  await expect(getTable(page)).toBeVisible();
});

test('only what exists is there: three tabs and no control that does nothing', async ({ page, open }) => {
  await open(NOTES);
  await expect(page.getByRole('tab')).toHaveText(['Icicle', 'Flame', 'Sunburst']);
  for (const name of [/compare/i, /export/i, /metric/i])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
});

test('several files: the first opens, the others are in the menu; a bad one is told in the terminal', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const bad = writeFile('photo.prof', BAD_FILES[1]?.[1] ?? '');
  const served = await serveFiles(NOTES, bad, IMPORTS);
  await page.goto(served.url);
  await expect(page.getByRole('button', { name: 'Open profiles, now notes.prof' })).toBeVisible();
  await page.getByRole('button', { name: 'Open profiles, now notes.prof' }).click();
  await page.getByRole('menuitemradio', { name: 'pydoc.prof' }).click();
  await expect(page.getByText('1,305 functions', { exact: true })).toBeHidden();
  await chartIsThere(page);
  await expect.poll(() => served.output()).toContain('photo.prof');
});

test('standard input opens, and a reload keeps it', async ({ page, startCommand }) => {
  const served = await startCommand(['-'], { input: readFileSync(NOTES) });
  await page.goto(served.url);
  await chartIsThere(page);
  await page.reload();
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
});

test('over a slow line a profile comes in few bytes, and shows the same', async ({ page, serveFiles }) => {
  const { url, profiles } = await serveFiles(NOTES);
  await page.goto(url);
  await chartIsThere(page);
  const cdp = await page.context().newCDPSession(page);
  const speed = { downloadThroughput: 500_000, uploadThroughput: 500_000 };
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 40, ...speed });
  // On this machine a small file is on its way before the page can choose.
  await page.route('**/p/*', async (route) => {
    const response = await route.fetch();
    const { link: _link, 'server-timing': _ahead, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  const asked = page.waitForResponse(/\/compact$/);
  await page.goto(new URL(`/p/${profiles[0]?.id}`, url).href);
  expect((await asked).headers()['content-encoding']).toBe('br');
  await chartIsThere(page);
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  await expect(getRow(page, '/srv/notes/index.py:37(score_others)')).toBeVisible();
});

test('a browser that lacks something is told what', async ({ page, serveFiles }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'ResizeObserver'));
  await page.goto((await serveFiles(NOTES)).url);
  await expect(page.getByText('size watching')).toBeVisible();
  await expect(page.getByText(/Chrome, Edge, Firefox/)).toBeVisible();
});

test('without a file there is a place to drop one, and samples that open at a click', async ({ page, serveFiles }) => {
  await page.goto((await serveFiles()).url);
  await expect(page.getByRole('heading', { name: 'Open a profile' })).toBeVisible();
  await expect(page.getByText('cProfile', { exact: false }).first()).toBeVisible();
  await page.getByRole('link', { name: /deep recursion/ }).click();
  await chartIsThere(page);
  await expect(page.getByRole('button', { name: 'Open profiles, now lib2to3.prof' })).toBeVisible();
  await page.reload();
  await chartIsThere(page);
});

test('reload reads the file afresh, and an old link says that the file has changed', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const file = writeFile('changing.prof', readFileSync(NOTES));
  const served = await serveFiles(file);
  await page.goto(served.url);
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  copyFileSync(IMPORTS, file);
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  await page.reload();
  await expect(page.getByText('1,305 functions', { exact: true })).toBeHidden();
  await expect(page.getByText('earlier content of changing.prof')).toBeVisible();
  await chartIsThere(page);
});

test('reading that takes longer says how far it is, and can be cancelled', async ({ page, serveFiles }) => {
  const served = await serveFiles(NOTES);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/opened', async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await page.goto(served.url);
  const progress = page.getByRole('status').filter({ hasText: 'Reading notes.prof' });
  await expect(progress).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Icicle' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Open a profile' })).toBeVisible();
  release();
});

test('the frame of the page does not move when the profile arrives', async ({ page, serveFiles }) => {
  const served = await serveFiles(NOTES);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/opened', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(served.url);
  const places = async () => {
    const boxes = [
      page.getByRole('tab', { name: 'Icicle' }),
      page.getByRole('tabpanel'),
      page.getByRole('complementary'),
    ];
    return Promise.all(boxes.map(async (box) => box.boundingBox().then((found) => [found?.x, found?.y, found?.width])));
  };
  await expect(page.getByRole('tab', { name: 'Icicle' })).toBeVisible();
  const before = await places();
  release();
  await chartIsThere(page);
  expect(await places()).toEqual(before);
});

test('a server that stops leaves the profile usable and is told', async ({
  page,
  startCommand,
  troubles,
  writeFile,
}) => {
  const served = await startCommand([writeFile('lonely.prof', readFileSync(NOTES))]);
  await page.clock.install();
  await page.goto(served.url);
  await chartIsThere(page);
  // The first picture is there before the page around it.
  await expect(page.locator('[data-view-ready="table"]')).toBeVisible();
  // What comes after the first picture is on its way by now; the server stops when all of it is there.
  await page.waitForLoadState('networkidle');
  await served.stop();
  await page.getByRole('tab', { name: 'Sunburst' }).click();
  await chartIsThere(page);
  // The page asks now and then; nobody should wait for that here.
  await page.clock.fastForward(25_000);
  await expect(page.getByText('The server has stopped')).toBeVisible();
  forgive(troubles, 'ERR_CONNECTION_REFUSED');
});

test('a listing has format, size and date at once, totals as they are read, newest first', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const folder = dirname(writeFile('profiles/old.prof', readFileSync(RECURSIVE)));
  const newest = writeFile('profiles/deeper/new.prof', readFileSync(NOTES));
  writeFile('profiles/broken.prof', readFileSync(NOTES).subarray(0, 900));
  writeFile('profiles/readme.txt', 'no profile');
  writeFile('profiles/.hidden.prof', ONE_FUNCTION);
  utimesSync(`${folder}/old.prof`, new Date('2024-01-02T03:04:05Z'), new Date('2024-01-02T03:04:05Z'));
  utimesSync(newest, new Date(), new Date(Date.now() + 60_000));
  await page.goto((await serveFiles(folder)).url);
  const rows = page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
  await expect(rows.first()).toContainText('deeper/new.prof');
  await expect(rows.last()).toContainText('old.prof');
  await expect(rows.last()).toContainText('2 Jan 2024, 03:04');
  await expect(rows.first()).toContainText('181 kB');
  await expect(rows.first()).toContainText('1,305');
  await expect(rows.first()).toContainText('2.00\u202fs');
  await expect(page.getByText('.hidden')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search names' }).fill('deep');
  await expect(rows).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search names' }).fill('nothing has this name');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('link', { name: 'deeper/new.prof' }).click();
  await chartIsThere(page);
  await expect(getRow(page, '/srv/notes/index.py:37(score_others)')).toBeVisible();
  await page.goBack();
  await expect(rows.first()).toContainText('deeper/new.prof');
});

test('100,000 functions: the chart is there in seconds, sorting and switching stay quick', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  test.slow();
  const served = await serveFiles(writeFile('huge.prof', makeHugeProfile()));
  await page.goto(served.url);
  await expect(page.getByRole('status').filter({ hasText: 'huge.prof' }).or(getTable(page)).first()).toBeVisible();
  await chartIsThere(page);
  await expect(page.getByText('100,000 functions', { exact: true })).toBeVisible();
  await expect(getTable(page)).toHaveAttribute('aria-rowcount', '100001');
  await page.getByRole('tab', { name: 'Sunburst' }).click();
  await chartIsThere(page);
  await filterTable(page, 'func_99');
  await filterTable(page, '');
  await getTable(page).focus();
  await page.keyboard.press('End');
  await expect(getTable(page).getByRole('row').last()).toHaveAttribute('aria-rowindex', '100001');
});
