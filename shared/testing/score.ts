/**
 * How far a rebuilt call tree is from the true one.
 *
 *   tv(D)      total-variation distance of self time over paths cut at D frames, in percent: 0 is right, 100 all wrong
 *              (a node at depth D counts with its total; time that is missing counts as wrong)
 *   top20      mean relative error of the 20 widest true nodes below half of the total, in percent
 *   root       total of the tree / true total
 *   overflow   worst (self + children − total) of an opened node / true total
 *
 * The rebuilt tree is opened along the true paths only: what else it holds counts as wrong by its total.
 */
import { getFrameKey } from '../model/frame-key.ts';
import type { CallTree, NodeIndex } from '../tree/call-tree.ts';
import { computeTotals, listChildren, type RecordedTree } from './recorded-tree.ts';

/** The distance of a tree to the truth. */
export interface Score {
  readonly tv5: number;
  readonly tv10: number;
  readonly tv20: number;
  readonly tv: number;
  readonly top20: number;
  readonly root: number;
  readonly overflow: number;
}

/** Scores a tree in seconds against the recorded one. */
export function scoreTree(tree: CallTree, truth: RecordedTree): Score {
  const match = matchNodes(tree, truth);
  const totals = computeTotals(truth);
  const total = truth.self.reduce((sum, self) => sum + self, 0);
  const distance = (depth: number) => computeDistance(tree, truth, match, totals, depth) / total;
  const widest = totals
    .map((_, node) => node)
    .filter((node) => totals[node]! < 0.5 * total)
    .sort((a, b) => totals[b]! - totals[a]! || a - b)
    .slice(0, 20);
  const error = (node: number) => {
    const found = match[node]! < 0 ? 0 : tree.total[match[node]!]! * 1e9;
    return totals[node]! > 0 ? Math.min(1, Math.abs(found - totals[node]!) / totals[node]!) : 0;
  };
  return {
    tv5: 100 * distance(5),
    tv10: 100 * distance(10),
    tv20: 100 * distance(20),
    tv: 100 * distance(Number.POSITIVE_INFINITY),
    top20: (100 * widest.reduce((sum, node) => sum + error(node), 0)) / Math.max(1, widest.length),
    root: (tree.total[0]! * 1e9) / total,
    overflow: (computeOverflow(tree) * 1e9) / total,
  };
}

/** Node of the tree for every true node: the same path of function keys; -1 where the tree has no such node. */
export function matchNodes(tree: CallTree, truth: RecordedTree): NodeIndex[] {
  const keys = truth.frames.map(([file, line, name]) => `${file}:${line}(${name})`);
  const byNode = new Map<NodeIndex, Map<string, NodeIndex>>();
  const getChildren = (node: NodeIndex) => {
    let children = byNode.get(node);
    if (children) return children;
    children = new Map();
    tree.open(node);
    for (let i = 0; i < tree.childCount[node]!; i++) {
      const child = tree.firstChild[node]! + i;
      children.set(getFrameKey(tree.profile, tree.frame[child]!), child);
    }
    byNode.set(node, children);
    return children;
  };
  const match: NodeIndex[] = [];
  truth.parent.forEach((parent, node) => {
    const above = parent < 0 ? 0 : match[parent]!;
    match.push(above < 0 ? -1 : (getChildren(above).get(keys[truth.frame[node]!]!) ?? -1));
  });
  return match;
}

/** Half the L1 distance of self time over paths cut at `depth`, in nanoseconds. */
function computeDistance(
  tree: CallTree,
  truth: RecordedTree,
  match: readonly NodeIndex[],
  totals: readonly number[],
  depth: number,
): number {
  const children = listChildren(truth);
  const roots = truth.parent.length;
  let distance = 0;
  let placed = 0;
  const stack = [{ node: roots, depth: 0 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const there = top.node === roots ? 0 : match[top.node]!;
    let other = 0; // time of the tree's children that the truth does not have
    for (let i = 0; i < tree.childCount[there]!; i++) other += tree.total[tree.firstChild[there]! + i]! * 1e9;
    for (const child of children[top.node]!) {
      const found = match[child]!;
      if (found < 0) {
        distance += totals[child]!;
        continue;
      }
      other -= tree.total[found]! * 1e9;
      const isCut = top.depth + 1 >= depth;
      const value = 1e9 * (isCut ? tree.total[found]! : tree.self[found]!);
      distance += Math.abs((isCut ? totals[child]! : truth.self[child]!) - value);
      placed += value;
      if (!isCut) stack.push({ node: child, depth: top.depth + 1 });
    }
    distance += Math.max(0, other);
    placed += Math.max(0, other);
  }
  const total = truth.self.reduce((sum, self) => sum + self, 0);
  return (distance + Math.abs(total - placed)) / 2;
}

/** Worst excess of self and children over their node, among opened nodes. */
export function computeOverflow(tree: CallTree): number {
  let worst = 0;
  for (let node = 0; node < tree.length; node++) {
    if (tree.firstChild[node]! < 0) continue;
    let sum = tree.self[node]!;
    for (let i = 0; i < tree.childCount[node]!; i++) sum += tree.total[tree.firstChild[node]! + i]!;
    worst = Math.max(worst, sum - tree.total[node]!);
  }
  return worst;
}
