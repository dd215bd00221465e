import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { BitReader, BitWriter, IntegerReader, IntegerWriter } from './compact-integers.ts';
import { ByteWriter } from './compact-streams.ts';

function writeAll(values: readonly number[]): { tokens: Uint8Array; bits: Uint8Array } {
  const tokens = new ByteWriter();
  const bitStream = new ByteWriter();
  const bits = new BitWriter(bitStream);
  const out = new IntegerWriter(tokens, bits);
  for (const value of values) {
    if (Number.isNaN(value)) out.writeElsewhere();
    else out.write(value);
  }
  bits.finish();
  return { tokens: tokens.view(), bits: bitStream.view() };
}

function readAll({ tokens, bits }: { tokens: Uint8Array; bits: Uint8Array }): number[] {
  const from = new IntegerReader('tokens', tokens, new BitReader(bits));
  return Array.from(tokens, () => from.read());
}

describe('whole numbers', () => {
  it('come back, of whatever width and sign, and those that are elsewhere as NaN', () => {
    const values = [0, 1, -1, 15, -15, 16, -16, Number.NaN];
    for (let width = 4; width <= 52; width++) {
      const power = 2 ** width;
      values.push(power, -power, power + 1, 2 * power - 1, 1 - 2 * power, Math.floor(power * 1.37));
    }
    expect(readAll(writeAll(values))).toEqual(values);
  });

  it('are one token each, small ones without bits', () => {
    const { tokens, bits } = writeAll([0, -3, 15, 100]);
    expect([...tokens]).toEqual([0, 5, 30, 32 + 2 * (6 - 4)]);
    expect(bits.length).toBe(1);
  });

  it('are refused where tokens mean nothing or bits are missing', () => {
    expect(() => readAll({ tokens: Uint8Array.of(255), bits: new Uint8Array(99) })).toThrow(FormatError);
    expect(() => readAll({ tokens: Uint8Array.of(60), bits: new Uint8Array(1) })).toThrow('the bits end after 1 bytes');
  });
});
