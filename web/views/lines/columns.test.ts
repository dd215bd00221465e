import { describe, expect, it } from 'vitest';
import { FrameBook } from '../../../shared/model/frame-book.ts';
import { LineBuilder } from '../../../shared/model/line-builder.ts';
import { buildPlainProfile } from '../../../shared/model/plain-profile.ts';
import type { Metric } from '../../../shared/model/profile.ts';
import { StackProfile } from '../../../shared/model/stack-profile.ts';
import { buildLineRows, type LineRows } from '../../../shared/tree/line-rows.ts';
import { chooseColumns, getHeat, makeShown } from './columns.ts';
import { parseSetting, printSetting } from './setting.ts';

const TIME: readonly Metric[] = [{ name: 'time', unit: 'microseconds' }];

/** Lines of one function: `line hits values…`. */
function linesOf(metrics: readonly Metric[], ...lines: readonly string[]): LineRows {
  const book = new FrameBook();
  const builder = new LineBuilder(metrics.length);
  const frame = book.frame('f', 'a.py', 1);
  for (const each of lines) {
    const [line = 0, calls = 0, ...values] = each.split(' ').map(Number);
    builder.add(frame, book.text('a.py'), line, { calls, values });
  }
  return buildLineRows(buildPlainProfile(book, { metrics, lines: builder }), 'function');
}

/** Heads with their units, then each row's texts. */
function tell(rows: LineRows, width = 2000, metric = 0): string[] {
  const columns = chooseColumns(makeShown(rows, 0, metric, 'self'), width);
  const heads = columns.map(({ head, unit }) => (unit === '' ? head : `${head} ${unit}`));
  const texts = Array.from({ length: rows.length }, (_, row) => columns.map((column) => column.text(row)));
  return [heads, ...texts].map((cells) => cells.join(' | ').replaceAll('\u202f', ' '));
}

describe('columns of lines', () => {
  it('are hits, value in one unit, value of a hit, and shares', () => {
    expect(tell(linesOf(TIME, '2 1500 3790.7', '3 1 0.7', '4 3 192.3'))).toEqual([
      'hits | time µs | per hit | of function | of all',
      '1,500 | 3,791 | 2.53 µs | 95.2 % | 95.2 %',
      '1 | 0.700 | 700 ns | <0.1 % | <0.1 %',
      '3 | 192 | 64.1 µs | 4.8 % | 4.8 %',
    ]);
  });

  it('are as many as have room: the value and its share are always there', () => {
    const rows = linesOf([...TIME, { name: 'blocks', unit: 'count' }], '2 4 80 12345');
    const heads = [2000, 800, 700, 650, 500, 0].map((width) => tell(rows, width)[0]);
    expect(heads).toEqual([
      'hits | time µs | per hit | of function | of all | blocks',
      'hits | time µs | per hit | of function | of all',
      'hits | time µs | per hit | of function',
      'hits | time µs | of function',
      'time µs | of function',
      'time µs | of function',
    ]);
    expect(tell(rows, 2000, 1)[1]).toBe('4 | 12,345 | 3.09 k | 100 % | 100 % | 80.0');
  });

  it('of percentages have no share of all and no value of a hit: they are shares', () => {
    expect(tell(linesOf([{ name: 'CPU', unit: 'percent' }], '2 NaN 30', '3 NaN 10'))).toEqual([
      'CPU | of function',
      '30.0 % | 75.0 %',
      '10.0 % | 25.0 %',
    ]);
  });

  it('of a state have bars alone', () => {
    const rows = linesOf([{ name: 'memory', unit: 'bytes', isState: true }], '2 1 1048576', '3 1 2097152');
    expect(tell(rows)).toEqual(['hits | memory KiB | ', '1 | 1,024 | ', '1 | 2,048 | ']);
    const columns = chooseColumns(makeShown(rows, 0, 0, 'self'), 2000);
    expect(columns.at(-1)?.bar?.(0)).toBe(0.5);
  });

  it('tell the line alone from what it calls, where that is known', () => {
    const book = new FrameBook();
    const stacks = new StackProfile(book, { metrics: TIME, sampled: true, linesRan: true });
    const [outer, inner] = [book.frame('f', 'a.py', 2), book.frame('g', 'a.py', 9)];
    stacks.addStack([outer], [10]);
    stacks.addStack([outer, inner], [30]);
    const rows = buildLineRows(stacks.build(), 'function');
    expect(tell(rows).slice(0, 2)).toEqual([
      'self µs | total µs | of function | of all',
      '10.0 | 40.0 | 100 % | 25.0 %',
    ]);
  });
});

describe('heat', () => {
  it('grows with the square root of the share', () => {
    const rows = linesOf(TIME, '1 1 0', '2 1 1', '3 1 24', '4 1 75', '5 1 NaN');
    const shown = makeShown(rows, 0, 0, 'self');
    expect([0, 1, 2, 3, 4].map((row) => getHeat(shown, row))).toEqual([-1, 0, 3, 6, -1]);
  });
});

describe('the setting of the lines view', () => {
  it('reads as it was written, and nothing is the default', () => {
    const setting = { by: 'file', rank: 'total', file: '/a;b/c.py', line: 12, find: 'x=y' } as const;
    expect(parseSetting(printSetting(setting))).toEqual(setting);
    expect(printSetting(parseSetting(''))).toBe('');
  });

  it('makes no sense of nonsense', () => {
    expect(parseSetting('by=folder;rank=up;line=-3;find')).toEqual({
      by: 'function',
      rank: 'self',
      file: '',
      line: 0,
      find: '',
    });
    expect(parseSetting('line=1e9').line).toBe(0);
  });
});
