/**
 * Where the tooltip goes. All in CSS pixels of the window.
 *
 *   pointer ·                 right of the pointer and under the block; when it would leave the window,
 *            12 ┌────────┐    left of the pointer, or over the block
 *               │        │
 *               └────────┘
 */

/** A rectangle in the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a place is chosen from. */
export interface TooltipPlaceOptions {
  readonly at: { readonly x: number; readonly y: number };
  readonly size: { readonly width: number; readonly height: number };
  readonly window: { readonly width: number; readonly height: number };
  /** The hovered block, which is never covered. Without it the pointer's surroundings are left free. */
  readonly box: Box | null;
}

/** Distance from the pointer. */
const OFFSET = 12;
/** Distance from the window's edges. */
const MARGIN = 8;
/** Height of a block in charts: the pointer may be anywhere in it. */
const BLOCK_HEIGHT = 20;

/** Top left corner of the tooltip. */
export function placeTooltip({ at, size, window, box }: TooltipPlaceOptions): { left: number; top: number } {
  const free: Box = {
    left: at.x - OFFSET,
    right: at.x + OFFSET,
    // A block of a chart is a row of known height; of a larger one only the part at the pointer can be kept free.
    top: Math.max(box?.top ?? at.y - BLOCK_HEIGHT, at.y - 2 * BLOCK_HEIGHT),
    bottom: Math.min(box?.bottom ?? at.y + BLOCK_HEIGHT, at.y + 2 * BLOCK_HEIGHT),
  };
  const right = Math.max(MARGIN, window.width - MARGIN - size.width);
  const left = free.right <= right ? free.right : at.x - OFFSET - size.width;
  const below = Math.max(free.bottom + 4, at.y + OFFSET);
  const above = Math.min(free.top - 4, at.y - OFFSET) - size.height;
  const fitsBelow = below + size.height <= window.height - MARGIN;
  const top =
    fitsBelow || above < MARGIN ? Math.min(below, Math.max(MARGIN, window.height - MARGIN - size.height)) : above;
  return { left: Math.max(MARGIN, Math.min(left, right)), top };
}
