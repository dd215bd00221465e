/**
 * Values over time on a canvas: scales, areas, lines, brackets, marks. Everything is drawn in device pixels.
 *
 * A line goes through first, least, most and last of each column of pixels (`SeriesColumns`): the picture is that of all
 * points, at the cost of the columns.
 */
import { PALETTES } from '../../shared/color/palette.ts';
import type { SeriesColumns } from '../../shared/layout/series/columns.ts';
import { fitMiddle } from './label.ts';
import { getAreaColor, getLineColor } from './series-colors.ts';
import {
  type BracketPicture,
  getValueY,
  type LinePicture,
  type PanelPicture,
  type SeriesFrame,
} from './series-frame.ts';
import type { MeasuringContext, TextMeasure } from './text.ts';

/** What painting needs of a 2D context; tests record the calls. */
export interface SeriesContext extends MeasuringContext {
  fillStyle: string | CanvasGradient | CanvasPattern;
  strokeStyle: string | CanvasGradient | CanvasPattern;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  textAlign: CanvasTextAlign;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  fill(): void;
  stroke(): void;
  clip(): void;
  save(): void;
  restore(): void;
  setLineDash(segments: number[]): void;
}

const LINE_WIDTH = 1.5;
const DASH = [5, 3];
const DOT_RADIUS = 2;
const PEAK_RADIUS = 3.5;
/** Ground around texts over lines. */
const HALO = 3;
const TICK_PAD = 4;
const BRACKET_PAD = 5;
const BRACKET_FOOT = 5;
/** Narrower ones have no name. */
const NAME_FROM = 26;

/** Draws a whole frame. Cost: columns × lines. */
export function paintSeries(context: SeriesContext, measure: TextMeasure, frame: SeriesFrame): void {
  const palette = PALETTES[frame.theme];
  context.textAlign = 'left';
  context.setLineDash([]);
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, frame.width, frame.height);
  paintRuler(context, frame);
  for (const panel of frame.panels) paintGrid(context, frame, panel);
  for (const panel of frame.panels) {
    context.save();
    context.beginPath();
    // A line at the very top or bottom is not cut in half.
    const slack = 2 * frame.dpr;
    context.rect(frame.left, panel.top - slack, frame.right - frame.left, panel.height + 2 * slack);
    context.clip();
    for (const line of panel.lines) if (line.area) paintArea(context, frame, panel, line);
    for (const line of panel.lines) paintLine(context, frame, panel, line);
    context.restore();
  }
  for (const panel of frame.panels) paintLabels(context, frame, panel);
  paintBrackets(context, measure, frame);
}

/** Marks of time, and thin lines from them through the panels. */
function paintRuler(context: SeriesContext, frame: SeriesFrame): void {
  const { ticks, left, right, ruler, dpr, fonts, theme, panels } = frame;
  const palette = PALETTES[theme];
  const pixel = Math.round(dpr);
  context.font = fonts.small;
  for (const { at, text } of ticks) {
    const x = Math.round(left + at);
    context.fillStyle = palette.lineStrong;
    context.fillRect(x, ruler - 12 * pixel, pixel, 12 * pixel);
    context.fillStyle = palette.ink3;
    const width = context.measureText(text).width + TICK_PAD * dpr;
    if (x + width <= right) context.fillText(text, x + TICK_PAD * dpr, ruler - 4 * dpr);
    context.fillStyle = palette.line;
    for (const { top, height } of panels) context.fillRect(x, top, pixel, height);
  }
}

function paintGrid(context: SeriesContext, frame: SeriesFrame, panel: PanelPicture): void {
  const { left, right, dpr, fonts, theme } = frame;
  const palette = PALETTES[theme];
  const pixel = Math.round(dpr);
  context.font = fonts.small;
  context.textAlign = 'right';
  for (const { at, text } of panel.marks) {
    const y = Math.round(at);
    context.fillStyle = palette.line;
    context.fillRect(left, y, right - left, pixel);
    context.fillStyle = palette.ink3;
    context.fillText(text, left - 6 * dpr, Math.round(Math.max(panel.top + 4 * dpr, at) + 4 * dpr));
  }
  context.textAlign = 'left';
  context.fillStyle = palette.lineStrong;
  context.fillRect(left, panel.top + panel.height, right - left, pixel);
}

function paintLine(context: SeriesContext, frame: SeriesFrame, panel: PanelPicture, line: LinePicture): void {
  const { dpr, left, theme } = frame;
  const { columns } = line;
  context.strokeStyle = getLineColor(line.hue, theme);
  context.fillStyle = context.strokeStyle;
  context.lineWidth = LINE_WIDTH * dpr;
  context.lineJoin = 'round';
  context.setLineDash(line.isDashed ? DASH.map((each) => each * dpr) : []);
  context.beginPath();
  let isDown = line.before !== null;
  if (line.before) context.moveTo(line.before.x, line.before.y);
  for (let i = 0; i < columns.length; i++) {
    if (columns.count[i] === 0) continue;
    const [from, to] = [left + i + columns.firstAt[i]!, left + i + columns.lastAt[i]!];
    const first = getValueY(panel, columns.first[i]!);
    if (isDown && columns.broken[i] === 0) context.lineTo(from, first);
    else context.moveTo(from, first);
    isDown = true;
    if (columns.count[i] === 1) continue;
    const middle = (from + to) / 2;
    context.lineTo(middle, getValueY(panel, columns.least[i]!));
    context.lineTo(middle, getValueY(panel, columns.most[i]!));
    context.lineTo(to, getValueY(panel, columns.last[i]!));
  }
  if (line.after && isDown) context.lineTo(line.after.x, line.after.y);
  context.stroke();
  context.setLineDash([]);
  if (!line.hasDots) return;
  context.beginPath();
  for (let i = 0; i < columns.length; i++) {
    if (columns.count[i] === 0) continue;
    const [x, y] = [left + i + columns.firstAt[i]!, getValueY(panel, columns.first[i]!)];
    context.moveTo(x + DOT_RADIUS * dpr, y);
    context.arc(x, y, DOT_RADIUS * dpr, 0, 2 * Math.PI);
  }
  context.fill();
}

/** The ground under a line, down to the line below it. Of each column the most counts: a peak is not cut off. */
function paintArea(context: SeriesContext, frame: SeriesFrame, panel: PanelPicture, line: LinePicture): void {
  const { left, theme } = frame;
  const ground = panel.top + panel.height;
  const tops = listTops(panel, line.columns, left);
  if (tops.length === 0) return;
  context.fillStyle = getAreaColor(line.hue, theme);
  context.beginPath();
  if (line.before) context.moveTo(line.before.x, line.before.y);
  else context.moveTo(tops[0]!.x, tops[0]!.y);
  for (const { x, y } of tops) context.lineTo(x, y);
  if (line.after) context.lineTo(line.after.x, line.after.y);
  const below = line.area?.below ? listTops(panel, line.area.below, left) : [];
  const [start, end] = [line.before?.x ?? tops[0]!.x, line.after?.x ?? tops.at(-1)!.x];
  if (below.length === 0) {
    context.lineTo(end, ground);
    context.lineTo(start, ground);
  } else {
    context.lineTo(end, below.at(-1)!.y);
    for (const { x, y } of below.toReversed()) context.lineTo(x, y);
    context.lineTo(start, below[0]!.y);
  }
  context.closePath();
  context.fill();
}

function listTops(panel: PanelPicture, columns: SeriesColumns, left: number): { x: number; y: number }[] {
  const tops: { x: number; y: number }[] = [];
  for (let i = 0; i < columns.length; i++) {
    if (columns.count[i] === 0) continue;
    if (columns.count[i] === 1) {
      tops.push({ x: left + i + columns.firstAt[i]!, y: getValueY(panel, columns.first[i]!) });
      continue;
    }
    tops.push({ x: left + i + columns.firstAt[i]!, y: getValueY(panel, columns.first[i]!) });
    tops.push({ x: left + i + 0.5, y: getValueY(panel, columns.most[i]!) });
    tops.push({ x: left + i + columns.lastAt[i]!, y: getValueY(panel, columns.last[i]!) });
  }
  return tops;
}

/** Names at the ends of lines, and peaks with a ring. */
function paintLabels(context: SeriesContext, frame: SeriesFrame, panel: PanelPicture): void {
  const { dpr, left, right, theme, fonts } = frame;
  const palette = PALETTES[theme];
  for (const { kind, x, y, hue, text } of panel.labels) {
    context.fillStyle = getLineColor(hue, theme);
    context.font = fonts.small;
    if (kind === 'name') {
      context.fillText(text, x, y + 4 * dpr);
      continue;
    }
    context.beginPath();
    context.arc(x, y, PEAK_RADIUS * dpr, 0, 2 * Math.PI);
    context.fillStyle = palette.surface;
    context.fill();
    context.strokeStyle = getLineColor(hue, theme);
    context.lineWidth = LINE_WIDTH * dpr;
    context.stroke();
    const width = context.measureText(text).width;
    // To the right of the peak, or to its left where the picture ends.
    const at = x + 8 * dpr + width <= right ? x + 8 * dpr : Math.max(left, x - 8 * dpr - width);
    const base = Math.max(panel.top + 9 * dpr, y - 6 * dpr);
    context.lineWidth = HALO * dpr;
    context.strokeStyle = palette.surface;
    context.strokeText(text, at, base);
    context.fillStyle = palette.ink1;
    context.fillText(text, at, base);
  }
}

function paintBrackets(context: SeriesContext, measure: TextMeasure, frame: SeriesFrame): void {
  const { dpr, theme, fonts, left, right } = frame;
  const palette = PALETTES[theme];
  const pixel = Math.round(dpr);
  for (const bracket of frame.brackets) {
    context.fillStyle = bracket.isStrong ? palette.select : bracket.isDim ? palette.lineStrong : palette.ink3;
    const thick = bracket.isStrong ? 2 * pixel : pixel;
    const top = Math.round(bracket.top);
    const [x0, x1] = [Math.max(left, Math.round(bracket.x0)), Math.min(right, Math.round(bracket.x1))];
    context.fillRect(x0, top, Math.max(pixel, x1 - x0), thick);
    if (!bracket.isOpenLeft) context.fillRect(x0, top, thick, BRACKET_FOOT * pixel);
    if (!bracket.isOpenRight) context.fillRect(Math.max(x0, x1 - thick), top, thick, BRACKET_FOOT * pixel);
    paintBracketName(context, measure, frame, { ...bracket, x0, x1 });
  }
  context.font = fonts.normal;
}

function paintBracketName(
  context: SeriesContext,
  measure: TextMeasure,
  frame: SeriesFrame,
  bracket: BracketPicture,
): void {
  const { dpr, theme, fonts, lane } = frame;
  const palette = PALETTES[theme];
  const room = bracket.x1 - bracket.x0 - 2 * BRACKET_PAD * dpr;
  if (room < NAME_FROM * dpr) return;
  const font = bracket.isStrong ? fonts.strong : fonts.normal;
  const name = fitMiddle(measure, bracket.name, room, font);
  if (name === '') return;
  const x = bracket.x0 + BRACKET_PAD * dpr;
  const base = bracket.top + lane - 4 * dpr;
  context.font = font;
  context.fillStyle = bracket.isDim ? palette.ink3 : palette.ink1;
  context.fillText(name, x, base);
  const used = measure.width(name, font) + 8 * dpr;
  if (name !== bracket.name || used + measure.width(bracket.more, fonts.normal) > room) return;
  context.font = fonts.normal;
  context.fillStyle = palette.ink2;
  context.fillText(bracket.more, x + used, base);
}
