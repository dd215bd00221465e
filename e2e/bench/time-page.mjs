/**
 * Times what a person sees in a browser: from the command to the first chart, and the frames of a zoom.
 *
 * The clock of the page and that of this process are the same one (time origin + now), so a chart's time starts when the
 * command is started and ends after the frame in which it was painted. The browser runs already and is always a new one.
 */
import { chromium } from '@playwright/test';

const VIEWPORT = { width: 1440, height: 900 };
const CHART = '[data-view-ready="icicle"], [data-view-ready="sunburst"]';
const TIMEOUT_MS = 120_000;
/** Longer than the zoom's animation (240 ms) on a slow machine. */
const ZOOM_MS = 700;

/**
 * Notes about a page.
 *
 * @typedef {object} Noted
 * @property {number} chart when the chart was painted; 0 before
 * @property {number[]} frames when frames began
 * @property {Map<number, number>} work milliseconds of the page's own work, by frame
 */

/**
 * Something that runs and has an address.
 *
 * @typedef {() => Promise<{ url: string, stop: () => Promise<unknown> }>} Start
 */

const now = () => performance.timeOrigin + performance.now();

/** Runs in the page before anything else: notes when a chart is painted, and what frames cost. */
function watchPage(/** @type {string} */ chart) {
  const request = requestAnimationFrame.bind(globalThis);
  const noted = {
    chart: 0,
    frames: /** @type {number[]} */ ([]),
    work: /** @type {Map<number, number>} */ (new Map()),
  };
  Object.assign(globalThis, { noted });
  const afterPaint = (/** @type {() => void} */ then) =>
    request(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(0);
    });
  const look = setInterval(() => {
    if (document.querySelector(chart) === null) return;
    clearInterval(look);
    afterPaint(() => {
      noted.chart = performance.timeOrigin + performance.now();
    });
  }, 4);
  // Time of all callbacks of a frame together: the page's own work for it.
  globalThis.requestAnimationFrame = (callback) =>
    request((time) => {
      const start = performance.now();
      callback(time);
      noted.work.set(time, (noted.work.get(time) ?? 0) + performance.now() - start);
    });
  const tick = (/** @type {number} */ time) => {
    noted.frames.push(time);
    request(tick);
  };
  request(tick);
}

/**
 * @template T
 * @param {string} executablePath
 * @param {Start} start
 * @param {(page: import('@playwright/test').Page, started: number) => Promise<T>} measure
 * @returns {Promise<T>}
 */
async function withPage(executablePath, start, measure) {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(watchPage, CHART);
    const started = now();
    const served = await start();
    try {
      await page.goto(served.url, { timeout: TIMEOUT_MS });
      await page.waitForFunction(() => Reflect.get(globalThis, 'noted').chart > 0, null, { timeout: TIMEOUT_MS });
      return await measure(page, started);
    } finally {
      await served.stop();
    }
  } finally {
    await browser.close();
  }
}

/**
 * Milliseconds from starting the command until its first chart is on screen.
 *
 * @param {string} executablePath
 * @param {Start} start
 */
export function timeChart(executablePath, start) {
  return withPage(
    executablePath,
    start,
    async (page, started) => (await page.evaluate(() => Reflect.get(globalThis, 'noted').chart)) - started,
  );
}

/**
 * What the frames of a zoom cost: time between them, the longest, and the page's own work in each (layout and paint).
 *
 * @param {string} executablePath
 * @param {Start} start
 * @param {number} runs
 */
export async function timeFrames(executablePath, start, runs) {
  /** @type {{ frame: number[], longest: number[], work: number[] }} */
  const taken = { frame: [], longest: [], work: [] };
  for (let run = 0; run < runs; run++) {
    const { frames, work } = await withPage(executablePath, start, async (page) => {
      const point = await page.locator(CHART).first().getAttribute('data-big-child');
      const [x = 400, y = 200] = (point ?? '').split(',').map(Number);
      await page.evaluate(() => {
        const noted = Reflect.get(globalThis, 'noted');
        noted.frames.length = 0;
        noted.work.clear();
      });
      await page.mouse.click(x, y);
      await page.waitForTimeout(ZOOM_MS);
      return page.evaluate(() => {
        /** @type {Noted} */
        const noted = Reflect.get(globalThis, 'noted');
        return { frames: noted.frames, work: [...noted.work.values()] };
      });
    });
    const gaps = frames.slice(1).map((time, index) => time - (frames[index] ?? time));
    taken.frame.push(...gaps);
    taken.longest.push(Math.max(...gaps));
    taken.work.push(...work);
  }
  return taken;
}
