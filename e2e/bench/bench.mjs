/**
 * `npm run bench`: how long each stage takes, on call graphs of 1,000, 10,000 and 100,000 functions.
 *
 *   npm run bench                       all of it
 *   npm run bench -- --runs 9           more runs
 *   npm run bench -- --functions 5000   other sizes, separated by commas
 *   npm run bench -- --no-browser       stages only
 *   npm run bench -- a.prof b.prof      these files instead
 *
 * Everything is the median of interleaved runs, each in a process of its own. Absolute times say little on a shared
 * machine; the ratios compare with what ran beside it: Python's `marshal.load` of the same file, and the least server
 * and page that can be made (floor-server.mjs).
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { findBrowser } from '../browser.mjs';
import { machine } from '../browser-machine.mjs';
import { serve } from '../serve.mjs';
import { makeGraph } from './make-graph.mjs';
import { timeChart, timeFrames } from './time-page.mjs';
import { writePstats } from './write-pstats.mjs';

const HERE = import.meta.dirname;
const CACHE = join(HERE, '..', '..', 'node_modules', '.cache', 'tsviz-bench');
/** Where the person is: npm runs scripts in the folder of the package. */
const INVOKED_IN = process.env.INIT_CWD ?? process.cwd();
const MARSHAL = `
import marshal, sys, time
with open(sys.argv[1], 'rb') as file:
    start = time.perf_counter()
    marshal.load(file)
    print((time.perf_counter() - start) * 1000)
`;

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** @param {number} ms */
const print = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`);
/** @param {number} ratio */
const times = (ratio) => `${ratio.toFixed(2)}×`;

/** Command of a Python 3, or null. */
function findPython() {
  for (const command of ['python3', 'python']) {
    try {
      const version = execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      if (version.startsWith('Python 3')) return { command, version: version.trim() };
    } catch {
      // Not this one.
    }
  }
  return null;
}

async function bundleStages() {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { ssr: join(HERE, 'stages.ts'), outDir: CACHE, emptyOutDir: true, target: 'node20' },
    ssr: { noExternal: true, target: 'node' },
  });
  return join(CACHE, 'stages.js');
}

/** @param {number} functions */
function makeFile(functions) {
  const file = join(CACHE, `graph-${functions}.prof`);
  writeFileSync(file, writePstats(makeGraph(functions)));
  return file;
}

/**
 * Time of each stage, with Python's beside it, as rows of a table.
 *
 * @param {string} stages
 * @param {string} file
 * @param {number} runs
 * @param {string | null} python
 */
function timeStages(stages, file, runs, python) {
  /** @type {Record<string, number[]>} */
  const taken = {};
  let blocks = 0;
  const note = (/** @type {string} */ stage, /** @type {number} */ ms) => {
    taken[stage] ??= [];
    taken[stage].push(ms);
  };
  for (let run = 0; run < runs; run++) {
    const report = JSON.parse(execFileSync(process.execPath, [stages, file], { encoding: 'utf8' }));
    blocks = report.blocks;
    for (const [stage, ms] of Object.entries(report.times)) note(stage, Number(ms));
    if (python !== null) note('marshal', Number(execFileSync(python, ['-c', MARSHAL, file], { encoding: 'utf8' })));
  }
  const medians = Object.fromEntries(Object.entries(taken).map(([stage, list]) => [stage, median(list)]));
  return { medians, blocks };
}

/** @param {string} file */
async function serveFloor(file) {
  const child = spawn(process.execPath, [join(HERE, 'floor-server.mjs'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { url: line, stop: async () => void child.kill() };
  }
  throw new Error('the floor server did not start');
}

/**
 * @param {string} browser
 * @param {string} file
 * @param {number} runs
 */
async function timeFirstChart(browser, file, runs) {
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const floor = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await timeChart(browser, () => serve([file])));
    floor.push(await timeChart(browser, () => serveFloor(file)));
  }
  const ratios = ours.map((ms, run) => ms / (floor[run] ?? Number.NaN));
  return { ours: median(ours), floor: median(floor), ratio: median(ratios) };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '5' },
      functions: { type: 'string', default: '1000,10000,100000' },
      'no-browser': { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  const sizes = values.functions.split(',').map(Number);
  if (!(runs >= 1) || sizes.some((size) => !(size >= 1))) throw new Error('--runs and --functions need numbers');

  mkdirSync(CACHE, { recursive: true });
  const stages = await bundleStages();
  const python = findPython();
  console.log(`Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}`);
  console.log(
    `${python ? python.version : 'python3 is not installed: no comparison with marshal.load'}; median of ${runs} runs\n`,
  );

  const made = sizes.map((size) => /** @type {const} */ ([size.toLocaleString('en'), makeFile(size)]));
  const given = positionals.map((file) => /** @type {const} */ ([basename(file), resolve(INVOKED_IN, file)]));
  const files = given.length > 0 ? given : made;
  const rows = [
    [
      'functions',
      'read',
      'marshal.load',
      'read / marshal.load',
      'prepare',
      'first 2,000 blocks',
      'layout per frame',
      'blocks',
    ],
  ];
  for (const [title, file] of files) {
    const { medians, blocks } = timeStages(stages, file, runs, python?.command ?? null);
    const { read = Number.NaN, marshal, prepare = Number.NaN, firstBlocks = Number.NaN, layout = Number.NaN } = medians;
    rows.push([
      title,
      print(read),
      marshal === undefined ? '–' : print(marshal),
      marshal === undefined ? '–' : times(read / marshal),
      print(prepare),
      print(firstBlocks),
      print(layout),
      String(blocks),
    ]);
  }
  printTable(rows);
  if (values['no-browser']) return;

  const browser = findBrowser(machine);
  const pageRows = [
    ['functions', 'command → first chart', 'floor', 'ratio', 'zoom: frame', 'zoom: longest frame', 'work per frame'],
  ];
  for (const [title, file] of files) {
    const chart = await timeFirstChart(browser, file, runs);
    const frames = await timeFrames(browser, () => serve([file]), runs);
    pageRows.push([
      title,
      print(chart.ours),
      print(chart.floor),
      times(chart.ratio),
      print(median(frames.frame)),
      print(median(frames.longest)),
      print(median(frames.work)),
    ]);
  }
  printTable(pageRows);
}

/** @param {readonly (readonly string[])[]} rows */
function printTable(rows) {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) console.log(row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('   '));
  console.log('');
}

await main();
