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
  if (!graph.hasCounts || profile.traits.sampled || graph.edges.countOnly !== null || graph.edges.totalOnly !== null) {
    return graph;
  }
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
    const total = edges.total[edge]!;
    calleeTime[edges.caller[edge]!]! += total;
    callerTime[edges.callee[edge]!]! += total;
    if (edges.calls[edge] !== edges.outerCalls[edge]) recursive[edges.caller[edge]!] = 1;
  }
  let all = 0;
  for (let frame = 0; frame < functions.length; frame++) {
    all += functions.self[frame]!;
    if (functions.calls[frame] !== functions.outerCalls[frame]) recursive[frame] = 1;
  }
  const lost: LostCall[] = [];
  let hosts: Host[] | null = null;
  for (let callee = 0; callee < functions.length; callee++) {
    if (recursive[callee] || functions.unknown[callee]) continue;
    const known = Math.max(functions.total[callee]!, callerTime[callee]!);
    const total = functions.self[callee]! + calleeTime[callee]! - known;
    if (!(total > LEAST_SHARE * all)) continue;
    hosts ??= findHosts(graph, calleeTime, recursive);
    const caller = findOnlyHost(graph, hosts, callee, total);
    if (caller >= 0) lost.push({ caller, callee, total });
  }
  return lost;
}

/** A function, and the time that it can have spent besides what it is known to have called. */
interface Host {
  readonly frame: number;
  readonly room: number;
}

/** The three with the most room: enough to tell, for any callee, whether another function alone has enough of it. */
function findHosts({ functions }: CallGraph, calleeTime: Float64Array, recursive: Uint8Array): Host[] {
  const hosts: Host[] = [];
  for (let frame = 0; frame < functions.length; frame++) {
    // What a recursive function has to spare cannot be told: its callees' times count every level.
    const total = functions.total[frame]!;
    const room = recursive[frame] ? total : total - functions.self[frame]! - calleeTime[frame]!;
    if (hosts.length === 3 && room <= hosts[2]!.room) continue;
    hosts.push({ frame, room });
    hosts.sort((a, b) => b.room - a.room);
    hosts.length = Math.min(hosts.length, 3);
  }
  return hosts;
}

/** The one function that can have spent `time` in the callee; -1: none, several, or one that has such a call already. */
function findOnlyHost({ edges }: CallGraph, hosts: readonly Host[], callee: number, time: number): number {
  const able = hosts.filter(({ frame, room }) => frame !== callee && room >= time);
  const host = able.length === 1 ? able[0]!.frame : -1;
  for (let edge = 0; host >= 0 && edge < edges.length; edge++) {
    if (edges.caller[edge] === host && edges.callee[edge] === callee) return -1;
  }
  return host;
}

/** The graph with calls put in, each behind the other calls of its callee. */
function addCalls(graph: CallGraph, lost: readonly LostCall[]): CallGraph {
  const { functions, edges } = graph;
  const after = lost.map(({ callee }) => edges.callee.findLastIndex((each) => each <= callee) + 1);
  const grow = <Column extends Int32Array | Float64Array>(column: Column, pick: (call: LostCall) => number): Column => {
    const grown = new (column.constructor as new (length: number) => Column)(edges.length + lost.length);
    let from = 0;
    lost.forEach((call, index) => {
      grown.set(column.subarray(from, after[index]), from + index);
      from = after[index]!;
      grown[from + index] = pick(call);
    });
    grown.set(column.subarray(from), from + lost.length);
    return grown;
  };
  const added: EdgeNumbers = {
    length: edges.length + lost.length,
    caller: grow(edges.caller, ({ caller }) => caller),
    callee: grow(edges.callee, ({ callee }) => callee),
    calls: grow(edges.calls, () => 1),
    outerCalls: grow(edges.outerCalls, () => 1),
    // Its own time is lost for good.
    self: grow(edges.self, () => 0),
    total: grow(edges.total, ({ total }) => total),
    countOnly: null,
    totalOnly: null,
  };
  for (const { callee, total } of lost) {
    functions.calls[callee]! += 1;
    functions.outerCalls[callee]! += 1;
    functions.total[callee]! += total;
  }
  return { ...graph, edges: added, putBack: Int32Array.from(after, (at, index) => at + index) };
}
