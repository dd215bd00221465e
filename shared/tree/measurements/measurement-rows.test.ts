import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../model/profile.ts';
import { buildMeasurementRow, chooseStatistic, compareMeasurements, findFastest } from './measurement-rows.ts';

const row = (values: number[], more: Partial<Measurement> = {}) =>
  buildMeasurementRow({ name: 'f()', unit: 'seconds', loops: 10, values: Float64Array.from(values), ...more });
const verdictOf = (a: number[], b: number[]) => compareMeasurements(row(a), row(b), 'median').verdict;

describe('rows of timed statements', () => {
  it('sum up the repeats', () => {
    const { best, worst, median, mean, repeats, lowerQuarter, upperQuarter, isStated } = row([5, 1, 4, 2]);
    expect({ best, worst, median, mean, repeats, lowerQuarter, upperQuarter, isStated }).toEqual({
      best: 1,
      worst: 5,
      median: 3,
      mean: 3,
      repeats: 4,
      lowerQuarter: 1.75,
      upperQuarter: 4.25,
      isStated: false,
    });
  });

  it('keep the order in which repeats were made', () => {
    expect([...row([5, 1, 4]).values]).toEqual([5, 1, 4]);
  });

  it('say what the tool says where it lists no repeats', () => {
    const stated = row([], { stated: { mean: 1.21e-6, deviation: 1.62e-6, repeats: 5 } });
    expect(stated).toMatchObject({ mean: 1.21e-6, deviation: 1.62e-6, repeats: 5, isStated: true });
    expect([stated.best, stated.median]).toEqual([Number.NaN, Number.NaN]);
  });

  it('are compared by what most of them have', () => {
    const onlyBest = () => row([], { stated: { best: 2 } });
    expect(chooseStatistic([row([1, 2]), row([2])])).toBe('median');
    expect(chooseStatistic([onlyBest(), onlyBest(), row([2])])).toBe('best');
    expect(chooseStatistic([row([], { stated: { mean: 3 } })])).toBe('mean');
  });

  it('have a fastest, of one unit', () => {
    const bytes = row([0.1], { unit: 'bytes' });
    expect(findFastest([row([3]), row([2]), bytes, row([2])], 'median')).toBe(1);
    expect(findFastest([row([])], 'median')).toBe(-1);
  });
});

describe('a comparison', () => {
  it('has the ratio of the numbers that are compared', () => {
    expect(compareMeasurements(row([3, 4, 5]), row([1, 2, 3]), 'median').ratio).toBe(2);
    expect(compareMeasurements(row([3]), row([3], { unit: 'bytes' }), 'median')).toEqual({
      ratio: Number.NaN,
      verdict: 'unknown',
    });
    expect(compareMeasurements(row([1]), row([0]), 'median').ratio).toBeNaN();
  });

  it('goes by the rank test where there are repeats enough', () => {
    expect(verdictOf([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBe('different');
    expect(verdictOf([1, 2, 3, 4, 6], [5, 7, 8, 9, 10])).toBe('unclear');
    expect(verdictOf([1, 2, 3, 4, 5, 6.5], [6, 7, 8, 9, 10, 11])).toBe('different');
  });

  it('goes by the ranges with fewer, and claims no more', () => {
    expect(verdictOf([1, 2, 3], [4, 5, 6])).toBe('apart');
    expect(verdictOf([4, 5, 6], [1, 2, 3])).toBe('apart');
    expect(verdictOf([1, 2, 4], [3, 5, 6])).toBe('unclear');
    expect(verdictOf([1, 2], [2, 3])).toBe('unclear');
  });

  it('tells nothing from one repeat or from a summary', () => {
    expect(verdictOf([1], [100, 101, 102])).toBe('unknown');
    expect(compareMeasurements(row([], { stated: { mean: 1 } }), row([2, 3]), 'mean').verdict).toBe('unknown');
  });

  it('of a statement with itself is none', () => {
    const base = row([1, 2]);
    expect(compareMeasurements(base, base, 'median')).toEqual({ verdict: 'same', ratio: 1 });
  });
});
