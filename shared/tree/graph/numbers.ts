/**
 * Numbers of states and functions, in units: the profile's, turned at the time, or the graph's own where it has others.
 *
 * A prepared graph holds what the profile does not say. Keeping the rest a second time would double what a page of a
 * large profile takes, in memory and on the way to it.
 */
import type { FrameIndex, Profile } from '../../model/profile.ts';
import type { PreparedGraph } from '../prepare.ts';
import { type FewPairs, findPairs, getPair, sortPairs } from './adjacency.ts';
import { StateFlag } from './states.ts';
import { toCalls, toTotalUnits, toUnits } from './units.ts';

/** States whose numbers are not those of a call of the profile; columns of equal length, by rising state. */
export interface OwnStates {
  readonly state: Int32Array;
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
}

/** Functions whose numbers are not those of their row of the profile, by rising frame. */
export interface OwnFunctions {
  readonly frame: Int32Array;
  readonly calls: Float64Array;
  readonly total: Float64Array;
}

/** Reads the numbers of one prepared graph. Constant time each, but for own ones: log of their number. */
export class GraphNumbers {
  readonly length: number;
  readonly edgeCount: number;
  readonly firstNested: number;
  readonly flags: Uint8Array;
  readonly profile: Profile;
  readonly prepared: PreparedGraph;
  readonly #calls: Profile['calls'];
  readonly #self: Float64Array;
  readonly #total: Float64Array;
  readonly #own: OwnStates;
  /** Own states that are edges; the others come after them, and after all edges. */
  readonly #ownEdges: number;
  readonly #entering: FewPairs;
  readonly #leaving: FewPairs;

  constructor(profile: Profile, prepared: PreparedGraph) {
    const { own, length, firstNested, flags } = prepared.states;
    this.length = length;
    this.edgeCount = prepared.edgeCount;
    this.firstNested = firstNested;
    this.flags = flags;
    this.profile = profile;
    this.prepared = prepared;
    this.#calls = profile.calls;
    this.#self = profile.calls.self[prepared.metric]!;
    this.#total = profile.calls.total[prepared.metric]!;
    this.#own = own;
    this.#ownEdges = own.state.length - (length - prepared.edgeCount);
    this.#entering = sortPairs(own.callee.subarray(this.#ownEdges), prepared.edgeCount);
    this.#leaving = sortPairs(own.caller.subarray(this.#ownEdges), prepared.edgeCount);
  }

  /** -1 for a root. */
  getCaller(state: number): number {
    if (this.flags[state]! & StateFlag.own) return this.#own.caller[this.#findOwn(state)]!;
    return this.#calls.caller[this.#getCall(state)]!;
  }

  getCallee(state: number): number {
    if (this.flags[state]! & StateFlag.own) return this.#own.callee[this.#findOwn(state)]!;
    return this.#calls.callee[this.#getCall(state)]!;
  }

  getCalls(state: number): number {
    if (this.flags[state]! & StateFlag.own) return this.#own.calls[this.#findOwn(state)]!;
    const call = this.#getCall(state);
    return toCalls(this.#calls.calls[call]!, this.#calls.primitiveCalls[call]!);
  }

  getSelf(state: number): number {
    if (this.flags[state]! & StateFlag.own) return this.#own.self[this.#findOwn(state)]!;
    return toUnits(this.#self[this.#getCall(state)]!, this.prepared.scale);
  }

  /** Time of all calls of the state, recursion counted each time. */
  getTotal(state: number): number {
    if (this.flags[state]! & StateFlag.own) return this.#own.total[this.#findOwn(state)]!;
    const call = this.#getCall(state);
    return toTotalUnits(this.#total[call]!, this.#self[call]!, this.prepared.scale);
  }

  /** Time that the state's function spends in callees. */
  getRoom(state: number): number {
    if ((this.flags[state]! & StateFlag.own) === 0) return Math.max(0, this.getTotal(state) - this.getSelf(state));
    const own = this.#findOwn(state);
    return Math.max(0, this.#own.total[own]! - this.#own.self[own]!);
  }

  /** Time of the edge's outermost calls by the file: what any one place in the tree can have at most. */
  getMeasured(state: number): number {
    if (this.flags[state]! & StateFlag.own) return this.#own.measured[this.#findOwn(state)]!;
    return this.getTotal(state);
  }

  /** The nested state of a split edge and the outermost one of a nested state; -1 for all others. */
  getTwin(state: number): number {
    return this.flags[state]! & StateFlag.own ? this.#own.twin[this.#findOwn(state)]! : -1;
  }

  /** Whether the file lost the edge, so that it was put back where alone it fits. */
  isPutBack(state: number): boolean {
    const { putBack } = this.prepared.states;
    return putBack.length > 0 && putBack.includes(state);
  }

  /** States by callee: edges, then the root, then nested ones. */
  getIncoming(frame: FrameIndex): Int32Array {
    const from = this.prepared.entering[frame]!;
    const states: number[] = [];
    addPairs(states, this.#entering, frame);
    const edges = this.prepared.entering[frame + 1]! - from;
    const incoming = new Int32Array(edges + states.length);
    for (let at = 0; at < edges; at++) incoming[at] = from + at;
    for (let at = 0; at < states.length; at++) incoming[edges + at] = states[at]!;
    return incoming;
  }

  /** Where a state stands among those of its callee. */
  getIncomingIndex(frame: FrameIndex, state: number): number {
    const from = this.prepared.entering[frame]!;
    if (state < this.edgeCount) return state - from;
    let index = this.prepared.entering[frame + 1]! - from;
    for (let at = findPairs(this.#entering, frame); ; at++, index++) {
      const extra = getPair(this.#entering, at, frame);
      if (extra === state || extra < 0) return index;
    }
  }

  /** States by caller: edges, then nested ones. */
  getOutgoing(frame: FrameIndex): Int32Array {
    const { start, items } = this.prepared.outgoing;
    const from = start[frame]!;
    const edges = start[frame + 1]! - from;
    if (this.#leaving.length === 0) return items.slice(from, from + edges);
    const states: number[] = [];
    addPairs(states, this.#leaving, frame);
    const outgoing = new Int32Array(edges + states.length);
    for (let at = 0; at < edges; at++) outgoing[at] = items[from + at]!;
    for (let at = 0; at < states.length; at++) outgoing[edges + at] = states[at]!;
    return outgoing;
  }

  /** Calls of a function. */
  getFunctionCalls(frame: FrameIndex): number {
    const own = this.#findOwnFunction(frame);
    if (own >= 0) return this.prepared.functions.own.calls[own]!;
    const { calls, primitiveCalls } = this.profile.functions;
    return toCalls(calls[frame]!, primitiveCalls[frame]!);
  }

  /** Total of a function. */
  getFunctionTotal(frame: FrameIndex): number {
    const own = this.#findOwnFunction(frame);
    if (own >= 0) return this.prepared.functions.own.total[own]!;
    const { metric, scale } = this.prepared;
    const { self, total } = this.profile.functions;
    return toTotalUnits(total[metric]![frame]!, self[metric]![frame]!, scale);
  }

  /** Row of the profile's call table that an edge is. */
  #getCall(edge: number): number {
    const { putBack } = this.prepared.states;
    if (putBack.length === 0) return edge;
    let call = edge;
    for (const other of putBack) if (other < edge) call--;
    return call;
  }

  #findOwn(state: number): number {
    if (state >= this.edgeCount) return this.#ownEdges + state - this.edgeCount;
    return this.#ownEdges === this.edgeCount ? state : findSorted(this.#own.state, this.#ownEdges, state);
  }

  #findOwnFunction(frame: FrameIndex): number {
    const own = this.prepared.functions.own.frame;
    if (own.length === 0) return -1;
    const at = findSorted(own, own.length, frame);
    return own[at] === frame ? at : -1;
  }
}

function addPairs(states: number[], pairs: FewPairs, frame: FrameIndex): void {
  for (let at = findPairs(pairs, frame); ; at++) {
    const state = getPair(pairs, at, frame);
    if (state < 0) return;
    states.push(state);
  }
}

/** Position of the first value that is not below `value`, among the first `length` of a rising sequence. */
function findSorted(values: Int32Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
