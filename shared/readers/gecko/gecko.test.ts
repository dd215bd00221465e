import { describe, expect, it } from 'vitest';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { samplesOf, treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';
import { parseLocation } from './frames.ts';

/** A raw thread: main calls work at 1 ms, nothing runs at 3 ms, main at 4 ms. */
const raw = {
  name: 'GeckoMain',
  pid: 1,
  tid: 2,
  samples: {
    schema: { stack: 0, time: 1 },
    data: [
      [1, 1],
      [null, 3],
      [0, 4],
    ],
  },
  stackTable: {
    schema: { prefix: 0, frame: 1 },
    data: [
      [null, 0],
      [0, 1],
      [1, 0],
    ],
  },
  frameTable: { schema: { location: 0, implementation: 1, line: 2 }, data: [['main (a.js:3)'], [0, null, 8]] },
  stringTable: ['work (a.js:7:5)'],
  markers: { schema: { name: 0 }, data: [[0], [0]] },
};

/** The same, processed. */
const processed = {
  name: 'GeckoMain',
  pid: '1',
  tid: 2,
  samples: { stack: [1, null, 0], time: [1, 3, 4], weight: null, weightType: 'samples', length: 3 },
  stackTable: { frame: [0, 1, 0], prefix: [null, 0, 1], length: 3 },
  frameTable: { func: [0, 1], line: [null, 8], length: 2 },
  funcTable: {
    name: [0, 1],
    fileName: [2, 2],
    lineNumber: [3, 7],
    columnNumber: [1, 5],
    resource: [-1, -1],
    length: 2,
  },
  resourceTable: { length: 0, name: [], lib: [] },
  stringArray: ['main', 'work', 'a.js'],
  markers: { length: 2, name: [0, 0] },
};
const meta = { interval: 1, product: 'Firefox', version: 27 };

const read = (profile: unknown) => readBytes(new TextEncoder().encode(JSON.stringify(profile)), 'unknown');
const placesOf = (profile: Profile) =>
  Array.from({ length: profile.frames.length }, (_, frame) =>
    [getFrameName(profile, frame), getFrameFile(profile, frame), profile.frames.line[frame]].join(' '),
  );

describe('Firefox profiles', () => {
  it.each([
    ['raw', { meta, threads: [raw] }],
    ['processed', { meta, threads: [processed] }],
    ['in a wrapper', { label: null, profile: { meta, threads: [raw] } }],
    ['with threads as text', { meta, threads: [JSON.stringify(raw)] }],
    [
      'with differences of time',
      { meta, threads: [{ ...processed, samples: { ...processed.samples, time: undefined, timeDeltas: [1, 2, 1] } }] },
    ],
  ])('are read %s', async (_, file) => {
    const { profiles, about } = await read(file);
    const [profile] = profiles;
    expect(treeOf(profile!)).toBe('main 1\n  work 1');
    expect(treeOf(profile!, 1)).toBe('main 1\n  work 2');
    expect(samplesOf(profile!)).toBe('1: work\n3: -\n4: main\n5');
    expect(placesOf(profile!)).toEqual(['main a.js 3', 'work a.js 7']);
    expect([...profile!.lines!.line]).toEqual([8]);
    expect([...profile!.lines!.totals![0]!]).toEqual([1]);
    expect(about).toContainEqual(['markers (not shown)', '2']);
  });

  it('share tables between threads, and name files by their sources, from version 56 on', async () => {
    const { stringArray, funcTable, frameTable, stackTable, resourceTable, ...thread } = processed;
    const shared = {
      stringArray: [...stringArray, 'b.js'],
      stackTable,
      frameTable,
      resourceTable,
      funcTable: { ...funcTable, fileName: undefined, source: [0, null] },
      sources: { length: 1, filename: [3] },
    };
    const { profiles } = await read({ meta, shared, threads: [thread, { ...thread, name: 'Other' }] });
    expect(profiles.map(({ name }) => name)).toEqual(['GeckoMain', 'Other']);
    expect(placesOf(profiles[1]!)).toEqual(['main b.js 3', 'work  7']);
  });

  it('point back by offsets, from version 66 on', async () => {
    const stackTable = { frame: [0, 1, 0], prefixOffset: [0, 1, 1], length: 3 };
    const { profiles } = await read({ meta, threads: [{ ...processed, stackTable }] });
    expect(treeOf(profiles[0]!)).toBe('main 1\n  work 1');
    const far = { ...stackTable, prefixOffset: [0, 2, 0] };
    await expect(read({ meta, threads: [{ ...processed, stackTable: far }] })).rejects.toThrow('has prefixOffset 2');
  });

  it('count weights, in bytes where they are bytes', async () => {
    const samples = { ...processed.samples, weight: [5, 1, 2] };
    expect(treeOf((await read({ meta, threads: [{ ...processed, samples }] })).profiles[0]!)).toBe('main 2\n  work 5');
    const bytes = { ...samples, weightType: 'bytes' };
    const { profiles } = await read({ meta, threads: [{ ...processed, samples: bytes, nativeAllocations: bytes }] });
    expect(profiles.map(({ name, metrics }) => [name, ...metrics.map(({ unit }) => unit)])).toEqual([
      ['GeckoMain', 'bytes'],
      ['GeckoMain: native allocations', 'bytes'],
    ]);
  });

  it('have processes in processes; threads without samples are named only', async () => {
    const child = { meta, threads: [{ ...raw, pid: 9, processName: 'Web' }], processes: [] };
    const idle = { ...raw, name: 'Idle', samples: { schema: { stack: 0, time: 1 }, data: [] } };
    const { profiles, about } = await read({ meta, threads: [raw, idle], processes: [child] });
    expect(profiles.map(({ name }) => name)).toEqual(['GeckoMain (1)', 'GeckoMain (Web 9)']);
    expect(about).toContainEqual(['threads without samples', 'Idle (1)']);
  });

  it('have samples in order of time', async () => {
    const samples = { ...processed.samples, time: [4, 3, 1] };
    const { profiles, warnings } = await read({ meta, threads: [{ ...processed, samples }] });
    expect(samplesOf(profiles[0]!)).toBe('1: main\n3: -\n4: work\n5');
    expect(warnings).toMatchObject([{ code: 'not-in-order' }]);
  });

  it('count a recursive line once in its total', async () => {
    const stackTable = { frame: [1, 1], prefix: [null, 0], length: 2 };
    const { profiles } = await read({ meta, threads: [{ ...processed, stackTable }] });
    expect([...profiles[0]!.lines!.values[0]!]).toEqual([2]);
    expect([...profiles[0]!.lines!.totals![0]!]).toEqual([2]);
  });

  it('tell functions of one line apart by their columns', async () => {
    const stringTable = ['e (m.js:1:20)', 'e (m.js:1:90)'];
    const frameTable = { schema: { location: 0 }, data: [[0], [1]] };
    const { profiles } = await read({ meta, threads: [{ ...raw, stringTable, frameTable }] });
    expect(treeOf(profiles[0]!)).toBe('e 1\n  e (column 90) 1');
  });

  it('split locations in all their forms', () => {
    expect(parseLocation('a (http://x/a.js:1:2)')).toEqual({ name: 'a', file: 'http://x/a.js', line: 1, column: 2 });
    expect(parseLocation('file:///a.js:1')).toEqual({
      name: 'file:///a.js:1',
      file: 'file:///a.js',
      line: 1,
      column: 0,
    });
    for (const text of ['(root)', 'js::RunScript', '0x7fff12', 'f (in libxul)', ' (x:1)']) {
      expect(parseLocation(text)).toEqual({ name: text, file: '', line: 0, column: 0 });
    }
  });

  it.each([
    [
      'a stack in a circle',
      { stackTable: { frame: [0, 1], prefix: [null, 1], length: 2 } },
      'the stack goes in a circle',
    ],
    [
      'a frame that is not there',
      { stackTable: { frame: [0, 9], prefix: [null, 0] } },
      'row 1 of stackTable has frame 9',
    ],
    ['a stack that is not there', { samples: { stack: [7], time: [0] } }, 'row 0 of samples has stack 7'],
    ['strings that are none', { stringArray: 7 }, 'the strings of a thread are no list'],
  ])('with %s are refused', async (_, change, message) => {
    await expect(read({ meta, threads: [{ ...processed, ...change }] })).rejects.toThrow(message);
  });

  it('with a thread of broken text are refused', async () => {
    await expect(read({ meta, threads: ['{'] })).rejects.toThrow('a thread is a string that is no JSON');
  });
});
