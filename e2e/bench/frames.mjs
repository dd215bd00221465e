/**
 * Sixty frames a second while zooming, panning and resizing, on the two largest workloads: intervals between frames, and
 * beside them those of a bare canvas of that size, which is what this machine can do without a GPU.
 */
import { median, printMs } from './figures.mjs';
import { findBigChild, followAction, getIntervals, openTool } from './session.mjs';
import { CHART, floor, tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('@playwright/test').Page} Page */

/** A frame and what its clock may be off. */
const FRAME_MS = 17.5;
const STEPS = 40;
const SCREENS = [
  { title: '1440×900', viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  { title: '1920×1080 at ratio 2', viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 2 },
];

/** @param {Page} page */
async function getMiddle(page) {
  const box = await page.locator(CHART).first().boundingBox();
  if (box === null) throw new Error('the chart is not on screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, bottom: box.y + box.height };
}

/** @type {Record<string, (page: Page) => Promise<number[]>>} */
const MOTIONS = {
  zoom: async (page) => {
    const { x, y } = await findBigChild(page);
    await page.mouse.move(x, y);
    await page.waitForTimeout(200);
    const { start, frames } = await followAction(page, { event: 'click' }, () => page.mouse.click(x, y), {
      quietMs: 0,
      leastMs: 450,
    });
    return getIntervals(frames.filter((time) => time < start + 400));
  },
  pan: async (page) => {
    const { x, y } = await getMiddle(page);
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await page.waitForTimeout(300);
    const { frames } = await followAction(
      page,
      { event: 'pointerdown' },
      async () => {
        await page.mouse.down();
        for (let step = 1; step <= STEPS; step++) {
          await page.mouse.move(x - step * 8, y);
          await page.waitForTimeout(8);
        }
      },
      { quietMs: 0, leastMs: 0 },
    );
    await page.mouse.up();
    return getIntervals(frames);
  },
  resize: async (page) => {
    const size = page.viewportSize() ?? { width: 1440, height: 900 };
    const { frames } = await followAction(
      page,
      { event: 'resize' },
      async () => {
        for (let step = 1; step <= STEPS / 2; step++) {
          await page.setViewportSize({ ...size, width: size.width - step * 8 });
        }
      },
      { quietMs: 0, leastMs: 0 },
    );
    await page.setViewportSize(size);
    await page.waitForTimeout(300);
    return getIntervals(frames);
  },
};

/** What was seen of one motion. @typedef {{ middle: number[], held: number[], longest: number[] }} Seen */

/** @param {Map<string, Seen>} seen @param {string} name @param {readonly number[]} intervals */
function note(seen, name, intervals) {
  const mine = seen.get(name) ?? { middle: [], held: [], longest: [] };
  seen.set(name, mine);
  mine.middle.push(median(intervals));
  mine.held.push(intervals.filter((ms) => ms <= FRAME_MS).length / intervals.length);
  mine.longest.push(Math.max(...intervals));
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureFrames(lab) {
  const files = (lab.quick ? [100_000] : [300_000, 1_000_000]).map((size) => lab.getPlain(size));
  /** @type {Line[]} */
  const lines = [];
  for (const { title: screen, ...size } of SCREENS) {
    /** @type {Map<string, Seen>} */
    const seen = new Map();
    let chart = '';
    for (let run = 0; run < lab.runs; run++) {
      for (const { title, file } of files) {
        lab.say(`frames of ${title} functions, ${screen}, run ${run + 1}`);
        const session = await openTool(lab.browser, tsviz, file, size);
        try {
          await session.page.waitForTimeout(300);
          const box = await session.page.locator(CHART).first().boundingBox();
          if (box !== null) chart = `#${box.width}x${box.height}`;
          for (const view of ['icicle', 'sunburst']) {
            await session.page.locator(`[data-action="view-${view}"]`).click();
            await session.page.locator(`[data-view-ready="${view}"]`).waitFor();
            await session.page.waitForTimeout(300);
            for (const [name, move] of Object.entries(MOTIONS)) {
              // A sunburst can't be dragged.
              if (view === 'sunburst' && name === 'pan') continue;
              note(seen, `${name}, ${view}, ${title} functions`, await move(session.page));
              await session.page.keyboard.press('0');
              await session.page.waitForTimeout(300);
            }
          }
        } finally {
          await session.close();
        }
      }
      const bare = await openTool(lab.browser, floor, files[0]?.file ?? '', { ...size, hash: chart });
      for (const view of ['icicle', 'sunburst']) {
        await bare.page.locator(`[data-action="view-${view}"]`).click();
        for (const name of ['zoom', 'resize'])
          note(seen, `bare ${name}, ${view}`, (await MOTIONS[name]?.(bare.page)) ?? []);
      }
      await bare.close();
    }
    for (const [name, { middle, held, longest }] of seen) {
      if (name.startsWith('bare')) continue;
      const [motion = '', view = ''] = name.split(', ');
      const bare = seen.get(`bare ${motion === 'resize' ? motion : 'zoom'}, ${view}`);
      lines.push({
        bar: 'frames',
        what: `${name}, ${screen}`,
        result: `${printMs(median(middle))} a frame, ${(median(held) * 100).toFixed(0)} % in time, longest ${printMs(median(longest))}`,
        reach: `60 a second (bare canvas: ${printMs(median(bare?.middle ?? []))}, ${(median(bare?.held ?? []) * 100).toFixed(0)} %)`,
        met: median(middle) <= FRAME_MS && median(held) >= 0.9,
      });
    }
  }
  return lines;
}
