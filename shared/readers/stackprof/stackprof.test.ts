import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readSample } from '../../testing/corpus.ts';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';
import { readBytes } from '../index.ts';

const FRAMES = {
  11: { name: 'main', file: 'a.rb', line: 1, samples: 1, total_samples: 6, edges: { 12: 5 } },
  12: { name: 'Work#run', file: 'a.rb', line: 7, samples: 5, total_samples: 5, edges: { 12: 2 } },
};
/** `main;run` twice, `main;run;run` three times, `main` once. */
const RAW = [2, 11, 12, 2, 3, 11, 12, 12, 3, 1, 11, 1];
const dump = (parts: object) =>
  JSON.stringify({ version: 1.2, mode: 'wall', interval: 1000, missed_samples: 0, frames: FRAMES, ...parts });

/** Self and total of the samples by name, where one of them is above 0. */
function countSamples(profile: Profile): Record<string, readonly [number, number]> {
  const { functions, frames, metrics } = profile;
  const last = metrics.length - 1;
  const counts = new Map<string, readonly [number, number]>();
  for (let frame = 0; frame < frames.length; frame++) {
    counts.set(getFrameName(profile, frame), [functions.self[last]![frame]!, functions.total[last]![frame]!]);
  }
  return Object.fromEntries(counts);
}

describe('stacks of stackprof', () => {
  it('have the time that passed up to their samples', async () => {
    const deltas = [900, 1100, 1000, 1001, 999, 500];
    const { format, profiles, warnings } = await readText(dump({ raw: RAW, raw_timestamp_deltas: deltas }));
    expect(format).toBe('stackprof');
    expect(rowText(profiles[0]!)).toEqual([
      '0..2000 main;Work#run',
      '2000..5000 main;Work#run;Work#run ^2',
      '5000..5500 main ^1',
    ]);
    expect(stackText(profiles[0]!)).toEqual(['main 500/1', 'main;Work#run 2000/2', 'main;Work#run;Work#run 3000/3']);
    expect(profiles[0]!.contexts!.samples).toBe(6);
    expect(frameText(profiles[0]!)).toEqual(['main a.rb:1', 'Work#run a.rb:7']);
    expect(warnings).toEqual([]);
  });

  it('are as long as the interval in the mode cpu, whose deltas are no CPU time', async () => {
    const { profiles } = await readText(dump({ mode: 'cpu', raw: RAW, raw_timestamp_deltas: [9, 9, 9, 9, 9, 9] }));
    expect(stackText(profiles[0]!)[0]).toBe('main 1000/1');
    expect(profiles[0]!.samples!.end).toBe(6000);
  });

  it('are counted only where an interval is no time', async () => {
    const { profiles } = await readText(dump({ mode: 'object', raw: RAW, raw_timestamp_deltas: [] }));
    expect(profiles[0]!.metrics).toEqual([{ name: 'samples', unit: 'count' }]);
    expect(rowText(profiles[0]!)[1]).toBe('2..5 main;Work#run;Work#run ^2');
  });

  it('without a time, or with one that runs backwards, are kept and noted', async () => {
    const { profiles, warnings } = await readText(dump({ raw: RAW, raw_timestamp_deltas: [500, -3, 500] }));
    // 500 + 0; 500 + 2 intervals; 1 interval
    expect(rowText(profiles[0]!).map((row) => row.split(' ')[0])).toEqual(['0..500', '500..3000', '3000..4000']);
    expect(warnings).toMatchObject([
      { code: 'time-backwards', count: 1, where: 'raw_timestamp_deltas[1]' },
      { code: 'missing-times', count: 3, where: 'raw_timestamp_deltas[3]' },
    ]);
  });

  it.each([
    [{ raw: [2, 11, 13, 1] }, 'stackprof raw[2]: frame 13 is not in the file'],
    [{ raw: [1e9, 11, 1] }, 'stackprof raw[0]: a stack of 1000000000 frames and its count do not fit: 3 values in all'],
    [{ raw: [1, 11, -1] }, 'stackprof raw[2]: expected a whole number from 1 on, found -1'],
    [{ raw: ['1', 11, 1] }, 'stackprof raw[0]: expected a whole number from 0 on, found "1"'],
    [
      { raw: [1, 11, 1], raw_timestamp_deltas: ['9'] },
      'stackprof raw_timestamp_deltas[0]: expected a number, found "9"',
    ],
    [{ frames: { 11: 3 }, raw: [] }, 'stackprof frames["11"]: expected an object, found 3'],
    [
      { frames: { 11: { name: 'f', samples: 1, total_samples: 1, edges: { __proto__x: 1 } } } },
      'stackprof frames["11"].edges["__proto__x"]: the frame is not in the file',
    ],
    [{ frames: { 11: { samples: -1 } } }, 'stackprof frames["11"].samples: expected samples from 0 on, found -1'],
  ])('%j is refused with the place', async (parts, message) => {
    await expect(readText(dump(parts))).rejects.toThrow(message);
  });
});

describe('a dump without stacks', () => {
  it('is functions and their calls, recursion not above what they have', async () => {
    const twice = { ...FRAMES, 13: { ...FRAMES[11], samples: 0, edges: { 12: 9 } } };
    const { profiles } = await readText(dump({ frames: twice }));
    const { calls } = profiles[0]!;
    expect(countSamples(profiles[0]!)).toEqual({ main: [1, 6], 'Work#run': [5, 5], 'main [2]': [0, 6] });
    const name = (frame: number) => getFrameName(profiles[0]!, frame);
    const rows = Array.from(calls.caller, (caller, at) => [name(caller), name(calls.callee[at]!), calls.total[1]![at]]);
    expect(rows).toEqual([
      ['main', 'Work#run', 5],
      ['Work#run', 'Work#run', 2],
      // 9 in the file: more than the 5 samples that there are.
      ['main [2]', 'Work#run', 5],
    ]);
    expect(profiles[0]!.functions.total[0]![0]).toBe(6000);
  });
});

describe('samples', () => {
  it.each([
    ['shop-object.stackprof.json', 95, Number.NaN],
    // Sums of the dump's own columns: 121 samples of 1,000 µs; all deltas of the wall clock.
    ['shop-cpu.stackprof.json', 121, 121_000],
    ['shop-wall.stackprof.json', 175, 178_174],
    ['shop-aggregated.stackprof.json', 121, 121_000],
  ])('%s has the samples that the dump counts itself', async (file, samples, time) => {
    const bytes = readSample(`stackprof/${file}`);
    const { profiles } = await readBytes(bytes.slice(), 'unknown');
    const profile = profiles[0]!;
    const { frames } = JSON.parse(new TextDecoder().decode(bytes));
    const own = Object.values(frames as Record<string, { name: string; samples: number; total_samples: number }>);
    expect(countSamples(profile)).toEqual(
      Object.fromEntries(own.map((frame) => [frame.name, [frame.samples, frame.total_samples]])),
    );
    const sum = (column: Float64Array) => column.reduce((total, self) => total + self, 0);
    expect(sum(profile.functions.self.at(-1)!)).toBe(samples);
    if (profile.metrics.length > 1) expect(sum(profile.functions.self[0]!)).toBe(time);
  });
});
