/**
 * The tree of a call graph, unfolded node by node: columns that everybody reads, and beside them what a node is (its
 * place), in columns that nobody else sees.
 */
import { Certainty, type NodeIndex } from './call-tree.ts';
import type { ContextCache } from './context/context-cache.ts';
import { GrowingTree, growBytes, growFloats, growInts } from './growing-tree.ts';
import { compareFrames } from './key-order.ts';
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

  constructor(contexts: ContextCache, tops: readonly NewPlace[]) {
    const { profile, prepared } = contexts.numbers;
    super(profile, prepared.metric);
    this.#contexts = contexts;
    const { scale } = prepared;
    const sum = (of: (place: NewPlace) => number) => tops.reduce((all, place) => all + of(place), 0);
    const total = sum((place) => place.total);
    const low = sum((place) => place.low);
    const high = sum((place) => place.high);
    this.append(-1, {
      frame: -1,
      total: total / scale,
      self: 0,
      calls: prepared.showsCalls ? sum((place) => place.calls) : Number.NaN,
      certainty: high - low <= 1 ? Certainty.exact : Certainty.inferred,
      low: low / scale,
      high: high / scale,
    });
    this.appendPlaces(0, tops);
    this.childCount[0] = tops.length;
    this.firstChild[0] = tops.length > 0 ? 1 : 0;
  }

  protected override openNode(node: NodeIndex): void {
    this.appendPlaces(node, unfold(this.#contexts, this.#getPlace(node)));
  }

  /** Appends places as children of a node, widest first, equal ones by key. */
  protected appendPlaces(node: NodeIndex, places: readonly NewPlace[]): void {
    const { numbers } = this.#contexts;
    const { scale, showsCalls } = numbers.prepared;
    const frameOf = (place: Place) => numbers.getCallee(place.state);
    const sorted = [...places].sort(
      (a, b) => b.total - a.total || compareFrames(this.profile, frameOf(a), frameOf(b)) || a.state - b.state,
    );
    for (const place of sorted) {
      const index = this.append(node, {
        frame: frameOf(place),
        total: place.total / scale,
        self: place.self / scale,
        calls: showsCalls ? place.calls : Number.NaN,
        certainty: getCertainty(place),
        low: place.low / scale,
        high: place.high / scale,
      });
      this.#state[index] = place.state;
      this.#share[index] = place.share;
      this.#nestedShare[index] = place.nestedShare;
      this.#whole[index] = place.whole;
      this.#ground[index] = place.ground;
      this.#low[index] = place.low;
      this.#high[index] = place.high;
      this.#units[index] = place.total;
    }
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
