/**
 * The columns of a call tree that grows when its nodes are opened.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import type { CallTree, NodeIndex } from './call-tree.ts';

/** Nodes that one tree may have: some 500 MB. A node whose children would be more stays closed. */
export const MOST_NODES = 5_000_000;
/** The room the first nodes get; doubled when full. */
const FIRST_CAPACITY = 1024;

/** Columns of nodes, as a tree has them. Plain data. */
export type NodeColumns = Pick<
  CallTree,
  'frame' | 'parent' | 'firstChild' | 'childCount' | 'depth' | 'total' | 'self' | 'calls' | 'certainty' | 'low' | 'high'
>;

/** A tree whose children are made by a subclass. Node 0 exists from the start. */
export abstract class GrowingTree implements CallTree {
  readonly profile: Profile;
  readonly metric: number;
  readonly exact: boolean = false;
  length = 0;
  frame = new Int32Array(FIRST_CAPACITY);
  parent = new Int32Array(FIRST_CAPACITY);
  firstChild = new Int32Array(FIRST_CAPACITY);
  childCount = new Int32Array(FIRST_CAPACITY);
  depth = new Int32Array(FIRST_CAPACITY);
  total = new Float64Array(FIRST_CAPACITY);
  self = new Float64Array(FIRST_CAPACITY);
  calls = new Float64Array(FIRST_CAPACITY);
  certainty = new Uint8Array(FIRST_CAPACITY);
  low = new Float64Array(FIRST_CAPACITY);
  high = new Float64Array(FIRST_CAPACITY);

  readonly #mostNodes: number;

  constructor(profile: Profile, metric: number, mostNodes: number) {
    this.profile = profile;
    this.metric = metric;
    this.#mostNodes = mostNodes;
  }

  /** Appends the children of a node, once; of a node that is not there, nothing. */
  open(node: NodeIndex): void {
    if (!(node >= 0 && node < this.length) || this.firstChild[node] !== -1) return;
    const first = this.length;
    if (!this.openNode(node)) return;
    this.childCount[node] = this.length - first;
    this.firstChild[node] = this.length > first ? first : 0;
  }

  /** Appends the children of a node, widest first. False when there is no room for them: then none is appended. */
  protected abstract openNode(node: NodeIndex): boolean;

  /** Appends one node and returns its number. Values are in the metric's own unit. */
  protected append(
    parent: NodeIndex,
    frame: FrameIndex,
    total: number,
    self: number,
    calls: number,
    certainty: number,
    low: number,
    high: number,
  ): NodeIndex {
    const index = this.length++;
    if (index === this.frame.length) this.grow(2 * index);
    this.frame[index] = frame;
    this.parent[index] = parent;
    this.firstChild[index] = -1;
    this.depth[index] = parent < 0 ? 0 : this.depth[parent]! + 1;
    this.total[index] = total;
    this.self[index] = self;
    this.calls[index] = calls;
    this.certainty[index] = certainty;
    this.low[index] = low;
    this.high[index] = high;
    return index;
  }

  /** The columns of the nodes so far, copied. */
  protected copyColumns(): NodeColumns {
    const { length } = this;
    return {
      frame: this.frame.slice(0, length),
      parent: this.parent.slice(0, length),
      firstChild: this.firstChild.slice(0, length),
      childCount: this.childCount.slice(0, length),
      depth: this.depth.slice(0, length),
      total: this.total.slice(0, length),
      self: this.self.slice(0, length),
      calls: this.calls.slice(0, length),
      certainty: this.certainty.slice(0, length),
      low: this.low.slice(0, length),
      high: this.high.slice(0, length),
    };
  }

  /** Begins with nodes that are known already; there must be room. */
  protected takeColumns(known: NodeColumns): void {
    this.length = known.frame.length;
    this.frame.set(known.frame);
    this.parent.set(known.parent);
    this.firstChild.set(known.firstChild);
    this.childCount.set(known.childCount);
    this.depth.set(known.depth);
    this.total.set(known.total);
    this.self.set(known.self);
    this.calls.set(known.calls);
    this.certainty.set(known.certainty);
    this.low.set(known.low);
    this.high.set(known.high);
  }

  /** Makes room for as many more nodes; false if a tree may not have them. */
  protected makeRoom(nodes: number): boolean {
    const needed = this.length + nodes;
    if (needed > this.#mostNodes) return false;
    let capacity = this.frame.length;
    while (capacity < needed) capacity *= 2;
    if (capacity > this.frame.length) this.grow(capacity);
    return true;
  }

  /** Lengthens the columns to `capacity` nodes. Subclasses with columns of their own extend it. */
  protected grow(capacity: number): void {
    this.frame = growInts(this.frame, capacity);
    this.parent = growInts(this.parent, capacity);
    this.firstChild = growInts(this.firstChild, capacity);
    this.childCount = growInts(this.childCount, capacity);
    this.depth = growInts(this.depth, capacity);
    this.total = growFloats(this.total, capacity);
    this.self = growFloats(this.self, capacity);
    this.calls = growFloats(this.calls, capacity);
    this.certainty = growBytes(this.certainty, capacity);
    this.low = growFloats(this.low, capacity);
    this.high = growFloats(this.high, capacity);
  }
}

/** A copy with more room. */
export function growInts(column: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(column);
  return grown;
}

/** A copy with more room. */
export function growFloats(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}

/** A copy with more room. */
export function growBytes(column: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(capacity);
  grown.set(column);
  return grown;
}
