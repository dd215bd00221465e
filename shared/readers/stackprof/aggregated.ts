/**
 * Dumps of stackprof without stacks: functions with their samples, and edges to what they called.
 */
import { ProfileBuilder } from '../../model/build.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Profile } from '../../model/profile.ts';
import { describeValue, getField, isObject } from '../json-values.ts';
import type { DumpPart } from './index.ts';

/** The call graph of a dump. @throws FormatError for an edge to an unknown frame, or a bad count. */
export function readAggregated(book: FrameBook, part: DumpPart): Profile {
  const { frames, faults, metrics, interval } = part;
  const builder = new ProfileBuilder({ metrics, traits: { sampled: true, hasCounts: false } }, book);
  const count = (value: unknown, place: string): number => {
    const samples = faults.number(value, place);
    if (samples >= 0) return samples;
    throw faults.at(place, `expected samples from 0 on, found ${describeValue(value)}`);
  };
  const values = (samples: number) => (interval === null ? [samples] : [samples * interval, samples]);
  const totals = new Map<FrameIndex, number>();
  for (const { place, record, frame } of frames.values()) {
    const self = count(getField(record, 'samples'), `${place}.samples`);
    const total = count(getField(record, 'total_samples'), `${place}.total_samples`);
    totals.set(frame, total);
    builder.setFunction(frame, { self: values(self), total: values(total) });
  }
  for (const { place, record, frame } of frames.values()) {
    const edges = getField(record, 'edges');
    if (!isObject(edges)) continue;
    for (const [id, value] of Object.entries(edges)) {
      const where = `${place}.edges[${JSON.stringify(id).slice(0, 40)}]`;
      const samples = count(value, where);
      const callee = frames.get(Number(id));
      if (callee === undefined) throw faults.at(where, 'the frame is not in the file');
      // An edge counts as often as it is in a stack, a function once: in recursion there would be more than all of it.
      const most = Math.min(totals.get(frame)!, totals.get(callee.frame)!);
      builder.addCall(frame, callee.frame, { total: values(Math.min(samples, most)) });
    }
  }
  return builder.build();
}
