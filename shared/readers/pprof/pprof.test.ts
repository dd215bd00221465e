import { describe, expect, it } from 'vitest';
import type { ProfileGroup } from '../../model/profile.ts';
import { field, utf8, varint } from '../../testing/bytes.ts';
import { treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';

/** Sample types, functions, locations and samples of a small profile, in words. */
interface Pprof {
  readonly types: readonly (readonly [string, string])[];
  /** Names; the number of a function is its place, from 1 on. */
  readonly functions: readonly string[];
  /** Lines of each location, innermost first: function and line. */
  readonly locations: readonly (readonly (readonly [number, number])[])[];
  /** Locations leaf first, values, labels. */
  readonly samples: readonly {
    readonly at: readonly number[];
    readonly values: readonly (number | bigint)[];
    readonly labels?: Readonly<Record<string, string | number>>;
  }[];
  readonly defaultType?: string;
}

function write({ types, functions, locations, samples, defaultType }: Pprof, ids = (id: number) => BigInt(id)) {
  const strings = [''];
  const text = (value: string) => {
    if (!strings.includes(value)) strings.push(value);
    return strings.indexOf(value);
  };
  const body = [
    ...types.flatMap(([type, unit]) => field(1, [...field(1, text(type)), ...field(2, text(unit))])),
    ...samples.flatMap(({ at, values, labels = {} }) =>
      field(2, [
        ...field(
          1,
          at.flatMap((id) => varint(ids(id))),
        ),
        ...values.flatMap((value) => field(2, value)),
        ...Object.entries(labels).flatMap(([key, value]) =>
          field(3, [...field(1, text(key)), ...(typeof value === 'string' ? field(2, text(value)) : field(3, value))]),
        ),
      ]),
    ),
    ...locations.flatMap((lines, at) =>
      field(4, [
        ...field(1, ids(at + 1)),
        ...field(3, 0x4000 + at),
        ...lines.flatMap(([id, line]) => field(4, [...field(1, id), ...field(2, line)])),
      ]),
    ),
    ...functions.flatMap((name, at) =>
      field(5, [...field(1, at + 1), ...field(2, text(name)), ...field(4, text('a.go'))]),
    ),
    ...(defaultType === undefined ? [] : field(14, text(defaultType))),
  ];
  return Uint8Array.from([...body, ...strings.flatMap((value) => field(6, utf8(value)))]);
}

const simple: Pprof = {
  types: [
    ['samples', 'count'],
    ['cpu', 'nanoseconds'],
  ],
  functions: ['main', 'work', 'inlined'],
  locations: [
    [[1, 3]],
    [
      [3, 30],
      [2, 7],
    ],
  ],
  samples: [
    { at: [2, 1], values: [2, 20] },
    { at: [1], values: [1, 10] },
  ],
};

const read = (profile: Pprof, ids?: (id: number) => bigint): Promise<ProfileGroup> =>
  readBytes(write(profile, ids), 'unknown');

describe('pprof', () => {
  it('puts inlined functions inside the one they are inlined in; the last sample type comes first', async () => {
    const { profiles } = await read(simple);
    expect(profiles[0]!.metrics.map(({ name }) => name)).toEqual(['cpu', 'samples']);
    expect(treeOf(profiles[0]!)).toBe('main 10\n  work 0\n    inlined 20');
    expect(treeOf(profiles[0]!, 1)).toBe('main 1\n  work 0\n    inlined 2');
  });

  it('shows the sample type first that the file names', async () => {
    const { profiles } = await read({ ...simple, defaultType: 'samples' });
    expect(profiles[0]!.metrics.map(({ name }) => name)).toEqual(['samples', 'cpu']);
  });

  it('sums lines, in themselves and with what they call', async () => {
    const { lines } = (await read(simple)).profiles[0]!;
    expect([...lines!.line]).toEqual([3, 30, 7]);
    expect([...lines!.values[0]!]).toEqual([10, 20, 0]);
    expect([...lines!.totals![0]!]).toEqual([30, 20, 20]);
  });

  it('shows the address where a location has no function, and takes ids for names, not for places', async () => {
    const far = (id: number) => 2n ** 63n + BigInt(id);
    const { profiles } = await read({ ...simple, locations: [[[1, 3]], []] }, far);
    expect(treeOf(profiles[0]!)).toBe('main 10\n  0x4001 20');
  });

  it('reads negative values, and says which are rounded', async () => {
    const samples = [
      { at: [1], values: [1, -5] },
      { at: [2, 1], values: [1, 2n ** 60n + 1n] },
    ];
    const { profiles, warnings } = await read({ ...simple, samples });
    expect(profiles[0]!.contexts!.self[0]![0]).toBe(-5);
    expect(warnings).toMatchObject([{ code: 'large-numbers', count: 1 }]);
  });

  it('makes a profile of each thread where labels name them, and counts other labels', async () => {
    const samples = [
      { at: [1], values: [1, 10], labels: { 'thread name': 'main', 'thread id': 7 } },
      { at: [2, 1], values: [1, 20], labels: { 'thread name': 'io', 'thread id': 8, bytes: 3 } },
    ];
    const { profiles, about } = await read({ ...simple, samples });
    expect(profiles.map((profile) => [profile.name, treeOf(profile)])).toEqual([
      ['main (7)', 'main 10'],
      ['io (8)', 'main 0\n  work 0\n    inlined 20'],
    ]);
    expect(about).toContainEqual(['labels', 'thread name (2), thread id (2), bytes (1)']);
  });

  it('keeps units, and understands kilobytes as pprof does', async () => {
    const { profiles } = await read({
      ...simple,
      types: [
        ['wall', 'ms'],
        ['space', 'kB'],
      ],
    });
    expect(profiles[0]!.metrics).toEqual([
      { name: 'space', unit: 'bytes' },
      { name: 'wall', unit: 'milliseconds' },
    ]);
    expect(profiles[0]!.contexts!.total[0]![0]).toBe(30 * 1024);
  });

  it('counts samples without a stack, as pprof does', async () => {
    const { profiles } = await read({ ...simple, samples: [...simple.samples, { at: [], values: [1, 5] }] });
    expect(treeOf(profiles[0]!)).toBe('main 10\n  work 0\n    inlined 20\n(no stack) 5');
  });

  it.each([
    ['a location that is not there', { ...simple, samples: [{ at: [9], values: [1, 1] }] }, 'names the location 9'],
    ['too few values', { ...simple, samples: [{ at: [1], values: [1] }] }, 'a sample with 1 value, expected 2'],
    ['a function that is not there', { ...simple, locations: [[[8, 1]], []] }, 'names the function 8'],
    ['no sample type', { ...simple, types: [], samples: [{ at: [1], values: [] }] }, 'the file has no sample type'],
  ] as const)('refuses %s', async (_, profile, message) => {
    await expect(read(profile as unknown as Pprof)).rejects.toThrow(message);
  });

  it('refuses a small file of endless stacks soon', async () => {
    // 200,000 samples of one location in which 100,000 functions are inlined.
    const inlined = Array.from({ length: 100_000 }, () => [1, 1] as const);
    const bytes = write({ ...simple, locations: [inlined, []], samples: [] });
    const sample = field(2, [...field(1, [1]), ...field(2, 1), ...field(2, 1)]);
    const bomb = new Uint8Array(bytes.length + sample.length * 200_000);
    bomb.set(bytes);
    for (let at = bytes.length; at < bomb.length; at += sample.length) bomb.set(sample, at);
    await expect(readBytes(bomb, 'unknown')).rejects.toThrow('more frames than can be read');
  });
});
