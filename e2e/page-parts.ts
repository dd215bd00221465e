/** Parts of the page as a person names them, and reading what they say. */
import { expect, type Locator, type Page } from '@playwright/test';

/** The function table; with groups it is a tree. */
export function getTable(page: Page): Locator {
  const named = { name: 'Functions' };
  return page.getByRole('grid', named).or(page.getByRole('treegrid', named));
}

/** Rows of the table that are on screen, without the head. */
export function getRows(page: Page): Locator {
  return getTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
}

/** Row of a function, by the name that pstats prints. */
export function getRow(page: Page, key: string): Locator {
  return getRows(page).filter({ has: page.getByTitle(key, { exact: true }) });
}

/** Narrows the table to a text, and waits until its rows are those: a click before that would meet another row. */
export async function filterTable(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Filter functions by name or path' }).fill(text);
  const sum = page.getByText(text === '' ? /^[\d,]+ functions?, self/ : /^[\d,]+ of [\d,]+ functions? match/);
  await expect(sum).toBeVisible();
}

/** The numbers of a row, column by column, and the unit of the two columns that have one unit. */
export interface RowTexts {
  readonly name: string;
  readonly calls: string;
  readonly self: string;
  readonly selfShare: string;
  readonly selfPerCall: string;
  readonly total: string;
  readonly totalShare: string;
  readonly totalPerCall: string;
}

/** Texts of the rows on screen, in order. */
export async function readRows(page: Page): Promise<RowTexts[]> {
  return getRows(page).evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.querySelectorAll('[role="gridcell"]')];
      const text = (column: number) =>
        cells.find((cell) => cell.getAttribute('aria-colindex') === String(column))?.textContent?.trim() ?? '';
      const name = cells.at(-1)?.getAttribute('title') ?? '';
      return {
        name,
        calls: text(1),
        self: text(2),
        selfShare: text(3),
        selfPerCall: text(4),
        total: text(5),
        totalShare: text(6),
        totalPerCall: text(7),
      };
    }),
  );
}

/** Unit in the head of a column such as `tottime ms`. */
export async function readColumnUnit(page: Page, column: 'tottime' | 'cumtime'): Promise<string> {
  const head = await getHead(page, column).textContent();
  return head?.trim().slice(column.length).trim() ?? '';
}

/** Words of the heads on screen, without the units. */
export async function readHeads(page: Page): Promise<string[]> {
  const heads = await getTable(page).getByRole('columnheader').filter({ visible: true }).allTextContents();
  return heads.map((head) => head.trim().replace(/(time)\s?(s|ms|µs|ns)$/, '$1'));
}

/** Head of a column. */
export function getHead(page: Page, column: string): Locator {
  return getTable(page).getByRole('columnheader', { name: column }).first();
}

/** Sorts the table by a column, largest first. */
export async function sortBy(page: Page, column: string): Promise<void> {
  const head = getHead(page, column);
  for (let click = 0; click < 3; click++) {
    const before = (await head.getAttribute('aria-sort')) ?? '';
    if (before === 'descending') return;
    await head.getByRole('button').click();
    await expect(head).not.toHaveAttribute('aria-sort', before);
  }
  await expect(head).toHaveAttribute('aria-sort', 'descending');
}

/** The chart on screen. */
export function getChart(page: Page): Locator {
  return page.locator('[data-view-ready="icicle"], [data-view-ready="sunburst"]').first();
}

/** Switches to another view and waits until it is painted. */
export async function showView(page: Page, name: 'Icicle' | 'Flame' | 'Sunburst'): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  await expect(getChart(page)).toBeVisible();
}

/** Opens a menu by its button and chooses a line of it. */
export async function choose(page: Page, menu: string | RegExp, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  const named = { name: item, exact: true };
  await page.getByRole('menuitemradio', named).or(page.getByRole('menuitem', named)).click();
}

/** The details panel. */
export function getDetails(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Details of a function' });
}

/** The tooltip of the charts. It repeats the details for the eye only, so it has no role. */
export function getTooltip(page: Page): Locator {
  return page.locator('.tooltip');
}
