import { describe, expect, it } from 'vitest';
import { describeSpan, formatChange, formatMoment } from './words.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('words of the timeline of series', () => {
  it.each([
    [400.5, Number.POSITIVE_INFINITY, '401 s'],
    [400.5, 1000, '401 s'],
    [400.5, 1, '400.500 s'],
    [400.1234567, 1e-3, '400.123457 s'],
    [0.6075, 1.06, '608 ms'],
    [0, 1e-6, '0 s'],
  ])('tell the moment %d with %d in view as %s', (at, length, text) => {
    expect(plain(formatMoment(at, 'seconds', length))).toBe(text);
  });

  it('count what has no time', () => {
    expect(formatMoment(12345, 'count', 10)).toBe('12,345');
  });

  it('sign every difference', () => {
    const MIB = 1024 * 1024;
    expect([12 * MIB, -3 * MIB, 0, Number.NaN].map((change) => plain(formatChange(change, 'bytes')))).toEqual([
      '+12.0 MiB',
      '−3.00 MiB',
      '±0',
      '–',
    ]);
  });

  it('say of a span how long it took and what it left', () => {
    const span = { name: 'f', start: 1, end: 1.5, values: [1024 * 1024, 2 * 1024 * 1024] };
    expect(plain(describeSpan(span, 'bytes'))).toBe('500 ms  +1.00 MiB');
    expect(plain(describeSpan({ ...span, values: [] }, 'bytes'))).toBe('500 ms');
    expect(plain(describeSpan({ ...span, end: Number.NaN, values: [] }, 'bytes'))).toBe('did not end');
  });
});
