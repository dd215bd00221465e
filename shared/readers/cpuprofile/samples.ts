/**
 * Times of V8's samples: each lasts until the next one, the last one to the end. A sample's own delta is the time since
 * the one before it.
 */
import type { StackProfile } from '../../model/stack-profile.ts';

/** Samples in order, as contexts, and when each was taken. */
export interface TimedSamples {
  readonly contexts: Int32Array;
  /** In microseconds; never falls. */
  readonly times: Float64Array;
  /** When the last one ends. */
  readonly end: number;
}

/** Times from deltas: the first one counts from `start`. Time that would go back stands still. */
export function sumDeltas(deltas: ArrayLike<number>, start: number): Float64Array {
  const times = new Float64Array(deltas.length);
  let time = start;
  for (let at = 0; at < deltas.length; at++) {
    time += Math.max(0, deltas[at]!);
    times[at] = time;
  }
  return times;
}

/** How often time goes back. */
export function countNegative(deltas: ArrayLike<number>): number {
  let negative = 0;
  for (let at = 0; at < deltas.length; at++) if (deltas[at]! < 0) negative++;
  return negative;
}

/** Times of `length` samples that nobody timed: evenly spread. */
export function spread(length: number, start: number, end: number): Float64Array {
  return Float64Array.from({ length }, (_, at) => start + ((end - start) * at) / length);
}

/** Adds samples to a profile of the metrics time and samples. */
export function addTimedSamples(stacks: StackProfile, { contexts, times, end }: TimedSamples): void {
  const values = [0, 1];
  let last = 0;
  for (let at = 0; at < contexts.length; at++) {
    const time = times[at]!;
    last = Math.max(time, at + 1 < times.length ? times[at + 1]! : end);
    values[0] = last - time;
    stacks.addSample(contexts[at]!, time, values);
  }
  if (contexts.length > 0) stacks.endSamples(last);
}
