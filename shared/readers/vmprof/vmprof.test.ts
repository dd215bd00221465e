import { describe, expect, it } from 'vitest';
import { utf8, word } from '../../testing/bytes.ts';
import { samplesOf, treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';
import { parseSymbol } from './index.ts';

const Mode = { memory: 1, lines: 2, rpython: 8 } as const;

/** Parts of a log whose words have `size` bytes and whose addresses `addressSize`. */
function makeLog(size: 4 | 8 = 8, addressSize = size, isWindows = false) {
  const head = [0, 3, 0, 1000, isWindows ? 1 : 0].flatMap((value) => word(value, size));
  return {
    start: (version: number, mode = 0, interpreter = 'cpython') => [
      ...head,
      0x05,
      version >> 8,
      version & 255,
      ...(version >= 4 ? [mode] : []),
      interpreter.length,
      ...utf8(interpreter),
    ],
    old: [...head, 0x04, 4, ...utf8('pypy')],
    stack: (addresses: readonly (number | bigint)[], ...more: readonly number[]) => [
      0x01,
      ...word(1, size),
      ...word(addresses.length, size),
      ...[...addresses, ...more].flatMap((value) => word(value, addressSize)),
    ],
    symbol: (address: number | bigint, text: string) => [
      0x02,
      ...word(address, addressSize),
      ...word(text.length, size),
      ...utf8(text),
    ],
    end: [0x03, ...word(2), ...word(500_000), ...word(0)],
  };
}

const read = (...parts: readonly (readonly number[])[]) => readBytes(Uint8Array.from(parts.flat()), 'unknown');
const MAIN = 'py:main:3:/app/a.py';
const WORK = 'py:work:7:/app/a.py';

describe('vmprof', () => {
  it('reads stacks innermost first, with symbols that come after their use', async () => {
    const { start, stack, symbol, end } = makeLog();
    const group = await read(start(6), stack([32, 16], 9), stack([16], 9), symbol(16, MAIN), symbol(32, WORK), end);
    expect(treeOf(group.profiles[0]!)).toBe('main 1\n  work 1');
    expect(samplesOf(group.profiles[0]!)).toBe('0: work\n1000: main\n2000');
    expect(group.profiles[0]!.contexts!.self[1]![0]).toBe(1000);
    expect(group.warnings).toEqual([]);
  });

  it('makes a profile of each thread', async () => {
    const { start, stack, symbol, end } = makeLog();
    const { profiles } = await read(
      start(1),
      stack([16], 0xa),
      stack([32], 0xb),
      symbol(16, MAIN),
      symbol(32, WORK),
      end,
    );
    expect(profiles.map((profile) => [profile.name, treeOf(profile)])).toEqual([
      ['thread 0xa', 'main 1'],
      ['thread 0xb', 'work 1'],
    ]);
  });

  it.each([
    ['32 bits', makeLog(4)],
    ['Windows with 64 bits, whose words have 4 bytes', makeLog(4, 8, true)],
  ])('reads logs of %s', async (_, { start, stack, symbol, end }) => {
    const { profiles } = await read(start(6), stack([32, 16], 9), symbol(16, MAIN), symbol(32, WORK), end);
    expect(treeOf(profiles[0]!)).toBe('main 0\n  work 1');
  });

  it('takes the line before each address in lines mode', async () => {
    const { start, stack, symbol, end } = makeLog();
    const { profiles } = await read(
      start(6, Mode.lines),
      stack([12, 32, 4, 16], 9),
      stack([13, 32, 4, 16], 9),
      symbol(16, MAIN),
      symbol(32, WORK),
      end,
    );
    const { lines } = profiles[0]!;
    expect(treeOf(profiles[0]!)).toBe('main 0\n  work 2');
    expect([...lines!.line]).toEqual([4, 12, 13]);
    expect([...lines!.values[0]!]).toEqual([0, 1, 1]);
    expect([...lines!.totals![0]!]).toEqual([2, 1, 1]);
  });

  it('shows memory over time in memory mode', async () => {
    const { start, stack, symbol, end } = makeLog();
    const { profiles } = await read(
      start(6, Mode.memory),
      stack([16], 9, 100),
      stack([16], 9, 300),
      symbol(16, MAIN),
      end,
    );
    const series = profiles[0]!.series![0]!;
    expect(series).toMatchObject({ name: 'memory', unit: 'bytes' });
    expect([...series.value]).toEqual([102_400, 307_200]);
    expect([...series.time]).toEqual([0, 0.001]);
  });

  it('takes pairs of a kind and an address from PyPy, and leaves out what the JIT assembled', async () => {
    const { start, stack, symbol, end } = makeLog();
    const { profiles } = await read(
      start(6, 0, 'pypy'),
      stack([5, 1, 6, 999, 3, 32, 1, 16], 9),
      symbol(16, MAIN),
      symbol(32, WORK),
      end,
    );
    expect(treeOf(profiles[0]!)).toBe('main 0\n  work 0\n    (garbage collection) 1');
  });

  it('reads files from before there was a header, and counts addresses without a name', async () => {
    const { old, stack, symbol } = makeLog();
    const group = await read(old, symbol(16, MAIN), stack([77, 16]), stack([77]), [0x03], utf8('7f00-7f01 r-xp /lib'));
    expect(samplesOf(group.profiles[0]!)).toBe('0: main\n1000: -\n2000');
    expect(group.warnings).toMatchObject([{ code: 'no-symbol', count: 2 }]);
    expect(group.writer).toBe('vmprof (pypy)');
  });

  it('tells addresses apart that a double would not', async () => {
    const { start, stack, symbol, end } = makeLog();
    const high = 2n ** 62n;
    const { profiles } = await read(
      start(6),
      stack([high + 2n, high], 9),
      symbol(high, MAIN),
      symbol(high + 2n, WORK),
      end,
    );
    expect(treeOf(profiles[0]!)).toBe('main 0\n  work 1');
  });

  it('notes that a log has no end, and refuses one that breaks off inside an item', async () => {
    const { start, stack, symbol } = makeLog();
    const parts = [start(6), stack([16], 9), symbol(16, MAIN)];
    expect((await read(...parts)).warnings).toMatchObject([{ code: 'no-end' }]);
    await expect(read(parts.flat().slice(0, -3))).rejects.toThrow(
      'expected a symbol of 19 bytes where 16 bytes are left',
    );
  });

  it('splits symbols whose names hold colons', () => {
    expect(parseSymbol('n:std::vector<int>::at:0:-')).toEqual({ name: 'std::vector<int>::at', file: '', line: 0 });
    expect(parseSymbol('py:f:3:C:\\a.py')).toEqual({ name: 'f', file: 'C:\\a.py', line: 3 });
    expect(parseSymbol('odd')).toEqual({ name: 'odd', file: '', line: 0 });
  });
});
