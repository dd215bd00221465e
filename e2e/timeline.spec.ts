/** The timeline: calls in order of time, by pointer and by keys; its part in view, its range, its list, its address. */
import type { Locator, Page } from '@playwright/test';
import { expect, type ServeFiles, test } from './fixtures.ts';
import { getDetails, getRow, getTooltip } from './page-parts.ts';
import { findFaults, openPanel, panelIsThere } from './panel-pages.ts';

/** A call: name, from and to in seconds, and what it called. */
type Call = readonly [name: string, from: number, to: number, inside?: readonly Call[]];

/** Short calls one after the other, too many for each to be drawn. */
const TICKS = Array.from({ length: 1000 }, (_, i): Call => ['tick', 9 + i / 1000, 9 + (i + 1) / 1000]);

const MAIN: Call = [
  'main',
  0,
  10,
  [
    ['load', 0, 4, [['parse', 1, 3]]],
    [
      'work',
      4,
      9,
      [
        ['fib', 4, 6],
        ['fib', 6, 8.5],
      ],
    ],
    ...TICKS,
  ],
];
const WORKER: Call = ['run', 2, 6, [['wait', 2, 5]]];

/** A speedscope file with begin and end of calls, one profile per thread. */
function writeThreads(threads: Readonly<Record<string, Call>>): string {
  const names: string[] = [];
  const frameOf = (name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const profiles = Object.entries(threads).map(([name, root]) => {
    const events: object[] = [];
    const add = ([called, from, to, inside = []]: Call): void => {
      events.push({ type: 'O', frame: frameOf(called), at: from });
      for (const call of inside) add(call);
      events.push({ type: 'C', frame: frameOf(called), at: to });
    };
    add(root);
    return { type: 'evented', name, unit: 'seconds', startValue: 0, endValue: 10, events };
  });
  const frames = names.map((name) => ({ name, file: '/srv/shop/app.py', line: 1 + name.length }));
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames },
    profiles,
  });
}

const getChart = (page: Page): Locator => page.getByRole('application', { name: /^Timeline/ });
const getShown = (page: Page): Locator => page.locator('[data-role="timeline-shown"]');
const getSaid = (page: Page): Locator => getChart(page).locator('[aria-live]');
const plain = (text: string | null): string => (text ?? '').replaceAll('\u202f', ' ').replaceAll(/\s+/g, ' ').trim();

async function open(
  page: Page,
  serveFiles: ServeFiles,
  writeFile: (name: string, text: string) => string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = writeFile('shop.speedscope.json', writeThreads({ Main: MAIN, Worker: WORKER }));
  await openPanel(page, serveFiles, 'timeline', [file], parameters);
}

/** A place in the chart: at a time of the whole axis, in a row (0 is the first head). */
async function getPlace(page: Page, seconds: number, row: number): Promise<{ x: number; y: number }> {
  const box = (await getChart(page).boundingBox())!;
  return { x: box.x + (seconds / 10) * box.width, y: box.y + 18 + 16 * row + 8 };
}

/** What the address says of a parameter. */
const getParameter = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);

test('shows a lane per thread and folds it, and the address keeps that', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile);
  await expect.poll(async () => plain(await getShown(page).textContent())).toBe('10.0 s in all');
  const main = page.getByRole('button', { name: /^Main.*levels/ });
  await expect(main).toHaveAttribute('aria-expanded', 'true');
  expect(plain(await main.textContent())).toContain('10.0 s, 3 levels');
  const worker = page.getByRole('button', { name: /^Worker.*levels/ });
  const before = (await worker.boundingBox())!.y;
  await main.focus();
  await page.keyboard.press('Enter');
  await expect(main).toHaveAttribute('aria-expanded', 'false');
  await expect.poll(async () => before - (await worker.boundingBox())!.y).toBe(3 * 16);
  await expect.poll(() => getParameter(page, 'timeline')).toBe('fold=0');
  await page.reload();
  await panelIsThere(page, 'timeline');
  await expect(main).toHaveAttribute('aria-expanded', 'false');
});

test('walks, zooms and goes back by keys, and says where it is', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile);
  const chart = getChart(page);
  await chart.focus();
  const says = async (text: string): Promise<void> => {
    await expect.poll(async () => plain(await getSaid(page).textContent())).toBe(text);
  };
  await says('app.main, 10.0 s, 100 % of all, begins at 0, level 1, thread Main');
  await page.keyboard.press('ArrowDown');
  await says('app.work, 5.00 s, 50.0 % of all, begins at 4 s, level 2, thread Main');
  await page.keyboard.press('ArrowLeft');
  await says('app.load, 4.00 s, 40.0 % of all, begins at 0, level 2, thread Main');
  await page.keyboard.press('ArrowDown');
  await says('parse, 2.00 s, 20.0 % of all, begins at 1 s, level 3, thread Main');
  await page.keyboard.press('Enter');
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=1-3');
  await expect(getDetails(page)).toContainText('parse');
  await expect.poll(async () => plain(await getShown(page).textContent())).toBe('1 s–3 s in view, 2.00 s of 10.0 s');
  await page.reload();
  await panelIsThere(page, 'timeline');
  await expect.poll(async () => plain(await getShown(page).textContent())).toBe('1 s–3 s in view, 2.00 s of 10.0 s');
  await page.goBack();
  await expect.poll(async () => plain(await getShown(page).textContent())).toBe('10.0 s in all');
  await page.goForward();
  await expect.poll(async () => plain(await getShown(page).textContent())).toContain('1 s–3 s');
  await chart.focus();
  await page.keyboard.press('Backspace');
  await expect.poll(() => getParameter(page, 'timeline')).toBe(null);
  await page.keyboard.press('PageDown');
  await says('app.run, 4.00 s, 40.0 % of all, begins at 2 s, level 1, thread Worker');
});

test('is what keys mean that nothing else is the target of', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile, { timeline: 'at=2-4' });
  await page.keyboard.press('ArrowDown');
  await expect(getChart(page)).toBeFocused();
  await expect(getSaid(page)).toContainText('load');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('0');
  await expect.poll(() => getParameter(page, 'timeline')).toBe(null);
  await page.goBack();
  await expect(getShown(page)).toContainText('in view');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Escape');
  await expect.poll(() => getParameter(page, 'timeline')).toBe(null);
  // With everything in view it means nothing.
  await page.keyboard.press('Escape');
  expect(getParameter(page, 'zoom')).toBe(null);
});

test('selects at a click, zooms at a double one, and tells of a call under the pointer', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  await open(page, serveFiles, writeFile);
  const second = await getPlace(page, 7, 3);
  await page.mouse.move(second.x, second.y);
  await expect(getTooltip(page).filter({ visible: true })).toContainText('begins at');
  const told = plain(await getTooltip(page).filter({ visible: true }).textContent());
  // The second of two calls, from 6 to 8.5 s; together they took 4.5 s.
  for (const text of [
    'fib',
    'duration 2.50 s 25.0 %',
    'begins at 6 s',
    'level 3',
    'total 4.50 s 45.0 %',
    'self 4.50 s 45.0 %',
  ]) {
    expect(told.replaceAll(' ', '')).toContain(text.replaceAll(' ', ''));
  }
  await page.mouse.click(second.x, second.y);
  await expect(getDetails(page)).toContainText('fib');
  await expect(getRow(page, '/srv/shop/app.py:4(fib)')).toHaveAttribute('aria-selected', 'true');
  await page.mouse.dblclick(second.x, second.y);
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=6-8.5');
});

test('looks closer at what is gathered, whose calls it counts', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile);
  const ticks = await getPlace(page, 9.5, 2);
  await page.mouse.move(ticks.x, ticks.y);
  await expect(getTooltip(page).filter({ visible: true })).toContainText('1,000 smaller calls');
  await page.mouse.click(ticks.x, ticks.y);
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=9-10');
});

test('zooms and pans by wheel and drag', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile);
  const readAt = (): number[] => (getParameter(page, 'timeline') ?? '').replace('at=', '').split('-').map(Number);
  const middle = await getPlace(page, 5, 2);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -300);
  await expect.poll(() => readAt().length).toBe(2);
  const [from = 0, to = 0] = readAt();
  expect((from + to) / 2).toBeCloseTo(5, 1);
  await page.mouse.down();
  await page.mouse.move(middle.x - 200, middle.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => (readAt()[0] ?? 0) > from).toBe(true);
  expect(readAt()[1]! - readAt()[0]!).toBeCloseTo(to - from, 1);
  await expect(getDetails(page)).not.toContainText('fib');
});

test('limits the other views to a stretch that is drawn on the ruler, or to that of a call', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  await open(page, serveFiles, writeFile);
  const total = getRow(page, '/srv/shop/app.py:4(fib)');
  await expect(total).toContainText('4.50');
  const from = await getPlace(page, 4, -1);
  const to = await getPlace(page, 5, -1);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => Number((getParameter(page, 'range') ?? '').split('~')[1])).toBeCloseTo(5, 1);
  // One second of the two calls is in it.
  await expect(page.getByRole('slider', { name: 'End of the range' })).toHaveAttribute('aria-valuetext', /^4.*–5/);
  await expect(getRow(page, '/srv/shop/app.py:5(main)')).toContainText(/1\.0|1,0|99\d/);
  await page.getByRole('button', { name: 'Clear the range' }).first().click();
  await expect.poll(() => getParameter(page, 'range')).toBe(null);
  await getChart(page).focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+Enter']) await page.keyboard.press(key);
  await expect.poll(() => getParameter(page, 'range')).toBe('6~8.5');
  await page.getByRole('slider', { name: 'Start of the range' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => getParameter(page, 'range')).toBe('6.5~8.5');
});

test('lists the calls of a function, longest first when asked, and shows the one that is chosen', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  await open(page, serveFiles, writeFile, { timeline: 'list' });
  const list = page.getByRole('grid', { name: /^Calls/ });
  await expect(page.getByText('calls are drawn; select a function for all of its calls')).toBeVisible();
  await getRow(page, '/srv/shop/app.py:4(fib)').click();
  await expect(page.getByRole('grid', { name: 'Calls of app.fib' })).toHaveAttribute('aria-rowcount', '3');
  const readRows = async (): Promise<string[]> =>
    (
      await list
        .getByRole('row')
        .filter({ has: page.getByRole('gridcell') })
        .allInnerTexts()
    ).map(plain);
  expect(await readRows()).toEqual(['4 s 2.00 s 20.0 % 3 Main app.fib', '6 s 2.50 s 25.0 % 3 Main app.fib']);
  await list.getByRole('button', { name: 'duration' }).click();
  await expect.poll(async () => (await readRows())[0]).toBe('6 s 2.50 s 25.0 % 3 Main app.fib');
  await list.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect(list.getByRole('row', { selected: true })).toContainText('2.00');
  await page.getByRole('button', { name: 'Close the list' }).click();
  await expect(list).toBeHidden();
  await expect.poll(() => getParameter(page, 'timeline')).toBe(null);
});

test('brings a function into view that is selected in the table', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile, { timeline: 'at=0-1' });
  await getRow(page, '/srv/shop/app.py:5(wait)').click();
  // From 2 to 5 s, which was not in view.
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=1.9-2.9');
});

test('tells in the overview when the selected function ran, or what is searched', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  await open(page, serveFiles, writeFile);
  await getRow(page, '/srv/shop/app.py:5(tick)').click();
  const line = page.getByRole('img', { name: /^When/ });
  await expect(line).toHaveAttribute('aria-label', 'When app.tick ran');
  const readShares = () =>
    line.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, 1);
      const dark = Array.from({ length: canvas.width }, (_, x) => x).filter((x) => data[x * 4 + 3]! > 0);
      return [dark[0]!, dark.at(-1)! + 1].map((x) => Math.round((x / canvas.width) * 100));
    });
  expect(await readShares()).toEqual([90, 100]);
  await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill('parse');
  await expect(line).toHaveAttribute('aria-label', 'When functions ran that match the search');
  await expect.poll(readShares).toEqual([10, 30]);
});

test('says of samples in a row what they are', async ({ page, serveFiles, writeFile }) => {
  const file = writeFile(
    'sampled.speedscope.json',
    JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      shared: { frames: [{ name: 'main' }, { name: 'load' }] },
      profiles: [
        {
          type: 'sampled',
          name: '',
          unit: 'seconds',
          startValue: 0,
          endValue: 10,
          samples: [[0], [0, 1], [0, 1], [0]],
          weights: [2, 3, 1, 4],
        },
      ],
    }),
  );
  await openPanel(page, serveFiles, 'timeline', [file], { timeline: 'list' });
  await expect(page.getByText('stretches are drawn; select a function for all of its stretches')).toBeVisible();
  const load = await getPlace(page, 4, 1);
  await page.mouse.move(load.x, load.y);
  const tooltip = getTooltip(page).filter({ visible: true });
  await expect(tooltip).toContainText('samples in a row');
  expect(plain(await tooltip.textContent()).replaceAll(' ', '')).toContain(
    'duration4.00s40.0%beginsat2slevel2samplesinarow2',
  );
});

test('has an overview whose window keys resize and move', async ({ page, serveFiles, writeFile }) => {
  await open(page, serveFiles, writeFile);
  const start = page.getByRole('slider', { name: 'Start of the part in view' });
  await start.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=5-10');
  await page.getByRole('slider', { name: 'Part in view', exact: true }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=0-5');
  await expect(start).toHaveAttribute('aria-valuenow', '0');
  const overview = (await page.getByRole('group', { name: 'Overview of the whole run' }).boundingBox())!;
  await page.mouse.click(overview.x + overview.width * 0.75, overview.y + 20);
  await expect.poll(() => getParameter(page, 'timeline')).toBe('at=5-10');
});

test.describe('by machine', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`in ${colorScheme}`, () => {
      test.use({ colorScheme });

      test('has nothing that axe finds, with range and list', async ({ page, serveFiles, writeFile }) => {
        await open(page, serveFiles, writeFile, { timeline: 'at=3-7,list', range: '4~6' });
        await expect(page.getByRole('slider', { name: 'Start of the range' })).toBeVisible();
        expect(await findFaults(page)).toEqual([]);
      });
    });
  }
});

test('fits 700 px', async ({ page, serveFiles, writeFile }) => {
  await page.setViewportSize({ width: 700, height: 900 });
  await open(page, serveFiles, writeFile, { timeline: 'at=3-7,list' });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(700);
  expect((await getChart(page).boundingBox())!.height).toBeGreaterThan(60);
});
