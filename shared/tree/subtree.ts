/**
 * A call tree cut down to one of its nodes.
 *
 *   all ─ main ─ build ─ render ─ …      cut at build:      all ─ build ─ render ─ …
 *
 * Numbers and certainty are those of the whole tree: cutting a tree changes what is shown, not what is known.
 */
import type { CallTree, NodeIndex } from './call-tree.ts';

/** The tree below and with `node`, which becomes node 1. Nodes are copied as they are opened; the tree below is opened too. */
export function createSubtree(tree: CallTree, node: NodeIndex): CallTree {
  return new Subtree(tree, node);
}

class Subtree implements CallTree {
  readonly profile;
  readonly metric;
  readonly exact;
  length = 0;
  frame = new Int32Array(64);
  parent = new Int32Array(64);
  firstChild = new Int32Array(64);
  childCount = new Int32Array(64);
  depth = new Int32Array(64);
  total = new Float64Array(64);
  self = new Float64Array(64);
  calls = new Float64Array(64);
  certainty = new Uint8Array(64);
  low = new Float64Array(64);
  high = new Float64Array(64);
  readonly #tree: CallTree;
  /** Node of the whole tree that each node is a copy of. */
  #origin = new Int32Array(64);

  constructor(tree: CallTree, node: NodeIndex) {
    this.#tree = tree;
    this.profile = tree.profile;
    this.metric = tree.metric;
    this.exact = tree.exact;
    this.#append(node, -1);
    this.frame[0] = -1;
    this.self[0] = 0;
    this.firstChild[0] = 1;
    this.childCount[0] = 1;
    this.#append(node, 0);
  }

  open(node: NodeIndex): void {
    if (this.firstChild[node] !== -1) return;
    const origin = this.#origin[node]!;
    this.#tree.open(origin);
    const first = this.#tree.firstChild[origin]!;
    const count = this.#tree.childCount[origin]!;
    this.firstChild[node] = count === 0 ? 0 : this.length;
    this.childCount[node] = count;
    for (let child = first; child < first + count; child++) this.#append(child, node);
  }

  #append(origin: NodeIndex, parent: NodeIndex): void {
    if (this.length === this.frame.length) this.#grow();
    const node = this.length++;
    const tree = this.#tree;
    this.#origin[node] = origin;
    this.parent[node] = parent;
    this.depth[node] = parent < 0 ? 0 : this.depth[parent]! + 1;
    this.firstChild[node] = -1;
    this.childCount[node] = 0;
    this.frame[node] = tree.frame[origin]!;
    this.total[node] = tree.total[origin]!;
    this.self[node] = tree.self[origin]!;
    this.calls[node] = tree.calls[origin]!;
    this.certainty[node] = tree.certainty[origin]!;
    this.low[node] = tree.low[origin]!;
    this.high[node] = tree.high[origin]!;
  }

  #grow(): void {
    this.#origin = doubleInts(this.#origin);
    this.frame = doubleInts(this.frame);
    this.parent = doubleInts(this.parent);
    this.firstChild = doubleInts(this.firstChild);
    this.childCount = doubleInts(this.childCount);
    this.depth = doubleInts(this.depth);
    this.total = doubleFloats(this.total);
    this.self = doubleFloats(this.self);
    this.calls = doubleFloats(this.calls);
    this.low = doubleFloats(this.low);
    this.high = doubleFloats(this.high);
    const certainty = new Uint8Array(this.certainty.length * 2);
    certainty.set(this.certainty);
    this.certainty = certainty;
  }
}

function doubleInts(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(column.length * 2);
  next.set(column);
  return next;
}

function doubleFloats(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const next = new Float64Array(column.length * 2);
  next.set(column);
  return next;
}
