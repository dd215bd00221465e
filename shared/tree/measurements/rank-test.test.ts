/**
 * Against scipy 1.x, `scipy.stats.mannwhitneyu(a, b, method='exact' | 'asymptotic').pvalue`, and, with ties, against all
 * ways to deal the ranks out:
 *
 *     r = [2 * sum(y < x for y in a + b) + sum(y == x for y in a + b) + 1 for x in a + b]
 *     far = lambda ranks: abs(sum(ranks) - sum(r) * len(a) / len(r))
 *     p = mean(far(c) >= far(r[:len(a)]) for c in itertools.combinations(r, len(a)))
 */
import { describe, expect, it } from 'vitest';
import { computeRankTest, getLeastProbability } from './rank-test.ts';

const list = (length: number, value: (i: number) => number) => Array.from({ length }, (_, i) => value(i));

describe('the rank test', () => {
  it.each([
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.007936507936507936],
    [[9.25, 9.8, 10.45, 10.65, 12.35], [10.1, 10.9, 11.2, 12.9, 13.4], 0.15079365079365079],
    [[1, 1, 2, 3], [1, 2, 4, 4, 5], 0.2222222222222222],
    [[1], [2], 1],
    [[3, 3, 3], [3, 3], 1],
  ])('of %j and %j is %d', (a, b, probability) => {
    expect(computeRankTest(a, b)).toBeCloseTo(probability, 12);
    expect(computeRankTest(b, a)).toBeCloseTo(probability, 12);
  });

  it.each([
    [list(30, (i) => ((i * 7) % 31) + i / 100), list(35, (i) => ((i * 11) % 37) + 3 + i / 100), 0.026602788292059795],
    [list(40, (i) => i % 5), list(42, (i) => i % 7), 0.024404920805606134],
    [list(40, (i) => i % 5), list(40, (i) => (i % 5) + 1), 0.004885098783066598],
    [list(40, () => 2), list(40, () => 2), 1],
  ])('of many values goes by the normal distribution', (a, b, probability) => {
    expect(computeRankTest(a, b)).toBeCloseTo(probability, 6);
  });

  it('knows what it can reach at best', () => {
    expect(getLeastProbability(5, 5)).toBeCloseTo(2 / 252, 15);
    expect(getLeastProbability(3, 3)).toBeCloseTo(0.1, 15);
    expect(getLeastProbability(1, 1)).toBe(1);
    expect(getLeastProbability(500, 600)).toBeGreaterThanOrEqual(0);
  });

  it('says nothing of nothing', () => {
    expect(computeRankTest([], [1])).toBeNaN();
  });
});
