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
import { listSome, MAX_THREADS, ThreadProfiles } from '../threads.ts';
import { GECKO } from './format.ts';
import { FrameMaker, getShared } from './frames.ts';
import { describeMetrics, readSamples } from './samples.ts';
import { StackTables } from './stacks.ts';
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
  const stackTables = new StackTables(new FrameMaker(book, hasFirstLines));
  const profiles = new ThreadProfiles(book, notes, { metrics: [MILLISECONDS], sampled: true, axis: MILLISECONDS });
  const threads = processes.flatMap(listThreads);
  const names = nameThreads(threads);
  const idle: string[] = [];
  let markers = 0;
  let tables = 0;
  threads.forEach(({ thread, process }, at) => {
    markers += new GeckoTable(thread.markers, 'markers').length;
    if (TABLES.every(([field]) => new GeckoTable(thread[field], field).length === 0)) {
      idle.push(names[at]!);
      return;
    }
    const shared = getShared(process);
    for (const [field, what] of TABLES) {
      const table = new GeckoTable(thread[field], field);
      if (table.length === 0) continue;
      if (++tables > MAX_THREADS) {
        noteLeftOut(notes);
        continue;
      }
      readSamples({
        thread,
        table,
        field,
        tables: stackTables.find(thread, shared),
        interval: getInterval(getMeta(process)),
        stacks: profiles.find(`${at} ${field}`, () => `${names[at]}${what}`, {
          metrics: describeMetrics(thread[field], field),
        }),
        book,
        notes,
      });
    }
  });
  const built = profiles.build();
  return {
    format: 'gecko',
    writer,
    profiles: built,
    warnings: notes.list(),
    about: [
      ...profiles.about(),
      ...(idle.length > 0 ? [['threads without samples', listSome(idle)] as const] : []),
      ...describeRun(meta),
      ['markers (not shown)', String(markers)],
    ],
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
    // From the last to the first: the first is taken next.
    const inner: readonly unknown[] = Array.isArray(process.processes) ? process.processes : [];
    for (let at = inner.length - 1; at >= 0; at--) open.push(inner[at]);
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

function noteLeftOut(notes: Notes): void {
  notes.add(
    'many-threads',
    (count) => `The file has ${count} more threads with samples than the ${MAX_THREADS} that are shown.`,
    () => null,
  );
}

/** Names of threads; their process and number where others share the name. */
function nameThreads(threads: readonly GeckoThread[]): string[] {
  const processOf = (thread: Json) => getText(thread.pid);
  const hasProcesses = new Set(threads.map(({ thread }) => processOf(thread))).size > 1;
  const names = threads.map(({ thread }, at) => {
    const name = getText(thread.name) || `thread ${getText(thread.tid) || at}`;
    const processName = getText(thread.processName) || getText(thread.processType);
    return hasProcesses ? `${name} (${`${processName} ${processOf(thread)}`.trim()})` : name;
  });
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, at) => {
    const number = getText(threads[at]!.thread.tid);
    return counts.get(name)! > 1 ? `${name}, thread ${number || at}` : name;
  });
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
