/**
 * Edges as states: what a place in the tree can be an instance of.
 *
 *   0 .. edges-1               the edges of the file; a recursive edge keeps its *outermost* calls only
 *   edges .. firstNested-1     roots: calls from outside, caller -1
 *   firstNested .. length-1    the *nested* calls of recursive edges, made inside another call of the same edge
 *
 * Only an edge between several functions that call each other in a circle is split. The total of its outermost calls
 * stands in the file; that of the nested ones is unknown, so their columns are filled in by totals.ts.
 */
import { type Adjacency, groupByKey } from './adjacency.ts';
import type { CallGraph } from './call-graph.ts';
import { isInner } from './components.ts';
import type { Wiring } from './reconcile.ts';
import { findSoftRoots, type Root } from './roots.ts';

/** What is known about a state: bits of its flags. */
export const StateFlag = {
  /** Its total is not in the file but estimated. */
  free: 1,
  /** As a caller it is no exact row: free, part of a split edge, or a soft root. */
  vague: 2,
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
  /** The file lost it; it was put back where alone it fits. */
  putBack: 128,
} as const;

/** Columns of equal length, in the units of the call graph. */
export interface States {
  readonly length: number;
  readonly firstNested: number;
  /** -1 for a root. */
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  readonly calls: Float64Array;
  readonly self: Float64Array;
  /** Time of all calls of the state, recursion counted each time: the file's, or an estimate (free). */
  readonly total: Float64Array;
  /** Time of the edge's outermost calls by the file: what any one place in the tree can have at most. */
  readonly measured: Float64Array;
  /** The nested state of a split edge and the outermost one of a nested state; -1 for all others. */
  readonly twin: Int32Array;
  readonly flags: Uint8Array;
  /** States by callee and by caller. */
  readonly incoming: Adjacency;
  readonly outgoing: Adjacency;
}

/** States of a graph with these roots. Totals are the file's; those of nested states are 0 still. Linear. */
export function buildStates(graph: CallGraph, wiring: Wiring, roots: readonly Root[]): States {
  const { edges, functions } = graph;
  const split: number[] = [];
  for (let edge = 0; edge < edges.length; edge++) {
    const recursive = edges.calls[edge]! > Math.max(1, edges.outerCalls[edge]!);
    const callee = edges.callee[edge]!;
    if (recursive && isInner(wiring.components, edges.caller[edge]!, callee)) {
      if (wiring.components.size[wiring.components.component[callee]!]! > 1) split.push(edge);
    }
  }
  const firstNested = edges.length + roots.length;
  const length = firstNested + split.length;
  const caller = new Int32Array(length);
  const callee = new Int32Array(length);
  const calls = new Float64Array(length);
  const self = new Float64Array(length);
  const measured = new Float64Array(length);
  const total = new Float64Array(length);
  const twin = new Int32Array(length).fill(-1);
  const flags = new Uint8Array(length);

  caller.set(edges.caller);
  callee.set(edges.callee);
  calls.set(edges.calls);
  self.set(edges.self);
  for (let edge = 0; edge < edges.length; edge++) {
    measured[edge] = total[edge] = Math.max(edges.total[edge]!, edges.self[edge]!);
    if (edges.countOnly[edge]) flags[edge]! |= StateFlag.countOnly;
    if (edge >= graph.firstPutBack) flags[edge]! |= StateFlag.putBack;
    if (edges.calls[edge] === edges.outerCalls[edge]) flags[edge]! |= StateFlag.unnested;
    else if (edges.calls[edge]! > edges.outerCalls[edge]! && isInner(wiring.components, caller[edge]!, callee[edge]!)) {
      flags[edge]! |= StateFlag.free;
    }
  }
  const soft = findSoftRoots(roots, wiring);
  roots.forEach((root, index) => {
    const state = edges.length + index;
    caller[state] = -1;
    callee[state] = root.frame;
    calls[state] = root.calls;
    self[state] = root.self;
    measured[state] = total[state] = Math.max(root.total, root.self);
    flags[state] = StateFlag.unnested | (soft[index] ? StateFlag.soft : 0);
  });
  split.forEach((edge, index) => {
    const state = firstNested + index;
    const outer = Math.max(1, edges.outerCalls[edge]!);
    // Own time is split by calls: nothing in the file says more.
    const outerSelf = Math.min(Math.floor((edges.self[edge]! * outer) / edges.calls[edge]!), edges.total[edge]!);
    caller[state] = edges.caller[edge]!;
    callee[state] = edges.callee[edge]!;
    calls[state] = edges.calls[edge]! - outer;
    self[state] = edges.self[edge]! - outerSelf;
    measured[state] = measured[edge]!;
    calls[edge] = outer;
    self[edge] = outerSelf;
    twin[state] = edge;
    twin[edge] = state;
    flags[state] = StateFlag.unnested | StateFlag.free | (flags[edge]! & StateFlag.countOnly);
    flags[edge] = (flags[edge]! & ~StateFlag.free) | StateFlag.unnested;
  });
  const incoming = groupByKey(callee, functions.length);
  const outgoing = groupByKey(caller, functions.length);
  return { length, firstNested, caller, callee, calls, self, total, measured, twin, flags, incoming, outgoing };
}
