/**
 * Puts back a call that the file lost because two pieces of code have one label.
 *
 * cProfile keys its entries by (file, line, name) and the last piece of code wins: the others' own numbers *and their
 * caller entries* are gone, while their calls to others stay. `python -m cProfile -m MODULE` runs into it whenever a
 * library evaluates a string, because both that string and the program's start are `<string>:1(<module>)`:
 *
 *   exec 1.45 s ──(lost)──▷ <string>:1(<module>) 331 ns ──▷ run_module 1.45 s ──▷ … ──▷ exec
 *
 * Left alone, nothing leads to run_module any more, and half of the picture stays empty. The callees prove how much
 * time was lost (D). Only a function that took at least D in one go, and has D to spare beside its other callees, can
 * have made the call. If there is exactly one, the call is put back there with total D; its place in the tree is never
 * called more than *matched*. Otherwise nothing is done.
 *
 * Not handled: several lost calls of one function by different callers; files without counts or times on edges.
 */
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { CallGraph, EdgeNumbers } from './call-graph.ts';
import { CONTRADICTIONS, type WarningList } from './warning-list.ts';

/** Smaller losses are not worth a guess: nobody would see them. Share of all self time. */
const LEAST_SHARE = 0.01;

interface LostCall {
  readonly caller: number;
  readonly callee: number;
  readonly total: number;
}

/** The graph with lost calls put back and counted in `warnings`, or the very same graph. Linear. */
export function putBackLostCalls(profile: Profile, graph: CallGraph, warnings: WarningList): CallGraph {
  if (!graph.hasCounts || profile.traits.sampled || graph.edges.countOnly.includes(1)) return graph;
  const lost = findLostCalls(graph);
  for (const { callee } of lost) warnings.add(CONTRADICTIONS.lostCall, () => getFrameKey(profile, callee));
  return lost.length > 0 ? addCalls(graph, lost) : graph;
}

function findLostCalls(graph: CallGraph): LostCall[] {
  const { functions, edges } = graph;
  const calleeTime = new Float64Array(functions.length);
  const callerTime = new Float64Array(functions.length);
  // 1: calls inside calls, so that times of callees may add up to more than the function's own total.
  const recursive = new Uint8Array(functions.length);
  for (let edge = 0; edge < edges.length; edge++) {
    calleeTime[edges.caller[edge]!]! += edges.total[edge]!;
    callerTime[edges.callee[edge]!]! += edges.total[edge]!;
    if (edges.calls[edge] !== edges.outerCalls[edge]) recursive[edges.caller[edge]!] = 1;
  }
  let all = 0;
  for (let frame = 0; frame < functions.length; frame++) {
    all += functions.self[frame]!;
    if (functions.calls[frame] !== functions.outerCalls[frame]) recursive[frame] = 1;
  }
  const lost: LostCall[] = [];
  for (let callee = 0; callee < functions.length; callee++) {
    if (recursive[callee] || functions.unknown[callee]) continue;
    const known = Math.max(functions.total[callee]!, callerTime[callee]!);
    const total = functions.self[callee]! + calleeTime[callee]! - known;
    if (!(total > LEAST_SHARE * all)) continue;
    const caller = findOnlyHost(graph, callee, total, calleeTime, recursive);
    if (caller >= 0) lost.push({ caller, callee, total });
  }
  return lost;
}

/** The one function that can have spent `time` in the callee besides what it is known to have called; -1: none, or several. */
function findOnlyHost(
  { functions, edges }: CallGraph,
  callee: number,
  time: number,
  calleeTime: Float64Array,
  recursive: Uint8Array,
): number {
  let host = -1;
  for (let frame = 0; frame < functions.length; frame++) {
    if (frame === callee || functions.total[frame]! < time) continue;
    const spare = functions.total[frame]! - functions.self[frame]! - calleeTime[frame]!;
    // What a recursive function has to spare cannot be told: its callees' times count every level.
    if (!recursive[frame] && spare < time) continue;
    if (host >= 0) return -1;
    host = frame;
  }
  for (let edge = 0; edge < edges.length; edge++) {
    if (edges.caller[edge] === host && edges.callee[edge] === callee) return -1;
  }
  return host;
}

function addCalls(graph: CallGraph, lost: readonly LostCall[]): CallGraph {
  const { functions, edges } = graph;
  const length = edges.length + lost.length;
  const grow = (column: Float64Array, pick: (call: LostCall) => number) => {
    const grown = new Float64Array(length);
    grown.set(column);
    lost.forEach((call, index) => {
      grown[edges.length + index] = pick(call);
    });
    return grown;
  };
  const added: EdgeNumbers = {
    length,
    caller: Int32Array.from([...edges.caller, ...lost.map(({ caller }) => caller)]),
    callee: Int32Array.from([...edges.callee, ...lost.map(({ callee }) => callee)]),
    calls: grow(edges.calls, () => 1),
    outerCalls: grow(edges.outerCalls, () => 1),
    // Its own time is lost for good.
    self: grow(edges.self, () => 0),
    total: grow(edges.total, ({ total }) => total),
    countOnly: Uint8Array.from({ length }, () => 0),
  };
  for (const { callee, total } of lost) {
    functions.calls[callee]! += 1;
    functions.outerCalls[callee]! += 1;
    functions.total[callee]! += total;
  }
  return { ...graph, edges: added, firstPutBack: edges.length };
}
