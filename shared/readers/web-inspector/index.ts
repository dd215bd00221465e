/**
 * Timeline recordings of Safari's Web Inspector: sampled stacks of JavaScript, leaf first, all times in seconds.
 *
 *     { version: 1, recording: { displayName, startTime, endTime, records, markers, …,
 *         sampleStackTraces: [{ timestamp, stackFrames: [{ name, url, line, column, … }] }], sampleDurations: [0.001] } }
 *
 * Only the samples are read. Web Inspector looks at scripts while they run: between a sample's end and the next one
 * nothing ran.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { asNumber, asText, getField, JsonFaults, type JsonObject } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { WEB_INSPECTOR } from './format.ts';

const METRICS: readonly Metric[] = [
  { name: 'time', unit: 'seconds' },
  { name: 'samples', unit: 'count' },
];
/** Sums of doubles are off by less: no such pause is one. */
const NO_PAUSE_SECONDS = 1e-6;
const MAX_LINE = 2 ** 31 - 1;

const faults = new JsonFaults(WEB_INSPECTOR.id, 'Export the recording again, from the Timelines tab');

/** Reads timeline recordings. */
export const webInspectorReader: Reader = {
  ...WEB_INSPECTOR,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const file = faults.object(source.json(WEB_INSPECTOR.id), 'file');
    const recording = faults.object(getField(file, 'recording'), 'recording');
    const samples = faults.array(getField(recording, 'sampleStackTraces'), 'recording.sampleStackTraces');
    const durations = faults.array(getField(recording, 'sampleDurations'), 'recording.sampleDurations');
    if (durations.length < samples.length) {
      throw faults.at('recording.sampleDurations', `expected ${samples.length} durations, found ${durations.length}`);
    }
    if (samples.length === 0) {
      throw faults.at('recording.sampleStackTraces', 'no stack was sampled: record with JavaScript & Events');
    }
    onStage('build');
    const notes = new Notes();
    noteVersion(file, notes);
    const book = new FrameBook();
    const stacks = new StackProfile(book, {
      name: asText(getField(recording, 'displayName')),
      metrics: METRICS,
      sampled: true,
      axis: { name: 'time', unit: 'seconds' },
    });
    const origin = asNumber(getField(recording, 'startTime')) || 0;
    let end = Number.NEGATIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    samples.forEach((sample, index) => {
      const place = `recording.sampleStackTraces[${index}]`;
      const row = faults.object(sample, place);
      const time = faults.number(getField(row, 'timestamp'), `${place}.timestamp`) - origin;
      const duration = faults.number(durations[index], `recording.sampleDurations[${index}]`);
      if (duration < 0) throw faults.at(`recording.sampleDurations[${index}]`, `expected 0 or more, found ${duration}`);
      if (time < last) noteBackwards(notes, place);
      const start = Math.max(time, last);
      if (start - end > NO_PAUSE_SECONDS && index > 0) stacks.addSample(-1, end, [0, 0], 0, false);
      const frames = readStack(book, getField(row, 'stackFrames'), `${place}.stackFrames`);
      stacks.addSample(stacks.findStack(frames), start, [duration, 1]);
      refuseTooManyContexts(stacks.contexts.length, WEB_INSPECTOR.id);
      last = start;
      end = start + duration;
    });
    stacks.endSamples(end);
    return {
      format: WEB_INSPECTOR.id,
      writer: 'Web Inspector',
      profiles: [stacks.build()],
      warnings: notes.list(),
    };
  },
};

/** Frames of a stack, root first. */
function readStack(book: FrameBook, value: unknown, place: string): FrameIndex[] {
  const list = faults.array(value, place);
  const frames: FrameIndex[] = [];
  for (let at = list.length - 1; at >= 0; at--) {
    const frame = faults.object(list[at], `${place}[${at}]`);
    const line = asNumber(getField(frame, 'line'));
    // Native functions have -1 as their line.
    frames.push(
      book.frame(
        asText(getField(frame, 'name')) || '(anonymous)',
        asText(getField(frame, 'url')),
        Number.isInteger(line) && line > 0 && line <= MAX_LINE ? line : 0,
      ),
    );
  }
  return frames;
}

function noteVersion(file: JsonObject, notes: Notes): void {
  if (getField(file, 'version') === 1) return;
  notes.add(
    'other-version',
    () => 'The recording is not of version 1, the only one that is known: read as if it were.',
    () => 'version',
  );
}

function noteBackwards(notes: Notes, place: string): void {
  notes.add(
    'time-backwards',
    (count) =>
      `${count} ${count === 1 ? 'time is' : 'times are'} before the one of the sample before: taken as no time.`,
    () => place,
  );
}
