/**
 * Bars 1 to 5 and 12: from the command to the first chart, beside the floors and beside the viewers that are installed;
 * and whether every workload gets a chart and a table.
 */
import { compare, printMs, printRatio, ratioOf } from './figures.mjs';
import { openTool } from './session.mjs';
import { floor, floorParse, tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('./tools.mjs').Tool} Tool */

/** From here on a viewer that takes a minute is asked once. */
const LARGE = 200_000;
/** Times of a tool on a file, or why there are none. @typedef {{ times: number[], failure: string | null }} Taken */

/**
 * Runs every tool on a file, one after the other, the other way round in every second run. One that failed is not asked
 * again.
 *
 * @param {Lab} lab
 * @param {readonly { tool: Tool, runs: number }[]} entries
 * @param {string} file
 */
async function timeTools(lab, entries, file) {
  /** @type {Map<string, Taken>} */
  const taken = new Map(entries.map(({ tool }) => [tool.name, { times: [], failure: null }]));
  for (let run = 0; run < lab.runs; run++) {
    for (const { tool, runs } of run % 2 === 1 ? entries.toReversed() : entries) {
      const mine = taken.get(tool.name);
      if (!mine || mine.failure !== null || run >= runs) continue;
      try {
        const session = await openTool(lab.browser, tool, file);
        mine.times.push(session.chartMs);
        await session.close();
      } catch (error) {
        mine.failure = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        if (tool === tsviz) throw error;
      }
    }
  }
  return taken;
}

/** What a size has to reach against the floors. @param {number} functions */
function getFloorReach(functions) {
  if (functions <= 3000) return { bar: '1', most: 1.7, base: floor };
  if (functions <= 10_000) return { bar: '1', most: 2, base: floor };
  return { bar: '2', most: 1.3, base: floorParse };
}

/** How many times faster than a peer; null: nothing asked. @param {string} peer @param {number} functions */
function getPeerReach(peer, functions) {
  if (peer === 'snakeviz') {
    const least = { 500: 2.5, 2800: 6, 10000: 20 }[functions];
    return least === undefined ? null : { bar: '3', least };
  }
  if (peer === 'tuna') return functions >= 2000 ? { bar: '5', least: 1 } : null;
  if (functions < 10_000) return null;
  return { bar: '4', least: functions >= 100_000 ? 12 : 4 };
}

/** @param {Lab} lab */
export async function measureFirstChart(lab) {
  const sizes = lab.quick ? [500, 10_000, 100_000] : [500, 2800, 10_000, 100_000, 300_000, 1_000_000];
  /** @type {Line[]} */
  const lines = [];
  for (const functions of sizes) {
    const { title, file } = lab.getPlain(functions);
    lab.say(`first chart, ${title} functions`);
    const peers = lab.wants('3', '4', '5')
      ? lab.peers.present.filter(({ name }) => getPeerReach(name, functions) !== null)
      : [];
    const taken = await timeTools(
      lab,
      [
        ...[floor, tsviz, floorParse].map((tool) => ({ tool, runs: lab.runs })),
        ...peers.map((tool) => ({ tool, runs: functions > LARGE ? 1 : lab.runs })),
      ],
      file,
    );
    const timesOf = (/** @type {Tool} */ tool) => taken.get(tool.name)?.times ?? [];
    const ours = timesOf(tsviz);
    const { bar, most, base } = getFloorReach(functions);
    const what = `command → first chart, ${title} functions`;
    lines.push(compare({ bar, what, reach: `≤ ${most} × ${base.name}`, ours, theirs: timesOf(base), most }));
    if (base !== floor) lines.push({ bar, what: `${what}, beside floor`, ...tell(ours, timesOf(floor)), reach: '–' });
    lines.push(...comparePeers(lab, functions, title, ours, taken));
  }
  if (lab.wants('12')) lines.push(await countShown(lab));
  return lines;
}

/** A comparison that nothing depends on. @param {readonly number[]} ours @param {readonly number[]} theirs */
function tell(ours, theirs) {
  const { result } = compare({ bar: '', what: '', reach: '', ours, theirs, most: 0 });
  return { result, met: null };
}

/**
 * @param {Lab} lab
 * @param {number} functions
 * @param {string} title
 * @param {readonly number[]} ours
 * @param {Map<string, Taken>} taken
 * @returns {Line[]}
 */
function comparePeers(lab, functions, title, ours, taken) {
  if (!lab.wants('3', '4', '5')) return [];
  /** @type {Line[]} */
  const lines = [];
  for (const peer of ['snakeviz', 'speedscope', 'tuna']) {
    const reach = getPeerReach(peer, functions);
    if (reach === null) continue;
    const line = { bar: reach.bar, what: `${peer}, ${title} functions`, reach: `≥ ${reach.least} × faster` };
    const its = taken.get(peer);
    if (its === undefined) lines.push({ ...line, result: 'absent', met: null });
    else if (its.failure !== null) lines.push({ ...line, result: `shows nothing (${its.failure})`, met: true });
    else {
      const ratio = ratioOf(its.times, ours.slice(0, its.times.length));
      const theirs = its.times.toSorted((a, b) => a - b)[its.times.length >> 1] ?? Number.NaN;
      const once = its.times.length === 1 && lab.runs > 1 ? ', once' : '';
      lines.push({ ...line, result: `${printRatio(ratio)} (${printMs(theirs)}${once})`, met: ratio >= reach.least });
    }
  }
  return lines;
}

/** Bar 12: every workload once, with a look at the picture. @param {Lab} lab @returns {Promise<Line>} */
async function countShown(lab) {
  const plain = lab.quick ? [500, 2800, 10_000, 100_000] : [500, 2800, 10_000, 100_000, 300_000, 1_000_000];
  const workloads = [...lab.getSamples(), ...lab.extra, ...lab.getOdd(), ...plain.map((size) => lab.getPlain(size))];
  /** @type {string[]} */
  const wrong = [];
  for (const { title, file } of workloads) {
    lab.say(`chart and table of ${title}`);
    try {
      const session = await openTool(lab.browser, tsviz, file);
      await session.close();
    } catch (error) {
      wrong.push(`${title}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  const shown = workloads.length - wrong.length;
  return {
    bar: '12',
    what: 'workloads that show chart and table',
    result: `${shown} of ${workloads.length}${wrong.length === 0 ? '' : ` (${wrong.join('; ')})`}`,
    reach: 'all',
    met: wrong.length === 0,
  };
}
