import { describe, expect, it } from 'vitest';
import { buildScale } from './scale.ts';

const MIB = 1024 * 1024;
const textsOf = (...args: Parameters<typeof buildScale>) =>
  buildScale(...args).marks.map(({ text }) => text.replaceAll('\u202f', ' '));

describe('a scale of values', () => {
  it('has round marks in the unit that is printed', () => {
    expect(textsOf(0, 84.6 * MIB, 'bytes', 200, true)).toEqual(['0', '20 MiB', '40 MiB', '60 MiB', '80 MiB']);
    expect(textsOf(0, 104.8, 'percent', 120, true)).toEqual(['0', '50 %', '100 %']);
  });

  it('begins at 0, or as near to the values as they allow', () => {
    expect(buildScale(40, 50, 'count', 200, true)).toMatchObject({ low: 0, high: 56 });
    const { low, high } = buildScale(40, 50, 'count', 200, false);
    expect([low, high]).toEqual([38.8, 51.2]);
  });

  it('has room for what is less than 0', () => {
    const { low, high } = buildScale(-10, 10, 'count', 200, true);
    expect([low < -10, high > 10]).toEqual([true, true]);
  });

  it('of one value, or of none, still is one', () => {
    expect(buildScale(0, 0, 'bytes', 100, true).high).toBeGreaterThan(0);
    expect(buildScale(7, 7, 'count', 100, false)).toMatchObject({ low: 7 - 0.84, high: 7 + 0.84 });
    expect(buildScale(Number.NaN, Number.NaN, 'bytes', 100, true).marks).toEqual([]);
  });

  it('counts no halves', () => {
    expect(textsOf(0, 2, 'count', 300, true)).toEqual(['0', '1', '2']);
  });
});
