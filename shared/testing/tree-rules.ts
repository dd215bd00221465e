/**
 * What holds at every node of every tree, also of files that contradict themselves.
 */
import { type CallTree, Certainty } from '../tree/call-tree.ts';

/** The first broken rule among a tree's nodes, in words; null when all hold. Cost: all nodes that were opened. */
export function findBrokenRule(tree: CallTree): string | null {
  for (let node = 0; node < tree.length; node++) {
    const wrong = findBrokenRuleAt(tree, node);
    if (wrong) return `node ${node}: ${wrong}`;
  }
  return null;
}

function findBrokenRuleAt(tree: CallTree, node: number): string | null {
  const total = tree.total[node]!;
  const self = tree.self[node]!;
  const low = tree.low[node]!;
  const high = tree.high[node]!;
  const certainty = tree.certainty[node]!;
  // Sums of doubles, and a thousandth of a nanosecond.
  const slack = 1e-9 * Math.abs(total) + 1e-12;
  for (const [name, value] of Object.entries({ total, self, low, high })) {
    if (!Number.isFinite(value)) return `${name} is ${value}`;
    if (value < 0) return `${name} is negative: ${value}`;
  }
  if (tree.calls[node]! < 0) return `calls are negative: ${tree.calls[node]}`;
  if (self > total + slack) return `self ${self} is above total ${total}`;
  if (low > total + slack || total > high + slack) return `total ${total} is outside ${low} .. ${high}`;
  if (certainty >= Certainty.matched && high - low > 2e-9 + slack) return `certain, but between ${low} and ${high}`;
  if (certainty === Certainty.bounded && high - low > 0.0501 * total) return `bounded, but between ${low} and ${high}`;
  if (node > 0 && tree.parent[node]! >= node) return 'comes before its parent';
  if (tree.firstChild[node]! < 0) return null;
  let sum = self;
  let last = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tree.childCount[node]!; i++) {
    const child = tree.firstChild[node]! + i;
    if (tree.parent[child] !== node) return `child ${child} has another parent`;
    if (tree.depth[child] !== tree.depth[node]! + 1) return `child ${child} has depth ${tree.depth[child]}`;
    if (tree.total[child]! > last) return `child ${child} is wider than the one before`;
    last = tree.total[child]!;
    sum += last;
  }
  return sum > total + slack ? `self and children are ${sum}, total ${total}` : null;
}
