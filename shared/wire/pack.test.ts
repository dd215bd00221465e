import { describe, expect, it } from 'vitest';
import { pack, unpack } from './pack.ts';

function join(parts: readonly Uint8Array[]): ArrayBuffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}

describe('packed data', () => {
  const value = {
    name: 'naïve \u2028 "quoted"',
    nothing: null,
    yes: true,
    deep: [{ flags: Uint8Array.of(1, 2, 3) }, { empty: new Int32Array(0) }],
    numbers: Float64Array.of(0.1, -0, Number.NaN, Infinity, 5e-324),
    indices: Int32Array.of(-1, 2 ** 31 - 1),
    counts: Uint32Array.of(2 ** 32 - 1),
  };

  it('comes back as it was, bit by bit', () => {
    expect(unpack(join(pack(value)))).toStrictEqual(value);
  });

  it('takes a part of a longer buffer for what it is', () => {
    const half = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
    expect(unpack(join(pack({ half })))).toStrictEqual({ half: Float64Array.of(2, 3) });
  });

  it('does not copy columns, neither on the way out nor on the way in', () => {
    const [, column] = pack({ numbers: value.numbers });
    expect(column?.buffer).toBe(value.numbers.buffer);
    const buffer = join(pack(value));
    expect((unpack(buffer) as typeof value).numbers.buffer).toBe(buffer);
  });

  it('sends a column that stands in two places once, and gives one back', () => {
    const calls = Int32Array.of(7, 8);
    const parts = pack({ calls, primitiveCalls: calls });
    expect(parts).toHaveLength(2);
    const back = unpack(join(parts)) as { calls: Int32Array; primitiveCalls: Int32Array };
    expect(back.primitiveCalls).toBe(back.calls);
    expect([...back.calls]).toEqual([7, 8]);
  });

  it('gives back what is not known as not known', () => {
    expect(unpack(join(pack({ known: 1, unknown: Number.NaN })))).toEqual({ known: 1, unknown: Number.NaN });
  });

  it('refuses what it could not give back', () => {
    expect(() => pack({ value: Number.POSITIVE_INFINITY })).toThrow(TypeError);
    expect(() => pack({ value: new Float32Array(1) })).toThrow(TypeError);
  });

  it('refuses bytes that are cut or something else', () => {
    const buffer = join(pack(value));
    expect(() => unpack(buffer.slice(0, buffer.byteLength - 16))).toThrow(TypeError);
    expect(() => unpack(buffer.slice(0, 7))).toThrow(TypeError);
    expect(() => unpack(new Uint8Array(64).buffer)).toThrow(TypeError);
  });
});
