/** Every command by its name, and the ways back: they never lead out of the program. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { dragFiles, dropFiles } from './drop-files.ts';
import { chartIsThere, expect, test } from './fixtures.ts';
import { BAD_FILES } from './odd-profiles.ts';
import { IMPORTS, NOTES } from './samples.ts';

test('Ctrl+K finds commands by parts of their names and does them', async ({ page, open }) => {
  await open(NOTES);
  const commands = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.press('Control+k');
  await expect(commands.getByRole('combobox', { name: 'Command' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  await page.keyboard.type('sun');
  await expect(commands.getByRole('option')).toHaveText(['Show sunburst3']);
  await page.keyboard.press('Enter');
  await expect(commands).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Sunburst' })).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('cutoff 1');
  await page.keyboard.press('ArrowDown');
  await expect(commands.getByRole('option', { selected: true })).toHaveText('Cutoff 1/100');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/cutoff=0\.01/);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('share this');
  await commands.getByRole('option').first().click();
  await expect(page.getByRole('dialog', { name: 'Share this view' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('Ctrl+K works in a field and without a profile, and says when nothing has such a name', async ({
  page,
  serveFiles,
}) => {
  await page.goto((await serveFiles()).url);
  await expect(page.getByRole('heading', { name: 'Open a profile' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const commands = page.getByRole('dialog', { name: 'Commands' });
  await expect(commands.getByRole('option', { name: /^Show/ })).toHaveCount(0);
  await page.keyboard.type('qqq');
  await expect(commands.getByText('No command has')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(commands).toBeHidden();
});

test('z undoes steps and stops where the visit began', async ({ page, open }) => {
  await open(NOTES);
  const start = page.url();
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/view=sunburst/);
  await page.keyboard.press('z');
  await expect(page).toHaveURL(start);
  await page.keyboard.press('z');
  await expect(page.getByText('Nothing to undo')).toBeVisible();
  await expect(page).toHaveURL(start);
});

test('shares stay those of the whole profile under another root', async ({ page, open }) => {
  await open(NOTES);
  const details = page.getByRole('region', { name: 'Details', exact: true });
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowDown');
  const total = () => details.getByRole('row', { name: /^total/ }).textContent();
  const before = await total();
  expect(before).not.toContain('100');
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Reset root' })).toBeVisible();
  await page.mouse.move(5, 5);
  await expect.poll(total).toBe(before);
});

test('cancelling a drop goes back to the profile that was open', async ({ page, open }) => {
  await open(NOTES);
  const address = page.url();
  const drop = (name: string) => dropFiles(page, [{ name, bytes: readFileSync(IMPORTS) }]);
  // A worker that is never told what to do is a file that takes for ever.
  await page.evaluate(() => {
    Worker.prototype.postMessage = () => {};
  });
  await drop('first.prof');
  await expect(page.getByRole('status').filter({ hasText: 'first.prof' })).toBeVisible();
  // A second drop takes the place of the first one.
  await drop('second.prof');
  await expect(page.getByRole('status').filter({ hasText: 'second.prof' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Open profiles, now notes.prof' })).toBeVisible();
  await chartIsThere(page);
  await expect(page).toHaveURL(address);
});

test('of two bad files one is explained and the other is told', async ({ page, serveFiles }) => {
  await page.goto((await serveFiles()).url);
  await expect(page.getByRole('heading', { name: 'Open a profile' })).toBeVisible();
  const bytes = BAD_FILES[1]?.[1] ?? new Uint8Array();
  await dropFiles(page, [
    { name: 'one.prof', bytes },
    { name: 'two.prof', bytes },
  ]);
  await expect(page.getByRole('button', { name: 'Open profiles, now one.prof' })).toBeVisible();
  await expect(page.getByText('two.prof could not be opened')).toBeVisible();
});

test('files of one name are told apart in the menu', async ({ page, open, writeFile }) => {
  const [first, second] = [NOTES, IMPORTS].map((file, index) => writeFile(`${index}/app.prof`, readFileSync(file))) as [
    string,
    string,
  ];
  await open(first, second);
  await page.getByRole('button', { name: 'Open profiles, now app.prof' }).click();
  const sizes = await page.getByRole('menuitemradio', { name: /app\.prof/ }).allTextContents();
  expect(sizes).toHaveLength(2);
  expect(sizes[0]).not.toBe(sizes[1]);
  expect(sizes[0]).toContain('kB');
});

test('a search is lit in the list beside the sunburst', async ({ page, open }) => {
  await open(NOTES);
  await page.keyboard.press('3');
  const list = page.getByRole('region', { name: 'Self time by function' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('escape_char');
  await expect(list.locator('.matched')).toHaveText([/escape_char/]);
  await expect(list.locator('.unmatched').first()).toBeVisible();
});

test('a drag that ended without a word leaves no veil behind', async ({ page, open }) => {
  await open(NOTES);
  await dragFiles(page, [{ name: 'x.prof', bytes: new Uint8Array(3) }]);
  const veil = page.getByText('Drop to open here');
  await expect(veil).toBeVisible();
  await page.mouse.move(300, 300);
  await expect(veil).toBeHidden();
});

test('of "all" the strip says the calls of the file, and the tooltip none', async ({ page, open }) => {
  await page.setViewportSize({ width: 700, height: 900 });
  await open(IMPORTS);
  await expect(page.getByRole('region', { name: 'Details in short' })).toContainText('calls 360,129/347,790');
  const chart = page.getByRole('application');
  const box = await chart.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 28);
  const tooltip = page.locator('.tooltip.is-visible');
  await expect(tooltip).toContainText('946 functions');
  await expect(tooltip).not.toContainText('calls');
});
