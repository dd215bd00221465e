/**
 * Firefox profiles, raw and processed, and what samply, Python's sampling profiler and others write for its viewer.
 *
 *   { meta, threads: [{ name, samples, stackTable, frameTable, ... }], processes: [the same again], shared }
 *
 * Older ones stand in `{ profile: ... }`, or have each thread as a string of JSON. A stack is a row of the stack table,
 * which points back to the row of its caller. Samples are in order of time; each lasts to the next one, the last for the
 * interval.
 *
 * Lost: markers and counters (counted), categories, columns. Source: firefox-devtools/profiler, docs-developer.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { GECKO } from './format.ts';
import { FrameMaker, getShared } from './frames.ts';
import { describeMetrics, readSamples } from './samples.ts';
import { GeckoTable, geckoFault, isJson, type Json } from './tables.ts';

const MAX_PROCESSES = 1000;
const MILLISECONDS: { readonly name: string; readonly unit: 'milliseconds' } = { name: 'time', unit: 'milliseconds' };
/** Milliseconds that a Date can hold, and from which on they are dates at all (the year 2001). */
const DATES = [1e12, 8.6e15] as const;

/** Reads Firefox profiles. */
export const geckoReader: Reader = {
  ...GECKO,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const processes = listProcesses(source.json('gecko'));
    onStage('build');
    return readGroup(processes);
  },
};

interface GeckoThread {
  readonly thread: Json;
  readonly process: Json;
}

function readGroup(processes: readonly Json[]): ProfileGroup {
  const meta = getMeta(processes[0]!);
  const writer = describeWriter(meta);
  // Python's profiler puts a line that ran in place of a function's first one.
  const hasFirstLines = !writer.startsWith('Tachyon');
  const book = new FrameBook();
  const notes = new Notes();
  const frames = new FrameMaker(book);
  const profiles = new ThreadProfiles(book, notes, { metrics: [MILLISECONDS], sampled: true, axis: MILLISECONDS });
  const threads = processes.flatMap(listThreads);
  let markers = 0;
  threads.forEach(({ thread, process }, at) => {
    const interval = getInterval(getMeta(process));
    const read = frames.read(thread, getShared(process), hasFirstLines);
    const name = nameThread(threads, at);
    for (const [field, what] of TABLES) {
      if (field !== 'samples' && thread[field] === undefined) continue;
      const table = new GeckoTable(thread[field], field);
      const metrics = describeMetrics(thread[field], field);
      const stacks = profiles.find(`${at} ${field}`, () => `${name}${what}`, { metrics });
      readSamples({ thread, shared: getShared(process), table, field, frames: read, interval, stacks, book, notes });
    }
    markers += new GeckoTable(thread.markers, 'markers').length;
  });
  const built = profiles.build();
  return {
    format: 'gecko',
    writer,
    profiles: built,
    warnings: notes.list(),
    about: [...profiles.about(), ...describeRun(meta), ['markers (not shown)', String(markers)]],
  };
}

/** Tables of stacks that a thread can have, and what is said of them behind the thread's name. */
const TABLES = [
  ['samples', ''],
  ['jsAllocations', ': JavaScript allocations'],
  ['nativeAllocations', ': native allocations'],
] as const;

/** The profile of the file and those of its processes. @throws FormatError when it has none */
function listProcesses(root: unknown): Json[] {
  const first = isJson(root) && !Array.isArray(root.threads) && isJson(root.profile) ? root.profile : root;
  if (!isJson(first) || !Array.isArray(first.threads)) {
    throw geckoFault('the file has no list `threads`');
  }
  const found: Json[] = [];
  const open: unknown[] = [first];
  while (open.length > 0) {
    const next = open.pop();
    const process = typeof next === 'string' ? parseInner(next, 'a process') : next;
    if (!isJson(process)) throw geckoFault('a process is no object');
    found.push(process);
    if (found.length > MAX_PROCESSES) throw geckoFault(`more than ${MAX_PROCESSES} processes`);
    if (Array.isArray(process.processes)) open.push(...[...process.processes].reverse());
  }
  return found;
}

function listThreads(process: Json): GeckoThread[] {
  if (!Array.isArray(process.threads)) return [];
  return process.threads.map((value: unknown) => {
    const thread = typeof value === 'string' ? parseInner(value, 'a thread') : value;
    if (!isJson(thread)) throw geckoFault('a thread is no object');
    return { thread, process };
  });
}

/** JSON in a string of JSON. */
function parseInner(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw geckoFault(
      `${what} is a string that is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  }
}

/** Name of a thread; its process and number where others share it. */
function nameThread(threads: readonly GeckoThread[], at: number): string {
  const { thread } = threads[at]!;
  const name = getText(thread.name) || `thread ${getText(thread.tid) || at}`;
  const process = (one: Json) => getText(one.pid);
  const hasProcesses = threads.some((other) => process(other.thread) !== process(thread));
  const processName = getText(thread.processName) || getText(thread.processType);
  const full = hasProcesses ? `${name} (${`${processName} ${process(thread)}`.trim()})` : name;
  const isShared = threads.some(
    (other, row) =>
      row !== at &&
      getText(other.thread.name) === getText(thread.name) &&
      (!hasProcesses || process(other.thread) === process(thread)),
  );
  return isShared && getText(thread.tid) !== '' ? `${full}, thread ${getText(thread.tid)}` : full;
}

function getText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function getMeta(process: Json): Json {
  return isJson(process.meta) ? process.meta : {};
}

function getInterval(meta: Json): number {
  return typeof meta.interval === 'number' && meta.interval > 0 && Number.isFinite(meta.interval) ? meta.interval : 1;
}

function describeWriter(meta: Json): string {
  const importer = getText(meta.importedFrom);
  if (importer !== '') return importer;
  return getText(meta.product) || 'Firefox';
}

function describeRun(meta: Json): [string, string][] {
  const about: [string, string][] = [];
  if (typeof meta.interval === 'number') about.push(['interval', `${meta.interval} ms`]);
  for (const field of ['product', 'version', 'preprocessedProfileVersion', 'oscpu', 'misc'] as const) {
    const text = getText(meta[field]);
    if (text !== '') about.push([field === 'preprocessedProfileVersion' ? 'processed version' : field, text]);
  }
  if (typeof meta.startTime === 'number' && meta.startTime > DATES[0] && meta.startTime < DATES[1]) {
    about.push(['started', new Date(Math.floor(meta.startTime)).toISOString()]);
  }
  return about;
}
