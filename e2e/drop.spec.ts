/** Files dropped, chosen or pasted open in the browser and go nowhere. */
import { readFileSync } from 'node:fs';
import { dragFiles, dropFiles, pasteFiles } from './drop-files.ts';
import { chartIsThere, expect, forgive, test } from './fixtures.ts';
import { BAD_FILES, makeHugeProfile, ONE_FUNCTION } from './odd-profiles.ts';
import { getRow } from './page-parts.ts';
import { IMPORTS, NOTES, RECURSIVE } from './samples.ts';

const notes = { name: 'notes.prof', bytes: readFileSync(NOTES) };
const imports = { name: 'pydoc.prof', bytes: readFileSync(IMPORTS) };
const bad = { name: 'photo.prof', bytes: BAD_FILES[1]?.[1] ?? new Uint8Array() };

async function chooseFile(page: import('@playwright/test').Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /Open|Choose/ })
    .first()
    .click();
  await (await chooser).setFiles(path);
}

/** Everything that left the page with a body. */
function watchUploads(page: import('@playwright/test').Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`);
  });
  return sent;
}

test('a file dropped on the empty page opens, without any upload', async ({ page, serveFiles }) => {
  const sent = watchUploads(page);
  await page.goto((await serveFiles()).url);
  await dropFiles(page, [notes]);
  await chartIsThere(page);
  await expect(page.getByRole('button', { name: 'Open profiles, now notes.prof' })).toBeVisible();
  await expect(getRow(page, '/srv/notes/index.py:37(score_others)')).toBeVisible();
  expect(sent).toEqual([]);
});

test('dragging a file over the window shows that it can be dropped', async ({ page, serveFiles }) => {
  await page.goto((await serveFiles()).url);
  await expect(page.getByRole('button', { name: /Open|Choose/ }).first()).toBeVisible();
  const before = await page.screenshot();
  await dragFiles(page, [notes]);
  await expect.poll(async () => (await page.screenshot()).equals(before)).toBe(false);
});

test('a file dropped on a loaded page replaces it, and back returns', async ({ page, open }) => {
  await open(RECURSIVE);
  await dropFiles(page, [notes]);
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Open profiles, now lib2to3.prof' })).toBeVisible();
});

test('several files open at once; the first is shown, the others are in the menu', async ({ page, serveFiles }) => {
  await page.goto((await serveFiles()).url);
  await dropFiles(page, [notes, imports]);
  await chartIsThere(page);
  await page.getByRole('button', { name: 'Open profiles, now notes.prof' }).click();
  await page.getByRole('menuitemradio', { name: 'pydoc.prof' }).click();
  await expect(page.getByRole('button', { name: 'Open profiles, now pydoc.prof' })).toBeVisible();
});

test('a bad file is explained while the good ones open', async ({ page, serveFiles }) => {
  await page.goto((await serveFiles()).url);
  await dropFiles(page, [bad, notes]);
  await chartIsThere(page);
  await expect(page.getByText('photo.prof could not be opened')).toBeVisible();
  await page.getByRole('button', { name: 'Explain' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goBack();
});

test('a bad file on a loaded page leaves what is there', async ({ page, open }) => {
  await open(NOTES);
  await dropFiles(page, [bad]);
  await expect(page.getByText('photo.prof could not be opened')).toBeVisible();
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('photo.prof could not be opened')).toBeHidden();
});

for (const [name, bytes, word] of BAD_FILES) {
  test(`${name} alone gets a page that says what it is and what is wrong`, async ({ page, serveFiles }) => {
    await page.goto((await serveFiles()).url);
    await dropFiles(page, [{ name, bytes }]);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(name);
    await expect(page.getByRole('main')).toContainText(word);
    await expect(page.getByRole('button', { name: /Open another|Open/ }).first()).toBeVisible();
  });
}

test('a pasted file opens', async ({ page, serveFiles }) => {
  await page.goto((await serveFiles()).url);
  await expect(page.getByRole('button', { name: /Open|Choose/ }).first()).toBeVisible();
  await pasteFiles(page, [notes]);
  await chartIsThere(page);
});

test('the file button opens several files', async ({ page, serveFiles }) => {
  const chooser = page.waitForEvent('filechooser');
  await page.goto((await serveFiles()).url);
  await page
    .getByRole('button', { name: /Open|Choose/ })
    .first()
    .click();
  await (await chooser).setFiles([NOTES, IMPORTS]);
  await chartIsThere(page);
  await expect(page.getByRole('button', { name: 'Open profiles, now notes.prof' })).toBeVisible();
});

test('a large file says how much of it is there, and then what is done with it', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  test.slow();
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    new MutationObserver(() => {
      const text = document.querySelector('.progress span')?.textContent ?? '';
      if (text !== told.at(-1)) told.push(text);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const file = writeFile('large.prof', makeHugeProfile());
  await page.goto((await serveFiles()).url);
  await chooseFile(page, file);
  await chartIsThere(page);
  const told = await page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  const stages = [/^Reading large\.prof$/, /8\.00\sMB of /, /all .* are here$/, /^Preparing the call tree of /];
  const found = stages.map((words) => told.findIndex((text) => words.test(text)));
  expect(found, told.join('\n')).toEqual(found.filter((at) => at >= 0).sort((a, b) => a - b));
});

test('cancelling a reading goes back to what was there, and the next file opens', async ({ page, open }) => {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage as (this: Worker, ...given: unknown[]) => void;
    Worker.prototype.postMessage = function (...given: unknown[]) {
      // A file that takes for ever to read.
      if ((given[0] as { name?: string }).name !== 'endless.prof') post.apply(this, given);
    };
  });
  await open(NOTES);
  await dropFiles(page, [{ ...imports, name: 'endless.prof' }]);
  await expect(page.getByRole('status').filter({ hasText: 'Reading endless.prof' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await chartIsThere(page);
  await expect(page.getByText('1,305 functions', { exact: true })).toBeVisible();
  await dropFiles(page, [imports]);
  await expect(page.getByRole('button', { name: 'Open profiles, now pydoc.prof' })).toBeVisible();
  await chartIsThere(page);
});

test('opens files without network once the page is loaded', async ({ page, context, open, troubles }) => {
  await open(RECURSIVE);
  await expect(page.locator('[data-view-ready="table"]')).toBeVisible();
  await context.setOffline(true);
  await dropFiles(page, [{ name: 'only.prof', bytes: ONE_FUNCTION }]);
  await expect(page.getByText('1 function', { exact: true })).toBeVisible();
  await context.setOffline(false);
  // The page noticed that the server was away.
  forgive(troubles, 'ERR_INTERNET_DISCONNECTED');
});

test('a dropped file is still there after a reload, and can be forgotten', async ({ page, serveFiles, troubles }) => {
  await page.goto((await serveFiles()).url);
  await dropFiles(page, [notes]);
  await chartIsThere(page);
  const home = page.getByRole('link', { name: 'tsviz, open another profile' });
  const kept = page.getByRole('link', { name: /notes\.prof.*cProfile/ });
  await home.click();
  await kept.click();
  await chartIsThere(page);
  await page.reload();
  await chartIsThere(page);
  await home.click();
  await expect(kept).toBeVisible();
  await page.getByRole('button', { name: 'Forget notes.prof' }).click();
  await expect(kept).toBeHidden();
  // The server is asked first, and has never had it.
  forgive(troubles, '404');
});
