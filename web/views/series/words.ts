/** Words and numbers of the view that stand in several places. */
import type { Span, Unit } from '../../../shared/model/profile.ts';
import { formatCount, formatMark, formatMetric, formatTime, UNKNOWN } from '../../../shared/units/format.ts';

/** What the values of a unit are called, over their panel. */
export const UNIT_TITLES: Readonly<Record<Unit, string>> = {
  seconds: 'Time',
  milliseconds: 'Time',
  microseconds: 'Time',
  nanoseconds: 'Time',
  bytes: 'Bytes',
  'bytes per second': 'Bytes per second',
  percent: 'Percent',
  count: 'Count',
};

/** What times count: seconds, or things that happened one after the other. */
export type TimeAxis = 'seconds' | 'count';

/** Moments of a picture are told to a thousandth of what is in view. */
const DIGITS = 1e-3;
/** What three digits round away, at most, as a share of a number. */
const ROUNDED = 5e-3;

/**
 * A time since the start, or the number of what happened then. `length`: what is in view around it. Where that is a small
 * part of the run, three digits would tell all of its moments by one number.
 */
export function formatMoment(at: number, axis: TimeAxis, length = Number.POSITIVE_INFINITY): string {
  if (axis === 'count') return formatCount(at);
  const step = length * DIGITS;
  return step > 0 && step < Math.abs(at) * ROUNDED ? formatMark(at, step, 'seconds') : formatTime(at);
}

/** A difference, always signed: `+12.0 MiB`, `−3.00 MiB`, `±0`. */
export function formatChange(change: number, unit: Unit): string {
  if (Number.isNaN(change)) return UNKNOWN;
  if (change === 0) return '±0';
  return change > 0 ? `+${formatMetric(change, unit)}` : formatMetric(change, unit);
}

/** Duration of a span in seconds; NaN: it never ended. */
export function getDuration({ start, end }: Span): number {
  return end - start;
}

/** Values at the start and at the end of a span; NaN where the file does not have them. */
export function getSpanValues({ values }: Span): readonly [start: number, end: number] {
  return [values[0] ?? Number.NaN, values[1] ?? Number.NaN];
}

/** What stands beside a span's name: how long it took, and what it left behind. */
export function describeSpan(span: Span, unit: Unit): string {
  const [start, end] = getSpanValues(span);
  const time = Number.isNaN(span.end) ? 'did not end' : formatTime(getDuration(span));
  return Number.isNaN(end - start) ? time : `${time}  ${formatChange(end - start, unit)}`;
}
