/**
 * A tool in a browser of its own: from the command to the first chart, then one action after the other.
 *
 * The clock of the page and that of this process are the same one (time origin + now), so a chart's time starts when the
 * command is started and ends after the frame in which it was painted. The browser runs already and is always a new one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { CHART } from './tools.mjs';
import { getWatchScript } from './watch-page.mjs';

/** @typedef {import('./tools.mjs').Tool} Tool */
/** @typedef {import('@playwright/test').Page} Page */

const VIEWPORT = { width: 1440, height: 900 };
const TIMEOUT_MS = 90_000;
const LOOK_EVERY_MS = 50;
/** No host but this machine answers, so that a tool which asks others fails at once. */
const ARGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--enable-unsafe-swiftshader',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/**
 * A page that is measured.
 *
 * @typedef {object} Session
 * @property {Page} page
 * @property {import('@playwright/test').CDPSession} cdp
 * @property {import('./tools.mjs').Running} running
 * @property {number} chartMs from the command to the painted chart
 * @property {number} tableMs the same for the table
 * @property {() => { page: number, server: number }} getPeaks most memory that renderer and server ever had, bytes; 0: not known
 * @property {() => Promise<number>} countColors colours of what should be the chart
 * @property {() => Promise<void>} close
 */

/** Milliseconds since 1970, finer than a millisecond. */
export const now = () => performance.timeOrigin + performance.now();

/**
 * Starts a browser, then the tool, and resolves when its chart and table are painted.
 *
 * @param {string} executablePath
 * @param {Tool} tool
 * @param {string} file
 * @param {{ viewport?: { width: number, height: number }, deviceScaleFactor?: number, hash?: string, waitFor?: 'all' | 'page',
 *   prepare?: (cdp: import('@playwright/test').CDPSession) => Promise<unknown> }} [options]
 * @returns {Promise<Session>}
 * @throws {Error} when no chart comes, or when what comes is blank.
 */
export async function openTool(executablePath, tool, file, options = {}) {
  const { viewport = VIEWPORT, deviceScaleFactor = 1, hash = '', waitFor = 'all', prepare } = options;
  const server = await chromium.launchServer({ executablePath, args: ARGS });
  /** @type {import('./tools.mjs').Running | null} */
  let running = null;
  const close = async () => {
    await running?.stop();
    await server.kill();
  };
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const context = await browser.newContext({ viewport, deviceScaleFactor, colorScheme: 'light' });
    await context.addInitScript({ content: getWatchScript(tool.chart, tool.table) });
    const page = await context.newPage();
    let hasCrashed = false;
    page.on('crash', () => {
      hasCrashed = true;
    });
    const cdp = await context.newCDPSession(page);
    await prepare?.(cdp);
    const started = now();
    running = await tool.start(file);
    const { url, pid } = running;
    page.goto(url + hash, { waitUntil: 'commit', timeout: TIMEOUT_MS }).catch(() => {});
    const shown = { chart: 0, table: 0 };
    for (const last = now() + TIMEOUT_MS; waitFor === 'all' && (shown.chart === 0 || shown.table === 0); ) {
      await sleep(LOOK_EVERY_MS);
      if (hasCrashed) throw new Error(`${tool.name}: the page crashed`);
      if (now() > last) throw new Error(`${tool.name}: no ${shown.chart === 0 ? 'chart' : 'table'} in 90 s`);
      Object.assign(shown, await ask(page, 'globalThis.bench?.getShown()'));
      if (tool.failed !== undefined && (await ask(page, `(() => ${tool.failed})()`)) === true) {
        throw new Error(`${tool.name}: it says itself that it failed`);
      }
    }
    const browserPid = server.process().pid ?? 0;
    const countColors = () => countColorsOf(page, tool);
    if (waitFor === 'all' && (await countColors()) < 3) throw new Error(`${tool.name}: the chart is blank`);
    return {
      page,
      cdp,
      running,
      chartMs: shown.chart - started,
      tableMs: shown.table - started,
      getPeaks: () => ({
        page: Math.max(0, ...listRenderers(browserPid).map(getPeak)),
        server: pid === undefined ? 0 : getPeak(pid),
      }),
      countColors,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the page answers, or null when it is too busy to. @param {Page} page @param {string} expression */
async function ask(page, expression) {
  const late = new AbortController();
  const answer = await Promise.race([
    page.evaluate(expression).catch(() => null),
    sleep(2000, null, { signal: late.signal }).catch(() => null),
  ]);
  late.abort();
  return answer;
}

/**
 * Follows what the page does about one action.
 *
 * @param {Page} page
 * @param {import('./watch-page.mjs').Follow} follow
 * @param {() => Promise<unknown>} act
 * @param {{ quietMs?: number, leastMs?: number, keep?: boolean }} [until] no change of what is watched for so long, and at least
 *   so long in all; `keep` goes on counting after that
 * @returns {Promise<import('./watch-page.mjs').Followed>}
 * @throws {Error} when nothing comes of it.
 */
export async function followAction(page, follow, act, { quietMs = 400, leastMs = 700, keep = false } = {}) {
  await page.evaluate((given) => Reflect.get(globalThis, 'bench').follow(given), follow);
  await act();
  const last = now() + TIMEOUT_MS;
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    /** @type {import('./watch-page.mjs').Followed} */
    const followed = await page.evaluate(() => Reflect.get(globalThis, 'bench').getFollowed());
    const { start, moved, ready, settled } = followed;
    const came =
      start > 0 &&
      (follow.pixels !== true || moved > 0) &&
      (follow.ready === undefined || ready > 0) &&
      (follow.watch === undefined || settled > 0);
    if (came && followed.now - Math.max(start, settled) > quietMs && followed.now - start > leastMs) {
      if (!keep) await page.evaluate(() => Reflect.get(globalThis, 'bench').stop());
      return followed;
    }
    if (now() > last) throw new Error(`nothing came of ${follow.event}`);
  }
}

/** Milliseconds between frames. @param {readonly number[]} frames */
export const getIntervals = (frames) => frames.slice(1).map((time, index) => time - (frames[index] ?? time));

/** Longest task over 50 ms that an action caused; 0: none. @param {import('./watch-page.mjs').Followed} followed */
export const getLongestTask = ({ start, tasks }) =>
  Math.max(0, ...tasks.filter((task) => task.start + task.duration > start).map((task) => task.duration));

/** Where to click to zoom, as the chart tells. @param {Page} page */
export async function findBigChild(page) {
  const point = await page.locator(CHART).first().getAttribute('data-big-child');
  if (point === null) throw new Error('the chart names nothing to zoom to');
  const [x = 0, y = 0] = point.split(',').map(Number);
  return { x, y };
}

/**
 * Colours in the tool's chart on a picture of the page, counted in a page of their own.
 *
 * @param {Page} page
 * @param {Tool} tool
 */
async function countColorsOf(page, tool) {
  const area = tool.area ?? (tool.chart.includes('data-view-ready') ? CHART : null);
  // speedscope draws on one canvas over everything; its first rows are here.
  const clip = (area === null ? null : await page.locator(area).first().boundingBox()) ?? {
    x: 0,
    y: 142,
    width: 600,
    height: 120,
  };
  const size = page.viewportSize() ?? VIEWPORT;
  const width = Math.min(clip.width, size.width - clip.x);
  const height = Math.min(clip.height, size.height - clip.y);
  const picture = await page.screenshot({ clip: { ...clip, width, height }, timeout: TIMEOUT_MS });
  const counter = await page.context().newPage();
  try {
    return await counter.evaluate(async (encoded) => {
      const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (context === null) return 0;
      context.drawImage(image, 0, 0);
      const counts = new Map();
      for (const pixel of new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)) {
        counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      }
      // Thin lines of a grid are no chart.
      return [...counts.values()].filter((count) => count > 200).length;
    }, picture.toString('base64'));
  } finally {
    await counter.close();
  }
}

/** Renderers below a browser; none where processes can't be looked at. @param {number} browserPid */
function listRenderers(browserPid) {
  /** @type {Map<number, number>} */
  const parents = new Map();
  /** @type {number[]} */
  const renderers = [];
  try {
    for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
        if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')) renderers.push(Number(name));
      } catch {
        // It ended in between.
      }
    }
  } catch {
    return [];
  }
  const isBelow = (/** @type {number} */ pid) => {
    for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === browserPid) return true;
    return false;
  };
  return renderers.filter(isBelow);
}

/** Most memory that a process ever had, in bytes. @param {number} pid */
function getPeak(pid) {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? 0 : Number(found[1]) * 1024;
  } catch {
    return 0;
  }
}
