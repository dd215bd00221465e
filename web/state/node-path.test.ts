import { describe, expect, it } from 'vitest';
import { computeFrameCodes, findFrameByKey } from '../../shared/model/frame-code.ts';
import { getFrameKey } from '../../shared/model/frame-key.ts';
import { profileOf } from '../../shared/testing/profile-of.ts';
import { createCallTree } from '../../shared/tree/call-graph-tree.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';
import {
  countSteps,
  findFrameOfPath,
  findNodeByPath,
  formatStep,
  getNodePath,
  getParentPath,
  isNodePath,
} from './node-path.ts';

const profile = profileOf('main;build;render 3\nmain;build;parse 2\nmain;read 1');
const codes = computeFrameCodes(profile);
const makeTree = () => createCallTree(profile, prepareCallGraph(profile));

describe('paths of blocks', () => {
  it('lead every node of a tree back to itself, also in a tree that was never opened', () => {
    const tree = makeTree();
    for (let node = 0; node < tree.length; node++) tree.open(node);
    for (let node = 0; node < tree.length; node++) {
      const path = getNodePath(tree, codes, node);
      expect(countSteps(path)).toBe(tree.depth[node]);
      const fresh = makeTree();
      const { node: found } = findNodeByPath(fresh, codes, path);
      expect(getNodePath(fresh, codes, found)).toBe(path);
      expect(findNodeByPath(tree, codes, path).node).toBe(node);
    }
  });

  it('say how far they can be followed where they lead nowhere', () => {
    const tree = makeTree();
    tree.open(0);
    const first = getNodePath(tree, codes, 1);
    expect(findNodeByPath(tree, codes, first + formatStep(1) + formatStep(2))).toEqual({ node: 1, found: 1, steps: 3 });
  });

  it('know the function they end at', () => {
    const tree = makeTree();
    tree.open(0);
    expect(findFrameOfPath(codes, getNodePath(tree, codes, 1))).toBe(tree.frame[1]);
    expect(findFrameOfPath(codes, '')).toBe(-1);
  });

  it('are cut one step at a time', () => {
    expect(getParentPath('AAAAABBBBB')).toBe('AAAAA');
    expect(getParentPath('AAAAA')).toBe('');
    expect(getParentPath('')).toBe('');
  });

  it('are told from other text', () => {
    expect(['', 'AAAAA', 'a-_9Z'].every(isNodePath)).toBe(true);
    expect(['AAAA', 'AAAA<', 'AAAAA '].some(isNodePath)).toBe(false);
  });
});

describe('codes of frames', () => {
  it('differ for functions of one profile, and are found again by the key', () => {
    expect(new Set(codes).size).toBe(codes.length);
    for (let frame = 0; frame < codes.length; frame++) {
      expect(findFrameByKey(profile, codes, getFrameKey(profile, frame))).toBe(frame);
    }
    expect(findFrameByKey(profile, codes, 'nowhere.py:1(nobody)')).toBe(-1);
  });
});
