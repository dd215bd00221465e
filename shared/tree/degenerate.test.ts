/**
 * Graphs of odd shapes: prepared and opened in a time that grows with their size, and by all rules.
 */
import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { pairsOfHourglass, pairsOfLayers, profileOfCircle, profileOfPairs } from '../testing/large-profiles.ts';
import { findBrokenRule } from '../testing/tree-rules.ts';
import { openWidest } from '../testing/widest-first.ts';
import { createCallTree } from './call-graph-tree.ts';
import { prepareCallGraph } from './prepare.ts';

/**
 * Seconds that preparing and opening 2,000 nodes may take on a busy machine of two cores. None of these takes one on
 * an idle one; the plain ways (recursion, a matrix in full, all pairs) take minutes or never end.
 */
const MOST_SECONDS = 15;

const SHAPES: readonly (readonly [string, () => Profile])[] = [
  ['layers of 20, 40 deep, all calling all', () => profileOfPairs(801, pairsOfLayers(40, 20))],
  ['layers of 50, 200 deep, all calling all', () => profileOfPairs(10_001, pairsOfLayers(200, 50))],
  [
    'a chain of 100,000',
    () =>
      profileOfPairs(
        100_000,
        Array.from({ length: 99_999 }, (_, at) => [at, at + 1] as const),
      ),
  ],
  ['a circle of 10,000', () => profileOfCircle(10_000, 0)],
  ['a circle of 10,000 with 40,000 chords', () => profileOfCircle(10_000, 40_000)],
  ['one function with 100,000 callees', () => profileOfPairs(100_003, pairsOfHourglass(1, 100_000))],
  ['one function with 100,000 callers', () => profileOfPairs(100_052, pairsOfHourglass(100_000, 50))],
  ['one function with 3,000 callers and 3,000 callees', () => profileOfPairs(6002, pairsOfHourglass(3000, 3000))],
];

describe('a graph of odd shape is quick to open, and keeps the rules:', () => {
  for (const [name, make] of SHAPES) {
    it(name, () => {
      const profile = make();
      const start = performance.now();
      const prepared = prepareCallGraph(profile);
      const tree = createCallTree(profile, prepared);
      openWidest(tree, 2000);
      expect((performance.now() - start) / 1000).toBeLessThan(MOST_SECONDS);
      expect(findBrokenRule(tree)).toBe(null);
      expect(prepared.unbalanced).toBe(false);
    }, 60_000);
  }
});
