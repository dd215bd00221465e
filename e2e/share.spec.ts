/** Links for teammates: who gets in, what the Share dialog says, and that a dropped file leaves only when told to. */
import { readFileSync } from 'node:fs';
import { dropFiles } from './drop-files.ts';
import { chartIsThere, expect, forgive, ownAddresses, test, watch } from './fixtures.ts';
import { getRow, showView } from './page-parts.ts';
import { NOTES, RECURSIVE } from './samples.ts';

const notes = { name: 'notes.prof', bytes: readFileSync(NOTES) };

test('on this machine only, the dialog has the link, says that nobody outside can open it, and the command', async ({
  page,
  open,
}) => {
  await open(NOTES);
  await showView(page, 'Sunburst');
  await page.getByRole('button', { name: 'Share this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this view' });
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(page.url());
  await expect(dialog.getByRole('heading', { name: /Nobody else/ })).toBeVisible();
  await expect(dialog.getByText('tsviz --share', { exact: false }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('copies the link', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(NOTES);
  await page.getByRole('button', { name: 'Share this view' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('a dropped file is handed to the server only at the press of the button that says so', async ({
  page,
  serveFiles,
  browser,
  troubles,
}) => {
  const served = await serveFiles(RECURSIVE);
  await page.goto(served.url);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/profiles')) sent.push(request.url());
  });
  await dropFiles(page, [notes]);
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Share this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this view' });
  await expect(dialog).toContainText('has not left it');
  expect(sent).toEqual([]);
  await dialog.getByRole('button', { name: 'Hand it to the server' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toBeVisible();
  expect(sent).toHaveLength(1);

  const link = new URL(await dialog.getByRole('textbox', { name: 'Link' }).inputValue());
  link.searchParams.set('t', new URL(served.url).searchParams.get('t') ?? '');
  const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await watch(other, troubles);
  await other.goto(link.href);
  await chartIsThere(other);
  await expect(getRow(other, '/srv/notes/index.py:37(score_others)')).toBeVisible();
  await other.context().close();
});

test('whoever comes without a token sees a page that says so and where the right link is', async ({
  serveFiles,
  browser,
}) => {
  const served = await serveFiles(NOTES);
  const path = new URL(served.url).pathname;
  for (const address of [`${served.origin}${path}`, `${served.origin}${path}?t=wrong`, `${served.origin}/`]) {
    const stranger = await (await browser.newContext()).newPage();
    const answer = await stranger.goto(address);
    expect(answer?.status()).toBe(401);
    await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(stranger.getByText('in the terminal of whoever started tsviz')).toBeVisible();
    expect(await stranger.content()).not.toContain('notes');
    await stranger.context().close();
  }
});

test('--share prints links that let a teammate read and nothing else', async ({
  page,
  serveFiles,
  browser,
  troubles,
}) => {
  const served = await serveFiles('--share', NOTES);
  await page.goto(served.url);
  await chartIsThere(page);
  await page.getByRole('button', { name: 'Share this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this view' });
  if (ownAddresses().length === 0) {
    // A machine without a network: then that is what both say.
    expect(served.output()).toContain('no address that others can reach');
    await expect(dialog.getByRole('heading', { name: /Nobody else/ })).toBeVisible();
    return;
  }
  expect(served.output()).toContain('Whoever has a link can read');
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(new URL(link).hostname).not.toBe('127.0.0.1');
  await expect(dialog.getByRole('img', { name: /QR/ })).toBeVisible();

  const teammate = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await watch(teammate, troubles);
  await teammate.goto(link);
  await chartIsThere(teammate);
  expect(teammate.url()).not.toContain('t=');
  await teammate.getByRole('button', { name: 'Share this view' }).click();
  await expect(teammate.getByRole('dialog')).toContainText('only from');
  expect(await teammate.evaluate(async () => (await fetch('/api/share', { method: 'POST' })).status)).toBeGreaterThan(
    399,
  );
  const info = await teammate.evaluate(async () => (await fetch('/api/info')).text());
  expect(info).not.toContain('/public/samples');
  await teammate.keyboard.press('Escape');
  await dropFiles(teammate, [{ ...notes, name: 'other.prof' }]);
  await teammate.getByRole('button', { name: 'Share this view' }).click();
  await expect(teammate.getByRole('button', { name: 'Hand it to the server' })).toHaveCount(0);
  await teammate.context().close();
  // The refused request for links is told on the console, and that plain HTTP has no opener policy.
  forgive(troubles, '/api/share');
  forgive(troubles, 'Cross-Origin-Opener-Policy');
});

test('the links of a server end with it', async ({ browser, startCommand, writeFile }) => {
  const file = writeFile('short-lived.prof', readFileSync(NOTES));
  const first = await startCommand([file]);
  const page = await (await browser.newContext()).newPage();
  await page.goto(first.url);
  await chartIsThere(page);
  await first.stop();
  // The same port, a new token: the old cookie must not open it.
  await startCommand(['--port', String(first.port), file]);
  const answer = await page.goto(first.url.replace(/\?.*/, ''));
  expect(answer?.status()).toBe(401);
  await page.context().close();
});
