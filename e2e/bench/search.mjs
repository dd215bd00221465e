/** Bar 10: a search over all functions while it is typed: the first matches lit, all of them counted, no stutter. */
import { hold, median, printMs } from './figures.mjs';
import { followAction, getIntervals, getLongestTask, openTool } from './session.mjs';
import { tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('@playwright/test').Page} Page */

const LIT_MS = 100;
const ALL_MS = 500;
const FRAME_MS = 33.4;
const RESULT = '[aria-label="Search result"]';
/** Matches a twenty-third of all functions, some of them on screen. */
const WORD = 'lambda';
/** Between two letters of somebody who types quickly. */
const LETTER_MS = 80;

/** @param {Page} page */
async function clear(page) {
  await page.getByRole('searchbox').first().fill('');
  await page.waitForTimeout(400);
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureSearch(lab) {
  const { title, file } = lab.getPlain(lab.quick ? 100_000 : 1_000_000);
  /** @type {Record<'lit' | 'all' | 'frame' | 'task', number[]>} */
  const taken = { lit: [], all: [], frame: [], task: [] };
  for (let run = 0; run < lab.runs; run++) {
    lab.say(`search in ${title} functions, run ${run + 1}`);
    const session = await openTool(lab.browser, tsviz, file);
    try {
      const { page } = session;
      await page.waitForTimeout(500);
      const box = page.getByRole('searchbox').first();
      await box.focus();
      // One letter is in nearly every name: the most that a search has to find and to light.
      const lit = await followAction(page, { event: 'input', pixels: true }, () => page.keyboard.press('f'));
      taken.lit.push(lit.moved - lit.start);
      await clear(page);
      const found = `${RESULT} .found:not(:empty)`;
      const all = await followAction(page, { event: 'input', ready: found, watch: '#app' }, () =>
        page.keyboard.press('f'),
      );
      // What is counted and what is lit come by different ways; the later one ends it.
      taken.all.push(Math.max(all.settled - all.start, lit.moved - lit.start));
      await clear(page);
      const typed = await followAction(
        page,
        { event: 'input', ready: found },
        () => page.keyboard.type(WORD, { delay: LETTER_MS }),
        { leastMs: 1500 },
      );
      taken.frame.push(Math.max(...getIntervals(typed.frames)));
      taken.task.push(getLongestTask(typed));
    } finally {
      await session.close();
    }
  }
  const what = `over ${title} functions`;
  return [
    hold({
      bar: '10',
      what: `search ${what}: first matches lit`,
      reach: `≤ ${LIT_MS} ms`,
      ours: taken.lit,
      most: LIT_MS,
    }),
    hold({
      bar: '10',
      what: `search ${what}: all found and shown`,
      reach: `≤ ${ALL_MS} ms`,
      ours: taken.all,
      most: ALL_MS,
    }),
    hold({
      bar: '10',
      what: `search ${what}: longest frame while typing`,
      reach: 'no stutter (≤ 2 frames)',
      ours: taken.frame,
      most: FRAME_MS,
      note: median(taken.task) === 0 ? 'no task over 50 ms' : `longest task ${printMs(median(taken.task))}`,
    }),
  ];
}
