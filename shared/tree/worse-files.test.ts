/**
 * Recorded programs whose files were rounded, disturbed or cut: the tree keeps its rules, and says what is wrong.
 */
import { describe, expect, it } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { createDice } from '../testing/large-profiles.ts';
import { aggregate } from '../testing/recorded-tree.ts';
import { scoreTree } from '../testing/score.ts';
import { findBrokenRule } from '../testing/tree-rules.ts';
import { readTruth, TRUTH_PROGRAMS } from '../testing/truth.ts';
import { openWidest } from '../testing/widest-first.ts';
import { keepCalls, mapCallTimes, mapTimes } from '../testing/worsen.ts';
import { createCallTree } from './call-graph-tree.ts';
import { prepareCallGraph } from './prepare.ts';

const roundTo = (unit: number) => (value: number) => Math.round(value / unit) * unit;
const noise = (part: number) => {
  const dice = createDice(3);
  return (value: number) => value * (1 - part + 2 * part * dice());
};
const keepMost = () => {
  const dice = createDice(4);
  return () => dice() > 0.03;
};

const WAYS: readonly (readonly [string, (profile: Profile) => Profile, string | null])[] = [
  ['times rounded to a microsecond', (profile) => mapTimes(profile, roundTo(1e-6)), null],
  ['times rounded to a millisecond', (profile) => mapTimes(profile, roundTo(1e-3)), null],
  ['times of calls off by up to 10 %', (profile) => mapCallTimes(profile, noise(0.1)), 'unbalanced-times'],
  ['3 % of the calls lost', (profile) => keepCalls(profile, keepMost()), 'roots-differ-from-self'],
  ['calls with counts only', (profile) => mapCallTimes(profile, () => Number.NaN), 'calls-without-times'],
  ['every seventh time negative', (profile) => mapTimes(profile, (v, row) => (row % 7 ? v : -v)), 'negative-time'],
  ['totals below self', (profile) => mapTimes(profile, (value, row) => (row % 5 ? value : 0)), 'unbalanced-times'],
];

describe('a file that is worse than cProfile’s:', () => {
  for (const [name, worsen, code] of WAYS) {
    it(name, () => {
      const codes = new Set<string>();
      for (const program of TRUTH_PROGRAMS) {
        const profile = worsen(aggregate(readTruth(program.name)));
        const prepared = prepareCallGraph(profile);
        const tree = createCallTree(profile, prepared);
        openWidest(tree, 1000);
        expect({ program: program.name, broken: findBrokenRule(tree) }).toEqual({
          program: program.name,
          broken: null,
        });
        for (const warning of prepared.warnings) codes.add(warning.code);
      }
      if (code !== null) expect(codes).toContain(code);
    }, 30_000);
  }

  it('is still near the truth when rounded to microseconds', () => {
    for (const { name, reference } of TRUTH_PROGRAMS.filter((program) => program.name !== 'imports')) {
      const truth = readTruth(name);
      const profile = mapTimes(aggregate(truth), roundTo(1e-6));
      const { tv10 } = scoreTree(createCallTree(profile, prepareCallGraph(profile)), truth);
      // Equal sums are lost with the nanoseconds, proofs of "called once" hardly.
      expect(tv10).toBeLessThan(reference.tv10 + 15);
    }
  });
});
