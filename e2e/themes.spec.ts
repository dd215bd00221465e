/** Light, dark and system theme; small windows; motion. */
import { chartIsThere, expect, test } from './fixtures.ts';
import { choose, getChart, getDetails, getRows, readHeads, showView } from './page-parts.ts';
import { NOTES } from './samples.ts';

const getGround = () => getComputedStyle(document.body).backgroundColor;
/** Perceived lightness of `rgb(…)`, 0 to 255. */
const getLightness = (color: string) => {
  const [red = 0, green = 0, blue = 0] = [...color.matchAll(/[\d.]+/g)].map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

test('follows the system, also while the page is open', async ({ page, open }) => {
  await open(NOTES);
  expect(getLightness(await page.evaluate(getGround))).toBeGreaterThan(220);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => getLightness(await page.evaluate(getGround))).toBeLessThan(60);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(async () => getLightness(await page.evaluate(getGround))).toBeGreaterThan(220);
});

test('a chosen theme overrides the system, repaints the chart and is remembered, but is not in the link', async ({
  page,
  open,
}) => {
  await open(NOTES);
  const chart = await getChart(page).screenshot();
  await choose(page, 'Theme', 'Dark');
  await expect.poll(async () => getLightness(await page.evaluate(getGround))).toBeLessThan(60);
  await expect.poll(async () => (await getChart(page).screenshot()).equals(chart)).toBe(false);
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await chartIsThere(page);
  expect(getLightness(await page.evaluate(getGround))).toBeLessThan(60);
  await choose(page, 'Theme', 'As the system');
  await expect.poll(async () => getLightness(await page.evaluate(getGround))).toBeGreaterThan(220);
});

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [860, 800],
  [700, 900],
] as const) {
  test(`at ${width} × ${height} everything has its place and nothing scrolls sideways`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open(NOTES);
    for (const view of ['Icicle', 'Flame', 'Sunburst'] as const) {
      await showView(page, view);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, view).toBeLessThanOrEqual(0);
      const box = await getChart(page).boundingBox();
      expect(box?.width, view).toBeGreaterThan(width * 0.45);
      expect(box?.height, view).toBeGreaterThanOrEqual(200);
    }
    await expect(getRows(page).first()).toBeVisible();
    const clipped = await page.evaluate(() =>
      [...document.querySelectorAll('button, h1, h2, [role=tab], [role=columnheader]')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0)
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -1 || right > innerWidth + 1;
        })
        .map((element) => element.textContent?.trim()),
    );
    expect(clipped).toEqual([]);
  });
}

test('at 700 px the details are a strip that More opens, and options stand behind one button', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 700, height: 900 });
  await open(NOTES);
  const details = getDetails(page);
  const strip = (await details.boundingBox())?.height ?? 999;
  expect(strip).toBeLessThan(80);
  await details.getByRole('button', { name: 'More', exact: true }).click();
  await expect(details.getByText('Called by', { exact: false }).first()).toBeVisible();
  await details.getByRole('button', { name: 'Less', exact: true }).click();
  await page.getByRole('button', { name: 'Options of this view' }).click();
  await expect(page.getByRole('switch', { name: 'Measured only' })).toBeVisible();
  await page.keyboard.press('Escape');
  const columns = ['ncalls', 'tottime', '% of total', 'cumtime', 'filename:lineno(function)'];
  expect(await readHeads(page)).toEqual(columns);
});

test('a new size of the window redraws at once', async ({ page, open }) => {
  await open(NOTES);
  const wide = (await getChart(page).boundingBox())?.width ?? 0;
  await page.setViewportSize({ width: 1000, height: 700 });
  await expect.poll(async () => (await getChart(page).boundingBox())?.width ?? 0).toBeLessThan(wide);
  await chartIsThere(page);
});

test('people who want motion get a zoom that ends where it should', async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open(NOTES);
  const [x = 0, y = 0] = ((await getChart(page).getAttribute('data-big-child')) ?? '').split(',').map(Number);
  await page.mouse.click(x, y);
  await expect(page).toHaveURL(/zoom=/);
  await chartIsThere(page);
});

test('forced colours leave text and controls in place', async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(NOTES);
  await expect(getRows(page).first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Icicle' })).toBeVisible();
});
