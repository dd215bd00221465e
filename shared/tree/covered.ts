/**
 * How much of the total time the functions that a search found cover, overlaps counted once.
 *
 *   all ── main ── parse* ── parse_row*      parse and parse_row match: only the topmost of each path counts,
 *               └─ write ── parse_row*       so this is parse (under main) + parse_row (under write)
 *
 * In a recorded tree that sum is a fact. In a tree rebuilt from a call graph a node may be an estimate, so the answer is
 * a value with bounds that the file itself proves:
 *
 *   low   the largest total of a match, the sum of their self times (these never overlap), the lower bounds of the
 *         topmost matching nodes: whichever says most
 *   high  the sum of the matches' totals, or everything
 *
 * The tree is opened widest node first, and only where a match can be reached in the call graph. What is left unopened
 * at the end is not counted: the value may be too small by `unopened`, never too large because of it.
 */
import type { CallTree, NodeIndex } from './call-tree.ts';
import { Certainty } from './call-tree.ts';
import { getCallerRuns } from './edges.ts';
import { finish, PIECE, type Steps } from './steps.ts';
import { WidestFirst } from './widest-first.ts';

/** What matches cover, in the metric's unit. low <= value <= high. */
export interface Covered {
  readonly value: number;
  /** `value` as a share of the whole tree. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** True when value is a model's estimate and wants its `≈`. */
  readonly estimated: boolean;
  /** Width of nodes that may hold more matches and were not opened. */
  readonly unopened: number;
}

/** How long to look. */
export interface CoveredLimits {
  /** Nodes to open at most. */
  readonly nodes: number;
  /** Share of the whole that may stay unopened: half of what the page prints (0.1 %). */
  readonly share: number;
}

const DEFAULT_LIMITS: CoveredLimits = { nodes: 3000, share: 0.0005 };

/** What the frames marked in `matches` cover in a tree. Opens nodes of the tree, within limits. */
export function coveredShare(tree: CallTree, matches: Uint8Array, limits = DEFAULT_LIMITS): Covered {
  return finish(coverInSteps(tree, matches, limits));
}

/** The same in steps. */
export function* coverInSteps(tree: CallTree, matches: Uint8Array, limits = DEFAULT_LIMITS): Steps<Covered> {
  const whole = tree.total[0] ?? 0;
  const mayHold = tree.exact ? null : yield* findHolders(tree, matches);
  const bounds = boundsFromFunctions(tree, matches, whole);
  yield;
  const queue = new WidestFirst(tree);
  let [found, low, inferred, opened, unopened] = [0, 0, false, 0, 0];
  const take = (node: NodeIndex): void => {
    const frame = tree.frame[node]!;
    if (matches[frame] === 1) {
      found += tree.total[node]!;
      low += tree.low[node]!;
      if (tree.certainty[node] === Certainty.inferred) inferred = true;
    } else if (mayHold === null || frame < 0 || mayHold[frame] === 1) {
      queue.push(node);
      unopened += tree.total[node]!;
    }
  };
  take(0);
  while (queue.length > 0 && opened < limits.nodes && unopened > limits.share * whole) {
    const node = queue.pop();
    unopened -= tree.total[node]!;
    tree.open(node);
    opened++;
    const first = tree.firstChild[node]!;
    const end = first + tree.childCount[node]!;
    for (let child = first; child < end; child++) take(child);
    yield;
  }
  const least = Math.min(whole, Math.max(bounds.low, low));
  const most = Math.max(least, bounds.high);
  const value = Math.min(most, Math.max(least, found));
  const sure = most - least <= limits.share * whole;
  return {
    value,
    share: whole > 0 ? value / whole : 0,
    low: least,
    high: most,
    estimated: !tree.exact && !sure && (inferred || unopened > limits.share * whole),
    unopened: Math.max(0, unopened),
  };
}

/** Frames from which a match can be reached by calls: only their nodes can hold one. */
function* findHolders({ profile }: CallTree, matches: Uint8Array): Steps<Uint8Array> {
  const { start, end } = getCallerRuns(profile);
  yield;
  const { caller } = profile.calls;
  const holders = matches.slice();
  // Every function is here once at most.
  const todo = new Int32Array(holders.length);
  let length = 0;
  for (let frame = 0; frame < holders.length; frame++) if (holders[frame] === 1) todo[length++] = frame;
  let work = 0;
  while (length > 0) {
    const callee = todo[--length]!;
    for (let row = start[callee]!; row < end[callee]!; row++) {
      const frame = caller[row]!;
      if (holders[frame] === 1) continue;
      holders[frame] = 1;
      todo[length++] = frame;
    }
    work += 1 + end[callee]! - start[callee]!;
    if (work < PIECE) continue;
    work = 0;
    yield;
  }
  return holders;
}

function boundsFromFunctions(tree: CallTree, matches: Uint8Array, whole: number): { low: number; high: number } {
  const self = tree.profile.functions.self[tree.metric];
  const total = tree.profile.functions.total[tree.metric];
  let [selfs, totals, largest] = [0, 0, 0];
  for (let frame = 0; frame < matches.length; frame++) {
    if (matches[frame] !== 1) continue;
    const own = self?.[frame] ?? Number.NaN;
    const all = total?.[frame] ?? Number.NaN;
    if (own > 0) selfs += own;
    if (all > largest) largest = all;
    // What the file does not say may be everything.
    totals += Number.isNaN(all) ? whole : all;
  }
  return { low: Math.min(whole, Math.max(selfs, largest)), high: Math.min(whole, totals) };
}
