import { describe, expect, it } from 'vitest';
import { FrameBook } from '../../../shared/model/frame-book.ts';
import type { Metric, Profile } from '../../../shared/model/profile.ts';
import { StackProfile } from '../../../shared/model/stack-profile.ts';
import { type AllocationsBy, buildAllocationRows } from '../../../shared/tree/allocation-rows.ts';
import { buildCopyText, chooseColumns, describeRow, getRowText } from './cells.ts';
import { parseSetting, printSetting } from './setting.ts';

const METRICS: readonly Metric[] = [
  { name: 'size', unit: 'bytes' },
  { name: 'blocks', unit: 'count' },
];

function allocated(linesRan = true): Profile {
  const book = new FrameBook();
  const profile = new StackProfile(book, { metrics: METRICS, sampled: false, linesRan });
  const root = book.frame('main', '/home/me/app/main.py', 3);
  profile.addStack([root, book.frame('load', '/home/me/app/data.py', 12)], [3 * 1024 ** 2, 1200]);
  profile.addStack([root, book.frame('=cmd', '/home/me/app/data.py', 40)], [1024 ** 2, 1]);
  profile.addStack([root], [512, 3]);
  return profile.build();
}

const rowsOf = (by: AllocationsBy, linesRan = true) => buildAllocationRows(allocated(linesRan), by);

describe('columns of allocations', () => {
  it('are the metric with its share and average, then the others; the sum has them too', () => {
    const rows = rowsOf('line');
    const columns = chooseColumns(rows, 0, 2000);
    expect(columns.map(({ head }) => head)).toEqual(['', 'size', '%', 'average', 'blocks', '%']);
    const told = [0, 1, 2, -1].map((row) =>
      columns
        .map((column) => column.text(row))
        .join(' | ')
        .replaceAll('\u202f', ' '),
    );
    expect(told).toEqual([
      ' | 512 B | <0.1 % | 171 B | 3 | 0.2 %',
      ' | 3.00 MiB | 75.0 % | 2.56 KiB | 1,200 | 99.7 %',
      ' | 1.00 MiB | 25.0 % | 1.00 MiB | 1 | <0.1 %',
      ' | 4.00 MiB | 100 % | 3.40 KiB | 1,204 | 100 %',
    ]);
  });

  it('are as many as have room', () => {
    const heads = [700, 600, 500, 300].map((width) => chooseColumns(rowsOf('line'), 0, width).map(({ name }) => name));
    expect(heads).toEqual([
      ['bar', 'value', 'share', 'average'],
      ['value', 'share', 'average'],
      ['value', 'share', 'average'],
      ['value', 'share'],
    ]);
  });
});

describe('a row', () => {
  it('is called by line, function, file or the end of its traceback', () => {
    const tell = (by: AllocationsBy, row: number, linesRan = true) => {
      const { name, beside, full } = describeRow(rowsOf(by, linesRan), row);
      return [name, beside, full];
    };
    expect(tell('line', 1)).toEqual(['data.py:12', 'me/app', '/home/me/app/data.py:12']);
    expect(tell('line', 1, false)).toEqual(['load', 'data.py:12', '/home/me/app/data.py:12 (load)']);
    expect(tell('file', 1)).toEqual(['data.py', 'me/app', '/home/me/app/data.py']);
    expect(tell('traceback', 1)).toEqual(['load', 'data.py:12 · 2 calls', '/home/me/app/data.py:12 (load)']);
  });

  it('by traceback is found by any call on the way', () => {
    expect([0, 1].map((row) => getRowText(rowsOf('traceback'), row).includes('main.py'))).toEqual([true, true]);
    expect([0, 1].map((row) => getRowText(rowsOf('line'), row).includes('main.py'))).toEqual([true, false]);
  });

  it('is copied with every digit, and never as a formula', () => {
    expect(buildCopyText(rowsOf('line', false), [1, 2])).toBe(
      [
        'size (bytes)\tblocks (count)\tline',
        '3145728\t1200\t/home/me/app/data.py:12 (load)',
        '1048576\t1\t/home/me/app/data.py:40 (=cmd)',
        '',
      ].join('\n'),
    );
    const [, path] = buildCopyText(rowsOf('traceback'), [1]).split('\n');
    expect(path?.split('\t')[2]).toBe('/home/me/app/main.py:3 (main) > /home/me/app/data.py:12 (load)');
  });
});

describe('the setting of the allocations view', () => {
  it('reads as it was written, and makes no sense of nonsense', () => {
    for (const by of ['line', 'file', 'traceback'] as const)
      expect(parseSetting(printSetting({ by, find: 'a;b' }))).toEqual({ by, find: 'a;b' });
    expect(parseSetting('by=folder')).toEqual({ by: 'line', find: '' });
    expect(printSetting(parseSetting(''))).toBe('');
  });
});
