/**
 * A call tree as text, for expectations that can be checked by eye.
 *
 *   main 10            name and total, widest first, two spaces per level
 *     a 6 =            total found by equal sums (matched)
 *     b 2 1.9..2.1     nearly known (bounded)
 *     c 1 ~0..3        estimated, with its bounds
 */
import { getFrameName } from '../model/frame-key.ts';
import { type CallTree, Certainty, type NodeIndex } from '../tree/call-tree.ts';

/** How much to write. */
export interface TreeTextOptions {
  /** Levels; all by default, which for a recursive tree is without end. */
  readonly depth?: number;
  /** Least total of a node that is written. */
  readonly least?: number;
  /** Digits of totals. */
  readonly digits?: number;
}

/** The tree from its roots on, opened as far as it is written. */
export function treeText(tree: CallTree, options: TreeTextOptions = {}): string {
  const { depth = Number.POSITIVE_INFINITY, least = 0, digits = 3 } = options;
  const number = (value: number) => String(Number(value.toFixed(digits)));
  const lines: string[] = [];
  const write = (node: NodeIndex) => {
    const low = number(tree.low[node]!);
    const high = number(tree.high[node]!);
    const sureness = {
      [Certainty.exact]: '',
      [Certainty.matched]: ' =',
      [Certainty.bounded]: ` ${low}..${high}`,
      [Certainty.inferred]: ` ~${low}..${high}`,
    }[tree.certainty[node]!];
    const name = getFrameName(tree.profile, tree.frame[node]!);
    lines.push(`${'  '.repeat(tree.depth[node]! - 1)}${name} ${number(tree.total[node]!)}${sureness}`);
  };
  const stack: NodeIndex[] = [0];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node > 0) write(node);
    if (tree.depth[node]! >= depth) continue;
    tree.open(node);
    const first = tree.firstChild[node]!;
    for (let child = first + tree.childCount[node]! - 1; child >= first && first > 0; child--) {
      if (tree.total[child]! >= least) stack.push(child);
    }
  }
  return lines.join('\n');
}
