/**
 * From what a callgrind file says to profiles: one per thread, with the same frames.
 *
 * Functions are told apart by object, file and name, as KCachegrind does. A function's file is its `fl=`; where that is
 * not known (`???`), its object. The line is where calls go to, else the first one with costs.
 */
import { cutColumn } from '../../decode/columns.ts';
import type { Source } from '../../decode/source.ts';
import { buildProfile, groupCalls } from '../../model/build.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { CallTable, FunctionTable, Metric, Profile, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { StageHook } from '../reader.ts';
import { type Cycles, findCycles, findEntries, sumInclusive } from './inclusive.ts';
import { buildLines } from './lines.ts';
import type { ThreadRows } from './rows.ts';
import { CallgrindScan } from './scan.ts';
import { describeEvent } from './units.ts';

/** Header lines that say something of the run, and what they are called. */
const ABOUT: readonly (readonly [key: string, name: string])[] = [
  ['cmd', 'command'],
  ['pid', 'process'],
  ['version', 'format version'],
  ['positions', 'positions'],
  ['events', 'events'],
];

/** Reads a callgrind or cachegrind file. @throws FormatError */
export function readCallgrind(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const scan = new CallgrindScan(source.bytes, notes);
  onStage('build');
  const creator = scan.headers.get('creator') ?? '';
  const metrics = scan.events.map((event) => describeEvent(event, creator));
  const book = new FrameBook();
  const texts = new Map<number, string>([[-1, '']]);
  const getText = (string: number): string => {
    const known = texts.get(string);
    if (known !== undefined) return known;
    const text = scan.strings.text(string);
    texts.set(string, text);
    return text;
  };
  const frameOf = nameFrames(scan, book, getText);
  const fileText = (file: number) => book.text(getText(file));
  const threads = scan.threads.filter((thread, at) => at > 0 || scan.threads.length === 1 || thread.seen.includes(1));
  // Texts first: the book is closed by the first profile.
  for (const thread of threads) {
    thread.fit(scan.functions.length, scan.events.length);
    fileText(-1);
    for (const file of new Set(thread.lines.file.subarray(0, thread.lines.length))) fileText(file);
  }
  const profiles = threads.map((thread) => buildThread(thread, scan, metrics, book, frameOf, fileText));
  const writer = guessWriter(scan, creator);
  noteCut(scan, writer, notes);
  const about = ABOUT.flatMap(([key, name]) => {
    const value = scan.headers.get(key);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (scan.parts > 1) about.push(['parts', String(scan.parts)]);
  about.push(...scan.repeated.filter(([key]) => key !== 'event'));
  return { format: 'callgrind', writer, profiles, warnings: notes.list(), about };
}

/** A frame for every function; distinct functions get distinct frames. */
function nameFrames({ functions }: CallgrindScan, book: FrameBook, text: (string: number) => string): Int32Array {
  const frameOf = new Int32Array(functions.length);
  for (let row = 0; row < functions.length; row++) {
    const object = text(functions.object[row]!);
    const ownFile = text(functions.file[row]!);
    const file = ownFile === '???' || ownFile === '' ? object || ownFile : ownFile;
    const told = functions.target[row] || functions.firstLine[row]!;
    const { name, line } = cutPlace(text(functions.name[row]!), ownFile, told);
    const known = book.length;
    let frame = book.frame(name, file, line);
    if (frame < known) frame = book.frame(`${name} [${baseName(object) || '?'}]`, file, line);
    for (let count = 2; frame < known; count++) frame = book.frame(`${name} [${object}] (${count})`, file, line);
    frameOf[row] = frame;
  }
  return frameOf;
}

/** The name without the place that yappi (`cpu /app.py:3`) and pyprof2calltree (`total:12`) put into it, and the line. */
function cutPlace(name: string, file: string, line: number): { readonly name: string; readonly line: number } {
  const place = ` ${file}:`;
  const at = file === '' ? -1 : name.lastIndexOf(place);
  if (at > 0) {
    const digits = name.slice(at + place.length);
    if (/^\d{1,9}$/.test(digits)) return { name: name.slice(0, at), line: line || Number(digits) };
  }
  const end = `:${line}`;
  const isPlaced = name.endsWith(end) && name.length > end.length && !name.endsWith(`:${end}`);
  return { name: isPlaced ? name.slice(0, -end.length) : name, line };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function buildThread(
  thread: ThreadRows,
  scan: CallgrindScan,
  metrics: readonly Metric[],
  book: FrameBook,
  frameOf: Int32Array,
  fileText: (file: number) => number,
): Profile {
  const { edges } = thread;
  const { strings, frames } = book.tables(metrics.length);
  const calls = groupCalls(
    {
      length: edges.length,
      caller: edges.caller.slice(0, edges.length).map((row) => frameOf[row]!),
      callee: edges.callee.slice(0, edges.length).map((row) => frameOf[row]!),
      calls: scan.isCounted ? cutColumn(edges.calls, edges.length) : unknown(edges.length),
      primitiveCalls: unknown(edges.length),
      self: metrics.map(() => unknown(edges.length)),
      total: edges.costs.map((column) => cutColumn(column, edges.length)),
    },
    frames.length,
  );
  const cycles = findCycles(frames.length, calls);
  setPrimitive(calls, cycles);
  const self = thread.self.map((column) => {
    const own = unknown(frames.length);
    for (let row = 0; row < scan.functions.length; row++) {
      if (thread.seen[row] === 1) own[frameOf[row]!] = column[row]!;
    }
    return own;
  });
  const lines = buildLines(thread.lines, scan.functions.length, frameOf, fileText);
  return buildProfile({
    name: thread.name === '' ? '' : `thread ${thread.name}`,
    metrics,
    strings,
    frames,
    functions: {
      ...countCalls(calls, frames.length, cycles, findEntries(self[0]!, calls, cycles)),
      self,
      total: self.map((column, metric) => sumInclusive(column, calls, metric, cycles)),
    },
    calls,
    traits: { sampled: false, hasCounts: scan.isCounted },
    ...(lines === null ? {} : { lines }),
  });
}

/** Calls that begin no recursion, where that is certain: all of a call that is in no cycle, none of a call to itself. */
function setPrimitive(calls: CallTable, cycles: Cycles): void {
  for (let call = 0; call < calls.length; call++) {
    const caller = calls.caller[call]!;
    const callee = calls.callee[call]!;
    if (cycles.of[caller] !== cycles.of[callee]) calls.primitiveCalls[call] = calls.calls[call]!;
    else if (caller === callee && cycles.size[cycles.of[callee]!] === 1) calls.primitiveCalls[call] = 0;
  }
}

/** Calls of functions from those of their callers, one more where a cycle is entered; of a root they are not known. */
function countCalls(
  calls: CallTable,
  frames: number,
  cycles: Cycles,
  entries: readonly number[],
): Pick<FunctionTable, 'calls' | 'primitiveCalls'> {
  const all = unknown(frames);
  const primitive = unknown(frames);
  for (let call = 0; call < calls.length; call++) {
    const callee = calls.callee[call]!;
    const count = calls.calls[call]!;
    all[callee] = (Number.isNaN(all[callee]!) ? 0 : all[callee]!) + count;
    if (cycles.size[cycles.of[callee]!]! > 1) continue;
    primitive[callee] =
      (Number.isNaN(primitive[callee]!) ? 0 : primitive[callee]!) + (calls.caller[call] === callee ? 0 : count);
  }
  for (const frame of entries) {
    all[frame]! += 1;
    primitive[frame]! += 1;
  }
  return { calls: all, primitiveCalls: primitive };
}

function unknown(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}

function guessWriter(scan: CallgrindScan, creator: string): string | null {
  if (creator !== '') return creator;
  if (scan.events.length === 1 && scan.events[0] === 'ns') return 'pyprof2calltree';
  if (scan.headers.has('desc') && !scan.hasCalls) return 'cachegrind';
  return null;
}

/** Valgrind ends a file with the sum of its costs. */
function noteCut(scan: CallgrindScan, writer: string | null, notes: Notes): void {
  const last = writer === 'cachegrind' ? 'summary' : writer?.startsWith('callgrind') ? 'totals' : null;
  if (last === null || scan.headers.has(last)) return;
  notes.add(
    'cut-short',
    () => `The line “${last}:” that ends such a file is missing: it was cut short, and shows only what came before.`,
    () => null,
  );
}
