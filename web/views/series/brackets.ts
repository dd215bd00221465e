/** Spans as brackets above the panels: a lane each level, as many as there is room for. */

import type { BracketPicture } from '../../paint/series-frame.ts';
import { type Content, getSpanView } from './content.ts';
import { LANE_PX, RULER_PX } from './geometry.ts';
import { getTimeX, type PictureContext } from './picture.ts';
import { describeSpan } from './words.ts';

/** More levels stand in the table only. */
const MOST_LANES = 6;
/** Brackets nearer to the one before than this, in device pixels, are drawn as one with it. */
const LEAST_PX = 1;

/** Lanes that are drawn. */
export function countLanes({ lanes }: Content): number {
  return Math.min(MOST_LANES, lanes.count);
}

/** Brackets in view. `marked`: row of the span that is pointed at or selected; `isDim`: not what is searched for. */
export function buildBrackets(
  content: Content,
  context: Pick<PictureContext, 'geometry' | 'dpr' | 'view'>,
  marked: number,
  isDim: (row: number) => boolean,
): BracketPicture[] {
  const { lanes, file, spanUnit } = content;
  const { geometry, dpr, view } = context;
  const drawnTo = new Float64Array(lanes.count).fill(Number.NEGATIVE_INFINITY);
  const most = countLanes(content);
  const brackets: BracketPicture[] = [];
  for (const row of lanes.order) {
    const lane = lanes.lane[row]!;
    const { from, to } = getSpanView(content, row);
    if (lane >= most || to < view.from) continue;
    if (from > view.to) break;
    const [x0, x1] = [getTimeX(context, from), getTimeX(context, to)];
    if (x1 < drawnTo[lane]! + LEAST_PX && row !== marked) continue;
    drawnTo[lane] = Math.max(x1, x0 + 1);
    const span = file.spans[row]!;
    brackets.push({
      x0,
      x1,
      isOpenLeft: x0 < geometry.left * dpr,
      isOpenRight: Number.isNaN(span.end) || x1 > geometry.right * dpr,
      top: (RULER_PX + 2 + lane * LANE_PX) * dpr,
      name: span.name,
      more: describeSpan(span, spanUnit),
      isStrong: row === marked,
      isDim: isDim(row),
    });
  }
  return brackets;
}

/** Row of the span at a place in CSS pixels; -1: none. */
export function findSpanAt(
  content: Content,
  { geometry, view }: Pick<PictureContext, 'geometry' | 'view'>,
  x: number,
  y: number,
): number {
  const lane = Math.floor((y - RULER_PX) / LANE_PX);
  if (lane < 0 || lane >= countLanes(content)) return -1;
  const context = { geometry, view, dpr: 1 };
  let found = -1;
  for (const row of content.lanes.order) {
    if (content.lanes.lane[row] !== lane) continue;
    const { from, to } = getSpanView(content, row);
    if (getTimeX(context, from) > x + 1) break;
    // A pixel more on either side: short ones could not be met otherwise.
    if (getTimeX(context, to) >= x - 1) found = row;
  }
  return found;
}
