/**
 * From the profile's numbers to units: whole, finite, not negative.
 *
 * The tree keeps no second copy of a profile's columns: whoever wants a number in units turns it at the time.
 */

/** A time of 2^62 ns, 146 years, is a broken clock; more would leave the range of exact sums far behind. */
export const GREATEST_VALUE = 2 ** 62;

/** A value in units; 0 for what is unknown, negative or infinite. */
export function toUnits(value: number, scale: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return 0;
  const units = Math.round(value * scale);
  return units > GREATEST_VALUE ? GREATEST_VALUE : units;
}

/** A total in units: no less than the self time beside it. */
export function toTotalUnits(total: number, self: number, scale: number): number {
  if (total >= self && total < Number.POSITIVE_INFINITY) return toUnits(total, scale);
  return Math.max(toUnits(total, scale), toUnits(self, scale));
}

/** A count as far as it is known. */
export function toCount(value: number): number {
  return value > 0 ? Math.min(value, GREATEST_VALUE) : 0;
}

/** Calls of a row with two counts, in whatever order the file has them: all, which are the more. */
export function toCalls(first: number, second: number): number {
  return Math.max(toCount(first), toCount(second));
}
