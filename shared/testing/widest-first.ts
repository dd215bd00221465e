/**
 * Opens a tree as a view does: the widest unopened node first.
 */
import type { CallTree, NodeIndex } from '../tree/call-tree.ts';

/** Opens up to `count` nodes below node 0 and returns them, widest first. */
export function openWidest(tree: CallTree, count: number): NodeIndex[] {
  const heap: NodeIndex[] = [];
  const opened: NodeIndex[] = [];
  const wider = (a: NodeIndex, b: NodeIndex) => tree.total[a]! > tree.total[b]!;
  const push = (node: NodeIndex) => {
    let at = heap.push(node) - 1;
    for (let above = (at - 1) >> 1; at > 0 && wider(node, heap[above]!); above = (at - 1) >> 1) {
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = node;
  };
  const pop = (): NodeIndex | undefined => {
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      if (below + 1 < heap.length && wider(heap[below + 1]!, heap[below]!)) below++;
      if (!wider(heap[below]!, last)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return top;
  };
  const pushChildren = (node: NodeIndex) => {
    tree.open(node);
    for (let i = 0; i < tree.childCount[node]!; i++) push(tree.firstChild[node]! + i);
  };
  pushChildren(0);
  for (let node = pop(); node !== undefined && opened.length < count; node = pop()) {
    opened.push(node);
    pushChildren(node);
  }
  return opened;
}
