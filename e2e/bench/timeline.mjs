/**
 * The timeline of a million samples with some ten million frames: from the command to its first picture, beside the mere
 * reading of the text in the same run; frames while it is zoomed, panned and walked; memory.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compare, median, printMB, printMs } from './figures.mjs';
import { followAction, getIntervals, openTool } from './session.mjs';
import { tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('@playwright/test').Page} Page */

const HERE = import.meta.dirname;
/** A frame and what its clock may be off. */
const FRAME_MS = 17.5;
const STEPS = 40;
const STEP_MS = 12;
const CHART = '.timeline-chart';

/** tsviz with its timeline as the first picture. @type {import('./tools.mjs').Tool} */
const timeline = {
  ...tsviz,
  chart: `document.querySelector('[data-view-ready="timeline"]') !== null`,
  area: CHART,
  start: async (file) => {
    const running = await tsviz.start(file);
    const url = new URL(running.url);
    url.searchParams.set('view', 'timeline');
    return { ...running, url: url.href };
  },
};

/** Place in the chart, as shares of its size. @param {Page} page @param {number} x @param {number} y */
async function getPlace(page, x, y) {
  const box = await page.locator(CHART).boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

/** Counts the frames of what a hand does. @param {Page} page @param {string} event @param {() => Promise<unknown>} act */
async function countFrames(page, event, act) {
  const { frames } = await followAction(page, { event }, act, { quietMs: 0, leastMs: 0 });
  return getIntervals(frames);
}

/** @type {Record<string, (page: Page) => Promise<number[]>>} */
const MOTIONS = {
  'wheel zoom': async (page) => {
    const { x, y } = await getPlace(page, 0.4, 0.5);
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    const intervals = await countFrames(page, 'wheel', async () => {
      for (let step = 0; step < STEPS; step++) {
        await page.mouse.wheel(0, -60);
        await page.waitForTimeout(STEP_MS);
      }
    });
    await page.keyboard.up('Control');
    return intervals;
  },
  pan: async (page) => {
    const { x, y } = await getPlace(page, 0.8, 0.5);
    await page.mouse.move(x, y);
    const intervals = await countFrames(page, 'pointerdown', async () => {
      await page.mouse.down();
      for (let step = 1; step <= STEPS; step++) {
        await page.mouse.move(x - step * 10, y);
        await page.waitForTimeout(STEP_MS);
      }
    });
    await page.mouse.up();
    return intervals;
  },
  'keys walk': async (page) => {
    await page.locator(CHART).focus();
    return countFrames(page, 'keydown', async () => {
      for (let step = 0; step < STEPS; step++) {
        await page.keyboard.press(step % 8 === 0 ? 'ArrowDown' : 'ArrowRight');
        await page.waitForTimeout(STEP_MS);
      }
    });
  },
  'zoom out': async (page) => {
    await page.locator(CHART).focus();
    const { start, frames } = await followAction(page, { event: 'keydown' }, () => page.keyboard.press('0'), {
      quietMs: 0,
      leastMs: 450,
    });
    return getIntervals(frames.filter((time) => time < start + 400));
  },
};

/** What was measured of one way to look at one file. @typedef {{ chart: number[], page: number[], server: number[] }} Seen */

/** @param {Seen} seen @param {import('./session.mjs').Session} session */
function note(seen, session) {
  const { page, server } = session.getPeaks();
  seen.chart.push(session.chartMs);
  seen.page.push(page);
  seen.server.push(server);
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureTimeline(lab) {
  const samples = lab.quick ? 100_000 : 1_000_000;
  return [...(await measureSpeedscope(lab, samples)), ...(await measureCollapsed(lab, samples))];
}

/** @param {Lab} lab @param {number} samples @returns {Promise<Line[]>} */
async function measureSpeedscope(lab, samples) {
  const { title, file, bytes } = lab.getStacks('speedscope', samples);
  /** @type {Map<string, number[][]>} */
  const moved = new Map();
  /** @type {number[]} */
  const parsed = [];
  /** @type {Seen} */
  const icicle = { chart: [], page: [], server: [] };
  /** @type {Seen} */
  const inTime = { chart: [], page: [], server: [] };
  for (let run = 0; run < lab.runs; run++) {
    lab.say(`${title}, run ${run + 1}`);
    parsed.push(readText(file, 'json'));
    const first = await openTool(lab.browser, tsviz, file);
    note(icicle, first);
    await first.close();
    const session = await openTool(lab.browser, timeline, file);
    try {
      note(inTime, session);
      await session.page.waitForTimeout(500);
      for (const [name, move] of Object.entries(MOTIONS)) {
        moved.set(name, [...(moved.get(name) ?? []), await move(session.page)]);
        await session.page.waitForTimeout(400);
      }
    } finally {
      await session.close();
    }
  }
  const against = { bar: 'timeline', reach: '≤ 1.5 × JSON.parse', theirs: parsed, most: 1.5 };
  return [
    compare({ ...against, what: `command → first chart, ${title}`, ours: icicle.chart }),
    compare({ ...against, what: `command → timeline, ${title}`, ours: inTime.chart }),
    tellMemory(title, bytes, inTime),
    ...[...moved].map(([name, runs]) => tellFrames(`${name}, ${title}`, runs)),
  ];
}

/** Collapsed stacks are in no order of time: their first chart is the icicle. @param {Lab} lab @param {number} samples @returns {Promise<Line[]>} */
async function measureCollapsed(lab, samples) {
  const { title, file, bytes } = lab.getStacks('collapsed', samples);
  /** @type {number[]} */
  const passed = [];
  /** @type {Seen} */
  const seen = { chart: [], page: [], server: [] };
  for (let run = 0; run < lab.runs; run++) {
    lab.say(`${title}, run ${run + 1}`);
    passed.push(readText(file, 'lines'));
    const session = await openTool(lab.browser, tsviz, file);
    note(seen, session);
    await session.close();
  }
  return [
    compare({
      bar: 'timeline',
      what: `command → first chart, ${title}`,
      reach: '≤ 1.5 × a pass over the lines',
      ours: seen.chart,
      theirs: passed,
      most: 1.5,
    }),
    tellMemory(title, bytes, seen),
  ];
}

/** Milliseconds that the mere reading of a text takes. @param {string} file @param {'json' | 'lines'} mode */
const readText = (file, mode) =>
  Number(execFileSync(process.execPath, [join(HERE, 'read-text.mjs'), file, mode], { encoding: 'utf8' }));

/** @param {string} title @param {number} bytes @param {Seen} seen @returns {Line} */
function tellMemory(title, bytes, { page, server }) {
  const result = `${printMB(median(page))} + ${printMB(median(server))} (file ${printMB(bytes)})`;
  return { bar: 'timeline', what: `memory of page and server, ${title}`, result, reach: '–', met: null };
}

/** @param {string} what @param {readonly number[][]} runs @returns {Line} */
function tellFrames(what, runs) {
  const middle = median(runs.map(median));
  const held = median(runs.map((intervals) => intervals.filter((ms) => ms <= FRAME_MS).length / intervals.length));
  const longest = median(runs.map((intervals) => Math.max(...intervals)));
  return {
    bar: 'timeline',
    what,
    result: `${printMs(middle)} a frame, ${(held * 100).toFixed(0)} % in time, longest ${printMs(longest)}`,
    reach: '60 a second',
    met: middle <= FRAME_MS && held >= 0.9,
  };
}
