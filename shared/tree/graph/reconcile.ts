/**
 * Makes functions and edges agree, once it is known which functions are recursive.
 *
 * 1. Edges with a count only (`profile`, sampled files) get times: the callee's, shared out by calls.
 * 2. A function's own entry may be smaller than its edges together (several code objects under one label overwrite
 *    each other's entry while their edges add up; merged files). The edges are what the tree is made of, so they win.
 *
 * Changes the graph in place.
 */
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { Adjacency } from './adjacency.ts';
import type { CallGraph } from './call-graph.ts';
import { type Circles, type Components, isInner } from './components.ts';
import { CONTRADICTIONS, type WarningList } from './warning-list.ts';

/** What is known of the graph besides its numbers. */
export interface Wiring {
  /** First edge that enters each function; they are one run, and the next function's run follows. */
  readonly entering: Int32Array;
  readonly outgoing: Adjacency;
  readonly components: Components;
  readonly circles: Circles;
}

/** Gives edges with a count only their share of the callee's times, and says so in `warnings`. Linear. */
export function shareOutTimes(graph: CallGraph, wiring: Wiring, warnings: WarningList): void {
  const { functions, edges } = graph;
  const { entering, circles } = wiring;
  const { countOnly } = edges;
  if (countOnly === null) return;
  let shared = 0;
  for (let frame = 0; frame < functions.length; frame++) {
    const from = entering[frame]!;
    const to = entering[frame + 1]!;
    let callsOfEdges = 0;
    let callsOfInner = 0;
    let count = 0;
    for (let edge = from; edge < to; edge++) {
      callsOfEdges += edges.calls[edge]!;
      if (isInner(circles, edges.caller[edge]!, frame)) callsOfInner += edges.calls[edge]!;
      count += countOnly[edge]!;
    }
    if (count === 0) continue;
    shared += count;
    const calls = Math.max(1, functions.calls[frame]!, callsOfEdges);
    const outerCalls = Math.max(1, functions.outerCalls[frame]!);
    const self = functions.self[frame]!;
    const total = functions.total[frame]!;
    const recursive = calls !== outerCalls && circles.of[frame]! >= 0;
    for (let edge = from; edge < to; edge++) {
      if (!countOnly[edge]) continue;
      const k = edges.calls[edge]!;
      let divisor = calls;
      if (recursive) {
        // The total is that of outermost calls: those from outside the circle have most of it.
        if (isInner(circles, edges.caller[edge]!, frame)) {
          edges.outerCalls[edge] = Math.min(k, Math.max(1, Math.round((k * outerCalls) / calls)));
        } else divisor = Math.max(1, calls - callsOfInner);
      }
      edges.self[edge] = Math.floor((self * k) / calls);
      edges.total[edge] = Math.max(Math.floor((total * k) / divisor), edges.self[edge]!);
    }
  }
  if (shared > 0) warnings.add(CONTRADICTIONS.callsWithoutTimes, null, shared);
}

/** Raises functions to what their edges say, and says so in `warnings`. Linear. */
export function trustEdges(profile: Profile, graph: CallGraph, wiring: Wiring, warnings: WarningList): void {
  const { functions, edges, hasCounts } = graph;
  const { entering, outgoing, circles } = wiring;
  const anyShared = edges.countOnly !== null;
  for (let frame = 0; frame < functions.length; frame++) {
    const from = entering[frame]!;
    const to = entering[frame + 1]!;
    let calls = 0;
    let self = 0;
    let largest = 0;
    for (let edge = from; edge < to; edge++) {
      calls += edges.calls[edge]!;
      self += edges.self[edge]!;
      if (edges.total[edge]! > largest) largest = edges.total[edge]!;
    }
    // The top entry of `profile` is all zero, although it called everything.
    const isEmptyTop =
      from === to && functions.total[frame] === 0 && outgoing.start[frame] !== outgoing.start[frame + 1];
    if (isEmptyTop) functions.unknown[frame] = 1;
    const unknown = functions.unknown[frame] === 1;
    if (unknown) {
      functions.calls[frame] = functions.outerCalls[frame] = Math.max(1, calls);
      functions.total[frame] = sumOfCallees(graph, wiring, frame);
    }
    const callsGrow = hasCounts && calls > functions.calls[frame]!;
    // Each edge was rounded to a whole unit, so as many units are no contradiction.
    const selfContradicts = self > functions.self[frame]! + (to - from) + 1e-6 * self;
    const totalContradicts = largest > functions.total[frame]! * (1 + 1e-6) + 1;
    if (!anyShared && (((callsGrow || selfContradicts) && !unknown) || totalContradicts)) {
      const both = (callsGrow || selfContradicts) && !unknown && totalContradicts;
      warnings.add(CONTRADICTIONS.entryBelowCallers, () => getFrameKey(profile, frame), both ? 2 : 1);
    }
    if (callsGrow) functions.calls[frame] = calls;
    functions.self[frame] = Math.max(functions.self[frame]!, self);
    functions.total[frame] = Math.max(functions.total[frame]!, largest);
    if (circles.of[frame]! < 0) functions.total[frame] = Math.max(functions.total[frame]!, functions.self[frame]!);
  }
}

function sumOfCallees({ edges }: CallGraph, { outgoing, circles }: Wiring, frame: number): number {
  let sum = 0;
  for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
    const edge = outgoing.items[at]!;
    if (!isInner(circles, frame, edges.callee[edge]!)) sum += edges.total[edge]!;
  }
  return sum;
}
