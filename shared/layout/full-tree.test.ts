import { describe, expect, it } from 'vitest';
import { profileOf } from '../testing/profile-of.ts';
import { createCallTree } from '../tree/call-graph-tree.ts';
import { prepareCallGraph } from '../tree/prepare.ts';
import { BlockKind } from './blocks.ts';
import { layoutBlocks } from './layout.ts';

const profile = profileOf('main;a;c 1 \n main;a;d 1 \n main;b;c 2 \n main;b;d 1');
/** Node 0, main, a and b. */
const createFull = () => createCallTree(profile, prepareCallGraph(profile), 4);

describe('R23: a tree of as many nodes as a tree may have', () => {
  it('leaves nodes closed, and opens those without children', () => {
    const tree = createFull();
    for (let node = 0; node < tree.length; node++) tree.open(node);
    expect(tree.length).toBe(4);
    expect([...tree.firstChild.subarray(0, 4)]).toEqual([1, 2, -1, -1]);
    expect([...tree.childCount.subarray(0, 4)]).toEqual([1, 2, 0, 0]);
  });

  it('is drawn as far as it goes, and what is below stays uncounted', () => {
    const tree = createFull();
    const blocks = layoutBlocks(tree, {
      root: 0,
      minWidth: 0.001,
      maxDepth: Infinity,
      cutoff: 0,
      measuredOnly: false,
      unfolded: new Set(),
    });
    const below = [...blocks.kind.keys()].filter((block) => blocks.kind[block] === BlockKind.gathered);
    expect(below.map((block) => [blocks.node[block], blocks.count[block]])).toEqual([
      [2, 0],
      [3, 0],
    ]);
  });
});
