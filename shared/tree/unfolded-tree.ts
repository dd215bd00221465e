/**
 * The tree of a call graph, unfolded node by node: columns that everybody reads, and beside them what a node is (its
 * place), in columns that nobody else sees.
 */
import { Certainty, type NodeIndex } from './call-tree.ts';
import type { ContextCache } from './context/context-cache.ts';
import type { GraphNumbers } from './graph/numbers.ts';
import { GrowingTree, growBytes, growFloats, growInts } from './growing-tree.ts';
import { sortByFrame } from './key-order.ts';
import { getCertainty, type NewPlace, type Place, unfold } from './places.ts';

/** Opens nodes by unfolding their places. Node 0 is opened from the start. */
export class UnfoldedTree extends GrowingTree {
  readonly #contexts: ContextCache;
  #state = new Int32Array(this.frame.length);
  #share = new Float64Array(this.frame.length);
  #nestedShare = new Float64Array(this.frame.length);
  #whole = new Uint8Array(this.frame.length);
  #ground = new Uint8Array(this.frame.length);
  /** Units of the graph: bounds are kept in them, so that no division is repeated on the way down. */
  #low = new Float64Array(this.frame.length);
  #high = new Float64Array(this.frame.length);
  #units = new Float64Array(this.frame.length);

  constructor(contexts: ContextCache, tops: readonly NewPlace[], mostNodes: number) {
    const { profile, prepared } = contexts.numbers;
    super(profile, prepared.metric, mostNodes);
    this.#contexts = contexts;
    const { scale } = prepared;
    const sum = (of: (place: NewPlace) => number) => tops.reduce((all, place) => all + of(place), 0);
    const total = sum((place) => place.total);
    const low = sum((place) => place.low);
    const high = sum((place) => place.high);
    const calls = prepared.showsCalls ? sum((place) => place.calls) : Number.NaN;
    const certainty = high - low <= 1 ? Certainty.exact : Certainty.inferred;
    this.append(-1, -1, total / scale, 0, calls, certainty, low / scale, high / scale);
    this.appendPlaces(0, tops);
    this.childCount[0] = tops.length;
    this.firstChild[0] = tops.length > 0 ? 1 : 0;
  }

  protected override openNode(node: NodeIndex): boolean {
    return this.appendPlaces(node, unfold(this.#contexts, this.#getPlace(node)));
  }

  /** Appends places as children of a node, widest first, equal ones by key, if there is room for them. */
  protected appendPlaces(node: NodeIndex, places: readonly NewPlace[]): boolean {
    if (!this.hasRoom(places.length)) return false;
    const { numbers } = this.#contexts;
    const { scale, showsCalls } = numbers.prepared;
    for (const place of sortPlaces(numbers, places)) {
      const index = this.append(
        node,
        numbers.getCallee(place.state),
        place.total / scale,
        place.self / scale,
        showsCalls ? place.calls : Number.NaN,
        getCertainty(place),
        place.low / scale,
        place.high / scale,
      );
      this.#state[index] = place.state;
      this.#share[index] = place.share;
      this.#nestedShare[index] = place.nestedShare;
      this.#whole[index] = place.whole;
      this.#ground[index] = place.ground;
      this.#low[index] = place.low;
      this.#high[index] = place.high;
      this.#units[index] = place.total;
    }
    return true;
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.#state = growInts(this.#state, capacity);
    this.#share = growFloats(this.#share, capacity);
    this.#nestedShare = growFloats(this.#nestedShare, capacity);
    this.#whole = growBytes(this.#whole, capacity);
    this.#ground = growBytes(this.#ground, capacity);
    this.#low = growFloats(this.#low, capacity);
    this.#high = growFloats(this.#high, capacity);
    this.#units = growFloats(this.#units, capacity);
  }

  #getPlace(node: NodeIndex): Place {
    return {
      state: this.#state[node]!,
      share: this.#share[node]!,
      nestedShare: this.#nestedShare[node]!,
      total: this.#units[node]!,
      whole: this.#whole[node]!,
      low: this.#low[node]!,
      high: this.#high[node]!,
      ground: this.#ground[node]!,
    };
  }
}

/** Widest first; names decide between equal ones only. */
function sortPlaces(numbers: GraphNumbers, places: readonly NewPlace[]): NewPlace[] {
  const sorted = [...places].sort((a, b) => b.total - a.total || a.state - b.state);
  for (let from = 0, to = 1; from < sorted.length; from = to) {
    for (to = from + 1; to < sorted.length && sorted[to]!.total === sorted[from]!.total; ) to++;
    if (to - from > 1) sortByKey(numbers, sorted, from, to);
  }
  return sorted;
}

function sortByKey(numbers: GraphNumbers, places: NewPlace[], from: number, to: number): void {
  const equal = places.slice(from, to);
  const frames = Int32Array.from(equal, ({ state }) => numbers.getCallee(state));
  const order = sortByFrame(numbers.profile, frames);
  for (let at = 0; at < order.length; at++) places[from + at] = equal[order[at]!]!;
}
