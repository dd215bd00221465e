/**
 * Dumps of stackprof, the sampling profiler of Ruby.
 *
 *   { mode: 'wall' | 'cpu' | 'object' | 'custom', interval, samples, gc_samples, missed_samples,
 *     frames: { id: { name, file, line, samples, total_samples, edges: { id: samples } } },
 *     raw?: [depth, id …, times, depth, id …, times …], raw_timestamp_deltas?: [µs] }
 *
 * `raw` has the stacks, root first, with how often each was seen in a row; a delta is the time up to its sample. Without
 * `raw` there are functions and their calls only.
 *
 * Source: github.com/tmm1/stackprof ext/stackprof/stackprof.c
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Metric, ProfileGroup } from '../../model/profile.ts';
import { asNumber, asText, getField, JsonFaults, type JsonObject } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { readAggregated } from './aggregated.ts';
import { STACKPROF } from './format.ts';
import { readRaw } from './raw.ts';

const TIME: Metric = { name: 'time', unit: 'microseconds' };
const SAMPLES: Metric = { name: 'samples', unit: 'count' };
const MAX_LINE = 2 ** 31 - 1;

const faults = new JsonFaults('stackprof', 'Make it again: stackprof --json stackprof.dump > app.stackprof.json');

/** Reads JSON of stackprof. */
export const stackprofReader: Reader = {
  ...STACKPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const dump = faults.object(source.json('stackprof'), 'file');
    onStage('build');
    const notes = new Notes();
    const book = new FrameBook();
    const mode = asText(getField(dump, 'mode'));
    const interval = asNumber(getField(dump, 'interval'));
    const raw = getField(dump, 'raw');
    const frames = readFrames(faults.object(getField(dump, 'frames'), 'frames'), book, !Array.isArray(raw));
    const deltas = mode === 'wall' ? getField(dump, 'raw_timestamp_deltas') : undefined;
    // In the modes `object` and `custom` an interval is no time.
    const isTimed = (mode === 'wall' || mode === 'cpu') && (interval > 0 || Array.isArray(deltas));
    const part = {
      frames,
      faults,
      notes,
      metrics: isTimed ? [TIME, SAMPLES] : [SAMPLES],
      interval: isTimed ? Math.max(0, interval) || 0 : null,
    };
    const profile = Array.isArray(raw)
      ? readRaw(raw, Array.isArray(deltas) ? deltas : null, book, part)
      : readAggregated(book, part);
    const about: [string, string][] = [];
    for (const key of ['version', 'mode', 'interval', 'samples', 'gc_samples', 'missed_samples']) {
      const value = asText(getField(dump, key));
      if (value !== '') about.push([key.replaceAll('_', ' '), value]);
    }
    return { format: STACKPROF.id, writer: 'stackprof', profiles: [profile], warnings: notes.list(), about };
  },
};

/** A frame of the file, and its row. */
export interface DumpedFrame {
  readonly place: string;
  readonly record: JsonObject;
  readonly frame: FrameIndex;
}

/** What both kinds of dumps are read with. */
export interface DumpPart {
  /** By id. Ids are addresses: a number in `raw`, text as a key. */
  readonly frames: ReadonlyMap<number, DumpedFrame>;
  readonly faults: JsonFaults;
  readonly notes: Notes;
  /** Samples last; before them time, where there is an interval. */
  readonly metrics: readonly Metric[];
  /** Microseconds that a sample stands for; null in modes without time. */
  readonly interval: number | null;
}

/**
 * Frames by id. Ruby has several of a method that is defined more than once: in stacks they are one. Totals without
 * stacks can't be added up, since one sample may be in several: there all but the first have their number (`apart`).
 */
function readFrames(records: JsonObject, book: FrameBook, apart: boolean): Map<number, DumpedFrame> {
  const frames = new Map<number, DumpedFrame>();
  const uses = new Map<FrameIndex, number>();
  for (const [id, value] of Object.entries(records)) {
    const place = `frames[${JSON.stringify(id).slice(0, 40)}]`;
    const record = faults.object(value, place);
    const line = getField(record, 'line');
    const first = typeof line === 'number' && Number.isInteger(line) && line > 0 && line < MAX_LINE ? line : 0;
    const name = asText(getField(record, 'name')) || '(unknown)';
    const file = asText(getField(record, 'file'));
    let frame = book.frame(name, file, first);
    const use = (uses.get(frame) ?? 0) + 1;
    uses.set(frame, use);
    if (apart && use > 1) frame = book.frame(`${name} [${use}]`, file, first);
    frames.set(Number(id), { place, record, frame });
  }
  return frames;
}
