import { describe, expect, it } from 'vitest';
import { fixedTree } from '../testing/fixed-tree.ts';
import { getShownName } from './frame-text.ts';
import { computeSelfInside } from './self-inside.ts';

const tree = fixedTree(`
main 100
  load 60
    parse 40
    read 15 ~
  draw 30
    parse 10 ~`);
tree.open(0);
tree.open(1);

const text = (node: number) =>
  computeSelfInside(tree, node).rows.map(
    ({ frame, self, estimated }) => `${getShownName(tree.profile, frame)} ${estimated ? '≈' : ''}${self}`,
  );

describe('self time inside a node', () => {
  it('adds up a function over all its places, and says where an estimate is among them', () => {
    expect(text(1)).toEqual(['parse ≈50', 'draw 20', 'read ≈15', 'main 10', 'load 5']);
    expect(text(2)).toEqual(['parse 40', 'read ≈15', 'load 5']);
  });

  it('takes the file’s own numbers for the whole profile', () => {
    const functions = { ...tree.profile.functions, self: [Float64Array.of(10, 5, 50, 15, 20)] };
    const whole = Object.create(tree, { profile: { value: { ...tree.profile, functions } } }) as typeof tree;
    expect(computeSelfInside(whole, 1).rows[0]).toEqual({ frame: 2, self: 50, estimated: false });
  });

  it('says how much is in nodes that are too narrow to look into', () => {
    const many = fixedTree('main 100\n  a 99.99\n  b 0.01\n    c 0.005');
    many.open(0);
    expect(computeSelfInside(many, 1).rest).toBeCloseTo(0.005, 12);
  });
});
