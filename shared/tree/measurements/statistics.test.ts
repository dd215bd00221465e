/**
 * Against Python 3.11: `import statistics as s; s.fmean(v), s.stdev(v), s.median(v), s.quantiles(v, n=4, method='inclusive')`.
 */
import { describe, expect, it } from 'vitest';
import { computeDeviation, computeMean, getQuantile } from './statistics.ts';

const sort = (values: readonly number[]) => values.toSorted((a, b) => a - b);

describe('numbers that sum up repeats', () => {
  it.each([
    {
      // raw times of 20000 loops: 247 msec, 213 msec, 196 msec, 209 msec, 185 msec
      values: [247, 213, 196, 209, 185].map((ms) => ms / 1000 / 20000),
      mean: 1.0500000000000001e-5,
      deviation: 1.1726039399558574e-6,
      quarters: [9.800000000000001e-6, 1.045e-5, 1.065e-5],
    },
    {
      values: [3.1, 4.1, 5.9, 2.6, 5.3, 5.8],
      mean: 4.466666666666667,
      deviation: 1.4151560573543354,
      quarters: [3.35, 4.699999999999999, 5.675],
    },
  ])('are those of Python for $values', ({ values, mean, deviation, quarters }) => {
    const close = (found: number, wanted: number) => expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-12);
    close(computeMean(values), mean);
    close(computeDeviation(values), deviation);
    [0.25, 0.5, 0.75].forEach((share, i) => {
      close(getQuantile(sort(values), share), quarters[i]!);
    });
  });

  it('keep the small beside the large', () => {
    const values = [4, 7, 13, 16].map((small) => 1e9 + small);
    expect(computeDeviation(values)).toBe(5.477225575051661);
    expect(computeMean([1e16, 1, -1e16])).toBe(1 / 3);
  });

  it('are unknown where there are too few', () => {
    expect([computeMean([]), computeDeviation([3]), getQuantile([], 0.5)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect([computeMean([3]), getQuantile([3], 0.5), getQuantile([3], 0.25)]).toEqual([3, 3, 3]);
  });
});
