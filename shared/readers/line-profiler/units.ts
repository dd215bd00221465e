/** Seconds of times that are counted in a timer's unit. */

/** How far the reciprocal of a unit may be from a whole number: units are powers of ten that no double holds. */
const TOLERANCE = 1e-12;

/** Seconds of `time` units of `unit` seconds; 340000 microseconds are 0.34, and not 0.33999999999999997. */
export function toSeconds(time: number, unit: number): number {
  const perSecond = Math.round(1 / unit);
  return perSecond >= 1 && Math.abs(perSecond * unit - 1) < TOLERANCE ? time / perSecond : time * unit;
}
