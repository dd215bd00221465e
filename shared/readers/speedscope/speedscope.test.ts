import { describe, expect, it } from 'vitest';
import type { ProfileGroup } from '../../model/profile.ts';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';

const frames = ['a', 'b', 'c'].map((name) => ({ name }));
const file = (profiles: unknown, more: object = {}) =>
  JSON.stringify({ $schema: 'x', shared: { frames }, profiles, ...more });
const sampled = (samples: unknown, weights: unknown, more: object = {}) => ({
  type: 'sampled',
  name: 'one',
  unit: 'milliseconds',
  startValue: 0,
  endValue: 9,
  samples,
  weights,
  ...more,
});
const evented = (events: readonly [string, number, number][]) => ({
  type: 'evented',
  name: 'calls',
  unit: 'none',
  startValue: 0,
  endValue: 10,
  events: events.map(([type, frame, at]) => ({ type, frame, at })),
});

describe('sampled profiles', () => {
  it('are rows in the order of time, as long as their weights', async () => {
    const { profiles } = await readText(
      file([sampled([[0, 1], [0, 1, 2], [], [0]], [1, 2.5, 0.25, 1e1], { startValue: 5 })]),
    );
    expect(rowText(profiles[0]!)).toEqual(['5..6 a;b', '6..8.5 a;b;c ^2', '8.5..8.75 -', '8.75..18.75 a']);
    expect(stackText(profiles[0]!)).toEqual(['a 10', 'a;b 1', 'a;b;c 2.5']);
    expect(profiles[0]!.metrics).toEqual([{ name: 'time', unit: 'milliseconds' }]);
  });

  it('are the same however their numbers are written', async () => {
    const text = file([sampled([[0, 1], [2]], [1.5, 20])]);
    const want = (await readText(text)).profiles[0]!;
    const spaced = JSON.stringify(JSON.parse(text), null, 2);
    for (const other of [
      spaced,
      text.replace('1.5', '15e-1'),
      text.replace('[2]', '[ 2e0 ]'),
      text.replace('20]', '20.000000000000000000]'),
      text.replace('[2]', '[ \t2\r\n ]'),
    ]) {
      expect((await readText(other)).profiles[0], other).toEqual(want);
    }
  });

  it('of one file are several profiles of one list of frames', async () => {
    const group = await readText(file([sampled([[0]], [1]), sampled([[1]], [2], { name: 'two', unit: 'bytes' })]));
    expect(group.profiles.map(({ name, metrics }) => [name, metrics[0]!.unit])).toEqual([
      ['one', 'milliseconds'],
      ['two', 'bytes'],
    ]);
    expect(group.profiles.map(stackText)).toEqual([['a 1'], ['b 2']]);
  });

  it('have every unit, and say when it is none', async () => {
    for (const unit of ['seconds', 'milliseconds', 'microseconds', 'nanoseconds', 'bytes']) {
      expect((await readText(file([sampled([[0]], [1], { unit })]))).profiles[0]!.metrics[0]!.unit).toBe(unit);
    }
    const units = async (unit: string) => readText(file([sampled([[0]], [1], { unit })]));
    expect((await units('none')).profiles[0]!.metrics[0]!.unit).toBe('count');
    expect((await units('parsecs')).warnings.map(({ code }) => code)).toEqual(['unknown-unit']);
  });
});

describe('evented profiles', () => {
  it('are calls with begin and end', async () => {
    const { profiles, warnings } = await readText(
      file([
        evented([
          ['O', 0, 0],
          ['O', 1, 2],
          ['C', 1, 3],
          ['O', 1, 3],
          ['O', 1, 4],
          ['C', 1, 4],
          ['C', 1, 6],
          ['C', 0, 7],
        ]),
      ]),
    );
    expect(rowText(profiles[0]!)).toEqual([
      '0..2 a',
      '2..3 a;b ^1',
      '3..4 a;b ^1',
      '4..6 a;b ^2',
      '6..7 a ^1',
      '7..10 -',
    ]);
    expect(stackText(profiles[0]!)).toEqual(['a 3', 'a;b 4']);
    expect([...profiles[0]!.contexts!.calls!]).toEqual([1, 2, 1]);
    expect(warnings).toEqual([]);
  });

  it('that never close run to the end, and that is said', async () => {
    const { profiles, warnings } = await readText(
      file([
        evented([
          ['O', 0, 0],
          ['O', 1, 2],
        ]),
      ]),
    );
    expect(stackText(profiles[0]!)).toEqual(['a 2', 'a;b 8']);
    expect(warnings).toMatchObject([{ code: 'left-open', count: 2 }]);
  });
});

describe('files', () => {
  it('tell their exporter and name', async () => {
    const group = await readText(file([sampled([[0]], [1])], { exporter: 'py-spy@0.4.2', name: 'run' }));
    expect(group.writer).toBe('py-spy 0.4.2');
    expect(group.about).toContainEqual(['name', 'run']);
    expect(group.profiles[0]!.traits.linesRan).toBe(true);
  });

  it('tell functions of one line apart by their column', async () => {
    const shared = {
      frames: [
        { name: 'f', file: 'm.js', line: 1, col: 5 },
        { name: 'f', file: 'm.js', line: 1, col: 90 },
        { name: 'g', file: 'm.js', line: 1, col: 7 },
      ],
    };
    const { profiles } = await readText(file([sampled([[0, 1, 2]], [1])], { shared }));
    expect(frameText(profiles[0]!)).toEqual(['f [column 5] m.js:1', 'f [column 90] m.js:1', 'g m.js:1']);
  });

  it('may be of before the samples were taken out, in any order of keys, with names that look like keys', async () => {
    const own = {
      $schema: 'x',
      version: '0.0.1',
      name: '"samples":[',
      profiles: [sampled([[0]], [3])],
      shared: { frames: [{ name: 'samples":[[' }] },
    };
    expect(stackText((await readText(JSON.stringify(own))).profiles[0]!)).toEqual(['samples":[[ 3']);
  });
});

describe('a file that breaks a rule is refused, with the place', () => {
  const cases: [string, unknown, string][] = [
    [
      'an index out of range',
      [sampled([[0], [3]], [1, 1])],
      'profiles[0].samples[1][0]: expected a frame from 0 to 2, found 3',
    ],
    [
      'a negative index',
      [sampled([[0, -1]], [1])],
      'profiles[0].samples[0][1]: expected a frame from 0 to 2, found -1',
    ],
    ['half an index', [sampled([[0.5]], [1])], 'samples[0][0]: expected the number of a frame, found 0.5'],
    ['a stack that is none', [sampled([0], [1])], 'profiles[0].samples[0]: expected an array, found 0'],
    ['a weight too few', [sampled([[0], [1]], [1])], 'expected one weight per sample (2), found 1'],
    ['a weight below 0', [sampled([[0]], [-1])], 'profiles[0].weights[0]: expected a number from 0 on, found -1'],
    ['a weight that is none', [sampled([[0]], [null])], 'profiles[0].weights[0]: expected a number, found null'],
    ['no samples', [sampled(undefined, [1])], 'profiles[0].samples: expected an array, found nothing'],
    ['no profile', [], 'the file holds no profile'],
    ['another type', [{ type: 'other' }], 'expected "sampled" or "evented", found "other"'],
    ['a close without an open', [evented([['C', 0, 1]])], 'events[0]: frame 0 is closed, but no frame is open'],
    [
      'a close of another',
      [
        evented([
          ['O', 0, 1],
          ['O', 1, 2],
          ['C', 0, 3],
        ]),
      ],
      'events[2]: frame 0 is closed, but frame 1',
    ],
    [
      'time that goes back',
      [
        evented([
          ['O', 0, 3],
          ['C', 0, 1],
        ]),
      ],
      'events[1]: the time 1 comes after 3',
    ],
    ['an event of no kind', [evented([['X', 0, 3]])], 'events[0]: expected the type "O" or "C", found "X"'],
  ];
  it.each(cases)('%s', async (_, profiles, message) => {
    await expect(readText(file(profiles))).rejects.toThrow(message);
  });

  it('that is cut says where', async () => {
    const text = file([sampled([[0]], [1])]);
    for (const cut of [text.indexOf('[[0') + 2, text.length - 1]) {
      const refusal: Promise<ProfileGroup> = readText(text.slice(0, cut));
      await expect(refusal).rejects.toThrow(`speedscope: this is JSON that breaks off at byte ${cut}`);
    }
  });
});
