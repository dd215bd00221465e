/**
 * How much the time of one call varies, per function: the evidence on whose callees made one caller's calls dearer
 * than another's.
 *
 * A function's calls vary with its callees (a callee that is called by some calls only, or whose own calls vary), and
 * at least as much as its callers' means differ. Values are squares of units per call.
 */
import { findPairs, getPair } from './adjacency.ts';
import type { FunctionNumbers } from './call-graph.ts';
import type { Wiring } from './reconcile.ts';
import type { DraftStates } from './states.ts';

/** Rounds inside a circle of functions; more change nothing that can be measured. */
const ROUNDS = 2;

/** Variance of the total of one call of each function. Callees first; linear. */
export function computeVariances(functions: FunctionNumbers, states: DraftStates, wiring: Wiring): Float64Array {
  return new Variances(functions, states, wiring).compute();
}

/**
 * A function outside circles hands what its callers get from it up to them as soon as it is known: its calls stand next
 * to each other, those that a caller makes are all over the place. Functions of a circle gather it instead, twice.
 */
class Variances {
  readonly #functions: FunctionNumbers;
  readonly #states: DraftStates;
  readonly #wiring: Wiring;
  readonly #variance: Float64Array;
  /** By function: its calls, and beside them the variance that one of them gets from the callees known so far. */
  readonly #callers: Float64Array;

  constructor(functions: FunctionNumbers, states: DraftStates, wiring: Wiring) {
    this.#functions = functions;
    this.#states = states;
    this.#wiring = wiring;
    this.#variance = new Float64Array(functions.length);
    this.#callers = new Float64Array(2 * functions.length);
    for (let frame = 0; frame < functions.length; frame++) this.#callers[2 * frame] = functions.calls[frame]!;
  }

  compute(): Float64Array {
    const { components, circles } = this.#wiring;
    const { order, size, component } = components;
    for (let from = 0; from < order.length; ) {
      const frame = order[from]!;
      if (circles.of[frame]! < 0) {
        this.#variance[frame] = this.#withOwn(frame, this.#callers[2 * frame + 1]!);
        this.#handUp(frame);
        from++;
        continue;
      }
      const frames = order.subarray(from, from + size[component[frame]!]!);
      this.#computeCircle(frames);
      for (let at = 0; at < frames.length; at++) this.#handUp(frames[at]!);
      from += frames.length;
    }
    return this.#variance;
  }

  #computeCircle(frames: Int32Array): void {
    const next = new Float64Array(frames.length);
    // All from the values of the round before, so that the order of the file does not matter.
    for (let round = 0; round < ROUNDS; round++) {
      for (let at = 0; at < frames.length; at++) next[at] = this.#withOwn(frames[at]!, this.#gather(frames[at]!));
      for (let at = 0; at < frames.length; at++) this.#variance[frames[at]!] = next[at]!;
    }
  }

  #withOwn(frame: number, fromCallees: number): number {
    const { self, calls } = this.#functions;
    // No function takes always the same time: 5 % of its self time.
    const own = (0.05 * self[frame]!) / (calls[frame]! || 1);
    return Math.max(fromCallees, this.#getBetween(frame)) + own * own;
  }

  /** Adds what callers get from a function. Roots are called by nobody, and only circles have nested states. */
  #handUp(frame: number): void {
    const { entering } = this.#wiring;
    const { caller, calls, total } = this.#states.edges;
    const callers = this.#callers;
    const variance = this.#variance[frame]!;
    const to = entering[frame + 1]!;
    for (let edge = entering[frame]!; edge < to; edge++) {
      const at = 2 * caller[edge]!;
      callers[at + 1]! += getCalleeVariance(calls[edge]!, total[edge]!, callers[at]!, variance);
    }
  }

  /** Variance that one call of a function in a circle gets from its callees. */
  #gather(frame: number): number {
    const { edges, extra, leaving, hasExtra } = this.#states;
    const { start, items } = this.#wiring.outgoing;
    const variance = this.#variance;
    const callers = this.#functions.calls[frame]!;
    let sum = 0;
    for (let at = start[frame]!; at < start[frame + 1]!; at++) {
      const edge = items[at]!;
      sum += getCalleeVariance(edges.calls[edge]!, edges.total[edge]!, callers, variance[edges.callee[edge]!]!);
    }
    if ((hasExtra[frame]! & 2) === 0) return sum;
    for (let at = findPairs(leaving, frame); ; at++) {
      const index = getPair(leaving, at, frame) - edges.length;
      if (index < 0) return sum;
      sum += getCalleeVariance(extra.calls[index]!, extra.total[index]!, callers, variance[extra.callee[index]!]!);
    }
  }

  /** Variance of the callers' means around the function's mean. */
  #getBetween(frame: number): number {
    const { edges, extra, entering, hasExtra } = this.#states;
    const { calls, total } = edges;
    const count = this.#functions.calls[frame]! || 1;
    const from = this.#wiring.entering[frame]!;
    const to = this.#wiring.entering[frame + 1]!;
    const isEntered = (hasExtra[frame]! & 1) !== 0;
    // As most functions have: one caller, whose mean is the function's.
    if (!isEntered && to - from === 1 && calls[from] === count) return 0;
    const firstExtra = isEntered ? findPairs(entering, frame) : entering.length;
    let mean = 0;
    for (let edge = from; edge < to; edge++) mean += total[edge]!;
    for (let at = firstExtra; at < entering.length; at++) {
      const index = getPair(entering, at, frame) - edges.length;
      if (index < 0) break;
      mean += extra.total[index]!;
    }
    mean /= count;
    let between = 0;
    for (let edge = from; edge < to; edge++) between += getDeviation(calls[edge]!, total[edge]!, mean);
    for (let at = firstExtra; at < entering.length; at++) {
      const index = getPair(entering, at, frame) - edges.length;
      if (index < 0) break;
      between += getDeviation(extra.calls[index]!, extra.total[index]!, mean);
    }
    return between / count;
  }
}

function getDeviation(calls: number, total: number, mean: number): number {
  const off = total / calls - mean;
  return calls > 0 ? calls * off * off : 0;
}

/**
 * Variance that one call of a caller gets from a state of `count` calls and `total` time, whose function has this
 * variance; the caller was called `callers` times.
 */
export function getCalleeVariance(count: number, total: number, callers: number, variance: number): number {
  if (count === 0) return 0;
  const rate = count / (callers || 1);
  const mean = total / count;
  // Called by some calls only; the same number of times by each; or now and then more often.
  let spread = rate;
  if (rate < 1) spread = rate * (1 - rate);
  else if (count % (callers || 1) === 0) spread = 0;
  return rate * variance + spread * mean * mean;
}
