/** The exact numbers of a line that a picture of it can't show: ends, extremes and when they were. */

/** Numbers of one line. Times in seconds as the file has them; NaN: no value is known. */
export interface SeriesFacts {
  /** Points with a value. */
  readonly points: number;
  readonly first: number;
  readonly last: number;
  readonly least: number;
  readonly most: number;
  /** When it was most for the first time. */
  readonly mostAt: number;
}

/** Facts of the points from `from` to `to`, both included. Cost: linear. */
export function computeSeriesFacts(
  time: Float64Array,
  value: Float64Array,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): SeriesFacts {
  let points = 0;
  let [first, last, least, most, mostAt] = Array.from({ length: 5 }, () => Number.NaN) as [
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < time.length; i++) {
    const each = value[i]!;
    if (time[i]! < from || Number.isNaN(each)) continue;
    if (time[i]! > to) break;
    if (points++ === 0) first = each;
    last = each;
    if (!(each >= least)) least = each;
    if (!(each <= most)) {
      most = each;
      mostAt = time[i]!;
    }
  }
  return { points, first, last, least, most, mostAt };
}
