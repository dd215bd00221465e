/** What moves over the picture: the crosshair, the stretch that is being marked, the span under the pointer. */
import { PALETTES, type Theme } from '../../../shared/color/palette.ts';
import { getLineColor } from '../../paint/series-colors.ts';
import type { PanelPicture } from '../../paint/series-frame.ts';
import { getValueY } from '../../paint/series-frame.ts';

import { getValueAt } from './moments.ts';
import type { Panel } from './tracks.ts';

/** Marks, in device pixels. */
export interface SeriesMarks {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  readonly theme: Theme;
  readonly left: number;
  readonly right: number;
  /** Top of what is marked: below the ruler. */
  readonly top: number;
  /** Height of the line of names over each panel, which no line crosses. */
  readonly head: number;
  readonly panels: readonly PanelPicture[];
  readonly crosshair: { readonly x: number; readonly points: readonly MarkedPoint[] } | null;
  readonly brush: { readonly x0: number; readonly x1: number } | null;
  readonly span: { readonly x0: number; readonly x1: number } | null;
}

/** A point under the crosshair. */
export interface MarkedPoint {
  readonly panel: number;
  readonly value: number;
  readonly hue: number;
}

const RADIUS = 3;

/** Where lines are at a moment; of the levels of a stack, their tops. */
export function listMarkedPoints(panels: readonly Panel[], at: number): MarkedPoint[] {
  return panels.flatMap(({ tracks }, panel) =>
    tracks.flatMap((track) => {
      const value = getValueAt({ ...track, level: 'none' }, at);
      return Number.isNaN(value) ? [] : [{ panel, value, hue: track.hue }];
    }),
  );
}

/** Draws them over a cleared canvas. */
export function paintSeriesMarks(context: CanvasRenderingContext2D, marks: SeriesMarks): void {
  const { width, height, dpr, theme, left, right, top, panels } = marks;
  const palette = PALETTES[theme];
  const bottom = panels.length === 0 ? height : panels.at(-1)!.top + panels.at(-1)!.height;
  context.clearRect(0, 0, width, height);
  const cut = (x: number): number => Math.max(left, Math.min(right, x));
  if (marks.span) shade(context, cut(marks.span.x0), cut(marks.span.x1), top, bottom, palette.ink1, 0.06);
  if (marks.brush) {
    const [x0, x1] = [cut(marks.brush.x0), cut(marks.brush.x1)];
    shade(context, x0, x1, top, bottom, palette.focus, 0.14);
    context.fillStyle = palette.focus;
    for (const x of [x0, x1]) rule(context, marks, x);
  }
  if (marks.crosshair === null) return;
  const { x, points } = marks.crosshair;
  context.fillStyle = palette.hover;
  rule(context, marks, x);
  for (const { panel, value, hue } of points) {
    const y = getValueY(panels[panel]!, value);
    context.beginPath();
    context.arc(x, y, RADIUS * dpr, 0, 2 * Math.PI);
    context.fillStyle = getLineColor(hue, theme);
    context.strokeStyle = palette.selectHalo;
    context.lineWidth = 1.5 * dpr;
    context.fill();
    context.stroke();
  }
}

/** A line from top to bottom, but for the names. */
function rule(context: CanvasRenderingContext2D, { dpr, top, head, panels }: SeriesMarks, x: number): void {
  const pixel = Math.max(1, Math.round(dpr));
  const above = (panels[0]?.top ?? top) - head;
  if (above > top) context.fillRect(Math.round(x), top, pixel, above - top);
  for (const panel of panels) context.fillRect(Math.round(x), panel.top, pixel, panel.height);
}

function shade(
  context: CanvasRenderingContext2D,
  x0: number,
  x1: number,
  top: number,
  bottom: number,
  color: string,
  alpha: number,
): void {
  context.globalAlpha = alpha;
  context.fillStyle = color;
  context.fillRect(x0, top, Math.max(1, x1 - x0), bottom - top);
  context.globalAlpha = 1;
}
