/**
 * Everything about a call graph that is computed before the first node of its tree is shown.
 *
 *   Profile → normal form → components → (times shared out, entries raised) → roots → states
 *                                                                               ├→ totals of recursive calls
 *                                                                               ├→ proofs, warnings
 *                                                                               ├→ variances
 *                                                                               ├→ dominators
 *                                                                               └→ what to keep: own numbers, flags
 *
 * The result is plain data (typed arrays, numbers, strings): a worker prepares it and posts it, the page opens nodes. It
 * holds only what the profile beside it does not say. Cost: linear in functions and calls, but for the balancing of
 * recursive totals, whose work is bounded.
 */
import type { ProfileWarning } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { type Adjacency, findRuns, groupByKey } from './graph/adjacency.ts';
import type { CallGraph } from './graph/call-graph.ts';
import { type Circles, type Components, findComponents, listCircles } from './graph/components.ts';
import { type Dominance, findDominators } from './graph/dominators.ts';
import { putBackLostCalls } from './graph/lost-calls.ts';
import { normalise } from './graph/normal-form.ts';
import type { OwnFunctions, OwnStates } from './graph/numbers.ts';
import { keepOwnFunctions, keepOwnStates } from './graph/own-numbers.ts';
import { isUnbalanced, markProofs } from './graph/proofs.ts';
import { shareOutTimes, trustEdges, type Wiring } from './graph/reconcile.ts';
import { findRoots } from './graph/roots.ts';
import { buildStates } from './graph/states.ts';
import { estimateTotals } from './graph/totals.ts';
import { computeVariances } from './graph/variances.ts';
import { CONTRADICTIONS, WarningList } from './graph/warning-list.ts';
import { compareFrames, sortByFrame } from './key-order.ts';

/**
 * A call graph ready to be unfolded: what the profile does not say, or not in a form that is quick to use. The numbers
 * themselves are read by `GraphNumbers`. Safe to post to another thread; nothing changes it.
 */
export interface PreparedGraph {
  /** Index of the metric. */
  readonly metric: number;
  /** Units of the numbers below per unit of the metric (nanoseconds for seconds). */
  readonly scale: number;
  /** Units per tick of the file's clock: all times are multiples of it. */
  readonly resolution: number;
  /** Whether the file has call counts. */
  readonly hasCounts: boolean;
  /** Whether a node's calls can be told: false for sampled files too. */
  readonly showsCalls: boolean;
  readonly functions: {
    /** By frame, 1: none of its calls was made inside another one of it. */
    readonly neverInside: Uint8Array;
    /** By frame, variance of the total of one call. */
    readonly variance: Float64Array;
    readonly own: OwnFunctions;
  };
  /** Calls of the profile, and those put back among them. */
  readonly edgeCount: number;
  readonly states: {
    readonly length: number;
    readonly firstNested: number;
    readonly flags: Uint8Array;
    /** Edges that are not in the file but were put back; rising. */
    readonly putBack: Int32Array;
    readonly own: OwnStates;
  };
  /** First edge that enters each function; they are one run, and the next function's run follows. */
  readonly entering: Int32Array;
  /** Edges by caller. */
  readonly outgoing: Adjacency;
  readonly circles: Circles;
  readonly dominance: Dominance;
  /** Callers' and callees' times differ so much that small differences are no evidence. */
  readonly unbalanced: boolean;
  /** Contradictions found on the way. */
  readonly warnings: readonly ProfileWarning[];
}

/** Prepares one metric of a profile (the first by default) for being unfolded into trees. */
export function prepareCallGraph(profile: Profile, metric = 0): PreparedGraph {
  const warnings = new WarningList();
  const graph = putBackLostCalls(profile, normalise(profile, metric, warnings), warnings);
  const wiring = wire(profile, graph);
  const { entering, outgoing, circles } = wiring;
  shareOutTimes(graph, wiring, warnings);
  trustEdges(profile, graph, wiring, warnings);
  const roots = findRoots(graph, wiring, (a, b) => compareFrames(profile, a, b), warnings);
  const resolution = findResolution([graph.functions.self, graph.functions.total, graph.edges.total]);
  const states = buildStates(graph, wiring, roots);
  estimateTotals(graph.functions, states, wiring);
  markProofs(states, wiring);
  const unbalanced = isUnbalanced(states, wiring);
  if (unbalanced) warnings.add(CONTRADICTIONS.unbalanced);
  return {
    metric,
    scale: graph.scale,
    resolution,
    hasCounts: graph.hasCounts,
    showsCalls: graph.hasCounts && !profile.traits.sampled,
    functions: {
      neverInside: findNeverInside(graph),
      variance: computeVariances(graph.functions, states, wiring),
      own: keepOwnFunctions(profile, metric, graph),
    },
    edgeCount: graph.edges.length,
    dominance: findDominators(states, wiring),
    states: {
      length: states.length,
      firstNested: states.firstNested,
      flags: states.flags,
      putBack: graph.putBack,
      own: keepOwnStates(graph, states),
    },
    entering,
    outgoing,
    circles,
    unbalanced,
    warnings: warnings.toArray(),
  };
}

function wire(profile: Profile, { functions, edges }: CallGraph): Wiring {
  const outgoing = groupByKey(edges.caller, functions.length);
  const components = findComponents(edges.callee, outgoing);
  sortCircles(profile, components);
  return { entering: findRuns(edges.callee, functions.length), outgoing, components, circles: listCircles(components) };
}

function findNeverInside({ functions: { calls, outerCalls } }: CallGraph): Uint8Array {
  const neverInside = new Uint8Array(calls.length);
  for (let frame = 0; frame < calls.length; frame++) neverInside[frame] = calls[frame] === outerCalls[frame] ? 1 : 0;
  return neverInside;
}

/** Greatest number that all values are multiples of, at least 1. As a rule a few values show that it is 1. */
function findResolution(columns: readonly Float64Array[]): number {
  let common = 0;
  for (const column of columns) {
    for (const value of column) {
      if (common > 0 && value % common === 0) continue;
      for (let rest = value; rest > 0; ) {
        const next = common % rest;
        common = rest;
        rest = next;
      }
      if (common === 1) return 1;
    }
  }
  return Math.max(1, common);
}

/** Puts the functions of each circle in key order: balancing goes through them in turn. */
function sortCircles(profile: Profile, { order, component, size }: Components): void {
  for (let from = 0; from < order.length; ) {
    const count = size[component[order[from]!]!]!;
    if (count > 1) {
      const frames = order.slice(from, from + count);
      const sorted = sortByFrame(profile, frames);
      for (let at = 0; at < count; at++) order[from + at] = frames[sorted[at]!]!;
    }
    from += count;
  }
}
