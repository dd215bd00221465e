/**
 * Stacks of stackprof in the order of time: `[depth, id …, times, depth, id …, times …]`.
 */
import type { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, Profile } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { describeValue } from '../json-values.ts';
import { STACKPROF } from './format.ts';
import type { DumpPart } from './index.ts';

/**
 * The profile of `raw`. `deltas`: microseconds up to each sample; null where the interval says how long one is.
 * @throws FormatError for a stack that is not whole, an unknown frame, a bad count or time.
 */
export function readRaw(
  raw: readonly unknown[],
  deltas: readonly unknown[] | null,
  book: FrameBook,
  part: DumpPart,
): Profile {
  const { frames, faults, notes, metrics, interval } = part;
  const stacks = new StackProfile(book, {
    metrics,
    sampled: true,
    axis: interval === null ? { name: 'samples', unit: 'count' } : { name: 'time', unit: 'microseconds' },
  });
  const countAt = (at: number, least: number): number => {
    const value = raw[at];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    throw faults.at(`raw[${at}]`, `expected a whole number from ${least} on, found ${describeValue(value)}`);
  };
  let used = 0;
  /** Time of so many samples from the next one on. */
  const takeTime = (count: number): number => {
    if (deltas === null) return count * interval!;
    const end = Math.min(deltas.length, used + count);
    let time = 0;
    let missing = count;
    for (; used < end; used++, missing--) {
      const delta = faults.number(deltas[used], `raw_timestamp_deltas[${used}]`);
      if (delta < 0) {
        notes.add(
          'time-backwards',
          (times) =>
            `${times} ${times === 1 ? 'time is' : 'times are'} before the one of the sample before: taken as no time.`,
          () => `raw_timestamp_deltas[${used}]`,
        );
      }
      time += Math.max(0, delta);
    }
    if (missing > 0) {
      notes.add(
        'missing-times',
        (times) => `${times} ${times === 1 ? 'sample has' : 'samples have'} no time: taken as long as the interval.`,
        () => `raw_timestamp_deltas[${used}]`,
        missing,
      );
    }
    return time + missing * interval!;
  };
  let now = 0;
  let at = 0;
  while (at < raw.length) {
    const depth = countAt(at, 0);
    const first = at + 1;
    const last = first + depth;
    if (last >= raw.length) {
      throw faults.at(`raw[${at}]`, `a stack of ${depth} frames and its count do not fit: ${raw.length} values in all`);
    }
    let context: ContextIndex = -1;
    for (let frame = first; frame < last; frame++) {
      const id = raw[frame];
      const known = typeof id === 'number' ? frames.get(id) : undefined;
      if (known === undefined) throw faults.at(`raw[${frame}]`, `frame ${describeValue(id)} is not in the file`);
      context = stacks.contexts.child(context, known.frame);
    }
    refuseTooManyContexts(stacks.contexts.length, STACKPROF.id);
    const count = countAt(last, 1);
    const length = interval === null ? count : takeTime(count);
    stacks.addSample(context, now, interval === null ? [count] : [length, count], undefined, false);
    stacks.contexts.addRecord(context, count);
    now += length;
    at = last + 1;
  }
  if (stacks.sampleCount > 0) stacks.endSamples(now);
  return stacks.build();
}
