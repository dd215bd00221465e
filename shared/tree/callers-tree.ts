/**
 * The tree of a function's callers, upside down: who called it, who called those, up to where the profile begins.
 *
 *   node 0 "all" → node 1 the function → its callers → their callers → …
 *
 * `total` is the function's time (with its callees) in calls that came this way; `calls` are its calls. What a node's
 * children leave is time whose way begins at the node: that is its `self` here. The first level below the function is
 * its caller entries, exact; further up, the time of an edge p → f under a caller's call a → p is the matrix cell of
 * the two, as a share of the edge. A function in a circle has its outermost calls here, like everywhere.
 */
import type { FrameIndex } from '../model/profile.ts';
import { Certainty, type NodeIndex } from './call-tree.ts';
import type { ContextCache } from './context/context-cache.ts';
import { visitColumn } from './context/frozen-rows.ts';
import type { GraphNumbers } from './graph/numbers.ts';
import { StateFlag, VAGUE } from './graph/states.ts';
import { GrowingTree, growBytes, growFloats, growInts } from './growing-tree.ts';
import { compareFrames } from './key-order.ts';
import { findOutermostParts } from './outermost-parts.ts';

/** A way that leads to the function: from the caller of `state` on. Numbers in the graph's units. */
interface Way {
  /** Outermost state of the edge that the way begins with. */
  readonly state: number;
  readonly time: number;
  /** Time in the nested state of the edge. */
  readonly nestedTime: number;
  readonly calls: number;
  /** Certainty of the time; bounds where it is inferred. */
  readonly certainty: number;
  readonly low: number;
  readonly high: number;
}

/** Opens nodes by asking the matrices the other way round. */
export class CallersTree extends GrowingTree {
  readonly #contexts: ContextCache;
  readonly #numbers: GraphNumbers;
  #state = new Int32Array(this.frame.length);
  #time = new Float64Array(this.frame.length);
  #nestedTime = new Float64Array(this.frame.length);
  #known = new Uint8Array(this.frame.length);

  constructor(contexts: ContextCache, frame: FrameIndex, mostNodes: number) {
    const { numbers } = contexts;
    const { profile, prepared } = numbers;
    super(profile, prepared.metric, mostNodes);
    this.#contexts = contexts;
    this.#numbers = numbers;
    const { scale } = prepared;
    const ways: Way[] = [];
    let total = 0;
    let calls = 0;
    let begins = 0;
    for (const { state, share } of findOutermostParts(numbers, frame)) {
      const time = share * numbers.getTotal(state);
      total += time;
      calls += share * numbers.getCalls(state);
      if (numbers.getCaller(state) < 0) begins += time;
      else ways.push(getFirstWay(numbers, state, share));
    }
    const value = total / scale;
    if (!prepared.showsCalls) calls = Number.NaN;
    this.append(-1, -1, value, 0, calls, Certainty.exact, value, value);
    this.append(0, frame, value, begins / scale, calls, Certainty.exact, value, value);
    this.firstChild[0] = 1;
    this.childCount[0] = 1;
    this.#appendWays(1, ways);
    this.firstChild[1] = ways.length > 0 ? 2 : 0;
    this.childCount[1] = ways.length;
  }

  protected override openNode(node: NodeIndex): boolean {
    const numbers = this.#numbers;
    const context = this.#contexts.get(numbers.getCaller(this.#state[node]!));
    const ways = new Map<number, Way>();
    this.#visitCallers(node, (rowState, time, sure) => {
      if (numbers.getCaller(rowState) < 0) return;
      const nested = rowState >= numbers.firstNested;
      const outer = nested ? numbers.getTwin(rowState) : rowState;
      const before = ways.get(outer);
      ways.set(outer, {
        state: outer,
        time: (before?.time ?? 0) + (nested ? 0 : time),
        nestedTime: (before?.nestedTime ?? 0) + (nested ? time : 0),
        calls: 0,
        certainty: before || nested ? Certainty.inferred : sure,
        low: 0,
        high: 0,
      });
    });
    const { scale } = numbers.prepared;
    const above = { total: this.total[node]!, low: this.low[node]! * scale, high: this.high[node]! * scale };
    const sized = Array.from(ways.values(), (way): Way => {
      const total = way.time + way.nestedTime;
      // A way's share of the calls is taken to be its share of the time.
      const calls = this.calls[node]! * (above.total > 0 ? total / scale / above.total : 0);
      if (way.certainty !== Certainty.inferred) return { ...way, calls, low: total, high: total };
      const flags = numbers.flags[way.state]!;
      const isBound = !(flags & (VAGUE | StateFlag.guessed | StateFlag.countOnly));
      const room = numbers.getRoom(way.state);
      const high = Math.max(total, isBound ? Math.min(above.high, room) : above.high);
      const rest = context.callerTime - room; // what the other callers can hold
      const low = isBound && !context.loose && !context.contradictory ? Math.max(0, above.low - rest) : 0;
      return { ...way, calls, low: Math.min(total, low), high };
    });
    return this.#appendWays(node, sized);
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.#state = growInts(this.#state, capacity);
    this.#time = growFloats(this.#time, capacity);
    this.#nestedTime = growFloats(this.#nestedTime, capacity);
    this.#known = growBytes(this.#known, capacity);
  }

  /** Visits the calls of a node's function under which its time lies, with how sure each is. */
  #visitCallers(node: NodeIndex, visit: (rowState: number, time: number, sure: number) => void): void {
    const numbers = this.#numbers;
    const state = this.#state[node]!;
    const context = this.#contexts.get(numbers.getCaller(state));
    const isAlone = context.rows.length === 1;
    const visitState = (of: number, time: number, known: number) => {
      const column = context.columns.indexOf(of);
      const total = numbers.getTotal(of);
      // All of the edge is here, or all of it lies in one place: then a sure cell makes a sure way.
      const isWhole = Math.abs(time - total) <= 1 || context.cells.support[column] === 1;
      const parts: { row: number; value: number; certainty: number }[] = [];
      visitColumn(context.cells, column, (row, value, certainty) => parts.push({ row, value, certainty }));
      // In a file whose sums do not balance a column may have been scaled up.
      const whole = Math.max(
        total,
        parts.reduce((sum, { value }) => sum + value, 0),
      );
      for (const { row, value, certainty } of parts) {
        const sure = isAlone ? known : isWhole ? Math.min(known, certainty) : Certainty.inferred;
        visit(context.rows[row]!, time * (value / whole), sure);
      }
    };
    if (this.#time[node]! > 0) visitState(state, this.#time[node]!, this.#known[node]!);
    if (this.#nestedTime[node]! > 0) visitState(numbers.getTwin(state), this.#nestedTime[node]!, Certainty.inferred);
  }

  #appendWays(node: NodeIndex, ways: readonly Way[]): boolean {
    if (!this.makeRoom(ways.length)) return false;
    const { scale } = this.#numbers.prepared;
    const callerOf = (way: Way) => this.#numbers.getCaller(way.state);
    const timeOf = (way: Way) => way.time + way.nestedTime;
    const sorted = [...ways].sort(
      (a, b) => timeOf(b) - timeOf(a) || compareFrames(this.profile, callerOf(a), callerOf(b)) || a.state - b.state,
    );
    for (const way of sorted) {
      const total = timeOf(way);
      const isNarrow = way.high - way.low <= 0.05 * total;
      const certainty = way.certainty === Certainty.inferred && isNarrow ? Certainty.bounded : way.certainty;
      const index = this.append(
        node,
        callerOf(way),
        total / scale,
        0,
        way.calls,
        certainty,
        way.low / scale,
        way.high / scale,
      );
      this.#state[index] = way.state;
      this.#time[index] = way.time;
      this.#nestedTime[index] = way.nestedTime;
      this.#known[index] = way.certainty;
      this.self[index] = this.#getBeginning(index) / scale;
    }
    return true;
  }

  /** Time of a node whose way begins there. Solves a matrix only where some of the function's calls are roots. */
  #getBeginning(node: NodeIndex): number {
    const numbers = this.#numbers;
    const frame = numbers.getCaller(this.#state[node]!);
    const callers = numbers.getIncoming(frame);
    const roots = callers.filter((state) => numbers.getCaller(state) < 0).length;
    if (roots === 0) return 0;
    if (roots === callers.length) return this.#time[node]! + this.#nestedTime[node]!;
    let begins = 0;
    this.#visitCallers(node, (rowState, time) => {
      if (numbers.getCaller(rowState) < 0) begins += time;
    });
    return begins;
  }
}

/** The way from a caller of the function: its caller entry, as far as its calls are outermost. */
function getFirstWay(numbers: GraphNumbers, state: number, share: number): Way {
  const time = share * numbers.getTotal(state);
  const isExact = share === 1 && !(numbers.flags[state]! & (StateFlag.guessed | StateFlag.free));
  return {
    state,
    time,
    nestedTime: 0,
    calls: numbers.prepared.showsCalls ? share * numbers.getCalls(state) : Number.NaN,
    certainty: isExact ? Certainty.exact : Certainty.inferred,
    low: isExact ? time : 0,
    high: isExact ? time : Math.max(time, numbers.getMeasured(state)),
  };
}
