import { describe, expect, it } from 'vitest';
import {
  chooseColumnUnit,
  ESTIMATED,
  formatBytes,
  formatCalls,
  formatCount,
  formatDate,
  formatDifference,
  formatInUnit,
  formatMark,
  formatMetric,
  formatRange,
  formatRatio,
  formatShare,
  formatTime,
} from './format.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('numbers as text', () => {
  it.each([
    [1.8, '1.80 s'],
    [0.953, '953 ms'],
    [0.0848, '84.8 ms'],
    [4.12e-6, '4.12 µs'],
    [148e-9, '148 ns'],
    [86.4e-9, '86.4 ns'],
    [0.9994, '999 ms'],
    [0.9996, '1.00 s'],
    [9.996e-3, '10.0 ms'],
    [99.96, '100 s'],
    [12345.6, '12,346 s'],
    [1e-9, '1.00 ns'],
    [0.2e-9, '0.200 ns'],
    [1e-14, '<0.001 ns'],
    [0, '0 s'],
    [-0, '0 s'],
    [-0.0121, '−12.1 ms'],
    [Number.NaN, '–'],
  ])('prints %d seconds as %s', (seconds, text) => {
    expect(plain(formatTime(seconds))).toBe(text);
  });

  it.each([
    [1, '100 %'],
    [0.9996, '100 %'],
    [0.9994, '99.9 %'],
    [0.529, '52.9 %'],
    [0.28, '28.0 %'],
    [0.001, '0.1 %'],
    [0.0009, '<0.1 %'],
    [0, '0 %'],
    [1.234, '123.4 %'],
    [-0.05, '−5.0 %'],
    [Number.NaN, '–'],
  ])('prints a share of %d as %s', (fraction, text) => {
    expect(plain(formatShare(fraction))).toBe(text);
  });

  it.each([
    [4167148, '4,167,148'],
    [999, '999'],
    [1000, '1,000'],
    [0, '0'],
    [9007199254740991, '9,007,199,254,740,991'],
    [-1234, '−1,234'],
    [Number.NaN, '–'],
  ])('prints a count of %d as %s', (n, text) => {
    expect(formatCount(n)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [375_000, '375 kB'],
    [1_610_000, '1.61 MB'],
    [999_600, '1.00 MB'],
    [157e6, '157 MB'],
  ])('prints %d bytes of a file as %s', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text);
  });

  it.each([
    [1536, 'bytes', '1.50 KiB'],
    [1023 * 1024, 'bytes', '0.999 MiB'],
    [3 * 1024 ** 3, 'bytes', '3.00 GiB'],
    [18_400, 'count', '18.4 k'],
    [12, 'count', '12'],
    [1.5, 'count', '1.50'],
    [0.5, 'seconds', '500 ms'],
    [Number.NaN, 'count', '–'],
  ] as const)('prints %d of the unit %s as %s', (value, unit, text) => {
    expect(plain(formatMetric(value, unit))).toBe(text);
  });

  it.each([
    [1.22, 1.41, '1.22–1.41 s'],
    [0.953, 1.02, '953 ms–1.02 s'],
    [0, 0.0463, '0–46.3 ms'],
    [1.2201, 1.2202, '1.22 s'],
  ])('prints bounds from %d to %d as %s', (low, high, text) => {
    expect(plain(formatRange(low, high, 'seconds'))).toBe(text);
  });

  it.each([
    [21060, 21060, '21,060'],
    [198397, 5943, '198,397/5,943'],
    [12, Number.NaN, '12'],
    [Number.NaN, Number.NaN, '–'],
  ])('prints %d calls, %d of them primitive, as %s', (calls, primitive, text) => {
    expect(formatCalls(calls, primitive)).toBe(text);
  });

  it.each([
    [1.9, '1.90×'],
    [0.054, '0.054×'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('prints a ratio of %d as %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
  });

  it.each([
    [0.0121, '+12.1 ms'],
    [-0.0121, '−12.1 ms'],
    [49e-6, '±0'],
  ])('prints a difference of %d seconds as %s', (seconds, text) => {
    expect(plain(formatDifference(seconds))).toBe(text);
  });

  it.each([
    [120, 's'],
    [1.8, 'ms'],
    [0.005, 'µs'],
    [2e-6, 'ns'],
    [0, 'ms'],
  ])('tells a column of up to %d seconds in %s', (max, unit) => {
    expect(chooseColumnUnit(max, 'seconds')?.unit).toBe(unit);
  });

  it('prints a column in one unit and keeps a true 0 apart from a small number', () => {
    const ms = chooseColumnUnit(1.8, 'seconds')!;
    expect([0.1079, 1.8, 0.00000031, 0, 1e-12, Number.NaN].map((s) => formatInUnit(s, ms))).toEqual([
      '108',
      '1,800',
      '0.000',
      '0',
      '0.000',
      '–',
    ]);
  });

  it.each([
    [0, 0.5, 'seconds', '0'],
    [0.5, 0.5, 'seconds', '500 ms'],
    [1, 0.5, 'seconds', '1 s'],
    [1.5, 0.5, 'seconds', '1.5 s'],
    [0.3, 0.1, 'seconds', '300 ms'],
    [1.23405, 0.00001, 'seconds', '1.23405 s'],
    [2e-6, 1e-6, 'seconds', '2 µs'],
    [10, 10, 'seconds', '10 s'],
    [1000, 500, 'seconds', '1,000 s'],
    [1.5 * 1024 ** 2, 0.5 * 1024 ** 2, 'bytes', '1.5 MiB'],
    [20_000, 10_000, 'count', '20 k'],
  ] as const)('marks %d on a scale with steps of %d %s by %s', (value, step, unit, text) => {
    expect(plain(formatMark(value, step, unit))).toBe(text);
  });

  it('prints dates as a person writes them', () => {
    expect(formatDate(new Date(2025, 10, 20, 7, 31).getTime())).toBe('20 Nov 2025, 07:31');
  });

  it('marks estimates with a sign and a narrow space', () => {
    expect(ESTIMATED).toBe('≈\u202f');
  });
});
