import { expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import { gprof2dotReader } from './index.ts';

const read = (file: unknown) =>
  gprof2dotReader.read(new Source(new TextEncoder().encode(JSON.stringify(file))), () => {}).profiles[0]!;

const FILE = {
  version: 0,
  costs: [{ description: 'Memory', unit: 'bytes' }, { description: 'Samples' }],
  functions: [{ name: 'leaf', module: 'lib' }, { name: 'main' }, { name: 'unused' }],
  events: [
    { callchain: [0, 1], cost: [7, 1] },
    { callchain: [1], cost: [2, 1] },
    { callchain: [0, 1], cost: [1, 1] },
  ],
};

it('has a metric for every cost, and chains with the innermost function first', () => {
  const profile = read(FILE);
  expect(profile.metrics).toEqual([
    { name: 'Memory', unit: 'bytes' },
    { name: 'Samples', unit: 'count' },
  ]);
  const { frame, parent, self, total } = profile.contexts!;
  expect(Array.from(frame, (of) => `${getFrameName(profile, of)} ${getFrameFile(profile, of)}`)).toEqual([
    'main ',
    'leaf lib',
  ]);
  expect([[...parent], ...self.map((column) => [...column]), [...total[0]!]]).toEqual([
    [-1, 0],
    [2, 8],
    [1, 2],
    [10, 8],
  ]);
  expect(profile.traits.sampled).toBe(true);
  expect(profile.frames.length).toBe(3);
});

it('may be empty', () => {
  expect(read({ ...FILE, functions: [], events: [] }).contexts!.length).toBe(0);
});

it.each([
  [{ ...FILE, costs: [] }, 'costs: expected a cost at least'],
  [{ ...FILE, events: [{ callchain: [3], cost: [1, 1] }] }, 'events[0].callchain[0]: expected the number of one of 3'],
  [{ ...FILE, events: [{ callchain: [0], cost: [1] }] }, 'events[0].cost[1]: expected a number, found nothing'],
  [{ ...FILE, events: {} }, 'events: expected an array'],
])('refuses what is not whole: %#', (file, message) => {
  expect(() => read(file)).toThrow(message);
});
