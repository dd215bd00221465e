/** Times of an axis as text: as exact as what is looked at asks for. */
import type { Unit } from '../../../shared/model/profile.ts';
import { formatMark, formatMetric } from '../../../shared/units/format.ts';

/** Parts of a length that moments in it are told apart by, and the two ends of what is in view. */
const PARTS = 100;
const VIEW_PARTS = 1000;

/** A time as far as a hundredth of `length` (or another of its `parts`) can be told, counted from `origin`. */
export function formatMoment(value: number, length: number, origin: number, unit: Unit, parts = PARTS): string {
  const step = length > 0 ? 10 ** Math.floor(Math.log10(length / parts) + 1e-9) : 0;
  return step > 0 ? formatMark(value - origin, step, unit) : formatMetric(value - origin, unit);
}

/** From and to, such as `12.5 s–14.1 s`, counted from `origin`. */
export function formatStretch(
  range: { readonly from: number; readonly to: number },
  origin: number,
  unit: Unit,
): string {
  const length = range.to - range.from;
  const say = (time: number): string => formatMoment(time, length, origin, unit, VIEW_PARTS);
  return `${say(range.from)}–${say(range.to)}`;
}

/** A time rounded to what can be told apart in a picture of `length`: a thousandth of a pixel or so. */
export function roundTo(value: number, length: number): number {
  const decimals = Math.min(20, Math.max(0, 6 - Math.floor(Math.log10(length))));
  return Number(value.toFixed(decimals));
}
