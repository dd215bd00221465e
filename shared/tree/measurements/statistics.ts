/**
 * Numbers that sum up the repeats of a timed statement, as Python's `statistics` module computes them.
 *
 * All take values in any order, each of them finite, and answer NaN where there are too few.
 */

/** Arithmetic mean. */
export function computeMean(values: ArrayLike<number>): number {
  return values.length === 0 ? Number.NaN : sum(values) / values.length;
}

/**
 * Standard deviation of a sample (n − 1): `statistics.stdev`. NaN for fewer than two values. Two passes, because the
 * squares of nanoseconds beside seconds leave no digits for their difference.
 */
export function computeDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const mean = computeMean(values);
  const squares = Float64Array.from({ length: values.length }, (_, i) => (values[i]! - mean) ** 2);
  return Math.sqrt(sum(squares) / (values.length - 1));
}

/**
 * The value below which `share` of the values lie, between two of them in proportion: Python's
 * `statistics.quantiles(values, method='inclusive')`; a share of 0.5 is the median. `sorted` ascending.
 */
export function getQuantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const high = Math.min(sorted.length - 1, low + 1);
  const [from, to] = [sorted[low]!, sorted[high]!];
  // The mean of the two, as the median is defined, without a rounding of its own.
  return share === 0.5 && place !== low ? (from + to) / 2 : from + (to - from) * (place - low);
}

/** Sum of the values with what rounding takes away kept apart. Source: A. Neumaier, ZAMM 54 (1974), 39–51. */
function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
