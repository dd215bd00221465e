/** Nodes of a tree waiting to be opened, widest first: what walks a tree in order of size shares this queue. */
import type { CallTree, NodeIndex } from './call-tree.ts';

/** A binary heap of nodes by total. */
export class WidestFirst {
  readonly #tree: CallTree;
  readonly #nodes: NodeIndex[] = [];

  constructor(tree: CallTree) {
    this.#tree = tree;
  }

  /** Nodes waiting. */
  get length(): number {
    return this.#nodes.length;
  }

  /** Adds a node. Cost: log n. */
  push(node: NodeIndex): void {
    const nodes = this.#nodes;
    let at = nodes.push(node) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (this.#width(nodes[up]!) >= this.#width(node)) break;
      nodes[at] = nodes[up]!;
      at = up;
    }
    nodes[at] = node;
  }

  /** The widest node; the queue must not be empty. */
  pop(): NodeIndex {
    const nodes = this.#nodes;
    const top = nodes[0]!;
    const last = nodes.pop()!;
    if (nodes.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= nodes.length) break;
      if (down + 1 < nodes.length && this.#width(nodes[down + 1]!) > this.#width(nodes[down]!)) down++;
      if (this.#width(last) >= this.#width(nodes[down]!)) break;
      nodes[at] = nodes[down]!;
      at = down;
    }
    nodes[at] = last;
    return top;
  }

  #width(node: NodeIndex): number {
    return this.#tree.total[node]!;
  }
}
