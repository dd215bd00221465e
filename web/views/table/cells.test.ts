import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../../shared/model/build.ts';
import type { Unit } from '../../../shared/model/profile.ts';
import { arrangeRows } from '../../../shared/tree/arrange-rows.ts';
import { buildFunctionRows, type FunctionRows } from '../../../shared/tree/function-rows.ts';
import { groupFramesByPath } from '../../../shared/tree/grouping.ts';
import { searchFrames } from '../../../shared/tree/search.ts';
import { finish } from '../../../shared/tree/steps.ts';
import { getColumnUnits, getFunctionCells, getGroupCells, getLongestTexts, getPlace, getSumParts } from './cells.ts';
import { buildCopyText } from './copy-text.ts';

interface Row {
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
  readonly calls?: number;
  readonly primitive?: number;
  readonly self?: number;
  readonly total?: number;
}

function rowsOf(rows: readonly Row[], unit: Unit = 'seconds'): FunctionRows {
  const builder = new ProfileBuilder({ metrics: [{ name: 'value', unit }] });
  rows.forEach((row, index) => {
    const { name = `f${index}`, file = '/app/a.py', line = index + 1, calls = Number.NaN, primitive = calls } = row;
    builder.setFunction(builder.addFrame(name, file, line), {
      calls,
      primitiveCalls: primitive,
      self: [row.self ?? Number.NaN],
      total: [row.total ?? Number.NaN],
    });
  });
  return buildFunctionRows(builder.build());
}

function arrange(rows: FunctionRows, matches: Uint8Array | null = null) {
  return arrangeRows(rows, { sort: [], matches: [matches], grouping: null, openGroups: new Set() });
}

/** The cells of a function as one line, as a person reads them. */
function read(rows: FunctionRows, frame: number): string {
  const cells = getFunctionCells(rows, arrange(rows), getColumnUnits(rows), frame);
  const { calls, primitive, self, selfShare, selfPerCall, total, totalShare, totalPerCall } = cells;
  const parts = [
    calls + primitive,
    self.join(''),
    selfShare.text,
    selfPerCall.join(' '),
    total.join(''),
    totalShare.text,
    totalPerCall.join(' '),
  ];
  return parts.join(' | ').replaceAll('\u202f', ' ');
}

describe('cells', () => {
  it('tells times of one column in one unit and times per call in their own', () => {
    const rows = rowsOf([
      { calls: 198397, primitive: 5943, self: 0.0777, total: 0.0897 },
      { calls: 1, self: 1.7223, total: 1.8 },
    ]);
    expect(getColumnUnits(rows)?.total.unit).toBe('ms');
    expect(read(rows, 0)).toBe('198,397/5,943 | 77.7 | 4.3 % | 392 ns | 89.7 | 5.0 % | 15.1 µs');
    expect(read(rows, 1)).toBe('1 | 1,722 | 95.7 % | 1.72 s | 1,800 | 100 % | 1.80 s');
  });

  it('gives tottime a unit of its own where that of cumtime would leave nothing of it', () => {
    const small = Array.from({ length: 50_000 }, () => ({ calls: 1, self: 0.0019, total: 0.002 }));
    const rows = rowsOf([...small, { calls: 1, self: 0, total: 95 }]);
    expect([getColumnUnits(rows)?.self.unit, getColumnUnits(rows)?.total.unit]).toEqual(['ms', 's']);
    expect(read(rows, 0).split(' | ').slice(1, 2)).toEqual(['1.90']);
  });

  it('shows what the file does not have as a dash, never as 0', () => {
    expect(read(rowsOf([{ self: 1, total: 1 }, {}]), 1)).toBe('– | – | – | –  | – | – | – ');
    expect(read(rowsOf([{ calls: 0, self: 0, total: 0 }, { self: 1 }]), 0)).toBe('0 | 0 | 0 % | –  | 0 | 0 % | – ');
  });

  it('has no shares above nothing', () => {
    expect(read(rowsOf([{ calls: 3, self: 0, total: 0 }]), 0)).toBe('3 | 0 | 0 % | 0 s | 0 | 0 % | 0 s');
  });

  it('splits numbers at the decimal point, so that they align', () => {
    const rows = rowsOf([{ calls: 1, self: 0.0777, total: 1.8 }]);
    const cells = getFunctionCells(rows, arrange(rows), getColumnUnits(rows), 0);
    expect([cells.self, cells.total]).toEqual([
      ['77', '.7'],
      ['1,800', ''],
    ]);
  });

  it('tells memory in one unit for the column, counts as they are', () => {
    const rows = (unit: 'bytes' | 'count') => rowsOf([{ calls: 2, self: 2048, total: 3 * 1024 ** 2 }], unit);
    expect(getColumnUnits(rows('bytes'))?.total.unit).toBe('KiB');
    expect(read(rows('bytes'), 0)).toContain('2 | 2.00 | 100 % | 1.00 KiB | 3,072');
    expect(getColumnUnits(rows('count'))).toBeNull();
  });

  it('draws bars against the largest value of the column', () => {
    const rows = rowsOf([
      { calls: 1, self: 1, total: 4 },
      { calls: 1, self: 2, total: 2 },
    ]);
    const cells = getFunctionCells(rows, arrange(rows), null, 0);
    expect([cells.selfShare.bar, cells.totalShare.bar]).toEqual([0.5, 1]);
  });

  it('sums a group and leaves its total empty', () => {
    const rows = rowsOf([
      { calls: 1, self: 1, total: 4 },
      { calls: 3, self: 2, total: 2 },
    ]);
    const grouping = finish(groupFramesByPath(rows.profile, 'file'));
    const arrangement = arrangeRows(rows, { sort: [], matches: [], grouping, openGroups: new Set() });
    const cells = getGroupCells(rows, arrangement, getColumnUnits(rows), 0);
    expect([cells.calls, cells.self.join(''), cells.selfPerCall.join(' '), cells.total.join('')]).toEqual([
      '4',
      '3,000',
      '750 ms',
      '',
    ]);
  });

  it('knows how long the longest numbers are before they are written', () => {
    const rows = rowsOf([
      { calls: 12_412_672, primitive: 4_194_304, self: 1, total: 1 },
      { calls: 4_194_304_000, self: 9622, total: 9622 },
      {},
    ]);
    expect(getLongestTexts(rows, getColumnUnits(rows), null)).toEqual({
      calls: '12,412,672/4,194,304'.length,
      time: '9,623'.length,
    });
    const small = rowsOf([
      { calls: 999, self: 0 },
      { calls: 0, self: 0 },
    ]);
    expect(getLongestTexts(small, getColumnUnits(small), null).calls).toBe(3);
  });

  it('names a package file with its folder', () => {
    const rows = rowsOf([
      { file: '/lib/transforms/__init__.py', line: 161 },
      { file: '/lib/core.py', line: 9 },
      { file: '~', line: 0 },
      { file: 'C:\\app\\pkg\\__main__.py', line: 3 },
    ]);
    const places = [0, 1, 2, 3].map((frame) => getPlace(rows.profile, frame));
    expect(places).toEqual(['transforms/__init__.py:161', 'core.py:9', 'built-in', 'pkg/__main__.py:3']);
  });

  it('says how many functions match and what they sum up to', () => {
    const rows = rowsOf([
      { name: 'parse', self: 0.5 },
      { name: 'main', self: 1.5 },
    ]);
    const sum = (matches: Uint8Array | null) =>
      getSumParts(rows, arrange(rows, matches))
        .map(({ text }) => text)
        .join('')
        .replaceAll('\u202f', ' ');
    expect(sum(null)).toBe('2 functions, self 2.00 s');
    expect(sum(searchFrames(rows.profile, { text: 'parse', mode: 'text' }).matches)).toBe(
      '1 of 2 functions matches, self 500 ms (25.0 %)',
    );
  });

  it('adds nothing up where the file has numbers of calls only', () => {
    const rows = rowsOf([{ name: 'parse' }, { name: 'load' }]);
    expect(getSumParts(rows, arrange(rows)).map(({ text }) => text)).toEqual(['2', ' functions']);
  });
});

describe('buildCopyText', () => {
  it('has pstats heads, every digit, and one line for each row', () => {
    const rows = rowsOf([
      { name: 'parse', calls: 8, primitive: 2, self: 0.123456789, total: 1.5 },
      { name: '<built-in method builtins.len>', file: '~', line: 0, calls: 1, self: 2 },
    ]);
    expect(buildCopyText(rows, arrange(rows))).toBe(
      [
        'ncalls\ttottime\tpercall\tcumtime\tpercall\tfilename:lineno(function)',
        '8/2\t0.123456789\t0.015432098625\t1.5\t0.75\t/app/a.py:1(parse)',
        '1\t2\t2\t\t\t{built-in method builtins.len}',
        '',
      ].join('\n'),
    );
  });

  it('lets no name become a formula or a further cell', () => {
    const rows = rowsOf([
      { name: 'f', file: '=HYPERLINK("http://x")', line: 1 },
      { name: 'a\tb\nc', file: 'x.py', line: 2 },
    ]);
    const [, first, second] = buildCopyText(rows, arrange(rows)).split('\n');
    expect(first?.split('\t')[5]).toBe('\'=HYPERLINK("http://x"):1(f)');
    expect(second?.split('\t')[5]).toBe('x.py:2(a b c)');
  });
});
