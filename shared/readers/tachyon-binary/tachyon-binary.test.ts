import { describe, expect, it } from 'vitest';
import { utf8, varint, word } from '../../testing/bytes.ts';
import { samplesOf, treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';

const STRINGS = ['/app/a.py', 'main', 'work', '<GC>', '~', '/lib/profiling/sampling/_sync_coordinator.py'];
/** File, function and line of each frame. */
const FRAMES = [
  [0, 1, 3],
  [0, 2, 7],
  [4, 3, 0],
  [5, 1, 9],
] as const;
const zigzag = (value: number) => varint(value < 0 ? -2 * value - 1 : 2 * value);

interface Options {
  readonly isBigEndian?: boolean;
  readonly stats?: readonly number[];
  readonly count?: number;
  readonly pack?: (samples: readonly number[]) => readonly number[];
}

/** A file of these records. */
function makeFile(records: readonly number[][], { isBigEndian = false, stats = [], count, pack }: Options = {}) {
  const fixed = (value: number | bigint, size: number) =>
    isBigEndian ? word(value, size).reverse() : word(value, size);
  const samples = pack === undefined ? records.flat() : pack(records.flat());
  const strings = STRINGS.flatMap((text) => [...varint(text.length), ...utf8(text)]);
  const frames = FRAMES.flatMap(([file, name, line]) => [
    ...varint(file),
    ...varint(name),
    ...zigzag(line),
    ...zigzag(0),
    ...zigzag(-1),
    ...zigzag(0),
    255,
  ]);
  const stringsAt = 64 + samples.length;
  const size = stringsAt + strings.length + frames.length + stats.length + 32;
  return Uint8Array.from([
    ...fixed(0x54414348, 4),
    ...fixed(1, 4),
    ...[3, 15, 2, 0],
    ...fixed(123, 8),
    ...fixed(1000, 8),
    ...fixed(count ?? records.length, 8),
    ...fixed(1, 4),
    ...fixed(stringsAt, 8),
    ...fixed(stringsAt + strings.length, 8),
    ...fixed(pack === undefined ? 0 : 1, 4),
    ...fixed(1, 4),
    ...samples,
    ...strings,
    ...frames,
    ...stats,
    ...fixed(STRINGS.length, 4),
    ...fixed(FRAMES.length, 4),
    ...fixed(size, 8),
    ...word(0, 8),
    ...word(0, 8),
  ]);
}

const thread = (id: number) => [...word(id, 8), ...word(0, 4)];
/** Records: the frames stand innermost first. */
const full = (id: number, since: number, ...frames: number[]) => [
  ...thread(id),
  1,
  ...varint(since),
  0,
  frames.length,
  ...frames,
];
const suffix = (id: number, since: number, shared: number, ...frames: number[]) => [
  ...thread(id),
  2,
  ...varint(since),
  0,
  shared,
  frames.length,
  ...frames,
];
const popPush = (id: number, since: number, pop: number, ...frames: number[]) => [
  ...thread(id),
  3,
  ...varint(since),
  0,
  pop,
  frames.length,
  ...frames,
];
const repeat = (id: number, ...since: number[]) => [
  ...thread(id),
  0,
  since.length,
  ...since.flatMap((delta) => [...varint(delta), 0]),
];

const read = (...args: Parameters<typeof makeFile>) => readBytes(makeFile(...args), 'unknown');

describe('binary files of the sampling profiler', () => {
  it('follows the changes of a stack', async () => {
    const { profiles, warnings, writer } = await read(
      [full(7, 10, 1, 0), repeat(7, 1000, 1000), popPush(7, 1000, 1), suffix(7, 1000, 1, 2, 1), popPush(7, 500, 1)],
      { count: 7 },
    );
    // 10 main;work  1010, 2010 again  3010 main  4010 main;work;<GC>  4510 main;work
    expect(samplesOf(profiles[0]!)).toBe('10: work\n1010: work\n2010: work\n3010: main\n4010: <GC>\n4510: work\n5510');
    expect(treeOf(profiles[0]!)).toBe('main 1\n  work 4\n    <GC> 1');
    expect(profiles[0]!.contexts!.self[1]![1]).toBe(4000);
    expect(warnings).toMatchObject([
      { code: 'sample-count', message: 'The file says that it has 7 samples; 6 were found.' },
    ]);
    expect(writer).toBe('Python 3.15.2 (profiling.sampling)');
  });

  it('makes a profile of each thread; one that repeats before it had a stack had none', async () => {
    const { profiles, about } = await read([full(7, 1, 0), full(8, 2, 1), repeat(9, 5)]);
    expect(profiles.map((profile) => [profile.name, samplesOf(profile)])).toEqual([
      ['thread 7', '1: main\n1001'],
      ['thread 8', '2: work\n1002'],
    ]);
    expect(about).toContainEqual(['threads without stacks', 'thread 9']);
  });

  it('leaves out the frames that start the program, as the profiler does', async () => {
    const { profiles } = await read([full(7, 1, 0, 3), suffix(7, 1, 2, 1), popPush(7, 1, 3)]);
    expect(treeOf(profiles[0]!)).toBe('main 1\n  work 1');
    expect(samplesOf(profiles[0]!)).toBe('1: main\n2: work\n3: -\n1003');
  });

  it('reads either order of bytes, and numbers of the run', async () => {
    const double = (value: number) => [...new Uint8Array(Float64Array.of(value).buffer)];
    const trailer = (size: number) => [...utf8('TACHSTAT'), ...word(1, 4), ...word(size, 4)];
    const stats = [
      ...double(1.5),
      ...double(998),
      ...double(2),
      ...double(0.5),
      ...word(3, 4),
      ...word(0, 4),
      ...trailer(56),
    ];
    expect((await read([full(7, 1, 0)], { stats })).about).toEqual(
      expect.arrayContaining([
        ['duration', '1.5 s'],
        ['sample rate', '998 per second'],
        ['failed samples', '2 %'],
        ['missed samples', '0.5 %'],
      ]),
    );
    const swapped = [[...thread(0), ...full(0, 1, 0).slice(12)]];
    expect(treeOf((await read(swapped, { isBigEndian: true })).profiles[0]!)).toBe('main 1');
  });

  it('reads samples in zstd', async () => {
    const pack = (samples: readonly number[]) => [
      ...[0x28, 0xb5, 0x2f, 0xfd, 0x20, samples.length],
      ...word((samples.length << 3) | 1, 3),
      ...samples,
    ];
    expect(treeOf((await read([full(7, 1, 0)], { pack })).profiles[0]!)).toBe('main 1');
  });

  it.each([
    ['a frame that is not there', [full(7, 1, 9)], 'a frame that is not among the 4'],
    ['more shared frames than there are', [full(7, 1, 0), suffix(7, 1, 5)], 'a stack of 1 frames that keeps 5 of them'],
    ['an unknown record', [[...thread(7), 9, 0, 0]], 'a record of kind 9, expected 0 to 3'],
    ['more repeats than there are bytes', [[...thread(7), 0, ...varint(2 ** 40)]], 'repeated samples in 0 bytes'],
  ])('refuses %s', async (_, records, message) => {
    await expect(read(records)).rejects.toThrow(message);
  });

  it('refuses a file that was cut short anywhere', async () => {
    const file = makeFile([full(7, 1, 1, 0), repeat(7, 1, 1)]);
    for (let length = 8; length < file.length; length++) {
      await expect(readBytes(file.subarray(0, length), 'x'), `cut at ${length}`).rejects.toThrow(/cut short/);
    }
  });
});
