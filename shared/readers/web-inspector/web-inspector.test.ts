import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (value: unknown) => readBytes(new TextEncoder().encode(JSON.stringify(value)), 'unknown');
const frame = (name: string, line: unknown = 1) => ({ sourceID: '8', name, line, column: 9, url: 'https://a/b.js' });
const recording = (samples: unknown, durations: unknown, version: unknown = 1) => ({
  version,
  recording: {
    displayName: 'Timeline Recording 1',
    startTime: 4,
    endTime: 9,
    instrumentTypes: ['timeline-record-type-script'],
    records: [],
    sampleStackTraces: samples,
    sampleDurations: durations,
  },
});

const SAMPLES = [
  { timestamp: 4.5, stackFrames: [frame('leaf', 7), frame('main')] },
  { timestamp: 4.75, stackFrames: [frame('main')] },
  { timestamp: 6, stackFrames: [frame('', -1), frame('main')] },
  { timestamp: 6.25, stackFrames: [] },
];

describe('a timeline recording of Safari', () => {
  it('has stacks root first, with what each took', async () => {
    const { format, profiles, warnings } = await read(recording(SAMPLES, [0.25, 0.5, 0.25, 0.125]));
    const [profile] = profiles;
    const { frame: frames, parent, self } = profile!.contexts!;
    expect(format).toBe('web-inspector');
    expect(profile!.name).toBe('Timeline Recording 1');
    expect(Array.from(frames, (of) => getFrameKey(profile!, of))).toEqual([
      'https://a/b.js:1(main)',
      'https://a/b.js:7(leaf)',
      'https://a/b.js:0((anonymous))',
    ]);
    expect([...parent]).toEqual([-1, 0, 0]);
    expect(self.map((column) => [...column])).toEqual([
      [0.5, 0.25, 0.25],
      [1, 1, 1],
    ]);
    expect(warnings).toEqual([]);
  });

  it('is in the order of time from its start on, with pauses where nothing ran', async () => {
    const { samples } = (await read(recording(SAMPLES, [0.25, 0.5, 0.25, 0.125]))).profiles[0]!;
    expect([...samples!.start]).toEqual([0.5, 0.75, 1.25, 2, 2.25]);
    expect([...samples!.context]).toEqual([1, 0, -1, 2, -1]);
    expect(samples!.end).toBe(2.375);
  });

  it('whose times go back, or of another version, says so', async () => {
    const back = [SAMPLES[1], SAMPLES[0]];
    const { profiles, warnings } = await read(recording(back, [0.25, 0.25], 2));
    expect([...profiles[0]!.samples!.start]).toEqual([0.75, 0.75]);
    expect(warnings.map(({ code }) => code)).toEqual(['other-version', 'time-backwards']);
  });

  it('without samples, or with what are none, is refused by place', async () => {
    await expect(read(recording([], []))).rejects.toThrow('no stack was sampled');
    await expect(read(recording(SAMPLES, [1]))).rejects.toThrow(
      'recording.sampleDurations: expected 4 durations, found 1',
    );
    await expect(read(recording(SAMPLES, [1, 'x', 1, 1]))).rejects.toThrow('recording.sampleDurations[1]');
    await expect(read(recording(SAMPLES, [1, -1, 1, 1]))).rejects.toThrow('expected 0 or more, found -1');
    await expect(read(recording([{ timestamp: 4, stackFrames: 3 }], [1]))).rejects.toThrow(
      'recording.sampleStackTraces[0].stackFrames: expected an array, found 3',
    );
    await expect(read(recording([{ stackFrames: [] }], [1]))).rejects.toThrow('sampleStackTraces[0].timestamp');
  });
});
