/** Pages that show a view beside the tree's pictures, and what such views have in common. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type ServeFiles } from './fixtures.ts';
import type { Served } from './serve.mjs';

/** Opens a file in a view, with further parameters of the address, and waits until it is painted. */
export async function openPanel(
  page: Page,
  serveFiles: ServeFiles,
  view: string,
  args: readonly string[],
  parameters: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const served = await serveFiles(...args);
  const url = new URL(served.url);
  for (const [name, value] of Object.entries({ view, ...parameters })) url.searchParams.set(name, value);
  await page.goto(url.href);
  await panelIsThere(page, view);
  return served;
}

/** Waits until a view is painted. */
export async function panelIsThere(page: Page, view: string): Promise<void> {
  await expect(page.locator(`[data-view-ready="${view}"]`)).toBeVisible();
}

/** What axe finds wrong with a page. */
export async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
