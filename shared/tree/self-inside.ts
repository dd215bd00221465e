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
  readonly rows: readonly SelfInside[];
  /** Value not told apart by function. */
  readonly rest: number;
}

/** Nodes opened and met at most: some 50 ms. */
const MOST_OPENED = 3000;
const MOST_MET = 40_000;
/** Roots lose a little to rounding, and to the profiler's own traces. */
const ROUNDING = 1e-5;
/** Nodes under this share of `node` are not opened: all of them together are what the list calls the rest. */
const LEAST_SHARE = 2e-4;
/** An estimate under this share of a function's self time does not make it one. */
const LEAST_ESTIMATE = 0.01;

/** Self values inside `node`, by function. Opens nodes of the tree, widest first. */
export function computeSelfInside(tree: CallTree, node: NodeIndex): SelfInsideList {
  const whole = getWholeProfile(tree, node);
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
    tree.open(at);
    const first = tree.firstChild[at]!;
    for (let child = first; child < first + tree.childCount[at]!; child++) queue.push(child);
  }
  const rows = [...sums]
    .filter(([frame, { self }]) => frame >= 0 && self > 0)
    .map(([frame, { self, guessed }]) => ({ frame, self, estimated: guessed > self * LEAST_ESTIMATE }));
  return { rows: sortRows(rows), rest };
}

/** The file's own numbers, where `node` holds everything: nothing about them is an estimate. */
function getWholeProfile(tree: CallTree, node: NodeIndex): SelfInside[] | null {
  const column = tree.profile.functions.self[tree.metric];
  if (!column) return null;
  const rows: SelfInside[] = [];
  let sum = 0;
  column.forEach((self, frame) => {
    if (!(self > 0)) return;
    rows.push({ frame, self, estimated: false });
    sum += self;
  });
  // More than the sum is possible: what functions that share a name took is missing from their rows.
  return sum > 0 && tree.total[node]! >= sum * (1 - ROUNDING) ? sortRows(rows) : null;
}

function sortRows(rows: readonly SelfInside[]): SelfInside[] {
  return [...rows].sort((a, b) => b.self - a.self || a.frame - b.frame);
}
