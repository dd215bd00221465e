/**
 * Where the time goes between the command and the first chart: the server's stages as `--timing` tells them, the page's
 * as its performance marks do. Not compared with anything; written beside the table.
 */

import { serve } from '../serve.mjs';
import { median, printMs } from './figures.mjs';
import { openTool } from './session.mjs';
import { tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */

const MOST_RUNS = 3;
const HEADS = [
  'functions',
  'node starts, listens',
  'reading',
  'preparing, opening',
  'page asked → its first byte',
  'profile fetched',
  'laid out, painted',
  'command → chart',
];

/** Milliseconds of stages, by the words that `--timing` prints. @param {string} output */
function readTiming(output) {
  const line = output.split('\n').find((text) => text.includes(' ms in all')) ?? '';
  return new Map([...line.matchAll(/([a-z][a-z ]*?) (\d+) ms/g)].map(([, stage, ms]) => [stage?.trim(), Number(ms)]));
}

/** @param {Lab} lab @param {string} file @returns {Promise<number[]>} the columns after the first */
async function timeOnce(lab, file) {
  let output = () => '';
  const timed = {
    ...tsviz,
    start: async (/** @type {string} */ path) => {
      const served = await serve([path, '--timing']);
      output = served.output;
      return { url: served.url, pid: served.child.pid, stop: async () => void served.child.kill('SIGKILL') };
    },
  };
  const session = await openTool(lab.browser, timed, file);
  try {
    const page = await session.page.evaluate(() => {
      const [{ responseStart, requestStart } = { responseStart: 0, requestStart: 0 }] =
        /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
      /** @type {Record<string, number>} */
      const stages = {};
      for (const { name, duration } of performance.getEntriesByType('measure')) stages[name] ??= duration;
      return { answered: responseStart - requestStart, stages };
    });
    // A large file is read while the page waits for it, and told once it was.
    const told = readTiming(output());
    const of = (/** @type {string} */ stage) => told.get(stage) ?? page.stages[`tsviz:${stage}`] ?? Number.NaN;
    const sum = (/** @type {string[]} */ ...names) => names.reduce((ms, name) => ms + of(name), 0);
    return [
      sum('start', 'listen'),
      sum('read', 'build'),
      sum('prepare', 'open'),
      page.answered,
      of('fetch'),
      sum('layout', 'paint'),
      session.chartMs,
    ];
  } finally {
    await session.close();
  }
}

/** @param {Lab} lab @returns {Promise<string>} a table as Markdown */
export async function describeWhereTime(lab) {
  const rows = [HEADS, HEADS.map(() => '---')];
  for (const functions of lab.quick ? [10_000] : [500, 10_000, 100_000, 1_000_000]) {
    const { title, file } = lab.getPlain(functions);
    lab.say(`where the time goes, ${title} functions`);
    /** @type {number[][]} */
    const columns = HEADS.slice(1).map(() => []);
    for (let run = 0; run < Math.min(lab.runs, MOST_RUNS); run++) {
      for (const [column, ms] of (await timeOnce(lab, file)).entries()) columns[column]?.push(ms);
    }
    rows.push([title, ...columns.map((times) => printMs(median(times)))]);
  }
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
