/** Bars 7 and 8: what a click does to the picture: a zoom and its frames, and the change between icicle and sunburst. */
import { compare, hold, median, printMs } from './figures.mjs';
import { findBigChild, followAction, getIntervals, openTool } from './session.mjs';
import { floor, tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('@playwright/test').Page} Page */

const FIRST_FRAME_MS = 33;
const LONGER_FRAME_MS = 4;
const SWITCH_MS = 40;

/** What one page showed. @typedef {{ moved: number[], longest: number[], turned: number[], switched: number[] }} Motions */

/** Clicks on the big child, from the whole picture. @param {Page} page @param {boolean} pixels */
async function zoomIn(page, pixels) {
  const { x, y } = await findBigChild(page);
  // What hovering changes has changed before the click.
  await page.mouse.move(x - 2, y);
  await page.mouse.move(x, y);
  await page.waitForTimeout(300);
  return followAction(page, { event: 'click', pixels }, () => page.mouse.click(x, y), { quietMs: 0, leastMs: 600 });
}

/** @param {Page} page */
async function zoomOut(page) {
  await page.keyboard.press('0');
  await page.waitForTimeout(450);
}

/** @param {Page} page @param {'icicle' | 'sunburst'} view @param {boolean} pixels */
const switchTo = (page, view, pixels) =>
  followAction(
    page,
    { event: 'click', pixels, ready: `[data-view-ready="${view}"]` },
    () => page.locator(`[data-action="view-${view}"]`).click(),
    { quietMs: 0, leastMs: 400 },
  );

/** @param {Lab} lab @param {import('./tools.mjs').Tool} tool @param {string} file @param {Motions} motions */
async function watchMotions(lab, tool, file, motions) {
  const session = await openTool(lab.browser, tool, file);
  try {
    const { page } = session;
    await page.waitForTimeout(500);
    const seen = await zoomIn(page, true);
    motions.moved.push(seen.moved - seen.start);
    // The floor goes out by another click; ours by its key. Nobody looks at the pixels while frames are counted.
    if (tool === floor) await zoomIn(page, false);
    else await zoomOut(page);
    const timed = await zoomIn(page, false);
    motions.longest.push(Math.max(...getIntervals(timed.frames)));
    if (tool === floor) return;
    await zoomOut(page);
    // There and back twice: looking at pixels takes time that must not count.
    for (const pixels of [false, true]) {
      for (const view of /** @type {const} */ (['sunburst', 'icicle'])) {
        const { start, moved, ready } = await switchTo(page, view, pixels);
        if (pixels) motions.turned.push(moved - start);
        else motions.switched.push(ready - start);
      }
    }
  } finally {
    await session.close();
  }
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureMotion(lab) {
  const sizes = lab.quick ? [500, 100_000] : [500, 10_000, 100_000, 1_000_000];
  /** @returns {Motions} */
  const nothing = () => ({ moved: [], longest: [], turned: [], switched: [] });
  const floors = nothing();
  const ours = new Map(sizes.map((size) => [size, nothing()]));
  for (let run = 0; run < lab.runs; run++) {
    await watchMotions(lab, floor, lab.getPlain(sizes[0] ?? 500).file, floors);
    for (const [size, motions] of ours) {
      const { title, file } = lab.getPlain(size);
      lab.say(`zoom and change of view, ${title} functions, run ${run + 1}`);
      await watchMotions(lab, tsviz, file, motions);
    }
  }
  /** @type {Line[]} */
  const lines = [];
  const longestOfFloor = median(floors.longest);
  for (const [size, { moved, longest, turned, switched }] of ours) {
    const { title } = lab.getPlain(size);
    if (lab.wants('7')) {
      lines.push(
        hold({
          bar: '7',
          what: `click → first frame that moves, ${title} functions`,
          reach: `≤ ${FIRST_FRAME_MS} ms`,
          ours: moved,
          most: FIRST_FRAME_MS,
        }),
        hold({
          bar: '7',
          what: `longest frame of a zoom, ${title} functions`,
          reach: `≤ ${LONGER_FRAME_MS} ms over floor's`,
          ours: longest,
          most: longestOfFloor + LONGER_FRAME_MS,
          note: `floor ${printMs(longestOfFloor)}`,
        }),
      );
    }
    if (lab.wants('8')) {
      lines.push(
        hold({
          bar: '8',
          what: `icicle ↔ sunburst, ${title} functions`,
          reach: `≤ ${SWITCH_MS} ms`,
          ours: switched,
          most: SWITCH_MS,
          note: `first frame of the other view ${printMs(median(turned))}`,
        }),
      );
    }
  }
  const [smallest, largest] = [ours.get(sizes[0] ?? 0), ours.get(sizes.at(-1) ?? 0)];
  if (lab.wants('7') && smallest && largest) {
    lines.push(
      compare({
        bar: '7',
        what: 'longest frame of a zoom, largest beside smallest',
        reach: '≤ 1.2 ×',
        ours: largest.longest,
        theirs: smallest.longest,
        most: 1.2,
      }),
    );
  }
  return lines;
}
