import { describe, expect, it } from 'vitest';
import { flagged, int32, marshal, raw, ref } from '../testing/marshal-writer.ts';
import { MarshalReader } from './marshal.ts';
import { skipMarshal } from './marshal-skip.ts';

function readNumber(...bytes: readonly (number | string)[]): number {
  return new MarshalReader(marshal(raw(...bytes)), 'pstats').readNumber('a number');
}

function readText(...bytes: readonly (number | string)[]): string {
  const reader = new MarshalReader(marshal(raw(...bytes)), 'pstats');
  return reader.strings.text(reader.readString('a name'));
}

describe('numbers', () => {
  it('reads ints of 32 and 64 bits', () => {
    expect(readNumber('i', ...int32(-7))).toBe(-7);
    expect(readNumber('I', 0, 0, 0, 0, 1, 0, 0, 0)).toBe(2 ** 32);
    expect(readNumber('I', 255, 255, 255, 255, 255, 255, 255, 255)).toBe(-1);
  });

  it('reads longs of any size, exactly up to 2^53', () => {
    expect(readNumber('l', ...int32(0))).toBe(0);
    expect(readNumber('l', ...int32(1), 5, 0)).toBe(5);
    expect(readNumber('l', ...int32(-3), 1, 0, 0, 0, 1, 0)).toBe(-(2 ** 30 + 1));
  });

  it('rounds integers beyond 2^53 and counts them', () => {
    const readLong = (lowest: number) => {
      const reader = new MarshalReader(marshal(raw('l', ...int32(5), lowest, 0, 0, 0, 0, 0, 0, 0, 1, 0)), 'pstats');
      return [reader.readNumber('a number'), reader.roundedCount];
    };
    expect(readLong(0)).toEqual([2 ** 60, 0]);
    expect(readLong(1)).toEqual([2 ** 60, 1]);
  });

  it('reads a long of a thousand digits as infinite, at once', () => {
    expect(readNumber('l', ...int32(1000), ...Array.from({ length: 1000 }, () => [1, 0]).flat())).toBe(Infinity);
  });

  it('reads floats in eight bytes and in text', () => {
    expect(readNumber('g', 0, 0, 0, 0, 0, 0, 0xe0, 0x3f)).toBe(0.5);
    expect(readNumber('f', 19, '0.10000000000000001')).toBe(0.1);
    expect(readNumber('f', 7, '1.5e+06')).toBe(1.5e6);
    expect(readNumber('f', 4, '-inf')).toBe(-Infinity);
    expect(readNumber('f', 3, 'nan')).toBeNaN();
  });

  it('reads True and False as 1 and 0', () => {
    expect([readNumber('T'), readNumber('F')]).toEqual([1, 0]);
  });

  it.each([
    ['a digit over 32767', ['l', ...int32(1), 255, 255], 'byte 5: expected a number, found digit 65535 of a long'],
    ['a leading zero', ['l', ...int32(2), 1, 0, 0, 0], 'byte 7: expected a number, found a long with a leading zero'],
    ['more digits than bytes', ['l', ...int32(0x7fffffff), 1, 0], 'the start of a value of 2147483647 digits'],
    ['text that is no float', ['f', 3, '1,5'], 'byte 0: expected a number, found a float written as "1,5"'],
    ['a string', ['z', 1, 'a'], 'byte 0: expected a number, found a string'],
    ['an unknown type', ['?'], 'found type byte 0x3f, which marshal does not have'],
    ['nothing', [], 'byte 0: the file ends here, but a number was expected'],
    ['half a float', ['g', 0, 0], 'byte 3: the file ends here'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNumber(...(bytes as (number | string)[]))).toThrow(message);
  });
});

describe('names', () => {
  it('reads every kind of string', () => {
    expect(readText('z', 2, 'ab')).toBe('ab');
    expect(readText('Z', 0)).toBe('');
    for (const type of ['a', 'A', 's', 't']) expect(readText(type, ...int32(3), 'abc')).toBe('abc');
    expect(readText('u', ...int32(6), '漢字')).toBe('漢字');
  });

  it('takes bytes of Python 2 for UTF-8, else for Latin-1', () => {
    expect(readText('s', ...int32(2), 'ü')).toBe('ü');
    expect(readText('s', ...int32(1), 0xfc)).toBe('ü');
  });

  it('shows lone surrogates as Python does, and keeps a byte order mark', () => {
    expect(readText('u', ...int32(5), 'a', 0xed, 0xb3, 0xa9, 'b')).toBe('a\\udce9b');
    expect(readText('u', ...int32(4), '\ufeffa')).toBe('\ufeffa');
  });

  it('gives equal strings one number, wherever they stand', () => {
    const reader = new MarshalReader(
      marshal(raw('z', 1, 'a', 's', ...int32(1), 'a', 's', ...int32(1), 0xfc)),
      'pstats',
    );
    const [first, second, third] = [0, 1, 2].map(() => reader.readString('a name'));
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('follows references to interned strings of Python 2', () => {
    const bytes = marshal(raw('t', ...int32(1), 'a', 't', ...int32(1), 'b', 'R', ...int32(0)));
    const reader = new MarshalReader(bytes, 'pstats');
    const names = [0, 1, 2].map(() => reader.strings.text(reader.readString('a name')));
    expect(names).toEqual(['a', 'b', 'a']);
  });

  it.each([
    ['a negative length', ['s', ...int32(-5), 'abc'], 'byte 0: expected a name, found a length of -5'],
    ['a length beyond the end', ['s', ...int32(9), 'abc'], 'the start of a value of 9 bytes where 3 bytes are left'],
    ['an int', ['i', ...int32(1)], 'byte 0: expected a name, found an int'],
    ['an interned string that is not there', ['R', ...int32(2)], 'a reference to interned string 2 of 0'],
    [
      'a reference that is not there',
      ['r', ...int32(64)],
      'byte 0: expected a name, found a reference to value 64 of 0',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readText(...(bytes as (number | string)[]))).toThrow(message);
  });
});

describe('skipMarshal', () => {
  const nested = (depth: number) => {
    const bytes: number[] = [];
    for (let i = 0; i < depth; i++) bytes.push(0x29, 1);
    return Uint8Array.from([...bytes, 0x4e]);
  };

  it('steps over any value and counts its references', () => {
    const value = [
      flagged('a'),
      new Map([[flagged([1, 2]), flagged(null)]]),
      raw('<', ...int32(1), 'T'),
      raw(':NNN'),
      ref(0),
    ];
    const reader = new MarshalReader(marshal([flagged(value), ref(3)]), 'pstats');
    expect(skipMarshal(reader, 'a value')).toBe(true);
    expect(reader.pos).toBe(reader.end);
  });

  it('tells false from true', () => {
    const isTrue = (value: Parameters<typeof marshal>[0]) =>
      skipMarshal(new MarshalReader(marshal(value), 'pstats'), 'a value');
    expect([true, false, null, 0, 1].map(isTrue)).toEqual([true, false, false, false, true]);
  });

  it('follows 2,000 levels and refuses more', () => {
    expect(skipMarshal(new MarshalReader(nested(2000), 'pstats'), 'a value')).toBe(true);
    expect(() => skipMarshal(new MarshalReader(nested(2001), 'pstats'), 'a value')).toThrow(
      'byte 4000: expected a value, found values nested deeper',
    );
    expect(() => skipMarshal(new MarshalReader(nested(100_000), 'pstats'), 'a value')).toThrow(
      'nested deeper than 2000',
    );
  });

  it('refuses code objects', () => {
    expect(() => skipMarshal(new MarshalReader(marshal([raw('c', 0, 0, 0, 0)]), 'pstats'), 'a value')).toThrow(
      'found a code object',
    );
  });
});
