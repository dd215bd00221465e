import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../testing/fixed-seed.ts';
import { MinTree } from './min-tree.ts';

describe('MinTree', () => {
  it('answers as a look at every row does', () => {
    const columns = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 700 });
    fc.assert(
      fc.property(columns, fc.nat(720), fc.nat(720), fc.integer({ min: -11, max: 11 }), (values, from, end, limit) => {
        const tree = new MinTree(Int32Array.from(values));
        const next = values.findIndex((value, row) => row >= from && value <= limit);
        expect(tree.findNext(from, limit)).toBe(next < 0 ? values.length : next);
        expect(tree.findLast(from, limit)).toBe(values.slice(0, from + 1).findLastIndex((value) => value <= limit));
        expect(tree.getLeast(from, end)).toBe(Math.min(...values.slice(from, Math.max(from, end))));
      }),
    );
  });
});
