/**
 * Callers and callees of a function, with the numbers of each edge as the file states them, or as they follow from its
 * tree.
 *
 * The call table is grouped by callee, so one function's callers are a run of its rows, and its callees are found by
 * looking for it among all callers. Who asks about every function has two indexes, built once and kept with the profile:
 *
 *   inCalls[inStart[f] .. inStart[f + 1])     calls whose callee is f
 *   outCalls[outStart[f] .. outStart[f + 1])  calls whose caller is f
 */
import { getCalls } from '../model/context-sums.ts';
import type { CallIndex, FrameIndex, Profile } from '../model/profile.ts';

/** Calls of every frame, by callee and by caller; in the order of the call table. */
export interface EdgeIndex {
  /** Length frames + 1. */
  readonly inStart: Int32Array;
  readonly inCalls: Int32Array;
  /** Length frames + 1. */
  readonly outStart: Int32Array;
  readonly outCalls: Int32Array;
}

/** One edge seen from one of its ends. NaN where the file does not have a number. */
export interface Edge {
  readonly call: CallIndex;
  /** The other end: the caller in a list of callers, the callee in a list of callees. */
  readonly frame: FrameIndex;
  readonly calls: number;
  readonly primitiveCalls: number;
  readonly self: number;
  readonly total: number;
}

const indexes = new WeakMap<Profile, EdgeIndex>();

/** The edge index of a profile, built at the first call. Cost: linear, once. */
export function getEdgeIndex(profile: Profile): EdgeIndex {
  let index = indexes.get(profile);
  if (index === undefined) {
    const { caller, callee, length } = getCalls(profile);
    const [inStart, inCalls] = groupBy(callee, length, profile.frames.length);
    const [outStart, outCalls] = groupBy(caller, length, profile.frames.length);
    index = { inStart, inCalls, outStart, outCalls };
    indexes.set(profile, index);
  }
  return index;
}

/** Calls of every frame as a callee: rows `start[f] .. end[f]` of the call table, which is grouped by callee. */
export interface CallerRuns {
  readonly start: Int32Array;
  readonly end: Int32Array;
}

const runs = new WeakMap<Profile, CallerRuns>();

/** Where each frame's callers are. Cost: a look at the column of callees, once per profile; no table beside the call table. */
export function getCallerRuns(profile: Profile): CallerRuns {
  let known = runs.get(profile);
  if (known === undefined) {
    const { callee, length } = getCalls(profile);
    const start = new Int32Array(profile.frames.length);
    const end = new Int32Array(profile.frames.length);
    for (let row = 0; row < length; row++) {
      const frame = callee[row]!;
      if (end[frame] === 0) start[frame] = row;
      end[frame] = row + 1;
    }
    known = { start, end };
    runs.set(profile, known);
  }
  return known;
}

/** Edges into a function, largest total first (where totals are unknown: most calls first). */
export function findCallers(profile: Profile, frame: FrameIndex, metric = 0): Edge[] {
  const { start, end } = getCallerRuns(profile);
  const first = start[frame] ?? 0;
  const calls = Int32Array.from({ length: (end[frame] ?? 0) - first }, (_, i) => first + i);
  return readEdges(profile, calls, getCalls(profile).caller, metric);
}

/**
 * Edges out of a function, largest total first (where totals are unknown: most calls first). Cost: a look at the column
 * of callers, 3 ms for three million calls: cheaper than an index for the few functions that anybody asks about.
 */
export function findCallees(profile: Profile, frame: FrameIndex, metric = 0): Edge[] {
  const { caller, length } = getCalls(profile);
  const calls: number[] = [];
  for (let row = 0; row < length; row++) if (caller[row] === frame) calls.push(row);
  return readEdges(profile, Int32Array.from(calls), getCalls(profile).callee, metric);
}

/** Number of different callers of a function (itself included, where it calls itself). */
export function getCallerCount(profile: Profile, frame: FrameIndex): number {
  const { start, end } = getCallerRuns(profile);
  return (end[frame] ?? 0) - (start[frame] ?? 0);
}

function readEdges(profile: Profile, calls: Int32Array, other: Int32Array, metric: number): Edge[] {
  const table = getCalls(profile);
  const edges = Array.from(calls, (call) => ({
    call,
    frame: other[call] ?? -1,
    calls: table.calls[call] ?? Number.NaN,
    primitiveCalls: table.primitiveCalls[call] ?? Number.NaN,
    self: table.self[metric]?.[call] ?? Number.NaN,
    total: table.total[metric]?.[call] ?? Number.NaN,
  }));
  return edges.sort((a, b) => compareDown(a.total, b.total) || compareDown(a.calls, b.calls) || a.call - b.call);
}

/** Order of numbers from large to small, unknown ones last. */
function compareDown(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}

/** Rows of a column grouped by its values 0 .. groups-1, as starts and rows. Counting sort, so order is kept. */
function groupBy(column: Int32Array, length: number, groups: number): [start: Int32Array, rows: Int32Array] {
  const start = new Int32Array(groups + 1);
  for (let row = 0; row < length; row++) start[column[row]! + 1]!++;
  for (let group = 0; group < groups; group++) start[group + 1]! += start[group]!;
  const next = start.slice(0, groups);
  const rows = new Int32Array(length);
  for (let row = 0; row < length; row++) rows[next[column[row]!]!++] = row;
  return [start, rows];
}
