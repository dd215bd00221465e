/** Marks of the ruler: 1-2-5 steps about 150 px apart. */
import { tickIncrement, ticks } from 'd3';
import { formatMark, getMarkUnit, type PrintUnit } from '../../../shared/units/format.ts';
import type { Tick } from '../../paint/paint-icicle.ts';
import type { Camera } from '../../paint/scene.ts';

const DISTANCE = 150;

/** Marks for a picture `width` device pixels wide that shows a part of `total`. */
export function getTicks(camera: Camera, total: number, unit: PrintUnit, width: number, dpr: number): Tick[] {
  const [from, to] = [Math.max(0, camera.from) * total, Math.min(1, camera.to) * total];
  if (!(to > from)) return [];
  const place = (value: number) => ((value / total - camera.from) / (camera.to - camera.from)) * width;
  // Steps are round in the unit that is printed, which matters where units are powers of 1024.
  const { scale } = getMarkUnit(to, unit);
  const count = Math.max(2, (place(to) - place(from)) / dpr / DISTANCE);
  const increment = tickIncrement(from * scale, to * scale, count);
  const step = increment > 0 ? increment / scale : -1 / increment / scale;
  return (
    ticks(from * scale, to * scale, count)
      .map((mark) => mark / scale)
      // There is no half sample, unless there are parts of some.
      .filter((value) => unit !== 'count' || !Number.isInteger(total) || Number.isInteger(value))
      .filter((value) => value <= to - (to - from) * 0.015 || to < total)
      .map((value) => ({ x: place(value), text: formatMark(value, step, unit) }))
  );
}
