/**
 * A call tree as nested JSON, the widest nodes first, within limits.
 *
 * Written piece by piece with a stack of its own: a tree may be deeper than JSON.stringify can go.
 */
import { getFrameKey } from '../../shared/model/frame-key.ts';
import { type CallTree, CERTAINTY_NAMES, type NodeIndex } from '../../shared/tree/call-tree.ts';
import { plainJson } from '../terminal.ts';
import { toNumberOrNull } from './functions.ts';

/** What is left out of a tree that could be endless. */
export interface TreeLimits {
  /** Nodes narrower than this share of the root. */
  readonly minShare: number;
  /** Nodes in all; the widest are kept. */
  readonly maxNodes: number;
}

/** The tree's NODE of the root, with `omitted` where children were left out. */
export function writeTree(tree: CallTree, limits: TreeLimits): string {
  const kept = keepWidest(tree, limits);
  const pieces: string[] = [];
  // A node is met twice: on the way down (its fields), and after its children (its end).
  const stack: { node: NodeIndex; isEnd: boolean; isFirst: boolean }[] = [{ node: 0, isEnd: false, isFirst: true }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.isEnd) {
      pieces.push(`]${writeOmitted(tree, top.node, kept)}}`);
      continue;
    }
    pieces.push(top.isFirst ? '' : ',', writeFields(tree, top.node));
    stack.push({ ...top, isEnd: true });
    const children = getChildren(tree, top.node).filter((child) => kept.has(child));
    for (let at = children.length - 1; at >= 0; at--)
      stack.push({ node: children[at] ?? 0, isEnd: false, isFirst: at === 0 });
  }
  return pieces.join('');
}

/** Opens the widest node that is not opened yet, again and again. Every kept node has been opened. */
function keepWidest(tree: CallTree, { minShare, maxNodes }: TreeLimits): Set<NodeIndex> {
  const least = minShare * (tree.total[0] ?? 0);
  const kept = new Set<NodeIndex>();
  const waiting = new WidestFirst(tree);
  waiting.push(0);
  for (let node = waiting.pop(); node !== -1 && kept.size < maxNodes; node = waiting.pop()) {
    kept.add(node);
    tree.open(node);
    for (const child of getChildren(tree, node)) if ((tree.total[child] ?? 0) >= least) waiting.push(child);
  }
  return kept;
}

function getChildren(tree: CallTree, node: NodeIndex): NodeIndex[] {
  const first = tree.firstChild[node] ?? 0;
  return first <= 0 ? [] : Array.from({ length: tree.childCount[node] ?? 0 }, (_, index) => first + index);
}

function writeFields(tree: CallTree, node: NodeIndex): string {
  const name = node === 0 ? 'all' : getFrameKey(tree.profile, tree.frame[node] ?? -1);
  const fields = {
    name,
    self: toNumberOrNull(tree.self[node]),
    total: toNumberOrNull(tree.total[node]),
    calls: toNumberOrNull(tree.calls[node]),
    certainty: CERTAINTY_NAMES[tree.certainty[node] ?? 0],
    low: toNumberOrNull(tree.low[node]),
    high: toNumberOrNull(tree.high[node]),
  };
  return `${plainJson(fields).slice(0, -1)},"children":[`;
}

function writeOmitted(tree: CallTree, node: NodeIndex, kept: ReadonlySet<NodeIndex>): string {
  const left = getChildren(tree, node).filter((child) => !kept.has(child));
  if (left.length === 0) return '';
  const total = left.reduce((sum, child) => sum + (tree.total[child] ?? 0), 0);
  return `,"omitted":${JSON.stringify({ nodes: left.length, total })}`;
}

/** A heap of nodes: the widest comes out first, of equals the one that was opened first. */
class WidestFirst {
  readonly #tree: CallTree;
  readonly #heap: NodeIndex[] = [];

  constructor(tree: CallTree) {
    this.#tree = tree;
  }

  push(node: NodeIndex): void {
    const heap = this.#heap;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(node, heap[above] ?? 0)) break;
      heap[at] = heap[above] ?? 0;
      at = above;
    }
    heap[at] = node;
  }

  /** The widest node, taken out; -1 when there is none. */
  pop(): NodeIndex {
    const heap = this.#heap;
    const widest = heap[0] ?? -1;
    const last = heap.pop() ?? -1;
    if (heap.length === 0) return widest;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && this.#isBefore(heap[below + 1] ?? 0, heap[below] ?? 0)) below += 1;
      if (!this.#isBefore(heap[below] ?? 0, last)) break;
      heap[at] = heap[below] ?? 0;
      at = below;
    }
    heap[at] = last;
    return widest;
  }

  #isBefore(a: NodeIndex, b: NodeIndex): boolean {
    const difference = (this.#tree.total[a] ?? 0) - (this.#tree.total[b] ?? 0);
    return difference > 0 || (difference === 0 && a < b);
  }
}
