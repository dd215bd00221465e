import { describe, expect, it } from 'vitest';
import { fixedTree } from '../testing/fixed-tree.ts';
import type { CallTree } from './call-tree.ts';
import { getShownName } from './frame-text.ts';
import { findSelfInside, type SelfInsideList } from './self-inside.ts';

function computeSelfInside(inside: CallTree, node: number): SelfInsideList {
  const steps = findSelfInside(inside, node);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

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

  it('lists the greatest of many, the first of equal ones first', () => {
    const self = Float64Array.from({ length: 300_000 }, (_, frame) => (frame % 1000 === 7 ? 2 : 1));
    const functions = { ...tree.profile.functions, self: [self] };
    const whole = Object.create(tree, {
      profile: { value: { ...tree.profile, functions } },
      total: { value: [4e5, 4e5] },
    });
    const { rows } = computeSelfInside(whole as typeof tree, 1);
    expect(rows.slice(0, 3).map(({ frame }) => frame)).toEqual([7, 1007, 2007]);
    expect(rows.every(({ self: value }) => value === 2)).toBe(true);
  });

  it('says how much is in nodes that are too narrow to look into', () => {
    const many = fixedTree('main 100\n  a 99.99\n  b 0.01\n    c 0.005');
    many.open(0);
    expect(computeSelfInside(many, 1).rest).toBeCloseTo(0.005, 12);
  });
});
