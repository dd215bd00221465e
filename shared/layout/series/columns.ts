/**
 * A line of any number of points as columns of a picture, without losing what a picture of all points would show.
 *
 * Of the points in each column the first, the least, the most and the last are kept: a line through these covers the same
 * pixels as one through all of them. Source: U. Jugel et al., "M4: a visualization-oriented time series data
 * aggregation", PVLDB 7 (2014), 797–808.
 */

/** Columns of a picture, of equal length. Where `count` is 0 the others mean nothing. */
export interface SeriesColumns {
  readonly length: number;
  /** Points with a value. */
  readonly count: Uint32Array;
  readonly first: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly last: Float64Array;
  /** Where in the column, 0 to 1, its first and last point are. */
  readonly firstAt: Float32Array;
  readonly lastAt: Float32Array;
  /** 1: before the column's first point, after the point before it, a value is unknown: no line leads there. */
  readonly broken: Uint8Array;
  /** The points next to the picture on either side, to which the line leads; -1: none. */
  readonly before: number;
  readonly after: number;
}

/** What part of the time the columns are of, `to` excluded except at the very end. */
export interface ColumnView {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

/** Columns of a line. Cost: the points in view. */
export function reduceSeries(time: Float64Array, value: Float64Array, view: ColumnView): SeriesColumns {
  const { from, to, columns: length } = view;
  const numbers = () => new Float64Array(length);
  const columns = {
    length,
    count: new Uint32Array(length),
    first: numbers(),
    least: numbers(),
    most: numbers(),
    last: numbers(),
    firstAt: new Float32Array(length),
    lastAt: new Float32Array(length),
    broken: new Uint8Array(length),
  };
  const start = findFirstFrom(time, from);
  const scale = to > from ? length / (to - from) : 0;
  let isBroken = false;
  let i = start;
  for (; i < time.length && time[i]! <= to; i++) {
    const each = value[i]!;
    if (Number.isNaN(each)) {
      isBroken = true;
      continue;
    }
    const x = (time[i]! - from) * scale;
    const column = Math.min(length - 1, Math.floor(x));
    if (columns.count[column] === 0) {
      columns.first[column] = each;
      columns.least[column] = each;
      columns.most[column] = each;
      columns.firstAt[column] = x - column;
      if (isBroken) columns.broken[column] = 1;
    } else if (each < columns.least[column]!) columns.least[column] = each;
    else if (each > columns.most[column]!) columns.most[column] = each;
    columns.last[column] = each;
    columns.lastAt[column] = x - column;
    columns.count[column]!++;
    isBroken = false;
  }
  return { ...columns, before: start - 1, after: i < time.length ? i : -1 };
}

/** Index of the first of `time` that is not before `at`; the length where none is. */
function findFirstFrom(time: Float64Array, at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
