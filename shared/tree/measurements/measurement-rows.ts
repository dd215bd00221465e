/**
 * Timed statements as rows: what their repeats sum up to, and how each compares with one of them.
 */
import type { Measurement, Unit } from '../../model/profile.ts';
import { computeRankTest, getLeastProbability } from './rank-test.ts';
import { computeDeviation, computeMean, getQuantile } from './statistics.ts';

/** What a statement's repeats sum up to, per loop and in its own unit. NaN: neither measured nor stated. */
export interface MeasurementRow {
  readonly name: string;
  readonly unit: Unit;
  /** NaN: not known. */
  readonly loops: number;
  /** In the order they were made; empty where the file has a summary only. */
  readonly values: Float64Array;
  /** The same, ascending. */
  readonly sorted: Float64Array;
  /** How many there were, also where the file does not list them. */
  readonly repeats: number;
  readonly best: number;
  readonly worst: number;
  readonly median: number;
  readonly mean: number;
  readonly deviation: number;
  /** The middle half lies between them. */
  readonly lowerQuarter: number;
  readonly upperQuarter: number;
  /** The numbers are the tool's own summary: there are no repeats to compute them from. */
  readonly isStated: boolean;
}

/** A number of a row that statements are compared by. */
export type Statistic = 'median' | 'mean' | 'best';

/**
 * What can be said of two statements:
 *
 * - `same`: it is the one that others are compared with.
 * - `different`: the rank test says so, at 1 %.
 * - `apart`: too few repeats for the test; every one of the one lies beyond every one of the other.
 * - `unclear`: the repeats overlap too much to tell.
 * - `unknown`: one of them has a single repeat or a summary only, so that nobody knows how much it varies.
 */
export type Verdict = 'same' | 'different' | 'apart' | 'unclear' | 'unknown';

/** A statement beside the one that it is compared with. */
export interface Comparison {
  readonly verdict: Verdict;
  /** Its value by the base's; NaN where one is missing, the base is 0, or the units differ. */
  readonly ratio: number;
}

/**
 * Probability under which a difference is called one. One in a hundred, because a file compares many statements, and
 * repeats on one machine are not quite independent of each other.
 */
const LEVEL = 0.01;
/** In this order, what most statements have is what all are compared by. */
const STATISTICS: readonly Statistic[] = ['median', 'mean', 'best'];

/** Row of a statement. Cost: sorting its repeats. */
export function buildMeasurementRow({ name, unit, loops, values, stated }: Measurement): MeasurementRow {
  const sorted = Float64Array.from(values).sort();
  const known = { name, unit, loops, values, sorted };
  if (sorted.length === 0) {
    const { mean = Number.NaN, deviation = Number.NaN, best = Number.NaN, repeats = Number.NaN } = stated ?? {};
    const none = { worst: Number.NaN, median: Number.NaN, lowerQuarter: Number.NaN, upperQuarter: Number.NaN };
    return { ...known, ...none, repeats, best, mean, deviation, isStated: true };
  }
  return {
    ...known,
    repeats: sorted.length,
    best: sorted[0]!,
    worst: sorted.at(-1)!,
    median: getQuantile(sorted, 0.5),
    mean: computeMean(values),
    deviation: computeDeviation(values),
    lowerQuarter: getQuantile(sorted, 0.25),
    upperQuarter: getQuantile(sorted, 0.75),
    isStated: false,
  };
}

/** What these statements can be compared by: the number that most of them have. */
export function chooseStatistic(rows: readonly MeasurementRow[]): Statistic {
  const counts = STATISTICS.map((statistic) => rows.filter((row) => !Number.isNaN(row[statistic])).length);
  return STATISTICS[counts.indexOf(Math.max(...counts))]!;
}

/** The row of the smallest value among those of the first row's unit; the first of equals, -1 where none has one. */
export function findFastest(rows: readonly MeasurementRow[], statistic: Statistic): number {
  let fastest = -1;
  rows.forEach((row, i) => {
    if (row.unit !== rows[0]!.unit || Number.isNaN(row[statistic])) return;
    if (fastest < 0 || row[statistic] < rows[fastest]![statistic]) fastest = i;
  });
  return fastest;
}

/**
 * Compares a statement with `base`.
 *
 * The rule: where the Mann–Whitney test could reach its level at all (5 repeats against 5, 4 against 6, 3 against 10), it
 * decides; with fewer, two statements differ only if their ranges do not overlap, and that is what is said. A single
 * repeat decides nothing. Python's own tools go by a t test (pyperf) or by nothing (timeit); ranks ask for no bell curve.
 */
export function compareMeasurements(row: MeasurementRow, base: MeasurementRow, statistic: Statistic): Comparison {
  const isSameUnit = row.unit === base.unit;
  const ratio = isSameUnit && base[statistic] !== 0 ? row[statistic] / base[statistic] : Number.NaN;
  return { ratio, verdict: row === base ? 'same' : isSameUnit ? judge(row, base) : 'unknown' };
}

function judge(row: MeasurementRow, base: MeasurementRow): Verdict {
  const [a, b] = [row.sorted, base.sorted];
  if (a.length < 2 || b.length < 2) return 'unknown';
  if (getLeastProbability(a.length, b.length) < LEVEL) return computeRankTest(a, b) < LEVEL ? 'different' : 'unclear';
  return row.best > base.worst || row.worst < base.best ? 'apart' : 'unclear';
}
