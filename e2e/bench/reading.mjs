/**
 * Bar 6, and how preparing scales: a file read, prepared and laid out for the first time by a process that has just
 * started, beside Python's `marshal.loads` of the same bytes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { compare, median, printMs, printRatio, ratioOf } from './figures.mjs';
import { CACHE } from './workloads.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */

const MARSHAL = `
import marshal, sys, time
with open(sys.argv[1], 'rb') as file:
    content = file.read()
start = time.perf_counter()
marshal.loads(content)
print((time.perf_counter() - start) * 1000)
`;
/** Below this many functions only the difference counts. */
const LARGE = 100_000;
const MOST_MORE_MS = 30;

/** @returns {Promise<string>} path of the script that times stages */
async function bundleStages() {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: join(import.meta.dirname, 'stages.ts'),
      outDir: join(CACHE, 'stages'),
      emptyOutDir: true,
      target: 'node20',
    },
    ssr: { noExternal: true, target: 'node' },
  });
  return join(CACHE, 'stages', 'stages.js');
}

/** @param {string} script @param {string} file @returns {Record<'read' | 'prepare' | 'picture', number>} */
function timeStages(script, file) {
  // What it prints counts, not how it ends: Node 20 can wait for ever at its end, for a compiler that waits for a
  // collection of garbage that nobody begins any more.
  const { stdout } = spawnSync(process.execPath, [script, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(stdout).times;
}

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureReading(lab) {
  const stages = await bundleStages();
  const sizes = lab.quick ? [2800, 100_000] : [500, 2800, 10_000, 100_000, 300_000, 1_000_000];
  /** @type {Line[]} */
  const lines = [];
  for (const functions of sizes) {
    const { title, file } = lab.getPlain(functions);
    lab.say(`reading ${title} functions`);
    /** @type {number[]} */
    const ours = [];
    /** @type {number[]} */
    const theirs = [];
    for (let run = 0; run < lab.runs; run++) {
      ours.push(timeStages(stages, file).read);
      if (lab.python !== null) {
        theirs.push(Number(execFileSync(lab.python.command, ['-c', MARSHAL, file], { encoding: 'utf8' })));
      }
    }
    const line = { bar: '6', what: `reading, ${title} functions` };
    if (lab.python === null) {
      lines.push({ ...line, reach: '–', result: `${printMs(median(ours))}; no python3 to compare with`, met: null });
    } else if (functions >= LARGE) {
      lines.push(compare({ ...line, reach: '≤ 0.6 × marshal.loads', ours, theirs, most: 0.6 }));
    } else {
      const more = median(ours.map((ms, run) => ms - (theirs[run] ?? Number.NaN)));
      const result = `${more.toFixed(0)} ms more (${printMs(median(ours))} / ${printMs(median(theirs))})`;
      lines.push({ ...line, reach: `≤ ${MOST_MORE_MS} ms more than marshal.loads`, result, met: more <= MOST_MORE_MS });
    }
  }
  return lines;
}

/** Preparing and first picture of odd graphs, beside a plain one with as many edges. @param {Lab} lab */
export async function measureOddGraphs(lab) {
  const stages = await bundleStages();
  /** @type {Line[]} */
  const lines = [];
  for (const { odd, plain } of lab.getOddPairs()) {
    lab.say(`preparing ${odd.title}`);
    /** @type {Record<'prepare' | 'picture', { ours: number[], theirs: number[] }>} */
    const taken = { prepare: { ours: [], theirs: [] }, picture: { ours: [], theirs: [] } };
    for (let run = 0; run < lab.runs; run++) {
      const [ours, theirs] = [timeStages(stages, odd.file), timeStages(stages, plain.file)];
      for (const stage of /** @type {const} */ (['prepare', 'picture'])) {
        taken[stage].ours.push(ours[stage]);
        taken[stage].theirs.push(theirs[stage]);
      }
    }
    for (const [stage, { ours, theirs }] of Object.entries(taken)) {
      const ratio = ratioOf(ours, theirs);
      lines.push({
        bar: 'odd',
        what: `${stage === 'prepare' ? 'preparing' : 'first picture'}, ${odd.title}`,
        result: `${printRatio(ratio)} (${printMs(median(ours))} / ${printMs(median(theirs))})`,
        reach: '≤ 2 × plain graph with as many edges',
        met: ratio <= 2,
      });
    }
  }
  return lines;
}
