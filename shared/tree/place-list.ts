/**
 * Places below one place, as columns: what opening a node fills and the tree takes over. One list serves every node.
 */
import type { GraphNumbers } from './graph/numbers.ts';
import { growBytes, growFloats, growInts } from './growing-tree.ts';
import { sortByFrame } from './key-order.ts';
import type { NewPlace } from './places.ts';
import { type ColumnKey, sortByColumns } from './sort-frames.ts';

/** So few are sorted by inserting: the engine's own sort costs more than that before it has begun. */
const FEW = 20;

/** So many are sorted without comparing: 100,000 in a tenth of the time. */
const MANY = 4096;

/** Columns of `NewPlace`, longer than `length`. */
export class PlaceList {
  length = 0;
  state = new Int32Array(0);
  share = new Float64Array(0);
  nestedShare = new Float64Array(0);
  total = new Float64Array(0);
  self = new Float64Array(0);
  calls = new Float64Array(0);
  whole = new Uint8Array(0);
  low = new Float64Array(0);
  high = new Float64Array(0);
  ground = new Uint8Array(0);
  #order = new Int32Array(0);

  /** Empties the list; makes room for `count` places. */
  begin(count: number): void {
    this.length = 0;
    if (count <= this.state.length) return;
    const capacity = 2 * count;
    this.state = growInts(this.state, capacity);
    this.share = growFloats(this.share, capacity);
    this.nestedShare = growFloats(this.nestedShare, capacity);
    this.total = growFloats(this.total, capacity);
    this.self = growFloats(this.self, capacity);
    this.calls = growFloats(this.calls, capacity);
    this.whole = growBytes(this.whole, capacity);
    this.low = growFloats(this.low, capacity);
    this.high = growFloats(this.high, capacity);
    this.ground = growBytes(this.ground, capacity);
    this.#order = growInts(this.#order, capacity);
  }

  /** Adds a place; there must be room. */
  add(place: NewPlace): void {
    const at = this.length++;
    this.state[at] = place.state;
    this.share[at] = place.share;
    this.nestedShare[at] = place.nestedShare;
    this.total[at] = place.total;
    this.self[at] = place.self;
    this.calls[at] = place.calls;
    this.whole[at] = place.whole;
    this.low[at] = place.low;
    this.high[at] = place.high;
    this.ground[at] = place.ground;
  }

  /** Positions from the widest place to the narrowest, equal ones by key. Names are read where widths are equal only. */
  sort(numbers: GraphNumbers): Int32Array {
    const { length, total, state } = this;
    const order = this.#order.subarray(0, length);
    for (let at = 0; at < length; at++) order[at] = at;
    // They are where all widths are equal: callees come by their number.
    const isDone = isSorted(total, state, length);
    if (length <= FEW && !isDone) sortFew(order, total, state);
    else if (length >= MANY && !isDone) sortMany(order, total, state);
    else if (!isDone) order.sort((a, b) => total[b]! - total[a]! || state[a]! - state[b]!);
    for (let from = 0, to = 1; from < length; from = to) {
      const width = total[order[from]!]!;
      for (to = from + 1; to < length && total[order[to]!] === width; ) to++;
      if (to - from > 1) this.#sortEqual(numbers, order.subarray(from, to));
    }
    return order;
  }

  #sortEqual(numbers: GraphNumbers, equal: Int32Array): void {
    const before = equal.slice();
    const frames = new Int32Array(before.length);
    for (let at = 0; at < frames.length; at++) frames[at] = numbers.getCallee(this.state[before[at]!]!);
    const order = sortByFrame(numbers.profile, frames);
    for (let at = 0; at < order.length; at++) equal[at] = before[order[at]!]!;
  }
}

function isSorted(total: Float64Array, state: Int32Array, length: number): boolean {
  for (let at = 1; at < length; at++) {
    const wider = total[at - 1]! - total[at]!;
    if (wider < 0 || (wider === 0 && state[at - 1]! > state[at]!)) return false;
  }
  return true;
}

function sortMany(order: Int32Array, total: Float64Array, state: Int32Array): void {
  const byTotal: ColumnKey = { values: total, descending: true };
  const isByState = state.subarray(0, order.length).every((each, at) => at === 0 || each > state[at - 1]!);
  sortByColumns(order, isByState ? [byTotal] : [byTotal, { values: state, descending: false }]);
}

function sortFew(order: Int32Array, total: Float64Array, state: Int32Array): void {
  for (let next = 1; next < order.length; next++) {
    const moved = order[next]!;
    const width = total[moved]!;
    let at = next;
    for (; at > 0; at--) {
      const before = order[at - 1]!;
      if (total[before]! > width || (total[before] === width && state[before]! < state[moved]!)) break;
      order[at] = before;
    }
    order[at] = moved;
  }
}
