/**
 * `npm run bench`: how quick tsviz is, as ratios within one run: beside the least server and page that can be made
 * (floor-server.mjs), beside Python's own reading, and beside the viewers that are installed (tools.mjs says where).
 *
 *   npm run bench                                all of it; about half an hour with every viewer
 *   npm run bench -- --only 1,2,7                these bars (numbers of docs/performance.md, `odd`, `frames`, `timeline`, `where`)
 *   npm run bench -- --runs 9                    more runs; the median counts
 *   npm run bench -- --quick                     fewer sizes and one run, while working on something
 *   npm run bench -- a.prof b.prof               these files have to show chart and table too
 *   npm run bench -- --write docs/performance.md puts the table into that document
 *
 * Absolute times say little on a shared machine, so none of them fails anything: the exit status is 1 only when
 * something did not work at all.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../browser.mjs';
import { machine } from '../browser-machine.mjs';
import { measureDrop } from './drop.mjs';
import { makeTable, printLine, replaceSection } from './figures.mjs';
import { measureFirstChart } from './first-chart.mjs';
import { measureFrames } from './frames.mjs';
import { measureTable } from './function-table.mjs';
import { measureMemory } from './memory.mjs';
import { measureMotion } from './motion.mjs';
import { measureOddGraphs, measureReading } from './reading.mjs';
import { measureSearch } from './search.mjs';
import { measureSlowLine } from './slow-line.mjs';
import { measureStartUp } from './start-up.mjs';
import { measureTimeline } from './timeline.mjs';
import { findPeers, PYTHON } from './tools.mjs';
import { describeWhereTime } from './where-time.mjs';
import * as workloads from './workloads.mjs';

/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('./workloads.mjs').Workload} Workload */

/**
 * What a measurement has at hand.
 *
 * @typedef {object} Lab
 * @property {number} runs
 * @property {boolean} quick
 * @property {string} browser path of the browser
 * @property {{ command: string, version: string } | null} python
 * @property {ReturnType<typeof findPeers>} peers
 * @property {(...bars: string[]) => boolean} wants whether one of these bars was asked for
 * @property {(text: string) => void} say what is being done, for whoever waits
 * @property {typeof workloads.getPlain} getPlain
 * @property {typeof workloads.getSamples} getSamples
 * @property {typeof workloads.getStacks} getStacks
 * @property {() => Workload[]} getOdd shapes of BASELINE's size
 * @property {() => { odd: Workload, plain: Workload }[]} getOddPairs large ones, each with a plain graph of as many edges
 * @property {Workload[]} extra
 */

/** Measurements in their order, with the bars that they print. */
const MEASUREMENTS = [
  { bars: ['13'], measure: measureStartUp },
  { bars: ['6'], measure: measureReading },
  { bars: ['1', '2', '3', '4', '5', '12'], measure: measureFirstChart },
  { bars: ['7', '8'], measure: measureMotion },
  { bars: ['9'], measure: measureTable },
  { bars: ['10'], measure: measureSearch },
  { bars: ['11'], measure: measureMemory },
  { bars: ['14'], measure: measureSlowLine },
  { bars: ['15'], measure: measureDrop },
  { bars: ['odd'], measure: measureOddGraphs },
  { bars: ['frames'], measure: measureFrames },
  { bars: ['timeline'], measure: measureTimeline },
];
const SECTION = 'table of npm run bench';
const WHERE_SECTION = 'where the time goes';

/** Where the person is: npm runs scripts in the folder of the package. */
const INVOKED_IN = process.env.INIT_CWD ?? process.cwd();

/** Command and version of a Python 3, or null. */
function findPython() {
  for (const command of [PYTHON, 'python3', 'python']) {
    try {
      const version = execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      if (version.startsWith('Python 3')) return { command, version: version.trim() };
    } catch {
      // Not this one.
    }
  }
  return null;
}

function getOddPairs() {
  const { getPlainOfEdges } = workloads;
  return [
    { odd: workloads.getDense(40, 50), plain: getPlainOfEdges(97_550) },
    { odd: workloads.getChain(100_000), plain: getPlainOfEdges(100_000) },
    { odd: workloads.getCycle(10_000, 20), plain: getPlainOfEdges(10_000) },
    { odd: workloads.getManyCallees(100_000), plain: getPlainOfEdges(100_000) },
    { odd: workloads.getManyCallers(100_000), plain: getPlainOfEdges(200_000) },
  ];
}

/** @param {Lab} lab */
function describeConditions({ runs, browser, python, peers }) {
  const version = execFileSync(browser, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return [
    `${new Date().toISOString().slice(0, 10)}; ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}, ${memory}, ${process.platform}`,
    `Node ${process.versions.node}, ${python?.version ?? 'no Python'}, ${version.trim().split(' built')[0]} without a GPU`,
    `load average at the start ${loadavg()[0]?.toFixed(1)}; ${runs} interleaved runs, medians`,
    `beside it: ${peers.present.map(({ name }) => name).join(', ') || 'no other viewer'}${peers.absent.length > 0 ? `; absent: ${peers.absent.join(', ')}` : ''}`,
  ];
}

/** @param {string} file @param {string[]} conditions @param {Line[]} lines @param {string | null} where */
function write(file, conditions, lines, where) {
  // In the order of the bars, whatever was measured together.
  const rank = (/** @type {Line} */ { bar }) => Number.parseInt(bar, 10) || Number.POSITIVE_INFINITY;
  const sorted = lines.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  const section = `\n${conditions.map((line) => `- ${line}`).join('\n')}\n\n${makeTable(sorted)}\n`;
  let text = replaceSection(readFileSync(file, 'utf8'), SECTION, section);
  if (where !== null) text = replaceSection(text, WHERE_SECTION, `\n${where}\n`);
  writeFileSync(file, text);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'string' },
    },
  });
  const runs = Number(values.runs ?? (values.quick ? 1 : 5));
  if (!(runs >= 1)) throw new Error('--runs needs a number');
  const known = [...MEASUREMENTS.flatMap(({ bars }) => bars), 'where'];
  const only = values.only?.split(',') ?? known;
  const unknown = only.filter((bar) => !known.includes(bar));
  if (unknown.length > 0) throw new Error(`--only knows ${known.join(', ')}, not ${unknown.join(', ')}`);

  /** @type {Lab} */
  const lab = {
    runs,
    quick: values.quick,
    browser: findBrowser(machine),
    python: findPython(),
    peers: findPeers(),
    wants: (...bars) => bars.some((bar) => only.includes(bar)),
    say: (text) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text} …`);
    },
    getPlain: workloads.getPlain,
    getSamples: workloads.getSamples,
    getStacks: workloads.getStacks,
    getOdd: () => [workloads.getDense(40, 20), workloads.getChain(2000), workloads.getCycle(50, 200)],
    getOddPairs,
    extra: positionals.map((file) => workloads.getFile(resolve(INVOKED_IN, file))),
  };
  const conditions = describeConditions(lab);
  console.log(`${conditions.join('\n')}\n`);

  /** @type {Line[]} */
  const lines = [];
  for (const { bars, measure } of MEASUREMENTS) {
    if (!lab.wants(...bars)) continue;
    try {
      const found = (await measure(lab)).filter(({ bar }) => lab.wants(bar));
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
      for (const line of found) console.log(printLine(line));
      lines.push(...found);
    } catch (error) {
      process.exitCode = 1;
      const result = `did not work: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
      const line = { bar: bars.join(', '), what: '–', result, reach: '–', met: false };
      console.log(printLine(line));
      console.error(error);
      lines.push(line);
    }
  }
  const where = lab.wants('where') ? await describeWhereTime(lab) : null;
  if (where !== null) console.log(`\n${where}`);
  if (values.write !== undefined) write(resolve(INVOKED_IN, values.write), conditions, lines, where);
}

await main().catch((error) => {
  if (!String(error?.code).startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(
    `${error.message}\nnpm run bench -- [--only 1,2,7] [--runs N] [--quick] [--write docs/performance.md] [FILE…]`,
  );
  process.exitCode = 2;
});
