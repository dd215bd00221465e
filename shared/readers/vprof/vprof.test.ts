import { expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { getString } from '../../model/strings.ts';
import { vprofReader } from './index.ts';

const read = (file: object): ProfileGroup =>
  vprofReader.read(new Source(new TextEncoder().encode(JSON.stringify(file))), () => {});

const node = (stack: unknown, sampleCount: number, ...children: object[]) => ({ stack, sampleCount, children });
const flame = { objectName: 'a', totalSamples: 9, callStats: node(['main', 'a.py', 1], 9, node('f (a.py:7)', 4)) };
const profiler = {
  objectName: 'a',
  totalTime: 0.5,
  callStats: [['a.py', 3, 'f', 0.0001, 0.0246, 5, 2, 0.00002, 'a.py', 77]],
};
const heatmap = {
  objectName: 'a',
  heatmaps: [
    {
      name: 'a.py',
      heatmap: { 2: 0.25 },
      executionCount: { 2: 10 },
      srcCode: [
        ['line', 1, 'import x'],
        ['line', 2, 'x.run()'],
        ['skip', 20],
      ],
    },
  ],
};
const memory = {
  objectName: 'a',
  codeEvents: [
    [1, 2, 10, 'f', 'a.py'],
    [2, 3, 12, 'f', 'a.py'],
    [3, 2, 11, 'f', 'a.py'],
  ],
  objectsCount: [['class list', 4]],
};

it('opens each part as a profile, those without data left out', () => {
  const group = read({ c: flame, p: profiler, h: heatmap, m: memory, version: '0.38' });
  expect(group.profiles.map(({ name }) => name)).toEqual(['flame graph', 'profiler', 'heat map', 'memory']);
  expect(group.writer).toBe('vprof 0.38');
  expect(group.about).toContainEqual(['objects of class list', '4']);
  const empty = { objectName: 'a', callStats: {} };
  expect(read({ c: empty, p: profiler }).profiles.map(({ name }) => name)).toEqual(['profiler']);
  expect(read({ c: empty }).profiles[0]!.contexts!.length).toBe(0);
});

it('has a tree of samples', () => {
  const [profile] = read({ c: flame }).profiles;
  const { frame, self, total } = profile!.contexts!;
  expect(
    Array.from(
      frame,
      (of) => `${getFrameName(profile!, of)} ${getFrameFile(profile!, of)}:${profile!.frames.line[of]}`,
    ),
  ).toEqual(['main a.py:1', 'f a.py:7']);
  expect([[...self[0]!], [...total[0]!]]).toEqual([
    [5, 4],
    [9, 4],
  ]);
});

it('has functions, their whole time as finely as the file has it', () => {
  const { functions } = read({ p: profiler }).profiles[0]!;
  expect([functions.calls[0], functions.primitiveCalls[0], functions.self[0]![0]]).toEqual([5, 2, 0.00002]);
  expect(functions.total[0]![0]).toBeCloseTo(0.000123, 12);
});

it('has lines with times, hits and text, those that never ran too', () => {
  const [profile] = read({ h: heatmap }).profiles;
  const { line, calls, values, text, frame } = profile!.lines!;
  expect([...line]).toEqual([1, 2]);
  expect([...calls]).toEqual([Number.NaN, 10]);
  expect([...values[0]!]).toEqual([Number.NaN, 0.25]);
  expect(Array.from(text, (row) => getString(profile!.strings, row))).toEqual(['import x', 'x.run()']);
  expect([...frame]).toEqual([-1, -1]);
});

it('has memory in the order of executed lines, and the most of each line', () => {
  const [profile] = read({ m: memory }).profiles;
  expect([...profile!.series![0]!.time]).toEqual([1, 2, 3]);
  expect([...profile!.series![0]!.value]).toEqual([10, 12, 11].map((megabytes) => megabytes * 1_048_576));
  const { line, calls, values } = profile!.lines!;
  expect([[...line], [...calls], [...values[0]!]]).toEqual([
    [2, 3],
    [2, 1],
    [11 * 1_048_576, 12 * 1_048_576],
  ]);
});
