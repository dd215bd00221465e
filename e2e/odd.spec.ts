/** Profiles at the edges: empty, one function, no time, recursion, names from everywhere, all kinds of broken files. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dropFiles } from './drop-files.ts';
import { expect, test } from './fixtures.ts';
import { EMPTY_PROFILE, NON_ASCII, NON_ASCII_NAMES, ONE_FUNCTION, ZERO_TIME } from './odd-profiles.ts';
import { filterTable, getDetails, getRow, getRows, readRows, showView } from './page-parts.ts';
import { RECURSIVE } from './samples.ts';

const VIEWS = ['Icicle', 'Flame', 'Sunburst'] as const;

test('an empty profile says that there is nothing in it', async ({ page, serveFiles, writeFile }) => {
  await page.goto((await serveFiles(writeFile('empty-profile.prof', EMPTY_PROFILE))).url);
  await expect(page.getByText(/0 functions|no function|nothing/i).first()).toBeVisible();
});

test('one function fills every view and has its own numbers', async ({ page, open, writeFile }) => {
  await open(writeFile('one.prof', ONE_FUNCTION));
  await expect(page.getByText('1 function', { exact: true })).toBeVisible();
  for (const view of VIEWS) await showView(page, view);
  const [row] = await readRows(page);
  expect(row).toMatchObject({ name: '/srv/app/main.py:1(only)', calls: '1', selfShare: '100\u202f%' });
});

test('a profile without time has no shares of nothing, no NaN, and all its functions', async ({
  page,
  open,
  writeFile,
}) => {
  const served = await open(writeFile('no-time.prof', ZERO_TIME)).catch(() => null);
  if (served === null) await expect(getRows(page).first()).toBeVisible();
  await expect(getRows(page)).toHaveCount(3);
  for (const view of VIEWS) {
    await page.getByRole('tab', { name: view }).click();
    await expect(page.getByText(/NaN|Infinity|undefined/)).toHaveCount(0);
  }
  for (const row of await readRows(page)) expect(row.self).toMatch(/^0/);
});

test('recursion shows total and primitive calls, and is never told as exact where it is not', async ({
  page,
  open,
}) => {
  await open(RECURSIVE);
  await filterTable(page, '_recursive_matches');
  const key = '/usr/lib/python3.11/lib2to3/pytree.py:778(_recursive_matches)';
  await expect(getRow(page, key)).toContainText('115,618/2,931');
  await getRow(page, key).click();
  await expect(getDetails(page).getByRole('row', { name: /^calls/ })).toContainText('115,618');
  await expect(getDetails(page).getByRole('row', { name: /^primitive/ })).toContainText('2,931');
  await expect(getDetails(page).getByText('estimated', { exact: true })).toBeVisible();
});

test('names in any script are whole, searchable and listed', async ({ page, open, writeFile }) => {
  await open(writeFile('имя 名前.prof', NON_ASCII));
  await expect(page.getByRole('button', { name: /имя 名前\.prof/ })).toBeVisible();
  for (const view of VIEWS) await showView(page, view);
  for (const [index, name] of NON_ASCII_NAMES.entries()) {
    await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill(name);
    await expect(page.getByRole('region', { name: 'Search result' })).toContainText('1 function');
    await expect(getRow(page, `/srv/приложение/модуль_${index}.py:1(${name})`)).toBeVisible();
  }
});

test('every broken file of the collection is explained or opens with notes, within two seconds each', async ({
  page,
  serveFiles,
}) => {
  test.slow();
  const corpus = process.env.TSVIZ_CORPUS ?? join(import.meta.dirname, '..', '..', 'shared', 'corpus');
  const folder = join(corpus, 'bad');
  if (!existsSync(folder)) {
    console.log(
      `No collection of broken files at ${folder}: only those made by the tests are tried (TSVIZ_CORPUS names another place).`,
    );
    return;
  }
  const names = readdirSync(folder).filter((name) => name !== 'MANIFEST.json' && statSync(join(folder, name)).isFile());
  await page.goto((await serveFiles()).url);
  const slow: string[] = [];
  for (const name of names) {
    const start = Date.now();
    // Wherever the last one led to: every page takes the next.
    await dropFiles(page, [{ name, bytes: readFileSync(join(folder, name)) }]);
    const explained = page
      .getByRole('main')
      .getByText(new RegExp(`^${name.replaceAll('.', '\\.')}(, [\\d,]+ bytes)?$`));
    const refused = page.getByRole('status').filter({ hasText: `${name} could not be opened` });
    const opened = page.getByRole('button', { name: `Open profiles, now ${name}` });
    await expect(explained.or(refused).or(opened).first(), name).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cancel' }), name).toHaveCount(0);
    if (Date.now() - start > 2000) slow.push(`${name} took ${Date.now() - start} ms`);
    await expect(page.getByText(/\bNaN\b|\bundefined\b|\[object/), name).toHaveCount(0);
  }
  expect(slow).toEqual([]);
});

test('a sampled profile counts samples, not calls', async ({ page, open }) => {
  await open(join(import.meta.dirname, '../shared/samples/pstats/sampling-py315-busy.pstats'));
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('1,190 samples in 1.19\u202fs');
  await filterTable(page, 'parse_loop');
  await getRows(page).first().click();
  const details = getDetails(page);
  // 430 of 1,190 samples have it on the stack, 94 on top, as the file says.
  await expect(details.getByRole('row', { name: /^samples/ })).toContainText('430');
  await expect(details.getByRole('row', { name: /^on top/ })).toContainText('94');
  await expect(details.getByText(/calls|primitive/)).toHaveCount(0);
});
