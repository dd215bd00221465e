/**
 * Sums over a calling-context tree: numbers of functions and of calls, in which recursion counts once.
 */
import type { CallTable, ContextIndex, ContextTable, FunctionTable, Profile } from './profile.ts';

/** The columns of a context table that sums are made of. */
export type ContextNumbers = Pick<ContextTable, 'length' | 'frame' | 'parent' | 'self' | 'total' | 'calls'>;

/**
 * Numbers of functions from the tree. Frames that are in no context of this profile (another thread's) are NaN. The
 * total of a recursive frame counts its outermost contexts only.
 */
export function sumFunctions(contexts: ContextNumbers, frames: number): FunctionTable {
  const { length, frame, calls } = contexts;
  const isOutermost = findOutermost(contexts, frame, frames);
  const collect = (column: Float64Array, only: Uint8Array | null): Float64Array => {
    const sums = new Float64Array(frames).fill(Number.NaN);
    for (let context = 0; context < length; context++) {
      const of = frame[context]!;
      if (Number.isNaN(sums[of]!)) sums[of] = 0;
      if (only === null || only[context] === 1) sums[of]! += column[context]!;
    }
    return sums;
  };
  const unknown = new Float64Array(frames).fill(Number.NaN);
  return {
    calls: calls === undefined ? unknown : collect(calls, null),
    primitiveCalls: calls === undefined ? unknown : collect(calls, isOutermost),
    self: contexts.self.map((column) => collect(column, null)),
    total: contexts.total.map((column) => collect(column, isOutermost)),
  };
}

/** The calls of a profile: the file's own, or those that follow from its tree. Worked out once per profile. */
export function getCalls(profile: Profile): CallTable {
  if (profile.contexts === undefined) return profile.calls;
  let calls = known.get(profile.contexts);
  if (calls === undefined) {
    calls = sumCalls(profile.contexts, profile.frames.length);
    known.set(profile.contexts, calls);
  }
  return calls;
}

const known = new WeakMap<ContextTable, CallTable>();

/**
 * Calls that follow from a tree, in the order of callees. Total and primitive calls count contexts that are outermost
 * for their own call, as pstats does.
 */
function sumCalls(contexts: ContextNumbers, frames: number): CallTable {
  const { length, frame, parent, calls } = contexts;
  // Contexts in the order of their frames; within a frame, the calls are told apart by the caller.
  const start = new Int32Array(frames + 1);
  for (let context = 0; context < length; context++) start[frame[context]! + 1]!++;
  for (let of = 0; of < frames; of++) start[of + 1]! += start[of]!;
  const order = new Int32Array(length);
  const next = start.slice();
  for (let context = 0; context < length; context++) order[next[frame[context]!]!++] = context;
  const call = new Int32Array(length).fill(-1);
  const caller: number[] = [];
  const callee: number[] = [];
  const rowOf = new Int32Array(frames).fill(-1);
  for (let of = 0; of < frames; of++) {
    const first = caller.length;
    for (let at = start[of]!; at < start[of + 1]!; at++) {
      const context = order[at]!;
      const above = parent[context]!;
      if (above < 0) continue;
      const from = frame[above]!;
      if (rowOf[from]! < first) {
        rowOf[from] = caller.length;
        caller.push(from);
        callee.push(of);
      }
      call[context] = rowOf[from]!;
    }
  }
  const isOutermost = findOutermost(contexts, call, caller.length);
  const collect = (column: Float64Array, only: Uint8Array | null): Float64Array => {
    const sums = new Float64Array(caller.length);
    for (let context = 0; context < length; context++) {
      if (call[context]! >= 0 && (only === null || only[context] === 1)) sums[call[context]!]! += column[context]!;
    }
    return sums;
  };
  const unknown = new Float64Array(caller.length).fill(Number.NaN);
  return {
    length: caller.length,
    caller: Int32Array.from(caller),
    callee: Int32Array.from(callee),
    calls: calls === undefined ? unknown : collect(calls, null),
    primitiveCalls: calls === undefined ? unknown : collect(calls, isOutermost),
    self: contexts.self.map((column) => collect(column, null)),
    total: contexts.total.map((column) => collect(column, isOutermost)),
  };
}

/**
 * Marks the contexts above which none has the same `key` (its frame, its call): 1. Contexts with key -1 are not marked.
 * Walks the tree in depth-first order with a count of each key on the path, so no context looks up its whole path.
 */
export function findOutermost(
  { parent, length }: Pick<ContextTable, 'parent' | 'length'>,
  key: Int32Array,
  keys: number,
): Uint8Array {
  const outermost = new Uint8Array(length);
  const { firstChild, nextSibling, roots } = linkChildren(parent, length);
  const onPath = new Int32Array(keys + 1);
  let at = roots;
  while (at >= 0) {
    const of = key[at]! < 0 ? keys : key[at]!;
    if (onPath[of] === 0 && of < keys) outermost[at] = 1;
    if (firstChild[at]! >= 0) {
      onPath[of]!++;
      at = firstChild[at]!;
      continue;
    }
    while (at >= 0 && nextSibling[at]! < 0) {
      at = parent[at]!;
      if (at >= 0) onPath[key[at]! < 0 ? keys : key[at]!]!--;
    }
    if (at >= 0) at = nextSibling[at]!;
  }
  return outermost;
}

/** Totals of contexts from their selfs: parents come before children. */
export function sumUp(self: Float64Array, parent: Int32Array): Float64Array {
  const total = self.slice();
  for (let context = total.length - 1; context >= 0; context--) {
    const above = parent[context]!;
    if (above >= 0) total[above]! += total[context]!;
  }
  return total;
}

/** Children of contexts as chains: first child and next sibling of each (-1: none), in their order, and the first root. */
export interface ChildLinks {
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly roots: ContextIndex;
}

/** The chains of a tree, from its column of parents. */
export function linkChildren(parent: Int32Array, length: number): ChildLinks {
  const firstChild = new Int32Array(length).fill(-1);
  const nextSibling = new Int32Array(length).fill(-1);
  let roots = -1;
  for (let context = length - 1; context >= 0; context--) {
    const above = parent[context]!;
    nextSibling[context] = above < 0 ? roots : firstChild[above]!;
    if (above < 0) roots = context;
    else firstChild[above] = context;
  }
  return { firstChild, nextSibling, roots };
}
