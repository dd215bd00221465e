/**
 * Points of several lines as the rows of a table: every moment where there are few, else equal stretches of time with the
 * least and the most that was measured in each.
 */
import { findLastAt, type SeriesLine, type Stretch } from './series-lines.ts';

/** Rows of a table. */
export interface PointRows {
  /** False: rows are stretches of time. */
  readonly isExact: boolean;
  /** Seconds that a row stands for; 0 where rows are moments. */
  readonly step: number;
  readonly rows: readonly PointRow[];
}

/** A row: a moment, or the stretch that begins at it. */
export interface PointRow {
  readonly time: number;
  /** By line; NaN: it was not measured then. Equal where the row is a moment. */
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Rows of the points from `start` to `end`, both included: at most `limit`. Stretches without a point are left out. */
export function buildPointRows(lines: readonly SeriesLine[], { start, end }: Stretch, limit: number): PointRows {
  const parts = lines.map(({ time }) => ({
    from: findLastAt(time, start) + (time[findLastAt(time, start)] === start ? 0 : 1),
    to: findLastAt(time, end) + 1,
  }));
  for (const [i, part] of parts.entries()) {
    // Several points may stand at the very start.
    while (part.from > 0 && lines[i]!.time[part.from - 1] === start) part.from--;
  }
  const moments = new Set<number>();
  let isExact = true;
  for (const [i, { from, to }] of parts.entries()) {
    for (let point = from; point < to && isExact; point++) {
      moments.add(lines[i]!.time[point]!);
      isExact = moments.size <= limit;
    }
  }
  const step = isExact ? 0 : (end - start) / limit;
  const sorted = isExact ? Float64Array.from(moments).sort() : null;
  const indexOf = (time: number): number =>
    sorted ? findLastAt(sorted, time) : Math.min(limit - 1, Math.floor((time - start) / step));
  const rows = Array.from(sorted ?? { length: limit }, (moment, i) => ({
    time: sorted ? (moment as number) : start + i * step,
    least: new Float64Array(lines.length).fill(Number.NaN),
    most: new Float64Array(lines.length).fill(Number.NaN),
    isEmpty: true,
  }));
  for (const [i, { from, to }] of parts.entries()) {
    const { time, value } = lines[i]!;
    for (let point = from; point < to; point++) {
      const row = rows[indexOf(time[point]!)]!;
      const each = value[point]!;
      row.isEmpty = false;
      if (!(row.least[i]! <= each) && !Number.isNaN(each)) row.least[i] = each;
      if (!(row.most[i]! >= each) && !Number.isNaN(each)) row.most[i] = each;
    }
  }
  return { isExact, step, rows: rows.filter(({ isEmpty }) => !isEmpty) };
}
