/**
 * Paths: the names of nodes that outlive a tree. A node's number depends on what was opened before; its path does not.
 */
import type { FrameIndex } from '../model/profile.ts';
import type { CallTree, NodeIndex } from './call-tree.ts';

/** Frames from a root down to the node; empty for node 0. Cost: the node's depth. */
export function getPath(tree: CallTree, node: NodeIndex): FrameIndex[] {
  const path: FrameIndex[] = [];
  for (let at = node; at > 0; at = tree.parent[at]!) path.push(tree.frame[at]!);
  return path.reverse();
}

/** The node at a path, or -1. Opens every node on the way; node 0 for the empty path. */
export function findNode(tree: CallTree, path: readonly FrameIndex[]): NodeIndex {
  let node = 0;
  for (const frame of path) {
    node = findChild(tree, node, frame);
    if (node < 0) return -1;
  }
  return node;
}

/** The child of a node that is a call of `frame`, or -1. Opens the node. */
export function findChild(tree: CallTree, node: NodeIndex, frame: FrameIndex): NodeIndex {
  tree.open(node);
  const first = tree.firstChild[node]!;
  for (let child = first; child < first + tree.childCount[node]!; child++) {
    if (tree.frame[child] === frame) return child;
  }
  return -1;
}
