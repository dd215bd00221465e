/** Bar 9: sorting, filtering, grouping and scrolling the table. */
import { hold, median, printMs } from './figures.mjs';
import { followAction, getIntervals, getLongestTask, openTool } from './session.mjs';
import { tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('@playwright/test').Page} Page */

const TABLE = '[data-view-ready="table"]';
/** The rows alone: the head tells of a new order before there is one. */
const ROWS = '.functions-rows';
const TASK_MS = 50;
/** A frame and what its clock may be off. */
const FRAME_MS = 17.5;
const STEPS = 60;

/** Most that each size may take. */
const REACH = [
  { functions: 10_000, most: 30 },
  { functions: 100_000, most: 80 },
  { functions: 1_000_000, most: 500 },
];

/** @type {Record<string, (page: Page) => Promise<import('./watch-page.mjs').Followed>>} */
const ACTIONS = {
  sort: (page) =>
    followAction(page, { event: 'click', watch: ROWS }, () => page.locator('[data-action="sort-cumtime"]').click()),
  'sort by name': (page) =>
    followAction(page, { event: 'click', watch: ROWS }, () => page.locator('[data-sort="name"]').first().click()),
  filter: async (page) => {
    await page.locator('[data-action="table-filter"]').focus();
    const followed = await followAction(page, { event: 'input', watch: TABLE }, () => page.keyboard.press('r'));
    await followAction(page, { event: 'input', watch: TABLE }, () => page.keyboard.press('Backspace'));
    return followed;
  },
  group: async (page) => {
    await page.getByRole('button', { name: /^Group/ }).click();
    const item = page.getByRole('menuitemradio', { name: 'file' }).or(page.getByRole('menuitem', { name: 'file' }));
    await item.waitFor();
    return followAction(page, { event: 'click', watch: ROWS }, () => item.click());
  },
};

/** Intervals of frames while the wheel turns. @param {Page} page */
async function scroll(page) {
  const box = await page.locator('.functions-grid, [role="treegrid"], [role="grid"]').first().boundingBox();
  if (box === null) throw new Error('the table is not on screen');
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height / 2, 150));
  const { frames } = await followAction(page, { event: 'wheel' }, async () => {
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.wheel(0, 60 + step * 20);
      await page.waitForTimeout(8);
    }
  });
  return getIntervals(frames);
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureTable(lab) {
  /** @type {Line[]} */
  const lines = [];
  for (const { functions, most } of lab.quick ? REACH.slice(0, 2) : REACH) {
    const { title, file } = lab.getPlain(functions);
    /** @type {Map<string, number[]>} */
    const taken = new Map();
    const note = (/** @type {string} */ name, /** @type {number} */ ms) => {
      taken.set(name, [...(taken.get(name) ?? []), ms]);
    };
    for (let run = 0; run < lab.runs; run++) {
      lab.say(`table, ${title} functions, run ${run + 1}`);
      const session = await openTool(lab.browser, tsviz, file);
      try {
        await session.page.waitForTimeout(500);
        let longest = 0;
        for (const [name, act] of Object.entries(ACTIONS)) {
          const followed = await act(session.page);
          note(name, followed.settled - followed.start);
          longest = Math.max(longest, getLongestTask(followed));
        }
        note('task', longest);
        const intervals = await scroll(session.page);
        note('held', intervals.filter((ms) => ms <= FRAME_MS).length / intervals.length);
        note('frame', Math.max(...intervals));
      } finally {
        await session.close();
      }
    }
    for (const name of Object.keys(ACTIONS)) {
      const ours = taken.get(name) ?? [];
      lines.push(hold({ bar: '9', what: `table: ${name}, ${title} functions`, reach: `≤ ${most} ms`, ours, most }));
    }
    const tasks = taken.get('task') ?? [];
    lines.push({
      bar: '9',
      what: `table: longest task of the page, ${title} functions`,
      result: median(tasks) === 0 ? 'none over 50 ms' : printMs(median(tasks)),
      reach: `≤ ${TASK_MS} ms`,
      met: median(tasks) <= TASK_MS,
    });
    const held = median(taken.get('held') ?? []);
    lines.push({
      bar: '9',
      what: `table: scrolling, ${title} functions`,
      result: `${(held * 100).toFixed(0)} % of frames in time (longest ${printMs(median(taken.get('frame') ?? []))})`,
      reach: '60 frames a second',
      met: held >= 0.99,
    });
  }
  return lines;
}
