import { describe, expect, it } from 'vitest';
import { reduceSeries } from './columns.ts';
import { arrangeSpans } from './span-lanes.ts';

const reduce = (points: [number, number][], from: number, to: number, columns: number) =>
  reduceSeries(
    Float64Array.from(points, ([time]) => time),
    Float64Array.from(points, ([, value]) => value),
    { from, to, columns },
  );

describe('columns of a line', () => {
  it('keep first, least, most and last of each', () => {
    const { count, first, least, most, last } = reduce(
      [
        [0, 5],
        [1, 1],
        [2, 9],
        [3, 4],
        [6, 7],
      ],
      0,
      8,
      2,
    );
    expect([[...count], [...first], [...least], [...most], [...last]]).toEqual([
      [4, 1],
      [5, 7],
      [1, 7],
      [9, 7],
      [4, 7],
    ]);
  });

  it('know the points on either side of the view', () => {
    const points: [number, number][] = [0, 1, 2, 3, 4].map((at) => [at, at]);
    const { before, after, count } = reduce(points, 1.5, 2.5, 4);
    expect([before, after, [...count]]).toEqual([1, 3, [0, 0, 1, 0]]);
    expect(reduce(points, 0, 4, 4)).toMatchObject({ before: -1, after: -1 });
  });

  it('lead no line over what is not known', () => {
    const { broken, count } = reduce(
      [
        [0, 1],
        [1, Number.NaN],
        [2, 3],
        [3, 4],
      ],
      0,
      4,
      4,
    );
    expect([[...count], [...broken]]).toEqual([
      [1, 0, 1, 1],
      [0, 0, 1, 0],
    ]);
  });

  it('find every extreme of a million points', () => {
    const length = 1_000_000;
    const time = Float64Array.from({ length }, (_, i) => i / 1000);
    const value = Float64Array.from({ length }, (_, i) => Math.sin(i) * (i % 977));
    value[123_456] = 5000;
    value[654_321] = -5000;
    const { most, least, count } = reduceSeries(time, value, { from: 0, to: 1000, columns: 1400 });
    expect([Math.max(...most), Math.min(...least)]).toEqual([5000, -5000]);
    expect(count.reduce((sum, each) => sum + each, 0)).toBe(length);
  });

  it('of one moment are one', () => {
    expect([...reduce([[3, 7]], 3, 3, 2).count]).toEqual([1, 0]);
  });
});

describe('lanes of spans', () => {
  const lanesOf = (spans: [number, number][]) => {
    const rows = spans.map(([start, end], i) => ({ name: `f${i}`, start, end, values: [] }));
    const { lane, count } = arrangeSpans(rows, 100);
    return { lane: [...lane], count };
  };

  it('put inner spans below the outer one, in whatever order the file has them', () => {
    expect(
      lanesOf([
        [1, 3],
        [4, 6],
        [0, 9],
        [1, 2],
      ]),
    ).toEqual({ lane: [1, 1, 0, 2], count: 3 });
  });

  it('use a lane again where the one before has ended', () => {
    expect(
      lanesOf([
        [0, 2],
        [2, 4],
        [4, 4],
      ]),
    ).toEqual({ lane: [0, 0, 0], count: 1 });
  });

  it('keep a lane for what never ended', () => {
    expect(
      lanesOf([
        [0, Number.NaN],
        [50, 60],
      ]),
    ).toEqual({ lane: [0, 1], count: 2 });
  });
});
