import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildProfile } from '../model/build.ts';
import type { Profile, ProfileGroup } from '../model/profile.ts';
import { buildStringTable, getString } from '../model/strings.ts';
import { readBytes } from '../readers/index.ts';
import { corpusFiles, eachSample, readCorpusFile, readSample } from '../testing/corpus.ts';
import { pairsOfHourglass, pairsOfLayers, profileOfCircle, profileOfPairs } from '../testing/large-profiles.ts';
import { profileOf } from '../testing/profile-of.ts';
import { brokenProfiles, recordedTrees } from '../testing/random-profiles.ts';
import { aggregate } from '../testing/recorded-tree.ts';
import { CompactReader, encodeCompact } from './compact.ts';
import { joinBytes } from './compact-streams.ts';

const packAll = (group: ProfileGroup) => joinBytes([...encodeCompact(group)]);

/** Unpacks bytes that come in pieces of so many. */
function unpackPieces(bytes: Uint8Array, size: number): ProfileGroup {
  const reader = new CompactReader();
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.finish();
}

/** Everything in a group, columns as text of their bytes: equal only if every bit is. */
function bitsOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
    return `${value.constructor.name} ${bytes}`;
  }
  if (Array.isArray(value)) return value.map(bitsOf);
  if (typeof value !== 'object' || value === null) return value;
  if ('bytes' in value) {
    const { length, bytes, start, end } = value as Profile['strings'];
    return Array.from({ length }, (_, at) => bitsOf(bytes.subarray(start[at], end[at])));
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bitsOf(each)]));
}

function expectSame(group: ProfileGroup): void {
  const before = structuredClone(group);
  const found = unpackPieces(packAll(group), 1000);
  expect(bitsOf(found)).toEqual(bitsOf(group));
  expect(bitsOf(group)).toEqual(bitsOf(before));
}

function groupOf(...profiles: Profile[]): ProfileGroup {
  return { format: 'test', writer: null, profiles, warnings: [] };
}

/** A profile of two functions that has the given times everywhere, and the given counts, larger one first. */
function profileOfNumbers(times: readonly number[], counts: readonly (readonly [number, number])[]): Profile {
  const frameCount = Math.max(times.length, counts.length);
  const rows = {
    calls: Float64Array.from({ length: frameCount }, (_, row) => counts[row % counts.length]![0]),
    primitiveCalls: Float64Array.from({ length: frameCount }, (_, row) => counts[row % counts.length]![1]),
    self: [Float64Array.from({ length: frameCount }, (_, row) => times[row % times.length]!)],
    total: [Float64Array.from({ length: frameCount }, (_, row) => times[(row + 1) % times.length]!)],
  };
  return buildProfile({
    name: 'numbers',
    metrics: [{ name: 'time', unit: 'seconds' }],
    strings: buildStringTable(['f', 'app.py']),
    frames: {
      length: frameCount,
      name: new Int32Array(frameCount),
      file: new Int32Array(frameCount).fill(1),
      line: Int32Array.from({ length: frameCount }, (_, row) => row - 1),
    },
    functions: rows,
    calls: {
      length: frameCount,
      caller: Int32Array.from({ length: frameCount }, (_, row) => (row * 7) % frameCount),
      callee: Int32Array.from({ length: frameCount }, (_, row) => row),
      ...structuredClone(rows),
    },
    traits: { sampled: true, hasCounts: true },
  });
}

describe('a packed profile is the same, bit for bit,', () => {
  for (const { name, bytes } of eachSample('pstats')) {
    it(`as ${name}`, async () => expectSame(await readBytes(bytes, name)));
  }

  for (const { file } of corpusFiles('pstats')) {
    it(`as ${file} of the corpus`, async () => expectSame(await readBytes(readCorpusFile(file), file)));
  }

  it('whatever tree was recorded', () => {
    fc.assert(fc.property(recordedTrees, (tree) => expectSame(groupOf(aggregate(tree)))));
  });

  it('whatever numbers are on whatever graph', () => {
    fc.assert(fc.property(brokenProfiles, (profile) => expectSame(groupOf(profile))));
  });

  it('whatever the shape of the graph', () => {
    expectSame(groupOf(profileOfPairs(1 + 4 * 12, pairsOfLayers(4, 12))));
    expectSame(groupOf(profileOfPairs(102, pairsOfHourglass(50, 50))));
    expectSame(groupOf(profileOfCircle(300, 200)));
    const chain = Array.from({ length: 50_000 }, (_, at) => [at, at + 1] as const);
    expectSame(groupOf(profileOfPairs(50_001, chain)));
  });

  it('where numbers are odd: unknown, negative zero, beyond any tick, a little beside one', () => {
    const counts = [
      [5, 5],
      [Number.NaN, Number.NaN],
      [2 ** 53 + 2, 2 ** 53],
      [1e300, 0],
      [2.5, -0],
    ] as const;
    const odd = [0, -0, Number.NaN, 1e-9, 2 ** 60, -1e300, 5e-324, -0.1];
    expectSame(groupOf(profileOfNumbers(odd, counts)));
    const ticks = Array.from({ length: 40 }, (_, at) => (at * 12_345) / 1e9);
    expectSame(groupOf(profileOfNumbers([...ticks, ...odd], counts)));
    expectSame(groupOf(profileOfNumbers([...ticks.map((time) => time + Number.EPSILON / 8), ...odd], counts)));
    expectSame(groupOf(profileOfNumbers([...ticks.map((time) => Math.sqrt(time)), ...odd], counts)));
  });

  it('with several profiles, metrics, warnings, and names in any writing', () => {
    const small = profileOf('main 1\nmain;größe 3 x2\nmain;größe;\u{1f40d} 4');
    const column = () => Float64Array.from({ length: 2 }, (_, row) => row * 4096);
    const two: Profile = {
      name: 'Thread \ud800 2',
      metrics: [
        { name: 'time', unit: 'count' },
        { name: 'memory', unit: 'bytes' },
      ],
      // A string that nothing uses, equal ones, an empty one, and bytes before, between and after that belong to none.
      strings: {
        length: 4,
        bytes: new TextEncoder().encode('..nameXnamefile..'),
        start: Int32Array.of(2, 7, 9, 11),
        end: Int32Array.of(6, 11, 9, 15),
      },
      frames: { length: 2, name: Int32Array.of(3, 1), file: Int32Array.of(1, 2), line: Int32Array.of(-(2 ** 31), 7) },
      functions: { calls: column(), primitiveCalls: column(), self: [column(), column()], total: [column(), column()] },
      calls: {
        length: 2,
        caller: Int32Array.of(1, 1),
        callee: Int32Array.of(0, 1),
        calls: column(),
        primitiveCalls: column(),
        self: [column(), column()],
        total: [column(), column()],
      },
      traits: { sampled: false, hasCounts: false },
    };
    expectSame({
      format: 'more',
      writer: 'Python “3”',
      profiles: [small, buildProfile(two), small],
      warnings: [{ code: 'a-b', message: 'Naïve.', where: null, count: 3 }],
    });
    expect(getString(unpackPieces(packAll(groupOf(small)), 1).profiles[0]!.strings, 1)).toBe('app.py');
  });

  it('where there is nothing at all', () => {
    expectSame(groupOf());
    expectSame(groupOf(profileOf('')));
  });
});

describe('a packed profile', () => {
  const brotli = (bytes: Uint8Array) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;

  it('takes less than half of what the file does, both compressed', async () => {
    for (const name of ['orders-py36.prof', 'orders-py314.prof', 'orders-py315.prof']) {
      const file = readSample(`pstats/${name}`);
      const packed = packAll(await readBytes(file, name));
      expect(brotli(packed) / gzipSync(file).length, name).toBeLessThan(0.5);
    }
  });

  it('counts ticks, where times are some, in a few bits', () => {
    const times = Array.from({ length: 3000 }, (_, at) => ((at * 7919) % 4096) / 1e9);
    const packed = brotli(packAll(groupOf(profileOfNumbers(times, [[1, 1]]))));
    // 12 bits a time of a function; those of its only call are the same.
    expect(packed).toBeLessThan((2 * 3000 * 12) / 8 + 8000);
  });
});
