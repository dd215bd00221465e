import { describe, expect, it } from 'vitest';
import { fixedTree } from '../testing/fixed-tree.ts';
import { treeText } from '../testing/tree-text.ts';
import { createSubtree } from './subtree.ts';

describe('a tree cut down to one of its nodes', () => {
  it('shows that node and what is below it, with the numbers of the whole tree', () => {
    const tree = fixedTree('main 6\n  build 5\n    render 3\n    parse 2\n  read 1');
    tree.open(0);
    tree.open(1);
    const build = tree.firstChild[1]!;
    const cut = createSubtree(tree, build);
    expect(cut.total[0]).toBe(5);
    expect(cut.frame[1]).toBe(tree.frame[build]);
    cut.open(1);
    const children = Array.from({ length: cut.childCount[1]! }, (_, i) => cut.total[cut.firstChild[1]! + i]);
    expect(children).toEqual([3, 2]);
    expect(treeText(cut)).not.toContain('read');
  });

  it('opens a node once, and grows past its first columns', () => {
    const tree = fixedTree(Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}f${i} 1`).join('\n'));
    tree.open(0);
    const cut = createSubtree(tree, 1);
    for (let node = 0; node < cut.length; node++) {
      cut.open(node);
      cut.open(node);
    }
    // The first function of the chain is node 1 of both: 200 functions and "all".
    expect(cut.length).toBe(201);
    expect(cut.depth[200]).toBe(200);
  });
});
