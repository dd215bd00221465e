/**
 * Bar 15: a file of a million functions dropped on the empty page. The browser itself drops it, from the disk: nothing
 * of it passes through this process.
 */
import { compare, hold, median } from './figures.mjs';
import { followAction, getLongestTask, openTool } from './session.mjs';
import { floorParse, tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('./session.mjs').Session} Session */

const PROGRESS_MS = 100;
const TASK_MS = 50;
const CANCEL_MS = 100;
/** When Cancel is pressed: the worker is in the middle of reading. */
const CANCEL_AFTER_MS = 900;
const PROGRESS = '.progress[role="status"], [role="status"] button, .progress';

/** The tool without a file: its home page. */
const home = {
  ...tsviz,
  start: async () => {
    const { serve } = await import('../serve.mjs');
    const served = await serve([]);
    return { url: served.url, pid: served.child.pid, stop: async () => void served.child.kill('SIGKILL') };
  },
};

/** @param {Session} session @param {string} file */
async function drop({ cdp }, file) {
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  }
}

/** @param {Session} session */
async function waitForHome({ page }) {
  await page
    .getByRole('button', { name: /Open|Choose/ })
    .first()
    .waitFor();
  await page.waitForTimeout(300);
}

/** @param {Lab} lab @param {string} file */
async function dropOnce(lab, file) {
  const session = await openTool(lab.browser, home, '', { waitFor: 'page' });
  try {
    await waitForHome(session);
    const follow = { event: 'drop', ready: PROGRESS };
    const { ready, start } = await followAction(session.page, follow, () => drop(session, file), {
      quietMs: 0,
      leastMs: 0,
      keep: true,
    });
    const shown = await session.page.waitForFunction(
      () => {
        const { chart, table } = Reflect.get(globalThis, 'bench').getShown();
        return chart > 0 && table > 0 ? chart - performance.timeOrigin : null;
      },
      null,
      { timeout: 90_000, polling: 100 },
    );
    const chart = Number(await shown.jsonValue());
    // What is left for after the first picture is to block nobody either.
    await session.page.waitForTimeout(1000);
    const followed = await session.page.evaluate(() => Reflect.get(globalThis, 'bench').getFollowed());
    return { progress: ready - start, chart: chart - start, task: getLongestTask(followed) };
  } finally {
    await session.close();
  }
}

/** Time from pressing Cancel to the home page. @param {Lab} lab @param {string} file */
async function cancelOnce(lab, file) {
  const session = await openTool(lab.browser, home, '', { waitFor: 'page' });
  try {
    const { page } = session;
    await waitForHome(session);
    await drop(session, file);
    await page.waitForTimeout(CANCEL_AFTER_MS);
    const cancel = page.getByRole('button', { name: 'Cancel' });
    const box = await cancel.boundingBox({ timeout: 5000 });
    if (box === null) throw new Error('there is no Cancel to press');
    const { ready, start } = await followAction(page, { event: 'click', ready: '#app:not(:has(.progress))' }, () =>
      page.mouse.click(box.x + box.width / 2, box.y + box.height / 2),
    );
    await page
      .getByRole('button', { name: /Open|Choose/ })
      .first()
      .waitFor();
    return ready - start;
  } finally {
    await session.close();
  }
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureDrop(lab) {
  const { title, file } = lab.getPlain(1_000_000);
  /** @type {Record<'progress' | 'chart' | 'task' | 'cancel' | 'floor', number[]>} */
  const taken = { progress: [], chart: [], task: [], cancel: [], floor: [] };
  for (let run = 0; run < lab.runs; run++) {
    lab.say(`drop of ${title} functions, run ${run + 1}`);
    const base = await openTool(lab.browser, floorParse, file);
    taken.floor.push(base.chartMs);
    await base.close();
    const { progress, chart, task } = await dropOnce(lab, file);
    taken.progress.push(progress);
    taken.chart.push(chart);
    taken.task.push(task);
    taken.cancel.push(await cancelOnce(lab, file));
  }
  const what = `drop of ${title} functions`;
  return [
    hold({
      bar: '15',
      what: `${what}: progress is shown`,
      reach: `≤ ${PROGRESS_MS} ms`,
      ours: taken.progress,
      most: PROGRESS_MS,
    }),
    compare({
      bar: '15',
      what: `${what}: chart`,
      reach: '≤ 1.3 × floor-parse',
      ours: taken.chart,
      theirs: taken.floor,
      most: 1.3,
    }),
    {
      ...hold({
        bar: '15',
        what: `${what}: longest task of the page`,
        reach: `≤ ${TASK_MS} ms`,
        ours: taken.task,
        most: TASK_MS,
      }),
      ...(median(taken.task) === 0 ? { result: 'none over 50 ms' } : {}),
    },
    hold({
      bar: '15',
      what: `${what}: Cancel → home page`,
      reach: 'at once (≤ 100 ms)',
      ours: taken.cancel,
      most: CANCEL_MS,
    }),
  ];
}
