/**
 * Totals of states that the file does not state: nested calls of recursive edges.
 *
 * The file's total of a recursive edge counts outermost calls only. How deep the others lie is not in the file;
 * balanced recursion has about log2 levels, which is the first guess. The guesses are then *balanced*: in a circle of
 * functions, what enters each function must be its self time plus what leaves it, so the estimated totals around a
 * function are scaled until that holds. Totals that stand in the file are never touched.
 */
import type { CallGraph } from './call-graph.ts';
import type { Components } from './components.ts';
import { StateFlag, type States } from './states.ts';

/** Edge visits that balancing one component may take: under a second. */
const SWEEP_WORK = 2_000_000;

/** Fills in the totals of free states, and moves self time between the two states of an edge where it does not fit. */
export function estimateTotals(graph: CallGraph, states: States, components: Components): void {
  const range = guessTotals(graph, states);
  balanceTotals(graph, states, components, range);
  moveSelf(states);
}

/** Least and greatest value of each state's total; only those of free states differ. */
interface Range {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function guessTotals(graph: CallGraph, states: States): Range {
  const { total, calls, self, twin, flags, firstNested } = states;
  const low = new Float64Array(total);
  const high = new Float64Array(total);
  for (let state = 0; state < firstNested; state++) {
    if (!(flags[state]! & StateFlag.free)) continue;
    // A self-edge: its outermost calls and all levels below.
    const outer = graph.edges.outerCalls[state]!;
    const levels = 1 + Math.log2(calls[state]! / Math.max(1, outer));
    high[state] = total[state]! * Math.max(levels, calls[state]! - outer + 1);
    total[state]! *= levels;
  }
  for (let state = firstNested; state < states.length; state++) {
    const outer = twin[state]!;
    const levels = Math.log2((calls[outer]! + calls[state]!) / Math.max(1, calls[outer]!));
    low[state] = 1;
    total[state] = Math.max(1, self[state]!, total[outer]! * levels);
    high[state] = Math.max(total[state]!, total[outer]! * calls[state]!);
  }
  return { low, high };
}

/** One function to be balanced: (its fixed callers' time − self − its fixed callees' time), and its free states. */
interface Balance {
  readonly fixed: number;
  readonly entering: Int32Array;
  readonly leaving: Int32Array;
}

function balanceTotals(graph: CallGraph, states: States, components: Components, range: Range): void {
  let component = -1;
  let balances: Balance[] = [];
  for (const frame of components.order) {
    if (!components.cyclic[frame] || components.size[components.component[frame]!] === 1) continue;
    if (components.component[frame] !== component) {
      sweep(states.total, balances, range);
      balances = [];
      component = components.component[frame]!;
    }
    const balance = getBalance(graph, states, frame);
    if (balance) balances.push(balance);
  }
  sweep(states.total, balances, range);
}

function getBalance(graph: CallGraph, states: States, frame: number): Balance | null {
  const { incoming, outgoing, caller, callee, total, flags } = states;
  let fixed = -graph.functions.self[frame]!;
  const entering: number[] = [];
  const leaving: number[] = [];
  for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
    const state = incoming.items[at]!;
    if (caller[state] === frame) continue; // enters and leaves: cancels out
    if (flags[state]! & StateFlag.free) entering.push(state);
    else fixed += total[state]!;
  }
  for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
    const state = outgoing.items[at]!;
    if (callee[state] === frame) continue;
    if (flags[state]! & StateFlag.free) leaving.push(state);
    else fixed -= total[state]!;
  }
  if (entering.length === 0 && leaving.length === 0) return null;
  return { fixed, entering: Int32Array.from(entering), leaving: Int32Array.from(leaving) };
}

/**
 * Scales what enters each function by x and what leaves it by 1/x, over and over, with x solving
 *
 *   entering · x + fixed = leaving / x
 */
function sweep(total: Float64Array, balances: readonly Balance[], range: Range): void {
  if (balances.length === 0) return;
  const visits = balances.reduce((sum, { entering, leaving }) => sum + entering.length + leaving.length + 1, 0);
  const sweeps = Math.max(4, Math.min(400, Math.floor(SWEEP_WORK / visits)));
  for (let round = 0; round < sweeps; round++) {
    let worst = 0;
    for (const { fixed, entering, leaving } of balances) {
      const inSum = sumOf(total, entering);
      const outSum = sumOf(total, leaving);
      let x: number;
      if (inSum > 0) x = (-fixed + Math.sqrt(fixed * fixed + 4 * inSum * outSum)) / (2 * inSum);
      else if (fixed > 0 && outSum > 0) x = outSum / fixed;
      else continue;
      x = Math.min(Math.max(x, 1e-9), 1e9);
      if (Math.abs(x - 1) < 1e-12) continue;
      worst = Math.max(worst, scale(total, entering, x, range), scale(total, leaving, 1 / x, range));
    }
    if (worst < 1e-9) break;
  }
}

function sumOf(total: Float64Array, states: Int32Array): number {
  let sum = 0;
  for (const state of states) sum += total[state]!;
  return sum;
}

/** Scales within each state's range; the greatest relative change. */
function scale(total: Float64Array, states: Int32Array, factor: number, { low, high }: Range): number {
  let worst = 0;
  for (const state of states) {
    const before = total[state]!;
    const after = Math.min(Math.max(before * factor, low[state]!), high[state]!);
    if (before > 0) worst = Math.max(worst, Math.abs(after - before) / before);
    total[state] = after;
  }
  return worst;
}

/** Self time was split by calls; no state may have more of it than its total. */
function moveSelf({ total, self, twin, firstNested, length }: States): void {
  for (let state = firstNested; state < length; state++) {
    const outer = twin[state]!;
    const excess = Math.max(0, self[state]! - total[state]!);
    self[state]! -= excess;
    self[outer]! += excess;
    const back = Math.max(0, self[outer]! - total[outer]!);
    self[outer]! -= back;
    self[state]! += back;
    total[state] = Math.max(total[state]!, self[state]!);
  }
}
