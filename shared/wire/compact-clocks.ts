/**
 * Clocks tick, so most times are a whole number of ticks, and that small number says all about a double whose digits
 * look like noise.
 *
 * A tick becomes a time by a multiplication, as in cProfile, or by a division, as in samplers, and the two round
 * differently. Times that were added up are a few doubles beside those of a tick; others are no ticks at all.
 */
import { countBetween } from './compact-doubles.ts';

/** How a clock counts. */
export interface Clock {
  /** A tick is divided by it; 0: multiplied by `unit`. */
  readonly perUnit: number;
  readonly unit: number;
}

/** The clock of counts: every number is itself. */
export const WHOLE: Clock = { perUnit: 1, unit: 1 };

/** Clocks by number; null for numbers that are no ticks. What is packed names one by its place: the list may only grow. */
export const CLOCKS: readonly (Clock | null)[] = [
  null,
  WHOLE,
  { perUnit: 0, unit: 1e-9 },
  { perUnit: 1e9, unit: 1e-9 },
  { perUnit: 0, unit: 1e-6 },
  { perUnit: 1e6, unit: 1e-6 },
  { perUnit: 0, unit: 1e-7 },
  { perUnit: 1e7, unit: 1e-7 },
  { perUnit: 1e3, unit: 1e-3 },
];

/** Largest tick: sums and differences of two are exact. */
const MAX_TICK = 2 ** 51;
/** Numbers of each column that are tried out. */
const SAMPLE = 2048;
/** Doubles that a time may be beside a tick's and still speak for the clock: what a few additions do. */
const NEAR = 64;

/** The nearest tick; 0 where there is none. Never -0, always finite. */
export function toTick(number: number, clock: Clock): number {
  return toWhole(clock.perUnit === 0 ? number / clock.unit : number * clock.perUnit);
}

/** The number of a tick. */
export function toNumber(tick: number, clock: Clock): number {
  return clock.perUnit === 0 ? tick * clock.unit : tick / clock.perUnit;
}

/** The nearest whole number that can be a tick, else 0. */
export function toWhole(number: number): number {
  const whole = Math.round(number);
  return whole <= MAX_TICK && whole >= -MAX_TICK ? whole + 0 : 0;
}

/** Place in `CLOCKS` of the clock that explains these numbers best, if it does for half of them; else of null. */
export function chooseClock(columns: readonly Float64Array[]): number {
  let best = 0;
  let bestScore = 0;
  for (let at = 1; at < CLOCKS.length; at++) {
    const score = scoreClock(CLOCKS[at]!, columns);
    if (score <= bestScore) continue;
    best = at;
    bestScore = score;
  }
  return best;
}

/** 0 where less than half is near a tick; else higher the more is, and the more is exact. */
function scoreClock(clock: Clock, columns: readonly Float64Array[]): number {
  let tried = 0;
  let near = 0;
  let exact = 0;
  for (const column of columns) {
    const step = Math.max(1, Math.floor(column.length / SAMPLE));
    for (let row = 0; row < column.length; row += step) {
      const number = column[row]!;
      // 0 is a tick of every clock, and unknown of none.
      if (number === 0 || Number.isNaN(number)) continue;
      tried++;
      const distance = Math.abs(countBetween(number, toNumber(toTick(number, clock), clock)));
      if (distance <= NEAR) near++;
      if (distance === 0) exact++;
    }
  }
  return near * 2 < tried ? 0 : near + exact;
}
