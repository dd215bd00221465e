/** Scales of values: marks at round numbers of the unit that is printed. */
import { tickIncrement, ticks } from 'd3';
import { formatMark, getMarkUnit, type PrintUnit } from '../../../shared/units/format.ts';

/** A scale, and its marks from below upwards. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly marks: readonly { readonly value: number; readonly text: string }[];
}

/** CSS pixels between two marks, roughly. */
const DISTANCE = 40;
/** Room over the highest value, as a share of the scale: its name stands there. */
const HEAD_ROOM = 0.12;

/**
 * A scale for values from `least` to `most` in a panel of `height` CSS pixels. `fromZero`: 0 belongs to it; else it is as
 * fine as the values allow.
 */
export function buildScale(least: number, most: number, unit: PrintUnit, height: number, fromZero: boolean): Scale {
  if (!(least <= most)) return { low: 0, high: 1, marks: [] };
  const bottom = fromZero ? Math.min(0, least) : least;
  const top = fromZero ? Math.max(0, most) : most;
  // All values are one: they lie in the middle of a scale of their own size, or at the bottom where they are 0.
  const span = top - bottom || Math.abs(top) || 1;
  const low = fromZero && bottom === 0 ? 0 : bottom - span * HEAD_ROOM;
  const high = top + span * HEAD_ROOM;
  const { scale } = getMarkUnit(Math.max(Math.abs(low), Math.abs(high)), unit);
  const count = Math.max(2, height / DISTANCE);
  const increment = tickIncrement(low * scale, high * scale, count);
  const step = increment > 0 ? increment / scale : -1 / increment / scale;
  // Whole things have no halves.
  const isFine = unit === 'count' && step < 1;
  const values = ticks(low * scale, high * scale, count).map((mark) => mark / scale);
  return {
    low,
    high,
    marks: values
      .filter((value) => !isFine || Number.isInteger(value))
      .map((value) => ({ value, text: formatMark(value, isFine ? 1 : step, unit) })),
  };
}
