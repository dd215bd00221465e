/**
 * The widest block of a function: where a table row or a search match is found in a tree that is opened on demand.
 *
 * Nodes are visited by width, widest first, and a child is never wider than its parent, so the first node of the
 * function that is met is the widest one.
 */
import type { FrameIndex } from '../model/profile.ts';
import type { CallTree, NodeIndex } from './call-tree.ts';
import { getCallerRuns } from './edges.ts';
import { WidestFirst } from './widest-first.ts';

/** Nodes to open before giving up: some 50 ms. */
const MOST_OPENED = 4000;

/** Widest node of `frame`, opening the tree along the way; -1 when none is met among the widest nodes. */
export function findWidestNode(tree: CallTree, frame: FrameIndex, mostOpened = MOST_OPENED): NodeIndex {
  const leads = tree.exact ? null : findLeads(tree, frame);
  const queue = new WidestFirst(tree);
  queue.push(0);
  for (let opened = 0; queue.length > 0 && opened < mostOpened; opened++) {
    const node = queue.pop();
    if (tree.frame[node] === frame) return node;
    tree.open(node);
    const first = tree.firstChild[node]!;
    const end = first + tree.childCount[node]!;
    for (let child = first; child < end; child++) {
      if (leads === null || leads[tree.frame[child]!] === 1) queue.push(child);
    }
  }
  return -1;
}

/** Frames that lead to `frame` by calls, itself included: only their nodes can have it below them. */
function findLeads({ profile }: CallTree, frame: FrameIndex): Uint8Array {
  const { start, end } = getCallerRuns(profile);
  const leads = new Uint8Array(profile.frames.length);
  leads[frame] = 1;
  const left = [frame];
  for (let callee = left.pop(); callee !== undefined; callee = left.pop()) {
    for (let row = start[callee]!; row < end[callee]!; row++) {
      const caller = profile.calls.caller[row]!;
      if (leads[caller] === 1) continue;
      leads[caller] = 1;
      left.push(caller);
    }
  }
  return leads;
}
