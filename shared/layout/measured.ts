/** How much of a picture is measured: the number in the legend. */
import { type CallTree, Certainty } from '../tree/call-tree.ts';
import { BlockKind, type Blocks } from './blocks.ts';

/** Blocks narrower than this share of the zoomed node do not count: nobody reads them. */
const LEAST_SHARE = 0.005;

/** Shares of the drawn width; together 1, or 0 and 0 where nothing is drawn. */
export interface Measured {
  readonly measured: number;
  readonly estimated: number;
}

/**
 * Width of exact, matched and bounded blocks against that of inferred ones, over all levels, of blocks that stand for
 * nodes and are at least half a percent wide. Lay out without *Measured only*: what it hides belongs to the estimates.
 */
export function measuredShare(blocks: Blocks, tree: CallTree): Measured {
  let measured = 0;
  let estimated = 0;
  for (let i = 0; i < blocks.length; i++) {
    const width = blocks.x1[i]! - blocks.x0[i]!;
    const kind = blocks.kind[i]!;
    // Node 0 is no function: nobody measured or estimated it.
    if (blocks.node[i] === 0) continue;
    if (!(width >= LEAST_SHARE) || (kind !== BlockKind.node && kind !== BlockKind.recursion)) continue;
    if (tree.certainty[blocks.node[i]!] === Certainty.inferred) estimated += width;
    else measured += width;
  }
  const all = measured + estimated;
  return all > 0 ? { measured: measured / all, estimated: estimated / all } : { measured: 0, estimated: 0 };
}
