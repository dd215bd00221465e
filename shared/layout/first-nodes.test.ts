import { describe, expect, it } from 'vitest';
import { readBytes } from '../readers/index.ts';
import { readSample } from '../testing/corpus.ts';
import { TRUTH_PROGRAMS } from '../testing/truth.ts';
import type { CallTree } from '../tree/call-tree.ts';
import { openGroup } from '../tree/open-group.ts';
import { createTree } from '../tree/trees.ts';
import { pack, unpack } from '../wire/pack.ts';
import { openFirstNodes } from './first-nodes.ts';
import { layoutBlocks } from './layout.ts';

const FILES = [
  ...TRUTH_PROGRAMS.map(({ name }) => `truth/${name}.prof`),
  'pstats/mutual-recursion-py311.prof',
  'pstats/direct-recursion-py311.prof',
  'pstats/cycle-no-root.prof',
  'pstats/empty-py311.prof',
];

/** Blocks with the numbers of their nodes, at half and at twice the width that was opened for. */
function describePictures(tree: CallTree) {
  return [0.003, 0.0007].map((minWidth) => {
    const options = {
      root: 0,
      minWidth,
      maxDepth: Infinity,
      cutoff: 0,
      measuredOnly: false,
      unfolded: new Set<number>(),
    };
    const { kind, node, depth, x0, x1, value, count } = layoutBlocks(tree, options);
    const { frame, total, self, calls, certainty, low, high } = tree;
    return [...node].map((at, row) => [
      [kind, depth, x0, x1, value, count].map((column) => column[row]),
      at < 0 ? null : [frame, total, self, calls, certainty, low, high].map((column) => column[at]),
    ]);
  });
}

describe('a tree that begins with nodes which another one has opened', () => {
  it.each(FILES)('shows what it would have opened itself, after the way to a page: %s', async (file) => {
    const group = await readBytes(readSample(file), file);
    const opened = openGroup(group);
    const nodes = openFirstNodes(opened);
    const bytes = await new Blob(pack(nodes) as Uint8Array<ArrayBuffer>[]).arrayBuffer();
    const source = { profile: group.profiles[0]!, metric: 0, prepared: opened.prepared };
    const begun = createTree(source, unpack(bytes) as typeof nodes);
    expect(begun.length).toBe(nodes?.frame.length);
    expect(describePictures(begun)).toEqual(describePictures(createTree(source)));
  });
});

it('gives no nodes of what needs no unfolding', async () => {
  const group = await readBytes(new TextEncoder().encode('main;read 2\nmain 1\n'), 'x');
  expect(openFirstNodes(openGroup(group))).toBeNull();
});
