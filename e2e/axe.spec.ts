/** Accessibility by machine: axe finds nothing in any view, page or dialog, in either theme. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dropFiles } from './drop-files.ts';
import { chartIsThere, expect, test } from './fixtures.ts';
import { BAD_FILES } from './odd-profiles.ts';
import { getRows, showView } from './page-parts.ts';
import { NOTES, SAMPLES } from './samples.ts';

/** What axe says. Only colours differ in the dark, so only they are looked at there: the rest costs seconds a page. */
async function findFaults(page: Page, part?: string): Promise<string[]> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const builder = part === undefined ? new AxeBuilder({ page }) : new AxeBuilder({ page }).include(part);
  const { violations } = await (isDark ? builder.withRules(['color-contrast']) : builder).analyze();
  return violations.map(
    ({ id, impact, help, nodes }) =>
      `${impact} ${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const view of ['Icicle', 'Flame', 'Sunburst'] as const) {
      test(`${view} with table, details, selection and search`, async ({ page, open }) => {
        await open(NOTES);
        await showView(page, view);
        await getRows(page).nth(2).click();
        expect(await findFaults(page)).toEqual([]);
        await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill('render');
        await expect(page.getByRole('region', { name: 'Search result' })).toContainText('functions');
        expect(await findFaults(page)).toEqual([]);
      });
    }

    test('700 px', async ({ page, open }) => {
      await page.setViewportSize({ width: 700, height: 900 });
      await open(NOTES);
      expect(await findFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'More', exact: true }).click();
      expect(await findFaults(page)).toEqual([]);
    });

    test('menus', async ({ page, open }) => {
      await open(NOTES);
      for (const name of ['Colour by', 'Theme', 'Call stack', /^Group/, /^Open profiles/]) {
        await page.getByRole('button', { name }).click();
        expect(await findFaults(page, '[popover]:popover-open'), String(name)).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });

    test('dialogs', async ({ page, open }) => {
      await open(NOTES);
      for (const name of ['Help', 'Share this view', 'Why?']) {
        await page.getByRole('button', { name }).click();
        await expect(page.getByRole('dialog').first()).toBeVisible();
        expect(await findFaults(page, 'dialog[open]'), name).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });

    test('pages without a profile', async ({ page, serveFiles, browser }) => {
      await page.goto((await serveFiles()).url);
      await expect(page.getByRole('heading', { name: 'Open a profile' })).toBeVisible();
      expect(await findFaults(page), 'empty page').toEqual([]);
      const [, [name, bytes] = ['', Buffer.alloc(0)]] = BAD_FILES;
      await dropFiles(page, [{ name, bytes }]);
      await expect(page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Open a profile' })).toBeVisible();
      expect(await findFaults(page), 'error').toEqual([]);
      await page.goto((await serveFiles(SAMPLES)).url);
      await expect(page.getByRole('link', { name: 'notes.prof' })).toBeVisible();
      expect(await findFaults(page), 'listing').toEqual([]);
      const stranger = await (await browser.newContext({ colorScheme })).newPage();
      await stranger.goto((await serveFiles(NOTES)).origin);
      expect(await findFaults(stranger), 'no way in').toEqual([]);
      await stranger.context().close();
    });

    test('several roots, a root of its own, measured only', async ({ page, open }) => {
      await open(NOTES);
      await getRows(page).nth(3).dblclick();
      await page.getByRole('switch', { name: 'Measured only' }).click();
      await chartIsThere(page);
      expect(await findFaults(page)).toEqual([]);
    });
  });
}
