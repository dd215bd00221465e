/**
 * Callers and callees of a function, with the numbers of each edge as the file states them.
 *
 * The call table is grouped by callee already in most files, but nothing here relies on it: two indexes (by callee, by
 * caller) are built once per profile and kept with it.
 *
 *   inCalls[inStart[f] .. inStart[f + 1])     calls whose callee is f
 *   outCalls[outStart[f] .. outStart[f + 1])  calls whose caller is f
 */
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
    const { caller, callee, length } = profile.calls;
    const [inStart, inCalls] = groupBy(callee, length, profile.frames.length);
    const [outStart, outCalls] = groupBy(caller, length, profile.frames.length);
    index = { inStart, inCalls, outStart, outCalls };
    indexes.set(profile, index);
  }
  return index;
}

/** Edges into a function, largest total first (where totals are unknown: most calls first). */
export function findCallers(profile: Profile, frame: FrameIndex, metric = 0): Edge[] {
  const { inStart, inCalls } = getEdgeIndex(profile);
  return readEdges(profile, inCalls.subarray(inStart[frame], inStart[frame + 1]), profile.calls.caller, metric);
}

/** Edges out of a function, largest total first (where totals are unknown: most calls first). */
export function findCallees(profile: Profile, frame: FrameIndex, metric = 0): Edge[] {
  const { outStart, outCalls } = getEdgeIndex(profile);
  return readEdges(profile, outCalls.subarray(outStart[frame], outStart[frame + 1]), profile.calls.callee, metric);
}

/** Number of different callers of a function (itself included, where it calls itself). */
export function getCallerCount(profile: Profile, frame: FrameIndex): number {
  const { inStart } = getEdgeIndex(profile);
  return (inStart[frame + 1] ?? 0) - (inStart[frame] ?? 0);
}

function readEdges(profile: Profile, calls: Int32Array, other: Int32Array, metric: number): Edge[] {
  const table = profile.calls;
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
