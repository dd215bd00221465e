import { describe, expect, it } from 'vitest';
import { utf8 } from '../../testing/bytes.ts';
import { samplesOf, treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';

/** An integer: six bits and the sign in the first byte. */
function int(value: number): number[] {
  let rest = Math.abs(value);
  const bytes = [(value < 0 ? 0x40 : 0) | (rest & 0x3f)];
  for (rest = Math.floor(rest / 64); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1]! |= 0x80;
    bytes.push(rest & 0x7f);
  }
  return bytes;
}
const text = (value: string) => [...utf8(value), 0];

const head = (version: number) => [...utf8('MOJ'), ...int(version)];
const meta = (name: string, value: string) => [1, ...text(name), ...text(value)];
const stack = (process: number, thread: string) => [2, ...int(process), ...int(0), ...text(thread)];
const string = (key: number, value: string) => [11, ...int(key), ...text(value)];
const frame = (key: number, file: number, scope: number, line: number) => [
  3,
  ...[key, file, scope, line, line, 0, 9].flatMap(int),
];
const ref = (key: number) => [5, ...int(key)];
const time = (value: number) => [9, ...int(value)];
const memory = (value: number) => [10, ...int(value)];
const end = meta('duration', '5');

/** Defines `main` at line 3 and `work` at line 7 of a.py. */
const names = [
  ...string(100, '/app/a.py'),
  ...string(101, 'main'),
  ...string(102, 'work'),
  ...frame(1, 100, 101, 3),
  ...frame(2, 100, 102, 7),
];
const read = (...parts: readonly (readonly number[])[]) => readBytes(Uint8Array.from(parts.flat()), 'unknown');

describe('MOJO', () => {
  it('reads stacks root first; each lasts as long as it says', async () => {
    const { profiles, warnings, writer } = await read(
      head(3),
      meta('austin', '3.7.0'),
      [...stack(1, 'a'), ...names, ...ref(1), ...ref(2), ...time(200)],
      [...stack(1, 'a'), ...ref(1), ...time(100)],
      end,
    );
    expect(treeOf(profiles[0]!)).toBe('main 100\n  work 200');
    expect(samplesOf(profiles[0]!)).toBe('0: work\n200: main\n300');
    expect([warnings, writer]).toEqual([[], 'Austin 3.7.0']);
  });

  it('reads version 1, without columns and interpreters', async () => {
    const { profiles } = await read(head(1), [2, ...int(1), ...text('a')], string(100, 'main'), [
      3,
      ...[1, 1, 100, 3].flatMap(int),
      ...ref(1),
      ...time(5),
    ]);
    expect(treeOf(profiles[0]!)).toBe('main 5');
    expect(profiles[0]!.frames.line[0]).toBe(3);
  });

  it('keeps threads, and keys of each process, apart', async () => {
    const { profiles } = await read(
      head(3),
      [...stack(1, 'a'), ...names, ...ref(1), ...time(1)],
      [...stack(2, 'b'), ...string(101, 'other'), ...frame(1, 1, 101, 1), ...ref(1), ...time(2)],
      end,
    );
    expect(profiles.map((profile) => [profile.name, treeOf(profile)])).toEqual([
      ['process 1, thread 10', 'main 1'],
      ['process 2, thread 11', 'other 2'],
    ]);
  });

  it('measures time, CPU time of what is not idle, and memory taken and freed in full mode', async () => {
    const { profiles } = await read(
      head(3),
      meta('mode', 'full'),
      [...stack(1, 'a'), ...names, ...ref(1), ...time(30), ...memory(512)],
      [...stack(1, 'a'), ...ref(1), 8, ...time(70), ...memory(-100)],
      end,
    );
    expect(profiles[0]!.metrics.map(({ name }) => name)).toEqual(['time', 'CPU time', 'memory', 'memory freed']);
    expect(profiles[0]!.contexts!.self.map((column) => column[0])).toEqual([100, 30, 512, 100]);
  });

  it('counts bytes, sample after sample, in memory mode', async () => {
    const { profiles } = await read(
      head(3),
      meta('mode', 'memory'),
      [...stack(1, 'a'), ...names, ...ref(1), ...memory(9)],
      end,
    );
    expect(profiles[0]!.metrics).toEqual([{ name: 'memory', unit: 'bytes' }]);
    expect(profiles[0]!.samples!.axis).toEqual({ name: 'samples', unit: 'count' });
  });

  it('shows kernel frames, garbage collection and invalid frames, and samples without frames', async () => {
    const { profiles } = await read(
      head(3),
      [...stack(1, 'a'), ...names, ...ref(1), 6, ...text('futex'), ...time(1)],
      [...stack(1, 'a'), 4, 7, ...time(2)],
      [...stack(1, 'a'), ...time(4)],
      end,
    );
    expect(treeOf(profiles[0]!)).toBe('main 0\n  futex 1\n:INVALID: 0\n  :GC: 2');
    expect(samplesOf(profiles[0]!)).toBe('0: futex\n1: :GC:\n3: -\n7');
  });

  it('repeats what the thread ran below, in version 4, and knows strings from before the first stack', async () => {
    const { profiles } = await read(
      head(4),
      names,
      [...string(103, 'libc.so'), ...string(104, 'read'), ...frame(3, 103, 104, 0)],
      [...stack(1, 'a'), ...ref(1), ...ref(2), ...ref(3), ...time(1)],
      [...stack(1, 'b'), ...ref(2), ...time(2)],
      [...stack(1, 'a'), ...ref(1), 13, ...time(4)],
      end,
    );
    expect(profiles.map((profile) => treeOf(profile))).toEqual(['main 0\n  work 0\n    read 1\n    main 4', 'work 2']);
    await expect(read(head(3), [...stack(1, 'a'), 13, ...time(4)])).rejects.toThrow(
      'event 13, expected one from 1 to 12',
    );
  });

  it('keeps what is whole of a file that breaks off, and says so', async () => {
    const whole = [...head(3), ...stack(1, 'a'), ...names, ...ref(1), ...time(100)];
    const more = [...stack(1, 'a'), ...ref(2), ...time(70)];
    for (let cut = 1; cut <= more.length - 2; cut++) {
      const { profiles, warnings } = await read(whole, more.slice(0, cut));
      expect(treeOf(profiles[0]!), `cut after ${cut}`).toBe('main 100');
      expect(warnings, `cut after ${cut}`).toMatchObject([{ code: 'cut-short', where: `byte ${whole.length}` }]);
    }
    expect((await read(whole)).warnings).toMatchObject([{ code: 'no-end' }]);
    await expect(read(whole.slice(0, -3))).rejects.toThrow('it was cut short');
  });

  it.each([
    ['an unknown event', [99], 'event 99, expected one from 1 to 12'],
    ['an event before any stack', ref(1), 'an event of a sample before the first stack'],
    ['a frame that is not there', [...stack(1, 'a'), ...ref(5), ...time(1)], 'a frame that was never defined'],
    ['a string that is not there', [...stack(1, 'a'), 12, ...int(5), ...time(1)], 'a string that was never defined'],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(read(head(3), bytes)).rejects.toThrow(message);
  });

  it('refuses versions that it does not know', async () => {
    await expect(read(head(9), stack(1, 'a'))).rejects.toThrow('MOJO version 9; versions 1 to 4 are read');
  });
});
