/**
 * Totals of states that the file does not state: nested calls of recursive edges.
 *
 * The file's total of a recursive edge counts outermost calls only. How deep the others lie is not in the file;
 * balanced recursion has about log2 levels, which is the first guess. The guesses are then *balanced*: in a circle of
 * functions, what enters each function must be its self time plus what leaves it, so the estimated totals around a
 * function are scaled until that holds. Totals that stand in the file are never touched.
 */
import { findPairs, getPair } from './adjacency.ts';
import type { FunctionNumbers } from './call-graph.ts';
import type { Wiring } from './reconcile.ts';
import { type DraftStates, StateFlag } from './states.ts';

/** Edge visits that balancing one component may take: under a second. */
const SWEEP_WORK = 2_000_000;
/** Relative change under which a guess has come to rest. */
const CLOSE_ENOUGH = 1e-9;

/** Fills in the totals of free states, and moves self time between the two states of an edge where it does not fit. */
export function estimateTotals(functions: FunctionNumbers, states: DraftStates, wiring: Wiring): void {
  const { edges, extra, free, split } = states;
  if (free.length + split.length === 0) return;
  const guess = guessTotals(states);
  balanceTotals(functions, states, wiring, guess);
  const firstNested = extra.length - split.length;
  free.forEach((edge, index) => {
    edges.total[edge] = guess.total[index]!;
  });
  for (let index = 0; index < split.length; index++) {
    extra.total[firstNested + index] = guess.total[free.length + index]!;
  }
  moveSelf(states);
}

/** Totals of free states, free edges before nested states, with the least and the greatest value of each. */
interface Guess {
  readonly total: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function guessTotals({ edges, extra, free, split }: DraftStates): Guess {
  const length = free.length + split.length;
  const guess = { total: new Float64Array(length), low: new Float64Array(length), high: new Float64Array(length) };
  free.forEach((edge, index) => {
    // A self-edge: its outermost calls and all levels below.
    const outer = edges.outerCalls[edge]!;
    const levels = 1 + Math.log2(edges.calls[edge]! / Math.max(1, outer));
    guess.low[index] = edges.total[edge]!;
    guess.high[index] = edges.total[edge]! * Math.max(levels, edges.calls[edge]! - outer + 1);
    guess.total[index] = edges.total[edge]! * levels;
  });
  split.forEach((edge, index) => {
    const nested = extra.length - split.length + index;
    const at = free.length + index;
    const levels = Math.log2((edges.calls[edge]! + extra.calls[nested]!) / Math.max(1, edges.calls[edge]!));
    guess.low[at] = 1;
    guess.total[at] = Math.max(1, extra.self[nested]!, edges.total[edge]! * levels);
    guess.high[at] = Math.max(guess.total[at]!, edges.total[edge]! * extra.calls[nested]!);
  });
  return guess;
}

/**
 * The functions of one circle that are to be balanced: (its fixed callers' time − self − its fixed callees' time), and
 * which guesses enter and leave each. Those of function i are `parts[start[2i]] ..`, leaving ones from `start[2i + 1]`.
 */
interface Balances {
  readonly fixed: number[];
  readonly start: number[];
  readonly parts: number[];
}

function balanceTotals(functions: FunctionNumbers, states: DraftStates, wiring: Wiring, guess: Guess): void {
  const { order, component, size } = wiring.components;
  for (let from = 0; from < order.length; ) {
    const count = size[component[order[from]!]!]!;
    if (count > 1) {
      const balances: Balances = { fixed: [], start: [], parts: [] };
      for (let at = from; at < from + count; at++) addBalance(balances, functions, states, wiring, order[at]!);
      sweep(balances, guess);
    }
    from += count;
  }
}

function addBalance(
  { fixed, start, parts }: Balances,
  functions: FunctionNumbers,
  states: DraftStates,
  { entering, outgoing }: Wiring,
  frame: number,
): void {
  const { edges, extra, flags, free, split, hasExtra } = states;
  const firstPart = parts.length;
  let sum = -functions.self[frame]!;
  const firstNested = extra.length - split.length;
  const getGuess = (index: number) => free.length + index - firstNested;
  for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++) {
    if (edges.caller[edge] === frame) continue; // enters and leaves: cancels out
    if (flags[edge]! & StateFlag.free) parts.push(findSorted(free, edge));
    else sum += edges.total[edge]!;
  }
  for (let at = hasExtra[frame]! & 1 ? findPairs(states.entering, frame) : states.entering.length; ; at++) {
    const index = getPair(states.entering, at, frame) - edges.length;
    if (index < 0) break;
    if (extra.caller[index] === frame) continue;
    if (index >= firstNested) parts.push(getGuess(index));
    else sum += extra.total[index]!;
  }
  const firstLeaving = parts.length;
  for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
    const edge = outgoing.items[at]!;
    if (edges.callee[edge] === frame) continue;
    if (flags[edge]! & StateFlag.free) parts.push(findSorted(free, edge));
    else sum -= edges.total[edge]!;
  }
  for (let at = hasExtra[frame]! & 2 ? findPairs(states.leaving, frame) : states.leaving.length; ; at++) {
    const index = getPair(states.leaving, at, frame) - edges.length;
    if (index < 0) break;
    if (extra.callee[index] !== frame) parts.push(getGuess(index));
  }
  if (parts.length === firstPart) return;
  fixed.push(sum);
  start.push(firstPart, firstLeaving);
}

/**
 * Scales what enters each function by x and what leaves it by 1/x, over and over, with x solving
 *
 *   entering · x + fixed = leaving / x
 */
function sweep(balances: Balances, guess: Guess): void {
  if (balances.fixed.length === 0) return;
  const fixed = Float64Array.from(balances.fixed);
  balances.start.push(balances.parts.length);
  const start = Int32Array.from(balances.start);
  const parts = Int32Array.from(balances.parts);
  const { total } = guess;
  const sweeps = Math.max(4, Math.min(400, Math.floor(SWEEP_WORK / (parts.length + fixed.length))));
  for (let round = 0; round < sweeps; round++) {
    let isAtRest = true;
    for (let at = 0; at < fixed.length; at++) {
      const first = start[2 * at]!;
      const middle = start[2 * at + 1]!;
      const end = start[2 * at + 2]!;
      let inSum = 0;
      for (let part = first; part < middle; part++) inSum += total[parts[part]!]!;
      let outSum = 0;
      for (let part = middle; part < end; part++) outSum += total[parts[part]!]!;
      const rest = fixed[at]!;
      let x: number;
      if (inSum > 0) x = (-rest + Math.sqrt(rest * rest + 4 * inSum * outSum)) / (2 * inSum);
      else if (rest > 0 && outSum > 0) x = outSum / rest;
      else continue;
      x = Math.min(Math.max(x, 1e-9), 1e9);
      if (Math.abs(x - 1) < 1e-12) continue;
      isAtRest = scale(guess, parts, first, middle, x, isAtRest);
      isAtRest = scale(guess, parts, middle, end, 1 / x, isAtRest);
    }
    if (isAtRest) break;
  }
}

/** Scales some guesses within their range. Whether all are at rest still; how far one moves is asked until one is not. */
function scale(
  { total, low, high }: Guess,
  parts: Int32Array,
  from: number,
  to: number,
  factor: number,
  wereAtRest: boolean,
): boolean {
  let areAtRest = wereAtRest;
  for (let part = from; part < to; part++) {
    const at = parts[part]!;
    const before = total[at]!;
    const after = Math.min(Math.max(before * factor, low[at]!), high[at]!);
    total[at] = after;
    if (areAtRest && before > 0) areAtRest = Math.abs(after - before) / before < CLOSE_ENOUGH;
  }
  return areAtRest;
}

/** Self time was split by calls; no state may have more of it than its total. */
function moveSelf({ edges, extra, split }: DraftStates): void {
  split.forEach((edge, index) => {
    const nested = extra.length - split.length + index;
    const excess = Math.max(0, extra.self[nested]! - extra.total[nested]!);
    extra.self[nested]! -= excess;
    edges.self[edge]! += excess;
    const back = Math.max(0, edges.self[edge]! - edges.total[edge]!);
    edges.self[edge]! -= back;
    extra.self[nested]! += back;
    extra.total[nested] = Math.max(extra.total[nested]!, extra.self[nested]!);
  });
}

/** Position of a value in a rising sequence that has it. */
function findSorted(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
