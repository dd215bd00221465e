/**
 * Everything about a call graph that is computed before the first node of its tree is shown.
 *
 *   Profile → normal form → components → (times shared out, entries raised) → roots → states
 *                                                                               ├→ totals of recursive calls
 *                                                                               ├→ variances, lexical parents
 *                                                                               ├→ dominators
 *                                                                               └→ proofs, warnings
 *
 * The result is plain data (typed arrays, numbers, strings): a worker prepares it and posts it, the page opens nodes.
 * Cost: linear in functions and calls, but for the balancing of recursive totals, whose work is bounded.
 */
import type { ProfileWarning } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { groupByKey } from './graph/adjacency.ts';
import { type Components, findComponents } from './graph/components.ts';
import { type Dominance, findDominators } from './graph/dominators.ts';
import { findLexicalParents, type Lexicon } from './graph/lexical-parents.ts';
import { putBackLostCalls } from './graph/lost-calls.ts';
import { normalise } from './graph/normal-form.ts';
import { isUnbalanced, markProofs } from './graph/proofs.ts';
import { shareOutTimes, trustEdges } from './graph/reconcile.ts';
import { findRoots } from './graph/roots.ts';
import { buildStates, type States } from './graph/states.ts';
import { estimateTotals } from './graph/totals.ts';
import { computeVariances } from './graph/variances.ts';
import { CONTRADICTIONS, WarningList } from './graph/warning-list.ts';
import { compareFrames } from './key-order.ts';

/** A call graph ready to be unfolded. Safe to post to another thread; nothing changes it. */
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
  /** By frame, normal form. */
  readonly functions: {
    readonly calls: Float64Array;
    readonly outerCalls: Float64Array;
    readonly self: Float64Array;
    readonly total: Float64Array;
    /** Variance of the total of one call. */
    readonly variance: Float64Array;
  };
  readonly edgeCount: number;
  readonly states: States;
  readonly components: Components;
  readonly dominance: Dominance;
  readonly lexicon: Lexicon;
  /** Callers' and callees' times differ so much that small differences are no evidence. */
  readonly unbalanced: boolean;
  /** Contradictions found on the way. */
  readonly warnings: readonly ProfileWarning[];
}

/** Prepares one metric of a profile (the first by default) for being unfolded into trees. */
export function prepareCallGraph(profile: Profile, metric = 0): PreparedGraph {
  const warnings = new WarningList();
  const graph = putBackLostCalls(profile, normalise(profile, metric, warnings), warnings);
  const incoming = groupByKey(graph.edges.callee, graph.functions.length);
  const outgoing = groupByKey(graph.edges.caller, graph.functions.length);
  const components = findComponents(graph.edges.callee, outgoing);
  sortCircles(profile, components);
  const wiring = { incoming, outgoing, components };
  shareOutTimes(graph, wiring, warnings);
  trustEdges(profile, graph, wiring, warnings);
  const roots = findRoots(graph, wiring, (a, b) => compareFrames(profile, a, b), warnings);
  const states = buildStates(graph, wiring, roots);
  estimateTotals(graph, states, components);
  const edgeCount = graph.edges.length;
  markProofs(states, components, edgeCount);
  const unbalanced = isUnbalanced(states, components.cyclic);
  if (unbalanced) warnings.add(CONTRADICTIONS.unbalanced);
  const { calls, outerCalls, self, total } = graph.functions;
  return {
    metric,
    scale: graph.scale,
    resolution: findResolution([graph.functions.self, graph.functions.total, graph.edges.total]),
    hasCounts: graph.hasCounts,
    showsCalls: graph.hasCounts && !profile.traits.sampled,
    functions: { calls, outerCalls, self, total, variance: computeVariances(graph, states, components) },
    edgeCount,
    states,
    components,
    dominance: findDominators(states, components, edgeCount),
    lexicon: findLexicalParents(profile),
    unbalanced,
    warnings: warnings.toArray(),
  };
}

/** Greatest number that all values are multiples of, at least 1. As a rule a few values show that it is 1. */
function findResolution(columns: readonly Float64Array[]): number {
  let common = 0;
  for (const column of columns) {
    for (const value of column) {
      for (let rest = value; rest > 0; ) [common, rest] = [rest, common % rest];
      if (common === 1) return 1;
    }
  }
  return Math.max(1, common);
}

/** Puts the functions of each circle in key order: balancing goes through them in turn. */
function sortCircles(profile: Profile, { order, component, size }: Components): void {
  for (let from = 0; from < order.length; ) {
    const count = size[component[order[from]!]!]!;
    if (count > 1) order.subarray(from, from + count).sort((a, b) => compareFrames(profile, a, b));
    from += count;
  }
}
