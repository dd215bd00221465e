/**
 * Times as timeit and IPython write them: `9.26 usec`, `1.21 µs`, `1min 3s`.
 */
import type { Unit } from '../../model/profile.ts';

/** A time in a unit of its own. */
export interface Duration {
  readonly value: number;
  readonly unit: TimeUnit;
}

type TimeUnit = Extract<Unit, 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds'>;

const UNITS: ReadonlyMap<string, TimeUnit> = new Map([
  ['nsec', 'nanoseconds'],
  ['ns', 'nanoseconds'],
  ['usec', 'microseconds'],
  ['us', 'microseconds'],
  // Micro sign and Greek mu.
  ['\u00b5s', 'microseconds'],
  ['\u03bcs', 'microseconds'],
  ['msec', 'milliseconds'],
  ['ms', 'milliseconds'],
  ['sec', 'seconds'],
  ['secs', 'seconds'],
  ['s', 'seconds'],
]);
/** Seconds of the units that IPython writes from a minute on. */
const LONG = new Map([
  ['min', 60],
  ['h', 3600],
  ['d', 86400],
]);
const PER_SECOND: Readonly<Record<TimeUnit, number>> = {
  seconds: 1,
  milliseconds: 1e3,
  microseconds: 1e6,
  nanoseconds: 1e9,
};
const PART = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s?([a-zµμ]{1,4})(?:\s|$)/;

/** The time that a text says; null when it says none. Parts of a longer one are added up in seconds. */
export function parseDuration(text: string): Duration | null {
  let rest = text.trim();
  let sum: Duration | null = null;
  while (rest !== '') {
    const part = PART.exec(rest);
    if (part === null) return null;
    const value = Number(part[1]);
    const factor = LONG.get(part[2]!);
    const unit = factor === undefined ? UNITS.get(part[2]!) : 'seconds';
    if (unit === undefined || !Number.isFinite(value)) return null;
    const time: Duration = { value: value * (factor ?? 1), unit };
    sum = sum === null ? time : { value: convert(sum, 'seconds') + convert(time, 'seconds'), unit: 'seconds' };
    rest = rest.slice(part[0].length);
  }
  return sum;
}

/** The value in another unit. Units differ by powers of ten, so that one operation rounds once. */
export function convert({ value, unit }: Duration, to: TimeUnit): number {
  const [from, into] = [PER_SECOND[unit], PER_SECOND[to]];
  return into >= from ? value * (into / from) : value / (from / into);
}
