/**
 * One statement on the common scale: every repeat a dot, the range, the middle half and the median; a summary of the tool
 * as its mean and deviation. As SVG: sharp on paper, and a path of any number of dots is one element.
 *
 * Spaces: value → 0 .. 1 (scale) → CSS pixels from the left of the plot; dots above and below the line through its middle.
 */
import { svg, type TemplateResult } from 'lit-html';
import { placeDots } from '../../../shared/layout/dots/dots.ts';
import type { MeasurementRow } from '../../../shared/tree/measurements/measurement-rows.ts';
import { getPlace, type TimingsScale } from './scale.ts';

/** What a plot is drawn on. */
export interface PlotRoom {
  readonly scale: TimingsScale;
  readonly width: number;
  readonly height: number;
  /** Of a dot, the same in all rows of a scale. */
  readonly diameter: number;
}

/** Sizes of a dot in CSS pixels, from the largest. */
const DIAMETERS = [6, 5, 4, 3];
/** More repeats are drawn as columns, as high as the repeats in them are many. */
export const MOST_DOTS = 3000;
const LEAST_BAND = 2;

/** The largest size of a dot at which each repeat of these rows has its own place. */
export function chooseDiameter(
  rows: readonly MeasurementRow[],
  { scale, width, height }: Omit<PlotRoom, 'diameter'>,
): number {
  const lines = rows
    .filter(({ sorted }) => sorted.length > 1 && sorted.length <= MOST_DOTS)
    .map(({ sorted }) => sorted.map((value) => getPlace(scale, value) * width));
  const fits = (diameter: number): boolean =>
    lines.every((x) => !placeDots(x, { diameter, room: getDotRoom(height, diameter) }).isCrowded);
  return DIAMETERS.find(fits) ?? DIAMETERS.at(-1)!;
}

/** How far from the middle a dot may be. */
function getDotRoom(height: number, diameter: number): number {
  return height / 2 - diameter / 2 - 2;
}

/** The plot of a row. `baseValue`: what others are compared with, a line through all rows; NaN: none. */
export function plotTemplate(row: MeasurementRow, room: PlotRoom, baseValue: number): TemplateResult {
  const { scale, width, height } = room;
  const toX = (value: number): number => round(Math.max(-1, Math.min(2, getPlace(scale, value))) * width);
  const middle = height / 2;
  return svg`<svg class="timings-plot" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
    ${scale.marks.map(({ value }) => svg`<path class="timings-grid" d=${`M${toX(value)} 0V${height}`}></path>`)}
    ${Number.isNaN(baseValue) ? '' : svg`<path class="timings-base" d=${`M${toX(baseValue)} 0V${height}`}></path>`}
    ${row.isStated ? statedTemplate(row, toX, middle) : measuredTemplate(row, room, toX, middle)}
  </svg>`;
}

function measuredTemplate(
  row: MeasurementRow,
  { height, diameter }: PlotRoom,
  toX: (value: number) => number,
  middle: number,
): TemplateResult {
  const [low, high] = [toX(row.lowerQuarter), toX(row.upperQuarter)];
  const median = toX(row.median);
  const isMany = row.sorted.length > MOST_DOTS;
  const dots = isMany ? buildColumns(row.sorted, toX, middle) : buildDots(row.sorted.map(toX), height, diameter);
  const band =
    row.sorted.length < 4
      ? ''
      : svg`<rect class="timings-band" x=${low} y="4" width=${Math.max(LEAST_BAND, high - low)} height=${height - 8}></rect>`;
  return svg`${band}<path class="timings-range" d=${`M${toX(row.best)} ${middle}H${toX(row.worst)}`}></path>
    <path class=${isMany ? 'timings-columns' : 'timings-dots'} d=${dots.path} stroke-width=${dots.size}></path>
    <path class="timings-median" d=${`M${median} 2v7M${median} ${height - 2}v-7`}></path>`;
}

/** What the tool says: the mean with its deviation, dashed because nobody measured those ends; or the best alone. */
function statedTemplate(
  { mean, deviation, best }: MeasurementRow,
  toX: (value: number) => number,
  middle: number,
): TemplateResult {
  const ends = Number.isNaN(mean + deviation) ? null : [toX(Math.max(0, mean - deviation)), toX(mean + deviation)];
  return svg`${ends === null ? '' : svg`<path class="timings-stated" d=${`M${ends[0]} ${middle}H${ends[1]}`}></path><path class="timings-caps" d=${`M${ends[0]} ${middle - 6}V${middle + 6}M${ends[1]} ${middle - 6}V${middle + 6}`}></path>`}
    ${Number.isNaN(mean) ? '' : svg`<path class="timings-mean" d=${`M${toX(mean)} ${middle - 5}l5 5l-5 5l-5 -5z`}></path>`}
    ${Number.isNaN(best) ? '' : svg`<path class="timings-best" d=${`M${toX(best)} ${middle - 7}v14`}></path>`}`;
}

interface Drawn {
  readonly path: string;
  /** Of the strokes: a dot is a stroke without length, with round ends. */
  readonly size: number;
}

function buildDots(x: Float64Array, height: number, diameter: number): Drawn {
  const { y } = placeDots(x, { diameter, room: getDotRoom(height, diameter) });
  let path = '';
  for (let i = 0; i < x.length; i++) path += `M${x[i]} ${round(height / 2 + y[i]!)}h0`;
  // A hair of ground between neighbours.
  return { path, size: diameter - 0.5 };
}

function buildColumns(sorted: Float64Array, toX: (value: number) => number, middle: number): Drawn {
  const counts = new Map<number, number>();
  for (const value of sorted) {
    const x = Math.round(toX(value));
    counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  let path = '';
  for (const [x, count] of counts) {
    const half = Math.max(0.5, (count / most) * (middle - 3));
    path += `M${x + 0.5} ${round(middle - half)}V${round(middle + half)}`;
  }
  return { path, size: 1 };
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
