import { describe, expect, it } from 'vitest';
import { assignColors } from '../../shared/color/colors.ts';
import { packageOf } from '../../shared/color/packages.ts';
import { layoutBlocks } from '../../shared/layout/layout.ts';
import { fixedTree } from '../../shared/testing/fixed-tree.ts';
import { buildScene, describeBlock } from './chart-scene.ts';

describe('a tree that is a part of the profile', () => {
  const tree = fixedTree(`
main 100
  load 60`);
  const packages = packageOf(tree.profile);
  const blocks = layoutBlocks(tree, {
    root: 0,
    minWidth: 0.01,
    maxDepth: 99,
    cutoff: 0,
    measuredOnly: false,
    unfolded: new Set(),
  });

  it('has shares of the whole profile in labels, tooltip and details', () => {
    const colors = assignColors(tree.profile, packages, 'package');
    const scene = buildScene({ tree, whole: 400, packages, colors, matches: null }, blocks);
    const label = scene.label(0);
    expect(label && 'share' in label ? label.share.replace('\u202f', ' ') : '').toBe('25.0 %');
    expect(describeBlock(tree, 400, blocks, 0).share).toBe(0.25);
  });
});
