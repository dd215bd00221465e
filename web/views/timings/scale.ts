/**
 * The scale that all statements of one unit share: value → 0 .. 1 from left to right. Logarithmic where the largest
 * number is more than twenty times the smallest: on a plain scale the fast ones would all lie on one point.
 */
import { tickIncrement, ticks } from 'd3';
import type { MeasurementRow } from '../../../shared/tree/measurements/measurement-rows.ts';
import { formatMark, getMarkUnit, type PrintUnit } from '../../../shared/units/format.ts';

/** A scale. */
export interface TimingsScale {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  readonly marks: readonly { readonly value: number; readonly text: string }[];
}

/** Ratio of the largest to the smallest from which the scale is logarithmic. */
const LOG_FROM = 20;
/** Room at both ends, as a share of the scale. */
const MARGIN = 0.04;
/** CSS pixels between two marks, roughly. */
const DISTANCE = 90;
const DECADE_STEPS = [1, 2, 5];
/** Marks that a power of ten needs room for before it gets those in between. */
const LEAST_STEPS = 2;

/** Smallest and largest number of a row that is drawn; NaN where there is none. */
export function getExtent({ best, worst, mean, deviation }: MeasurementRow): readonly [low: number, high: number] {
  const spread = Number.isNaN(deviation) ? 0 : deviation;
  const known = [best, worst, ...(Number.isNaN(worst) ? [mean, Math.max(0, mean - spread), mean + spread] : [])].filter(
    (value) => !Number.isNaN(value),
  );
  return known.length === 0 ? [Number.NaN, Number.NaN] : [Math.min(...known), Math.max(...known)];
}

/** The scale of rows on a line of `width` CSS pixels. */
export function buildScale(
  rows: readonly MeasurementRow[],
  unit: PrintUnit,
  width: number,
  fromZero: boolean,
): TimingsScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const [least, most] = getExtent(row);
    if (least < low) low = least;
    if (most > high) high = most;
  }
  if (!(low <= high)) return { low: 0, high: 1, isLog: false, marks: [] };
  // A mean less its deviation may come to nothing: no logarithm shows that, so the means and bests decide.
  const smallest = rows.reduce((least, row) => {
    const value = Number.isNaN(row.best) ? row.mean : row.best;
    return value < least ? value : least;
  }, Number.POSITIVE_INFINITY);
  if (smallest > 0 && high / smallest > LOG_FROM) {
    return buildLog(low > 0 ? Math.max(low, smallest / 10) : smallest / 2, high, unit, width);
  }
  const start = fromZero ? Math.min(0, low) : low;
  const span = high - start || Math.abs(high) || 1;
  const isFromZero = fromZero && start === 0;
  return buildLinear(isFromZero ? 0 : start - span * MARGIN, high + span * MARGIN, unit, width);
}

/** Where a value is, 0 to 1; below or above it where it is off the scale. */
export function getPlace({ low, high, isLog }: TimingsScale, value: number): number {
  return isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

function buildLinear(low: number, high: number, unit: PrintUnit, width: number): TimingsScale {
  const { scale } = getMarkUnit(Math.max(Math.abs(low), Math.abs(high)), unit);
  const count = Math.max(2, width / DISTANCE);
  const increment = tickIncrement(low * scale, high * scale, count);
  const step = increment > 0 ? increment / scale : -1 / increment / scale;
  const marks = ticks(low * scale, high * scale, count).map((mark) => mark / scale);
  return { low, high, isLog: false, marks: marks.map((value) => ({ value, text: formatMark(value, step, unit) })) };
}

function buildLog(least: number, most: number, unit: PrintUnit, width: number): TimingsScale {
  const room = (most / least) ** MARGIN;
  const [low, high] = [least / room, most * room];
  const decades = Math.log10(high / low);
  const perDecade = width / DISTANCE / decades;
  const steps = perDecade >= LEAST_STEPS ? DECADE_STEPS : [1];
  const every = Math.max(1, Math.ceil(1 / perDecade));
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    if (power % every !== 0) continue;
    for (const step of steps) values.push(Number(`${step}e${power}`));
  }
  const marks = values.filter((value) => value >= low && value <= high);
  return { low, high, isLog: true, marks: marks.map((value) => ({ value, text: formatMark(value, value, unit) })) };
}
