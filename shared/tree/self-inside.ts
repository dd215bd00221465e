/**
 * Self time of every function inside one node: what no picture of the node can show, because a function is in many places.
 */
import type { FrameIndex } from '../model/profile.ts';
import { type CallTree, Certainty, type NodeIndex } from './call-tree.ts';
import { WidestFirst } from './widest-first.ts';

/** One function's part. */
export interface SelfInside {
  readonly frame: FrameIndex;
  readonly self: number;
  /** True when some of it is an estimate. */
  readonly estimated: boolean;
}

/** Functions by self time, most first, and what is left in nodes that were too narrow to open. */
export interface SelfInsideList {
  /** As many as a screen can list. */
  readonly rows: readonly SelfInside[];
  /** Value not told apart by function. */
  readonly rest: number;
}

/** Rows told at most. */
const MOST_ROWS = 200;
/** Nodes opened between two pauses, and functions looked at: about a millisecond each. */
const OPENED_AT_ONCE = 32;
const LOOKED_AT_AT_ONCE = 1 << 17;
/** Nodes opened and met at most: some 50 ms. */
const MOST_OPENED = 3000;
const MOST_MET = 40_000;
/** Roots lose a little to rounding, and to the profiler's own traces. */
const ROUNDING = 1e-5;
/** Nodes under this share of `node` are not opened: all of them together are what the list calls the rest. */
const LEAST_SHARE = 2e-4;
/** An estimate under this share of a function's self time does not make it one. */
const LEAST_ESTIMATE = 0.01;

/**
 * Self values inside `node`, by function. Opens nodes of the tree, widest first. It pauses by yielding, so that whoever
 * wants the list can let frames be drawn in between.
 */
export function* findSelfInside(tree: CallTree, node: NodeIndex): Generator<void, SelfInsideList, void> {
  const whole = yield* findInWholeProfile(tree, node);
  if (whole) return { rows: whole, rest: 0 };
  const sums = new Map<FrameIndex, { self: number; guessed: number }>();
  const queue = new WidestFirst(tree);
  queue.push(node);
  let rest = 0;
  let left = MOST_OPENED;
  const most = tree.length + MOST_MET;
  const least = tree.total[node]! * LEAST_SHARE;
  while (queue.length > 0) {
    const at = queue.pop();
    const below = Math.max(0, tree.total[at]! - tree.self[at]!);
    const isLeaf = tree.firstChild[at] === 0 || below === 0;
    const staysClosed = !isLeaf && (left-- <= 0 || tree.length > most || tree.total[at]! < least);
    if (staysClosed) rest += below;
    const frame = tree.frame[at]!;
    const sum = sums.get(frame) ?? { self: 0, guessed: 0 };
    sum.self += tree.self[at]!;
    if (at > 0 && tree.certainty[at] === Certainty.inferred) sum.guessed += tree.self[at]!;
    sums.set(frame, sum);
    if (isLeaf || staysClosed) continue;
    if (left % OPENED_AT_ONCE === 0) yield;
    tree.open(at);
    const first = tree.firstChild[at]!;
    for (let child = first; child < first + tree.childCount[at]!; child++) queue.push(child);
  }
  const greatest = new Greatest();
  for (const [frame, { self }] of sums) if (frame >= 0) greatest.add(frame, self);
  const isEstimated = ({ self, guessed }: { self: number; guessed: number }) => guessed > self * LEAST_ESTIMATE;
  return { rows: greatest.rows.map((row) => ({ ...row, estimated: isEstimated(sums.get(row.frame)!) })), rest };
}

/** The file's own numbers, where `node` holds everything: nothing about them is an estimate. */
function* findInWholeProfile(tree: CallTree, node: NodeIndex): Generator<void, SelfInside[] | null, void> {
  const column = tree.profile.functions.self[tree.metric];
  if (!column) return null;
  const greatest = new Greatest();
  let sum = 0;
  for (let from = 0; from < column.length; from += LOOKED_AT_AT_ONCE) {
    if (from > 0) yield;
    sum += greatest.addAll(column, from, Math.min(column.length, from + LOOKED_AT_AT_ONCE));
  }
  // More than the sum is possible: what functions that share a name took is missing from their rows.
  const isWhole = sum > 0 && tree.total[node]! >= sum * (1 - ROUNDING);
  return isWhole ? greatest.rows.map((row) => ({ ...row, estimated: false })) : null;
}

/** The greatest of many values: a million functions are not sorted for the sake of a screenful. */
class Greatest {
  /** Greatest first; of equal ones, the lower frame. */
  readonly rows: { readonly frame: FrameIndex; readonly self: number }[] = [];

  add(frame: FrameIndex, self: number): void {
    const { rows } = this;
    if (!(self > 0)) return;
    const isBefore = (row: (typeof rows)[number]) => row.self > self || (row.self === self && row.frame < frame);
    if (rows.length === MOST_ROWS && isBefore(rows[MOST_ROWS - 1]!)) return;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(rows[middle]!)) low = middle + 1;
      else high = middle;
    }
    rows.splice(low, 0, { frame, self });
    if (rows.length > MOST_ROWS) rows.pop();
  }

  /** Adds the values `from` .. `end` of a column; gives the sum of those over 0. */
  addAll(column: Float64Array, from: number, end: number): number {
    let sum = 0;
    for (let frame = from; frame < end; frame++) {
      const self = column[frame]!;
      if (!(self > 0)) continue;
      sum += self;
      const last = this.rows[MOST_ROWS - 1];
      if (last === undefined || self >= last.self) this.add(frame, self);
    }
    return sum;
  }
}
