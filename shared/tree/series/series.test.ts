import { describe, expect, it } from 'vitest';
import type { Profile } from '../../model/profile.ts';
import { buildPointRows } from './point-rows.ts';
import { computeSeriesFacts } from './series-facts.ts';
import {
  findLastAt,
  findStretch,
  getStartDate,
  getTimeUnit,
  groupByUnit,
  listLines,
  type SeriesLine,
} from './series-lines.ts';
import { getEnd, stackLines } from './stacked.ts';

/** `1:20 2:30`: at 1 s the value is 20. */
function line(text: string, group = '', name = 'memory'): SeriesLine {
  const points = text.split(' ').map((point) => point.split(':').map(Number));
  const key = group === '' ? name : `${name}@${group}`;
  const [time, value] = [0, 1].map((column) => Float64Array.from(points, (point) => point[column]!));
  return { key, name, group, unit: 'bytes', time: time!, value: value! };
}
const sumLines = (lines: SeriesLine[]) => {
  const { time, levels } = stackLines(lines, 8);
  return { time, value: levels.at(-1)! };
};
const textOf = ({ time, value }: { time: Float64Array; value: Float64Array }) =>
  [...time].map((at, i) => `${at}:${value[i]}`).join(' ');

describe('lines of a profile', () => {
  const profile = (name: string, series: Profile['series']) => ({ name, series }) as unknown as Profile;
  const series = (name: string, group: string, unit: 'bytes' | 'percent' = 'bytes') => ({
    ...line('0:1'),
    name,
    group,
    unit,
  });

  it('have names of their own', () => {
    const lines = listLines([profile('', [series('mem', ''), series('mem', '14395'), series('mem', '14395')])]);
    expect(lines.map(({ key }) => key)).toEqual(['mem', 'mem@14395', 'mem@14395#2']);
  });

  it('belong to their thread where there are several', () => {
    const lines = listLines([profile('main', [series('mem', '')]), profile('io', [series('mem', '')])]);
    expect(lines.map(({ group }) => group)).toEqual(['main', 'io']);
  });

  it('share a scale where they share a unit, and none where they do not', () => {
    const lines = listLines([profile('', [series('real', ''), series('cpu', '', 'percent'), series('virtual', '')])]);
    expect(groupByUnit(lines).map(({ unit, lines: each }) => [unit, ...each.map(({ name }) => name)])).toEqual([
      ['bytes', 'real', 'virtual'],
      ['percent', 'cpu'],
    ]);
  });

  it('leave out what was never measured', () => {
    const empty = { ...series('mem', ''), time: new Float64Array(), value: new Float64Array() };
    expect(listLines([profile('', [empty])])).toEqual([]);
    expect(findStretch([], [])).toBeNull();
  });

  it('know the stretch of time they share, and whether it has a date', () => {
    const span = { name: 'f', start: 0.5, end: Number.NaN, values: [] };
    expect(findStretch([line('1:5 4:6'), line('2:1 3:1')], [span])).toEqual({ start: 0.5, end: 4 });
    expect(getStartDate({ start: 0.5, end: 4 })).toBeNaN();
    expect(getStartDate({ start: 1795157504.8046, end: 1795157505.8 })).toBe(1795157504804.6);
  });

  it('count what happened where there are no times', () => {
    expect(getTimeUnit([profile('', [series('mem', '')])])).toBe('seconds');
    expect(getTimeUnit([profile('', [{ ...series('mem', ''), axis: 'count' }])])).toBe('count');
    expect(getTimeUnit([])).toBe('seconds');
  });

  it('find the last measurement at a moment', () => {
    const time = Float64Array.of(1, 2, 2, 5);
    expect([0, 1, 2, 4.9, 9].map((at) => findLastAt(time, at))).toEqual([-1, 0, 2, 2, 3]);
  });
});

describe('the sum of processes', () => {
  it('has each with its last value, until half an interval after its last measurement', () => {
    const sum = sumLines([line('0:2 2:3 4:3 5:3'), line('1:4 3:5', '7')]);
    expect(textOf(sum)).toBe('0:2 1:6 2:7 3:8 4:8 5:3');
  });

  it('counts what was measured at one moment together', () => {
    expect(textOf(sumLines([line('0:1 1:2'), line('0:10 1:20', 'a'), line('1:300', 'b')]))).toBe('0:11 1:322');
  });

  it('leaves no rounding behind', () => {
    const sum = sumLines([line('0:0.1 1:0.2 2:0.1 3:1'), line('0:0.7 1:1e16 2:0.7 3:1', 'x')]);
    expect(sum.value[2]).toBe(0.1 + 0.7);
  });

  it('is laid in levels, the last ones together where there are many', () => {
    const lines = ['1', '2', '4', '8'].map((value) => line(`0:${value} 1:${value}`, value));
    expect(stackLines(lines, 3).levels.map((level) => [...level])).toEqual([
      [1, 1],
      [3, 3],
      [15, 15],
    ]);
  });

  it('is that of a plain count at every moment', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed % 10;
    };
    const make = (group: string) => {
      let at = 0;
      const points = Array.from({ length: 40 }, () => {
        at += random();
        return `${at}:${random()}`;
      });
      return line(points.join(' '), group);
    };
    const lines = ['', 'a', 'b', 'c'].map(make);
    const { time, value } = sumLines(lines);
    for (const [i, at] of time.entries()) {
      const wanted = lines.reduce((total, each) => {
        const last = findLastAt(each.time, at);
        return last < 0 || at > getEnd(each.time) ? total : total + each.value[last]!;
      }, 0);
      expect(value[i]).toBe(wanted);
    }
  });
});

describe('facts of a line', () => {
  it('are its ends and extremes, and when it was most for the first time', () => {
    const { time, value } = line('1:5 2:9 3:2 4:9 5:4');
    expect(computeSeriesFacts(time, value)).toEqual({ points: 5, first: 5, last: 4, least: 2, most: 9, mostAt: 2 });
    expect(computeSeriesFacts(time, value, 3, 4)).toEqual({
      points: 2,
      first: 2,
      last: 9,
      least: 2,
      most: 9,
      mostAt: 4,
    });
  });

  it('pass over what is not known', () => {
    const { time, value } = line('1:NaN 2:-3 3:NaN');
    expect(computeSeriesFacts(time, value)).toEqual({ points: 1, first: -3, last: -3, least: -3, most: -3, mostAt: 2 });
    expect(computeSeriesFacts(time, value, 9)).toMatchObject({ points: 0, most: Number.NaN });
  });
});

describe('rows of points', () => {
  const show = (lines: SeriesLine[], start: number, end: number, limit: number) => {
    const { isExact, step, rows } = buildPointRows(lines, { start, end }, limit);
    return [`${isExact} ${step}`, ...rows.map(({ time, least, most }) => `${time} | ${least} | ${most}`)];
  };

  it('are the points where they are few', () => {
    expect(show([line('1:5 2:6 3:7'), line('2:1 4:3')], 2, 4, 10)).toEqual([
      'true 0',
      '2 | 6,1 | 6,1',
      '3 | 7,NaN | 7,NaN',
      '4 | NaN,3 | NaN,3',
    ]);
  });

  it('are stretches with least and most where they are many, the last moment included', () => {
    expect(show([line('0:5 1:9 2:6 3:7 4:1 8:2')], 0, 8, 4)).toEqual([
      'false 2',
      '0 | 5 | 9',
      '2 | 6 | 7',
      '4 | 1 | 1',
      '6 | 2 | 2',
    ]);
  });
});
