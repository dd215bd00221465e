import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameKey } from '../../model/frame-key.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { dict, flagged, float, int32, type MarshalValue, marshal, raw, ref } from '../../testing/marshal-writer.ts';
import { readBytes } from '../index.ts';
import { pstatsReader } from './index.ts';

const A = ['/a.py', 1, 'a'] as const;
const B = ['/b.py', 2, 'b'] as const;
const C = ['/c.py', 3, 'c'] as const;
const NONE = dict();

const readSource = (source: Source): ProfileGroup => pstatsReader.read(source, () => {});

function readValue(value: MarshalValue): ProfileGroup {
  return readSource(new Source(marshal(value)));
}

/** A profile as text: a line per function, then its callers; `calls/primitive self total`, `?` for unknown. */
function textOf(group: ProfileGroup): string {
  const profile = group.profiles[0]!;
  const show = (value: number | undefined) => (Number.isNaN(value) ? '?' : String(value));
  const lines: string[] = [];
  for (let frame = 0; frame < profile.frames.length; frame++) {
    const { calls, primitiveCalls, self, total } = profile.functions;
    const counts = `${show(calls[frame])}/${show(primitiveCalls[frame])}`;
    lines.push(`${getFrameKey(profile, frame)} ${counts} ${show(self[0]![frame])} ${show(total[0]![frame])}`);
    for (let call = 0; call < profile.calls.length; call++) {
      if (profile.calls.callee[call] !== frame) continue;
      const edge = profile.calls;
      const edgeCounts = `${show(edge.calls[call])}/${show(edge.primitiveCalls[call])}`;
      const times = `${show(edge.self[0]![call])} ${show(edge.total[0]![call])}`;
      lines.push(`  < ${getFrameKey(profile, edge.caller[call]!)} ${edgeCounts} ${times}`);
    }
  }
  return lines.join('\n');
}

function codesOf(group: ProfileGroup): string[] {
  return group.warnings.map((warning) => `${warning.code} ${warning.count}`);
}

describe('counts', () => {
  it('are calls and primitive calls, which cProfile writes in one order outside and in the other inside', () => {
    const group = readValue(dict([A, [1, 9, 0.5, 1, dict([A, [8, 2, 0.25, 0.75]])]]));
    expect(textOf(group)).toBe('/a.py:1(a) 9/1 0.5 1\n  < /a.py:1(a) 8/2 0.25 0.75');
  });

  it('are told apart by size where yappi writes all calls first', () => {
    const group = readValue(dict([A, [9, 1, 0.5, 1, NONE]]));
    expect(textOf(group)).toBe('/a.py:1(a) 9/1 0.5 1');
    expect(group.writer).toBe('yappi (Python 3)');
  });

  it('are unknown, and so are those of edges, where pyinstrument writes -1 everywhere', () => {
    const group = readValue(dict([A, [-1, -1, 0.5, 1, dict([B, [-1, -1, 0.5, 1]])]], [B, [-1, -1, 0, 1, NONE]]));
    expect(textOf(group)).toBe('/a.py:1(a) ?/? 0.5 1\n  < /b.py:2(b) ?/? 0.5 1\n/b.py:2(b) ?/? 0 1');
    expect(group.profiles[0]!.traits.hasCounts).toBe(false);
    expect(group.writer).toBe('pyinstrument');
    expect(codesOf(group)).toEqual(['no-counts 1']);
  });

  it('are unknown one by one where only some are negative', () => {
    const group = readValue(dict([A, [-3, -3, 0.5, 1, NONE]], [B, [2, 2, 0, 1, NONE]]));
    expect(textOf(group)).toBe('/a.py:1(a) ?/? 0.5 1\n/b.py:2(b) 2/2 0 1');
    expect(codesOf(group)).toEqual(['negative-count 2']);
  });

  it('are one column until one of them shows recursion', () => {
    const rowOf = (primitive: number, calls: number) => [primitive, calls, 0, 0, NONE];
    const { functions } = readValue(dict([A, rowOf(3, 3)], [B, rowOf(5, 5)])).profiles[0]!;
    expect(functions.primitiveCalls).toBe(functions.calls);
    const recursive = readValue(dict([A, rowOf(3, 3)], [B, rowOf(5, 7)], [C, rowOf(1, 1)])).profiles[0]!.functions;
    expect([...recursive.calls]).toEqual([3, 7, 1]);
    expect([...recursive.primitiveCalls]).toEqual([3, 5, 1]);
  });

  it('may be references to numbers of any size', () => {
    const group = readValue(
      dict(
        [A, [flagged(7), flagged(2 ** 30), flagged(float(-0)), flagged(float(1.5)), NONE]],
        [B, [ref(0), ref(1), ref(2), ref(3), NONE]],
      ),
    );
    expect(textOf(group)).toBe('/a.py:1(a) 1073741824/7 0 1.5\n/b.py:2(b) 1073741824/7 0 1.5');
    expect([...group.profiles[0]!.functions.self[0]!]).toEqual([-0, -0]);
  });

  it('may be booleans, and ints as long as they like', () => {
    const long = raw('l', ...int32(3), 0, 0, 0, 0, 4, 0);
    expect(textOf(readValue(dict([A, [true, long, 0, 0, NONE]])))).toBe('/a.py:1(a) 4294967296/1 0 0');
  });

  it('are rounded beyond 2^53 with a note', () => {
    const long = raw('l', ...int32(5), 1, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    const group = readValue(dict([A, [1, long, 0, 0, NONE]]));
    expect(textOf(group)).toBe(`/a.py:1(a) ${2 ** 60}/1 0 0`);
    expect(codesOf(group)).toEqual(['rounded-integer 1']);
  });
});

describe('times', () => {
  it('may be ints, as custom timers write them', () => {
    expect(textOf(readValue(dict([A, [1, 1, 0, 3, NONE]])))).toBe('/a.py:1(a) 1/1 0 3');
  });

  it('stay negative where a clock went back, with a note', () => {
    const group = readValue(dict([A, [1, 1, -0.5, -1, NONE]]));
    expect(textOf(group)).toBe('/a.py:1(a) 1/1 -0.5 -1');
    expect(group.warnings).toEqual([
      {
        code: 'negative-time',
        message: '2 times are negative (a clock went back): kept as they are.',
        where: '/a.py:1(a)',
        count: 2,
      },
    ]);
  });

  it('are unknown where they are no number, infinite or beyond all sums', () => {
    const group = readValue(
      dict([A, [1, 1, float(Number.NaN), float(Infinity), dict([A, [1, 1, float(1.5e308), float(-1e301)]])]]),
    );
    expect(textOf(group)).toBe('/a.py:1(a) 1/1 ? ?\n  < /a.py:1(a) 1/1 ? ?');
    expect(codesOf(group)).toEqual(['not-a-time 4']);
  });

  it('may be less cumulated than own', () => {
    expect(textOf(readValue(dict([A, [1, 1, 2, 1, NONE]])))).toBe('/a.py:1(a) 1/1 2 1');
  });
});

describe('callers', () => {
  it('that are plain counts have no times', () => {
    const group = readValue(
      dict(
        [
          ['profile', 0, 'main()'],
          [1, 1, 0, 2, NONE],
        ],
        [A, [2, 2, 1, 2, dict([['profile', 0, 'main()'], 2])]],
      ),
    );
    expect(textOf(group)).toBe('profile:0(main()) 1/1 0 2\n/a.py:1(a) 2/2 1 2\n  < profile:0(main()) 2/? ? ?');
    expect(group.writer).toBe('profile (Python 3)');
  });

  it('without an entry of their own become frames of unknown numbers, after the others', () => {
    const group = readValue(dict([A, [2, 2, 1, 1, dict([B, [1, 1, 0.5, 0.5]], [C, [1, 1, 0.5, 0.5]])]]));
    expect(textOf(group)).toBe(
      '/a.py:1(a) 2/2 1 1\n  < /b.py:2(b) 1/1 0.5 0.5\n  < /c.py:3(c) 1/1 0.5 0.5\n/b.py:2(b) ?/? ? ?\n/c.py:3(c) ?/? ? ?',
    );
    expect(codesOf(group)).toEqual(['missing-caller 2']);
  });

  it('may come before their own entry', () => {
    const group = readValue(dict([A, [1, 1, 1, 1, dict([B, [1, 1, 1, 1]])]], [B, [1, 1, 0, 1, NONE]]));
    expect(textOf(group)).toBe('/a.py:1(a) 1/1 1 1\n  < /b.py:2(b) 1/1 1 1\n/b.py:2(b) 1/1 0 1');
  });

  it('that occur twice for one function are added up', () => {
    const group = readValue(
      dict(
        [
          A,
          [
            3,
            3,
            1,
            1,
            dict(
              [
                ['/b.py', 2, 'b'],
                [1, 1, 0.25, 0.5],
              ],
              [B, [2, 2, 0.25, 0.25]],
            ),
          ],
        ],
        [B, [1, 1, 0, 1, NONE]],
      ),
    );
    expect(textOf(group)).toContain('\n  < /b.py:2(b) 3/3 0.5 0.75\n');
    expect(codesOf(group)).toEqual(['repeated-caller 1']);
  });

  it('that occur twice are added up among hundreds too, of one function and of the next', () => {
    const count = 300;
    const listCallers = () =>
      Array.from({ length: count }, (_, i): [MarshalValue, MarshalValue] => [
        ['/c.py', i, 'c'],
        [1, 1, 0, 0],
      ]);
    const group = readValue(
      dict(
        [A, [2 * count, 2 * count, 0, 0, dict(...listCallers(), ...listCallers())]],
        [B, [count, count, 0, 0, dict(...listCallers())]],
      ),
    );
    const { calls } = group.profiles[0]!;
    expect(codesOf(group)).toContain(`repeated-caller ${count}`);
    expect([...calls.calls]).toEqual([...new Array(count).fill(2), ...new Array(count).fill(1)]);
    expect([...calls.callee]).toEqual([...new Array(count).fill(0), ...new Array(count).fill(1)]);
  });

  it('of a function that is listed twice are added up with it', () => {
    const group = readValue(
      dict(
        [A, [1, 1, 1, 1, dict([B, [1, 1, 1, 1]])]],
        [B, [1, 1, 0, 3, NONE]],
        [
          ['/a.py', 1, 'a'],
          [2, 3, 1, 1, dict([B, [2, 2, 1, 1]], [A, [1, 0, 0, 0]])],
        ],
      ),
    );
    expect(textOf(group)).toBe(
      '/a.py:1(a) 4/3 2 2\n  < /b.py:2(b) 3/3 2 2\n  < /a.py:1(a) 1/0 0 0\n/b.py:2(b) 1/1 0 3',
    );
    expect(codesOf(group)).toEqual(['repeated-function 1']);
  });
});

describe('marks', () => {
  it('of the sampling profiler make counts samples', () => {
    const group = readValue(
      dict([A, [3, 90, 0.5, 1, dict([B, 90])]], [B, [0, 90, 0, 1, NONE]], [['__sampled__'], true]),
    );
    expect(textOf(group)).toBe('/a.py:1(a) 90/3 0.5 1\n  < /b.py:2(b) 90/? ? ?\n/b.py:2(b) 90/0 0 1');
    expect(group.profiles[0]!.traits.sampled).toBe(true);
    expect(group.writer).toBe('profiling.sampling (Python 3.15 or newer)');
    expect(group.warnings).toEqual([]);
  });

  it('that nobody knows are left out with a note, whatever they hold', () => {
    const group = readValue(dict([['__later__'], dict(['a', [1, raw('N'), dict()]])], [A, [1, 1, 0, 0, NONE]]));
    expect(group.profiles[0]!.frames.length).toBe(1);
    expect(codesOf(group)).toEqual(['unknown-mark 1']);
  });
});

describe('the file', () => {
  const plain = dict([A, [1, 1, 0.5, 1, NONE]]);

  it('of two bytes is an empty profile', () => {
    expect(textOf(readValue(NONE))).toBe('');
  });

  it('may follow references to keys, tuples, dicts, numbers and names', () => {
    // Slots in order of their start: 0 the file, 1 key, 2 its file, 3 callers, 4 edge, 5 a count.
    const key = flagged([flagged('/a.py'), 1, 'a']);
    const callers = flagged(dict([ref(1), flagged([flagged(1), ref(5), 0.5, 0.5])]));
    const value = flagged(
      dict(
        [key, [1, 1, 0.5, 1, callers]],
        [B, [2, 2, 0, 0, ref(3)]],
        [C, [2, 2, 0, 0, dict([[ref(2), ref(5), 'a'], ref(4)])]],
      ),
    );
    expect(textOf(readValue(value))).toBe(
      '/a.py:1(a) 1/1 0.5 1\n  < /a.py:1(a) 1/1 0.5 0.5\n/b.py:2(b) 2/2 0 0\n  < /a.py:1(a) 1/1 0.5 0.5\n/c.py:3(c) 2/2 0 0\n  < /a.py:1(a) 1/1 0.5 0.5',
    );
  });

  it('may be a frozendict of frozendicts, with lists for tuples', () => {
    const key = marshal(A as unknown as MarshalValue);
    const bytes = [
      0x7d,
      ...key,
      0x5b,
      ...int32(5),
      ...marshal(1),
      ...marshal(1),
      ...marshal(0.5),
      ...marshal(1),
      0x7d,
      0x30,
      0x30,
    ];
    expect(textOf(readSource(new Source(Uint8Array.from(bytes))))).toBe('/a.py:1(a) 1/1 0.5 1');
  });

  it('may be gzipped, in several members', async () => {
    const bytes = marshal(plain);
    const packed = Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))]);
    expect(textOf(await readBytes(packed, 'app.prof.gz'))).toBe('/a.py:1(a) 1/1 0.5 1');
  });

  it('may be followed by anything, which is noted', async () => {
    const bytes = Uint8Array.of(...marshal(plain), 1, 2, 3);
    expect(codesOf(readSource(new Source(bytes)))).toEqual(['trailing-bytes 3']);
    const packed = Buffer.concat([gzipSync(marshal(plain)), Buffer.from('xyz!')]);
    expect(codesOf(await readBytes(packed, 'app.prof.gz'))).toEqual(['trailing-gzip-bytes 4']);
  });

  it('holds names as text, also those that would reach a prototype', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '<b>', '\u202e', ''];
    const group = readValue(
      dict(
        ...names.map((name): [MarshalValue, MarshalValue] => [
          [name, 0, name],
          [1, 1, 0, 0, NONE],
        ]),
      ),
    );
    const profile = group.profiles[0]!;
    expect(names.map((_, frame) => getFrameKey(profile, frame))).toEqual(names.map((name) => `${name}:0(${name})`));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('names its writer only where it shows', () => {
    expect(readValue(plain).writer).toBeNull();
    expect(
      readValue(
        dict([
          ['~', 0, '<built-in method len>'],
          [1, 1, 0, 0, NONE],
        ]),
      ).writer,
    ).toBe('cProfile (Python 3)');
    expect(readValue(dict([A, [1, 1, 0, 0, dict([B, 1])]])).writer).toBeNull();
  });
});

describe('a file of the wrong shape', () => {
  it.each([
    ['a key that is None', dict([null, 1]), 'pstats byte 1: expected a function as (file, line, name), found None'],
    [
      'a key of two',
      dict([['/a.py', 1], 1]),
      'pstats byte 1: expected a function as (file, line, name), found a tuple of 2',
    ],
    [
      'a line that is text',
      dict([['/a.py', 'x', 'a'], 1]),
      'pstats byte 10: expected the line of a function, found a string',
    ],
    ['a line that is no int', dict([['/a.py', 1.5, 'a'], 1]), 'pstats byte 10: expected a line number, found line 1.5'],
    ['a value that is an int', dict([A, 7]), 'pstats byte 18: expected the numbers of a function'],
    ['a value of three', dict([A, [1, 1, 0.5]]), 'found a tuple of 3'],
    [
      'a count that is text',
      dict([A, ['1', 1, 0, 0, NONE]]),
      'pstats byte 20: expected a count of calls, found a string',
    ],
    ['a time that is None', dict([A, [1, 1, null, 0, NONE]]), 'expected the own time of a function, found None'],
    ['callers that are a tuple', dict([A, [1, 1, 0, 0, []]]), 'expected a dict of callers, found a tuple'],
    [
      'a caller of two',
      dict([A, [1, 1, 0, 0, dict([['/a.py', 1], 1])]]),
      'expected a caller as (file, line, name), found a tuple of 2',
    ],
    ['an edge of five', dict([A, [1, 1, 0, 0, dict([B, [1, 1, 0, 0, 0]])]]), 'expected the numbers of a caller'],
    [
      'a mark as caller',
      dict([A, [1, 1, 0, 0, dict([['x'], 1])]]),
      'expected a caller as (file, line, name), found a tuple of 1',
    ],
    [
      'a tuple that holds itself',
      dict([raw(0xa9, 3, 'r', ...int32(0)), 1]),
      'a reference to the value that it is part of',
    ],
    ['a code object', dict([A, [1, 1, 0, raw('c'), NONE]]), 'found a code object'],
  ])('with %s is told what and where', (_, value, message) => {
    expect(() => readValue(value)).toThrow(message);
  });

  it('R23: that repeats itself by reference without end is refused, soon', () => {
    const callers = dict(
      ...Array.from({ length: 2000 }, (_, i): [MarshalValue, MarshalValue] => [['/a.py', i, 'a'], 1]),
    );
    const rows = Array.from({ length: 2000 }, (_, i): [MarshalValue, MarshalValue] => [
      ['/b.py', i, 'b'],
      [1, 1, 0, 0, i === 0 ? flagged(callers) : ref(0)],
    ]);
    expect(() => readValue(dict(...rows))).toThrow('the file repeats itself by reference more than 1000000 times');
  });

  it('R23: whose functions share one endless name is refused, soon', () => {
    const rows = Array.from({ length: 500 }, (_, i): [MarshalValue, MarshalValue] => [
      [i === 0 ? flagged('a'.repeat(200_000)) : ref(0), i, ref(0)],
      [1, 1, 0, 0, NONE],
    ]);
    expect(() => readValue(dict(...rows))).toThrow('the names of its functions fill 200 MB');
    expect(readValue(dict(...rows.slice(0, 50))).profiles[0]?.frames.length).toBe(50);
  });
});
