/**
 * Marks over an icicle: outlines of the selected, hovered and same-function blocks. They have a canvas of their own, so
 * that a moving pointer repaints a few lines and not the chart.
 */

import { PALETTES, type Theme } from '../../shared/color/palette.ts';
import type { BlockIndex } from '../../shared/layout/blocks.ts';
import type { Box } from './hatch.ts';
import { getRowTop, type IcicleGeometry } from './icicle-geometry.ts';
import { getBlockBox } from './paint-icicle.ts';
import type { Layer, Marks } from './scene.ts';

/** What marking needs of a 2D context. */
export interface MarkContext {
  fillStyle: string | CanvasGradient | CanvasPattern;
  fillRect(x: number, y: number, width: number, height: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
}

/** Draws the marks of one layer over a cleared canvas, in the order of their precedence. */
export function paintMarks(context: MarkContext, g: IcicleGeometry, theme: Theme, layer: Layer, marks: Marks): void {
  const palette = PALETTES[theme];
  context.clearRect(0, 0, g.width, g.height);
  const boxOf = (block: BlockIndex): Box => {
    const y = getRowTop(g, layer.scene.blocks.depth[block]! - layer.camera.top);
    return getBlockBox(g, layer, block, y);
  };
  const thin = g.gap;
  const thick = Math.round(2 * g.dpr);
  for (const block of marks.same) {
    if (block !== marks.selected && block !== marks.hovered)
      outline(context, g, grow(boxOf(block), thin), thin, palette.select);
  }
  if (marks.selected >= 0) {
    const box = grow(boxOf(marks.selected), thin);
    outline(context, g, box, thick, palette.select);
    outline(context, g, grow(box, -thick), thin, palette.selectHalo);
  }
  if (marks.hovered >= 0) outline(context, g, grow(boxOf(marks.hovered), thin), thick, palette.hover);
}

function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

/** A frame of `line` pixels inside of a box, kept on the canvas and off the ruler; filled where the box is too small for a hole. */
function outline(context: MarkContext, g: IcicleGeometry, wanted: Box, line: number, color: string): void {
  const [top, bottom] = g.flame ? [0, g.height - g.ruler] : [g.ruler, g.height];
  const left = Math.max(0, wanted.x);
  const right = Math.min(g.width, wanted.x + wanted.width);
  const high = Math.max(top, wanted.y);
  const low = Math.min(bottom, wanted.y + wanted.height);
  if (right <= left || low <= high) return;
  const across = Math.min(line, right - left);
  const down = Math.min(line, low - high);
  context.fillStyle = color;
  // An edge far outside is not drawn at the border of the canvas instead: the block goes on there.
  if (wanted.y >= top - line) context.fillRect(left, high, right - left, down);
  if (wanted.y + wanted.height <= bottom + line) context.fillRect(left, low - down, right - left, down);
  if (wanted.x >= -line) context.fillRect(left, high, across, low - high);
  if (wanted.x + wanted.width <= g.width + line) context.fillRect(right - across, high, across, low - high);
}
