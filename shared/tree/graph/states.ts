/**
 * Edges as states: what a place in the tree can be an instance of.
 *
 *   0 .. edges-1               the edges of the file; a recursive edge keeps its *outermost* calls only
 *   edges .. firstNested-1     roots: calls from outside, caller -1
 *   firstNested .. length-1    the *nested* calls of recursive edges, made inside another call of the same edge
 *
 * Only an edge between several functions that call each other in a circle is split. The total of its outermost calls
 * stands in the file; that of the nested ones is unknown, and filled in by totals.ts.
 *
 * What comes after the edges is little, as a rule, and has columns of its own here; an edge's numbers are the graph's.
 */
import { type FewPairs, sortPairs } from './adjacency.ts';
import type { CallGraph, EdgeNumbers } from './call-graph.ts';
import { isInner } from './components.ts';
import type { Wiring } from './reconcile.ts';
import { findSoftRoots, type Root } from './roots.ts';

/** What is known about a state: bits of its flags. */
export const StateFlag = {
  /** Its total is not in the file but estimated. */
  free: 1,
  /** An edge whose nested calls are a state of their own. */
  split: 2,
  /** A root whose total is a share of what its circle needs. */
  soft: 4,
  /** Its times were shared out by counts, and there were several to share among. */
  guessed: 8,
  /** The file proves that there is only one path to it. */
  sole: 16,
  /** None of its calls was made inside another one of it. */
  unnested: 32,
  /** The file has its count only. */
  countOnly: 64,
  /** Its numbers are not those of a call of the profile: they stand among the graph's own. */
  own: 128,
} as const;

/** As a caller such a state is no exact row. */
export const VAGUE = StateFlag.free | StateFlag.split | StateFlag.soft;

/** Roots and nested states, columns of equal length: state `edges + index`. */
export interface ExtraStates {
  readonly length: number;
  /** -1 for a root. */
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  readonly calls: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** States while they are being worked out. */
export interface DraftStates {
  readonly length: number;
  readonly firstNested: number;
  readonly edges: EdgeNumbers;
  readonly extra: ExtraStates;
  readonly flags: Uint8Array;
  /** Edges that were split, rising: the nested states are theirs, in this order. */
  readonly split: Int32Array;
  /** Edges whose total is estimated, rising, and what the file has for them. */
  readonly free: Int32Array;
  readonly freeMeasured: Float64Array;
  /** Roots and nested states by callee, nested states by caller. */
  readonly entering: FewPairs;
  readonly leaving: FewPairs;
  /** By function: 1 some of them enter it, 2 some leave it, 3 both. */
  readonly hasExtra: Uint8Array;
}

/** States of a graph with these roots. Totals of nested states are 0 still. Changes the edges that it splits. Linear. */
export function buildStates(graph: CallGraph, wiring: Wiring, roots: readonly Root[]): DraftStates {
  const recursion = findRecursion(graph, wiring);
  const split = Int32Array.from(recursion.split);
  const free = Int32Array.from(recursion.free);
  // The profile's own counts are not written to.
  const edges = split.length > 0 ? { ...graph.edges, calls: graph.edges.calls.slice() } : graph.edges;
  const firstNested = edges.length + roots.length;
  const length = firstNested + split.length;
  const flags = new Uint8Array(length);
  for (let edge = 0; edge < edges.length; edge++) {
    if (edges.calls[edge] === edges.outerCalls[edge]) flags[edge] = StateFlag.unnested;
  }
  for (let edge = 0; edges.countOnly && edge < edges.length; edge++) {
    if (edges.countOnly[edge]) flags[edge]! |= StateFlag.countOnly;
  }
  for (const edge of free) flags[edge]! |= StateFlag.free;
  const extra = makeExtra(roots.length + split.length);
  const soft = findSoftRoots(roots, wiring);
  roots.forEach((root, index) => {
    extra.caller[index] = -1;
    extra.callee[index] = root.frame;
    extra.calls[index] = root.calls;
    extra.self[index] = root.self;
    extra.total[index] = Math.max(root.total, root.self);
    flags[edges.length + index] = StateFlag.unnested | (soft[index] ? StateFlag.soft : 0);
  });
  split.forEach((edge, index) => {
    const at = roots.length + index;
    const outer = Math.max(1, edges.outerCalls[edge]!);
    // Own time is split by calls: nothing in the file says more.
    const outerSelf = Math.min(Math.floor((edges.self[edge]! * outer) / edges.calls[edge]!), edges.total[edge]!);
    extra.caller[at] = edges.caller[edge]!;
    extra.callee[at] = edges.callee[edge]!;
    extra.calls[at] = edges.calls[edge]! - outer;
    extra.self[at] = edges.self[edge]! - outerSelf;
    edges.calls[edge] = outer;
    edges.self[edge] = outerSelf;
    flags[firstNested + index] = StateFlag.unnested | StateFlag.free | (flags[edge]! & StateFlag.countOnly);
    flags[edge]! |= StateFlag.split | StateFlag.unnested;
  });
  const hasExtra = new Uint8Array(graph.functions.length);
  for (const callee of extra.callee) hasExtra[callee]! |= 1;
  for (const caller of extra.caller) if (caller >= 0) hasExtra[caller]! |= 2;
  return {
    length,
    firstNested,
    edges,
    extra,
    flags,
    split,
    free,
    freeMeasured: Float64Array.from(free, (edge) => edges.total[edge]!),
    entering: sortPairs(extra.callee, edges.length),
    leaving: sortPairs(extra.caller, edges.length),
    hasExtra,
  };
}

/** Edges of circles with nested calls: those that are split, and those whose total becomes an estimate. */
function findRecursion({ edges }: CallGraph, { circles }: Wiring): { split: number[]; free: number[] } {
  const split: number[] = [];
  const free: number[] = [];
  for (let edge = 0; edge < edges.length; edge++) {
    if (edges.calls[edge] === edges.outerCalls[edge]) continue;
    const callee = edges.callee[edge]!;
    if (!isInner(circles, edges.caller[edge]!, callee)) continue;
    const isInCircle = circles.size[circles.of[callee]!]! > 1;
    if (isInCircle && edges.calls[edge]! > Math.max(1, edges.outerCalls[edge]!)) split.push(edge);
    else free.push(edge);
  }
  return { split, free };
}

function makeExtra(length: number): ExtraStates {
  return {
    length,
    caller: new Int32Array(length),
    callee: new Int32Array(length),
    calls: new Float64Array(length),
    self: new Float64Array(length),
    total: new Float64Array(length),
  };
}
