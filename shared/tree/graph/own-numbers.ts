/**
 * What is kept of the working numbers when preparing is done: those that are not in the profile.
 */
import type { Profile } from '../../model/profile.ts';
import type { CallGraph } from './call-graph.ts';
import type { OwnFunctions, OwnStates } from './numbers.ts';
import { type DraftStates, StateFlag } from './states.ts';
import { toCalls, toTotalUnits } from './units.ts';

/** Numbers of all states that are no plain calls of the profile; marks them in the flags. Linear. */
export function keepOwnStates(graph: CallGraph, states: DraftStates): OwnStates {
  const { edges, extra, flags, split } = states;
  const state = listOwnStates(graph, states);
  const { length } = state;
  const own = {
    state,
    caller: new Int32Array(length),
    callee: new Int32Array(length),
    calls: new Float64Array(length),
    self: new Float64Array(length),
    total: new Float64Array(length),
    measured: new Float64Array(length),
    twin: new Int32Array(length).fill(-1),
  };
  // All states that are no edges are among them, and come last.
  const ownEdges = length - extra.length;
  for (let at = 0; at < ownEdges; at++) {
    const edge = state[at]!;
    flags[edge]! |= StateFlag.own;
    own.caller[at] = edges.caller[edge]!;
    own.callee[at] = edges.callee[edge]!;
    own.calls[at] = edges.calls[edge]!;
    own.self[at] = edges.self[edge]!;
    own.total[at] = edges.total[edge]!;
    own.measured[at] = edges.total[edge]!;
  }
  for (let index = edges.length; index < states.length; index++) flags[index]! |= StateFlag.own;
  own.caller.set(extra.caller, ownEdges);
  own.callee.set(extra.callee, ownEdges);
  own.calls.set(extra.calls, ownEdges);
  own.self.set(extra.self, ownEdges);
  own.total.set(extra.total, ownEdges);
  own.measured.set(extra.total, ownEdges);
  let atFree = 0;
  let atSplit = 0;
  const firstNested = length - split.length;
  for (let at = 0; at < firstNested; at++) {
    if (own.state[at] === states.free[atFree]) own.measured[at] = states.freeMeasured[atFree++]!;
    if (own.state[at] !== split[atSplit]) continue;
    own.twin[at] = states.firstNested + atSplit;
    own.twin[firstNested + atSplit] = own.state[at]!;
    own.measured[firstNested + atSplit] = own.measured[at]!;
    atSplit++;
  }
  return own;
}

function listOwnStates(
  { hasCounts, putBack }: CallGraph,
  { edges, flags, length, ...states }: DraftStates,
): Int32Array {
  const own: number[] = [];
  const isPlain =
    hasCounts &&
    edges.countOnly === null &&
    edges.totalOnly === null &&
    putBack.length + states.free.length + states.split.length === 0;
  const bits = StateFlag.free | StateFlag.split | StateFlag.countOnly;
  let atPutBack = 0;
  for (let edge = isPlain ? edges.length : 0; edge < length; edge++) {
    const isPutBack = edge === putBack[atPutBack];
    if (isPutBack) atPutBack++;
    if (!hasCounts || isPutBack || edge >= edges.length || flags[edge]! & bits || edges.totalOnly?.[edge] === 1) {
      own.push(edge);
    }
  }
  return Int32Array.from(own);
}

/** Numbers of the functions that are not those of the profile. Linear. */
export function keepOwnFunctions(profile: Profile, metric: number, { functions, scale }: CallGraph): OwnFunctions {
  const { calls, primitiveCalls, self, total } = profile.functions;
  const selfColumn = self[metric]!;
  const totalColumn = total[metric]!;
  const own: number[] = [];
  for (let frame = 0; frame < functions.length; frame++) {
    const isSame =
      functions.calls[frame] === toCalls(calls[frame]!, primitiveCalls[frame]!) &&
      functions.total[frame] === toTotalUnits(totalColumn[frame]!, selfColumn[frame]!, scale);
    if (!isSame) own.push(frame);
  }
  const frame = Int32Array.from(own);
  return {
    frame,
    calls: Float64Array.from(frame, (each) => functions.calls[each]!),
    total: Float64Array.from(frame, (each) => functions.total[each]!),
  };
}
