import { describe, expect, it } from 'vitest';
import { fixedTree } from '../testing/fixed-tree.ts';
import { layoutBlocks } from './layout.ts';
import { findBlock, findNeighbour, pickBlock } from './pick.ts';

const tree = fixedTree(`
main 101
  z 1
  a 50
    b 20
    c 10
  d 30
    e 30
  f 15 ~
    g 15`);
const options = {
  root: 0,
  minWidth: 0.01,
  maxDepth: Number.POSITIVE_INFINITY,
  cutoff: 0,
  measuredOnly: false,
  unfolded: new Set<number>(),
};
const blocks = layoutBlocks(tree, options);
const find = (total: number) => findBlock(blocks, tree.total.indexOf(total, 1));

describe('picking', () => {
  it('gives the block whose centre is asked for, for every block', () => {
    for (let i = 0; i < blocks.length; i++) {
      expect(pickBlock(blocks, (blocks.x0[i]! + blocks.x1[i]!) / 2, blocks.depth[i]!)).toBe(i);
    }
  });

  it('gives nothing where nothing is drawn', () => {
    expect(pickBlock(blocks, 0.999, 3)).toBe(-1);
    expect(pickBlock(blocks, 0.5, 4)).toBe(-1);
    expect(pickBlock(blocks, 0.5, -1)).toBe(-1);
    expect(pickBlock(blocks, 1.5, 0)).toBe(-1);
    expect(pickBlock(blocks, Number.NaN, Number.NaN)).toBe(-1);
  });

  it('gives the right neighbour at a shared edge', () => {
    expect(pickBlock(blocks, blocks.x1[find(50)]!, 1)).toBe(find(30));
  });
});

describe('walking', () => {
  const step = (total: number, direction: Parameters<typeof findNeighbour>[2]) => {
    const block = findNeighbour(blocks, find(total), direction);
    return block < 0 ? null : blocks.value[block];
  };

  it('goes up to the parent and down to the widest child', () => {
    expect(step(50, 'parent')).toBe(101);
    expect(step(101, 'parent')).toBe(null);
    expect(step(101, 'child')).toBe(50);
    expect(step(20, 'child')).toBe(null);
  });

  it('goes along a row, over the edge of the family', () => {
    expect(step(50, 'next')).toBe(30);
    expect(step(50, 'previous')).toBe(null);
    expect(step(20, 'next')).toBe(10);
    expect(findNeighbour(blocks, blocks.rowStart[2]! + 2, 'next')).toBe(blocks.rowStart[2]! + 3);
    expect(findNeighbour(blocks, blocks.length - 1, 'next')).toBe(-1);
  });

  it('skips the gaps of "Measured only"', () => {
    const gaps = layoutBlocks(tree, { ...options, measuredOnly: true });
    const d = findBlock(gaps, tree.total.indexOf(30));
    const self = findNeighbour(gaps, d, 'next');
    expect(gaps.value[self]).toBe(5);
    expect(findNeighbour(gaps, self, 'previous')).toBe(d);
  });
});
