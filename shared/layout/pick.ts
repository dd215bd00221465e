/** From a place in unit space back to the block there, and from a block to its neighbours. */
import type { NodeIndex } from '../tree/call-tree.ts';
import { type BlockIndex, BlockKind, type Blocks } from './blocks.ts';

/** Where an arrow key leads. */
export type Direction = 'parent' | 'child' | 'previous' | 'next';

/** Block at `x` in level `depth`; -1 for an empty place. Cost: logarithmic in the level's blocks. */
export function pickBlock(blocks: Blocks, x: number, depth: number): BlockIndex {
  if (!(depth >= 0) || depth > blocks.maxDepth) return -1;
  const block = findFirstEndingAfter(blocks, x, depth);
  return block < blocks.rowStart[depth + 1]! && blocks.x0[block]! <= x ? block : -1;
}

/** First block of a level whose right edge is beyond `x`; the start of the next level when there is none. */
export function findFirstEndingAfter(blocks: Blocks, x: number, depth: number): BlockIndex {
  let low = blocks.rowStart[depth]!;
  let high = blocks.rowStart[depth + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks.x1[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Block of a node (folded or not); -1 when it is not on the picture. Cost: linear. */
export function findBlock(blocks: Blocks, node: NodeIndex): BlockIndex {
  for (let i = 0; i < blocks.length; i++) {
    if (blocks.node[i] === node && isNodeBlock(blocks, i)) return i;
  }
  return -1;
}

/** The block of a new layout that stands for the same as `block` did in an old one; -1 when there is none. Cost: linear. */
export function findAgain(before: Blocks, block: BlockIndex, blocks: Blocks): BlockIndex {
  for (let i = 0; block >= 0 && i < blocks.length; i++) {
    if (blocks.node[i] === before.node[block] && blocks.kind[i] === before.kind[block]) return i;
  }
  return -1;
}

/** True for blocks that stand for their node itself. */
export function isNodeBlock(blocks: Blocks, block: BlockIndex): boolean {
  return blocks.kind[block] === BlockKind.node || blocks.kind[block] === BlockKind.recursion;
}

/** Block that an arrow key leads to: the parent, the widest child, or the sibling beside it; -1 when there is none. */
export function findNeighbour(blocks: Blocks, block: BlockIndex, direction: Direction): BlockIndex {
  const depth = blocks.depth[block] ?? -1;
  switch (direction) {
    case 'parent':
      return blocks.parent[block] ?? -1;
    case 'child': {
      if (depth < 0 || depth >= blocks.maxDepth) return -1;
      let best = -1;
      const end = blocks.rowStart[depth + 2] ?? blocks.length;
      const start = findFirstEndingAfter(blocks, blocks.x0[block]!, depth + 1);
      for (let i = start; i < end && blocks.x0[i]! < blocks.x1[block]!; i++) {
        if (blocks.parent[i] !== block || blocks.kind[i] === BlockKind.unrecorded) continue;
        if (best < 0 || blocks.value[i]! > blocks.value[best]!) best = i;
      }
      return best;
    }
    case 'previous':
    case 'next': {
      // Over the edge of the family, on to the cousins: a row can be walked from end to end.
      const step = direction === 'next' ? 1 : -1;
      let beside = block + step;
      while (blocks.depth[beside] === depth && blocks.kind[beside] === BlockKind.unrecorded) beside += step;
      return blocks.depth[beside] === depth ? beside : -1;
    }
    default:
      return direction satisfies never;
  }
}
