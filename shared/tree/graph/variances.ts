/**
 * How much the time of one call varies, per function: the evidence on whose callees made one caller's calls dearer
 * than another's.
 *
 * A function's calls vary with its callees (a callee that is called by some calls only, or whose own calls vary), and
 * at least as much as its callers' means differ. Values are squares of units per call.
 */
import type { CallGraph } from './call-graph.ts';
import type { Components } from './components.ts';
import type { States } from './states.ts';

/** Rounds inside a circle of functions; more change nothing that can be measured. */
const ROUNDS = 2;

/** Variance of the total of one call of each function. Callees first; linear. */
export function computeVariances(graph: CallGraph, states: States, components: Components): Float64Array {
  const { functions } = graph;
  const { outgoing } = states;
  const variance = new Float64Array(functions.length);
  const { order } = components;
  let next = new Float64Array(0);
  for (let from = 0; from < order.length; ) {
    const frames = order.subarray(from, from + components.size[components.component[order[from]!]!]!);
    from += frames.length;
    if (next.length < frames.length) next = new Float64Array(frames.length);
    // All from the values of the round before, so that the order of the file does not matter.
    for (let round = components.cyclic[frames[0]!] ? ROUNDS : 1; round > 0; round--) {
      frames.forEach((frame, index) => {
        let sum = 0;
        for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
          const state = outgoing.items[at]!;
          sum += getCalleeVariance(functions.calls, states, variance, state);
        }
        // No function takes always the same time: 5 % of its self time.
        const own = (0.05 * functions.self[frame]!) / (functions.calls[frame]! || 1);
        next[index] = Math.max(sum, getBetween(graph, states, frame)) + own * own;
      });
      frames.forEach((frame, index) => {
        variance[frame] = next[index]!;
      });
    }
  }
  return variance;
}

/** Variance of the callers' means around the function's mean. */
function getBetween({ functions }: CallGraph, { incoming, total, calls }: States, frame: number): number {
  const count = functions.calls[frame]! || 1;
  let mean = 0;
  for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) mean += total[incoming.items[at]!]!;
  mean /= count;
  let between = 0;
  for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
    const state = incoming.items[at]!;
    if (calls[state]! > 0) between += calls[state]! * (total[state]! / calls[state]! - mean) ** 2;
  }
  return between / count;
}

/** Variance that one call of a state's caller gets from the state; `callsOf` and `varianceOf` are by function. */
export function getCalleeVariance(
  callsOf: Float64Array,
  { caller, callee, calls, total }: States,
  varianceOf: Float64Array,
  state: number,
): number {
  const count = calls[state]!;
  if (count === 0) return 0;
  const callers = callsOf[caller[state]!]! || 1;
  const rate = count / callers;
  const mean = total[state]! / count;
  // Called by some calls only; the same number of times by each; or now and then more often.
  let spread = rate;
  if (rate < 1) spread = rate * (1 - rate);
  else if (count % callers === 0) spread = 0;
  return rate * varianceOf[callee[state]!]! + spread * mean * mean;
}
