import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCharacters, fillTo, toColumn, toCountText, toThreeDecimals } from './fixed.ts';

describe('numbers as C prints them', () => {
  it.each([
    [0, '0.000'],
    [-0, '-0.000'],
    [0.0005, '0.001'],
    [0.0625, '0.062'],
    [0.1875, '0.188'],
    [0.3125, '0.312'],
    [-0.0625, '-0.062'],
    [1.0005, '1.000'],
    [2.5, '2.500'],
    [9621.666267136, '9621.666'],
    [1e21, '1000000000000000000000.000'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [Number.NaN, '–'],
  ])('%d is %s', (value, text) => {
    expect(toThreeDecimals(value)).toBe(text);
  });

  it('are within half a thousandth of what they are', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        expect(Math.abs(Number(toThreeDecimals(value)) - value)).toBeLessThanOrEqual(0.0005 + Math.abs(value) * 1e-12);
      }),
    );
  });

  it('stand in eight columns, and counts are whole', () => {
    expect(toColumn(1.5)).toBe('   1.500');
    expect(toColumn(123456789)).toBe('123456789.000');
    expect(toCountText(36599496704)).toBe('36599496704');
    expect(toCountText(2 ** 80)).toBe('1208925819614629174706176');
    expect(toCountText(Number.NaN)).toBe('–');
  });

  it('fill columns by characters', () => {
    expect(countCharacters('a🐍é')).toBe(3);
    expect(fillTo('🐍', 3)).toBe('🐍  ');
  });
});
