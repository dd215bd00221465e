/**
 * The tree of a call graph, unfolded node by node: columns that everybody reads, and beside them what a node is (its
 * place), in columns that nobody else sees.
 */
import { Certainty, type NodeIndex } from './call-tree.ts';
import type { ContextCache } from './context/context-cache.ts';
import { GrowingTree, growBytes, growFloats, growInts, type NodeColumns } from './growing-tree.ts';
import type { PlaceList } from './place-list.ts';
import { getCertainty, type Place, unfold } from './places.ts';

/** Nodes of a tree that were opened by another one of the same graph: its columns, and their places. Plain data. */
export interface OpenedNodes extends NodeColumns {
  readonly state: Int32Array;
  readonly share: Float64Array;
  readonly nestedShare: Float64Array;
  readonly whole: Uint8Array;
  readonly ground: Uint8Array;
  readonly lowUnits: Float64Array;
  readonly highUnits: Float64Array;
  readonly units: Float64Array;
}

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

  constructor(contexts: ContextCache, tops: PlaceList, mostNodes: number) {
    const { profile, prepared } = contexts.numbers;
    super(profile, prepared.metric, mostNodes);
    this.#contexts = contexts;
    const { scale } = prepared;
    const sum = (column: Float64Array) => column.subarray(0, tops.length).reduce((all, value) => all + value, 0);
    const total = sum(tops.total);
    const low = sum(tops.low);
    const high = sum(tops.high);
    const calls = prepared.showsCalls ? sum(tops.calls) : Number.NaN;
    const certainty = high - low <= 1 ? Certainty.exact : Certainty.inferred;
    this.append(-1, -1, total / scale, 0, calls, certainty, low / scale, high / scale);
    this.appendPlaces(0, tops);
    this.childCount[0] = tops.length;
    this.firstChild[0] = tops.length > 0 ? 1 : 0;
  }

  /** What is open so far, for another tree of the same graph. */
  copyNodes(): OpenedNodes {
    const { length } = this;
    return {
      ...this.copyColumns(),
      state: this.#state.slice(0, length),
      share: this.#share.slice(0, length),
      nestedShare: this.#nestedShare.slice(0, length),
      whole: this.#whole.slice(0, length),
      ground: this.#ground.slice(0, length),
      lowUnits: this.#low.slice(0, length),
      highUnits: this.#high.slice(0, length),
      units: this.#units.slice(0, length),
    };
  }

  /** Begins with what another tree of the same graph, of the same roots, has opened, instead of opening it again. */
  takeNodes(nodes: OpenedNodes): void {
    if (!this.makeRoom(nodes.frame.length - this.length)) return;
    this.takeColumns(nodes);
    this.#state.set(nodes.state);
    this.#share.set(nodes.share);
    this.#nestedShare.set(nodes.nestedShare);
    this.#whole.set(nodes.whole);
    this.#ground.set(nodes.ground);
    this.#low.set(nodes.lowUnits);
    this.#high.set(nodes.highUnits);
    this.#units.set(nodes.units);
  }

  protected override openNode(node: NodeIndex): boolean {
    return this.appendPlaces(node, unfold(this.#contexts, this.#getPlace(node)));
  }

  /** Appends places as children of a node, widest first, equal ones by key, if there is room for them. */
  protected appendPlaces(node: NodeIndex, places: PlaceList): boolean {
    if (!this.makeRoom(places.length)) return false;
    const { numbers } = this.#contexts;
    const { scale, showsCalls } = numbers.prepared;
    const order = places.sort(numbers);
    // There is room now, so the columns stay the same ones.
    const state = this.#state;
    const share = this.#share;
    const nestedShare = this.#nestedShare;
    const whole = this.#whole;
    const ground = this.#ground;
    const low = this.#low;
    const high = this.#high;
    const units = this.#units;
    for (let n = 0; n < order.length; n++) {
      const at = order[n]!;
      const index = this.length;
      state[index] = places.state[at]!;
      share[index] = places.share[at]!;
      nestedShare[index] = places.nestedShare[at]!;
      whole[index] = places.whole[at]!;
      ground[index] = places.ground[at]!;
      low[index] = places.low[at]!;
      high[index] = places.high[at]!;
      units[index] = places.total[at]!;
      this.append(
        node,
        numbers.getCallee(places.state[at]!),
        places.total[at]! / scale,
        places.self[at]! / scale,
        showsCalls ? places.calls[at]! : Number.NaN,
        getCertainty(whole[index]!, low[index]!, high[index]!, units[index]!, ground[index]!),
        low[index]! / scale,
        high[index]! / scale,
      );
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
