import { describe, expect, it } from 'vitest';
import { getFrameName } from '../model/frame-key.ts';
import { profileOf } from '../testing/profile-of.ts';
import { createCallTree } from './call-graph-tree.ts';
import { prepareCallGraph } from './prepare.ts';
import { findWidestNode } from './widest.ts';

describe('the widest block of a function', () => {
  const profile = profileOf('main;a;hot 2\nmain;b;c;hot 5\nmain;hot 1');
  const tree = createCallTree(profile, prepareCallGraph(profile));
  const frameOf = (name: string) =>
    Array.from({ length: tree.profile.frames.length }, (_, frame) => frame).find(
      (frame) => getFrameName(tree.profile, frame) === name,
    )!;

  it('is found wherever it lies', () => {
    const node = findWidestNode(tree, frameOf('hot'));
    expect(tree.total[node]).toBe(5);
    expect(tree.depth[node]).toBe(4);
  });

  it('is the node itself for a root', () => {
    expect(tree.depth[findWidestNode(tree, frameOf('main'))]).toBe(1);
  });

  it('is given up on after so many nodes', () => {
    expect(findWidestNode(tree, frameOf('hot'), 1)).toBe(-1);
  });
});
