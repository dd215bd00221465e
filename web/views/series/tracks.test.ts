import { describe, expect, it } from 'vitest';
import type { Profile, Unit } from '../../../shared/model/profile.ts';
import { findNearestMoment, findNextMoment, getValueAt } from './moments.ts';
import { parseSetting } from './option.ts';
import { buildPanels, canStack, readSeriesFile, type SeriesFile } from './tracks.ts';

/** `main 10:5 11:7`: group, then values by time; groups are divided by `|`. */
function fileOf(text: string, name = 'memory', unit: Unit = 'bytes'): SeriesFile {
  const series = text.split('|').map((part) => {
    const [group = '', ...points] = part.trim().split(' ');
    const numbers = points.map((point) => point.split(':').map(Number));
    const column = (at: number) => Float64Array.from(numbers, (pair) => pair[at]!);
    return { name, unit, group: group === '-' ? '' : group, time: column(0), value: column(1) };
  });
  return readSeriesFile('a.dat', [{ series } as unknown as Profile]);
}

const panelsOf = (file: SeriesFile, option = '', other: SeriesFile | null = null) =>
  buildPanels(file, other, parseSetting(option));
const tracksOf = (...args: Parameters<typeof panelsOf>) => panelsOf(...args).flatMap(({ tracks }) => tracks);

describe('lines on the screen', () => {
  it('are named by what they are and whose', () => {
    expect(tracksOf(fileOf('main 0:1 1:2 | child 0:3 1:4')).map(({ label }) => label)).toEqual([
      'memory main',
      'memory child',
    ]);
  });

  it('are left out when they are hidden, and stay in the legend', () => {
    const [panel] = panelsOf(fileOf('main 0:1 | child 0:3'), 'hide=memory@main');
    expect(panel!.tracks.map(({ key }) => key)).toEqual(['memory@child']);
    expect(panel!.entries.map(({ key, isShown }) => [key, isShown])).toEqual([
      ['memory@main', false],
      ['memory@child', true],
    ]);
  });

  it('are levels when they are stacked, with the sum at last', () => {
    const file = fileOf('main 0:1 1:2 | child 0:3 1:4');
    expect(canStack(file)).toBe(true);
    const [low, high] = tracksOf(file, 'stack=1');
    expect([low!.level, high!.level, high!.below]).toEqual(['level', 'sum', low]);
    expect([[...low!.value], [...high!.value]]).toEqual([
      [1, 2],
      [4, 6],
    ]);
    expect(high!.facts).toMatchObject({ most: 6, mostAt: 1 });
  });

  it('are gathered in the last level where they are many', () => {
    const file = fileOf(Array.from({ length: 12 }, (_, i) => `p${i} 0:1 1:1`).join('|'));
    const tracks = tracksOf(file, 'stack=1');
    expect([tracks.length, tracks.at(-1)!.label, tracks.at(-1)!.value[0]]).toEqual([8, '5 more', 12]);
  });

  it('of two files begin at one edge and share their colours', () => {
    const [own, other] = tracksOf(fileOf('- 1000:5 1001:6'), '', fileOf('- 50:7 53:8'));
    expect([own!.offset, other!.offset, own!.hue, other!.hue]).toEqual([1000, 50, 0, 0]);
    expect([own!.isOther, other!.isOther]).toEqual([false, true]);
  });

  it('cannot be stacked where there is one of each', () => {
    expect(canStack(fileOf('- 0:1'))).toBe(false);
  });
});

describe('a file without times', () => {
  it('has its own numbers, from 0', () => {
    const series = { ...fileOf('- 1:5 2:6 9:7').lines[0]!, axis: 'count' as const };
    const file = readSeriesFile('a.json', [{ series: [series] } as unknown as Profile]);
    expect([file.axis, file.start, file.duration]).toEqual(['count', 0, 9]);
    expect(fileOf('- 1:5 2:6 9:7')).toMatchObject({ axis: 'seconds', start: 1, duration: 8 });
  });
});

describe('moments', () => {
  const tracks = tracksOf(fileOf('- 1795157504.8046:1 1795157504.8548:2 1795157505.9:3'));
  const start = 1795157504.8046;

  it('are walked one by one, also where times since 1970 have lost digits', () => {
    const first = findNextMoment(tracks, -1, 1);
    const second = findNextMoment(tracks, first, 1);
    const third = findNextMoment(tracks, second, 1);
    expect([first, second, third]).toEqual([0, 1795157504.8548 - start, 1795157505.9 - start]);
    expect(findNextMoment(tracks, third, 1)).toBe(third);
    expect(findNextMoment(tracks, third, -1)).toBe(second);
    expect(findNextMoment(tracks, 0, -1)).toBe(0);
  });

  it('have the nearest one, and none where there is nothing', () => {
    expect(findNearestMoment(tracks, 0.04)).toBe(1795157504.8548 - start);
    expect(findNearestMoment([], 3)).toBeNaN();
  });

  it('have the last value that was measured, while the process lived', () => {
    const [track] = tracksOf(fileOf('- 10:1 12:5 16:9'));
    expect([-1, 0, 1.9, 2, 6, 8, 8.1].map((at) => getValueAt(track!, at))).toEqual([
      Number.NaN,
      1,
      1,
      5,
      9,
      9,
      Number.NaN,
    ]);
  });

  it('have what each level of a stack adds', () => {
    const [low, high] = tracksOf(fileOf('main 0:1 1:2 | child 0:3 1:4'), 'stack=1');
    expect([getValueAt(low!, 1), getValueAt(high!, 1)]).toEqual([2, 6]);
  });
});
