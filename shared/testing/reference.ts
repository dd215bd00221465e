/**
 * What the Python reference of the tree says about a file's widest nodes, and whether a tree says the same.
 */
import { getFrameKey } from '../model/frame-key.ts';
import { type CallTree, Certainty, type NodeIndex } from '../tree/call-tree.ts';

/** One file's answer, as shared/samples/truth/oracle.py prints it; times in nanoseconds. */
export interface ReferenceTree {
  readonly total: number;
  readonly roots: number;
  readonly keys: readonly string[];
  /** Parent (row), key, total, self, certainty (2 exact, 1 matched, 0 inferred), low, high, calls. */
  readonly nodes: readonly (readonly [number, number, number, number, number, number, number, number])[];
}

/**
 * The differences, in words; none when the tree is the same. Of nodes narrower than a millionth only the presence is
 * not asked for. A width that follows from a match is *matched* here and exact there: that is no difference. Nothing is
 * compared below functions of the key `exceptBelow`.
 */
export function findDifferences(tree: CallTree, reference: ReferenceTree, exceptBelow = ''): string[] {
  const differences: string[] = [];
  const slack = 1e-6 * reference.total + 2;
  if (Math.abs(tree.total[0]! * 1e9 - reference.roots) > slack) {
    differences.push(`roots: ${tree.total[0]! * 1e9} instead of ${reference.roots}`);
  }
  const nodes: NodeIndex[] = [];
  for (const [parent, keyIndex, total, self, certainty, low, high, calls] of reference.nodes) {
    const above = parent < 0 ? 0 : nodes[parent]!;
    const isExcepted = parent >= 0 && toText(reference.keys[reference.nodes[parent]![1]]!) === exceptBelow;
    if (isExcepted || above < 0) {
      nodes.push(-1);
      continue;
    }
    const key = toText(reference.keys[keyIndex]!);
    const node = findByKey(tree, above, key, total / 1e9);
    nodes.push(node);
    if (node < 0) {
      if (total > slack) differences.push(`${key} (${total}) is missing`);
      continue;
    }
    const compare = (name: string, found: number, expected: number, allowed: number) => {
      if (Math.abs(found - expected) > allowed) differences.push(`${key} ${name}: ${found} instead of ${expected}`);
    };
    compare('total', tree.total[node]! * 1e9, total, slack);
    compare('self', tree.self[node]! * 1e9, self, slack);
    compare('low', tree.low[node]! * 1e9, low, slack);
    compare('high', tree.high[node]! * 1e9, high, slack);
    if (!Number.isNaN(tree.calls[node]!)) compare('calls', tree.calls[node]!, calls, 1e-6 * calls + 0.01);
    const found = tree.certainty[node]!;
    const expected = [Certainty.inferred, Certainty.matched, Certainty.exact][certainty]!;
    const isSame =
      found === expected ||
      (found === Certainty.bounded && expected === Certainty.inferred) ||
      (found === Certainty.matched && expected === Certainty.exact && isBelowMatch(tree, node));
    if (!isSame) differences.push(`${key} certainty: ${found} instead of ${expected}`);
  }
  return differences;
}

/** Python keeps bytes that are no UTF-8 as lone surrogates; the reader writes them as escapes. */
function toText(key: string): string {
  return key.replace(/\p{Surrogate}/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`);
}

/** Whether some node at or above `node` was found by equal sums. */
function isBelowMatch(tree: CallTree, node: NodeIndex): boolean {
  for (let at = node; at > 0; at = tree.parent[at]!) if (tree.certainty[at] === Certainty.matched) return true;
  return false;
}

/** Two roots can have one key (merged files): the nearer in width is meant. */
function findByKey(tree: CallTree, above: NodeIndex, key: string, total: number): NodeIndex {
  tree.open(above);
  let best = -1;
  for (let i = 0; i < tree.childCount[above]!; i++) {
    const child = tree.firstChild[above]! + i;
    if (getFrameKey(tree.profile, tree.frame[child]!) !== key) continue;
    if (best < 0 || Math.abs(tree.total[child]! - total) < Math.abs(tree.total[best]! - total)) best = child;
  }
  return best;
}
