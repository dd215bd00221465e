/**
 * Lines over estimated blocks: 45°, 6 px apart, with one phase for the whole canvas, so that neighbours look like one
 * cloth. A line is the set of points whose x + y lies in [k·p, k·p + t): the same for every block.
 *
 *        k·p − y      k·p + t − y
 *          ╱▔▔▔▔▔▔▔▔▔▔╱
 *         ╱          ╱          cut off at the block's left and right edge, without clipping regions: those cost more
 *        ╱▁▁▁▁▁▁▁▁▁▁╱           than all the rest of a frame
 */

/** A path that polygons are added to. */
export interface PathContext {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** A rectangle in device pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const PITCH = 6;
const WIDTH = 1.5;
/** Distance and thickness along the x axis, where the lines are cut at 45°. */
const PITCH_X = PITCH * Math.SQRT2;
const WIDTH_X = WIDTH * Math.SQRT2;

/** Distance of the lines along either axis; `pixel` is one CSS pixel. */
export function getPitch(pixel: number): number {
  return PITCH_X * pixel;
}

/**
 * Adds the lines inside a box to the path; fill it once for all boxes of a colour. `pixel` is one CSS pixel.
 *
 * The polygons stay open, which filling does not mind: closing each took Chromium 80 % of a frame.
 */
export function addHatch(path: PathContext, box: Box, pixel: number): void {
  const pitch = getPitch(pixel);
  const thickness = WIDTH_X * pixel;
  const [left, right] = [box.x, box.x + box.width];
  const [top, bottom] = [box.y, box.y + box.height];
  const last = right + bottom;
  for (let at = Math.floor((left + top - thickness) / pitch) * pitch; at < last; at += pitch) {
    addBand(path, at, at + thickness, left, right, top, bottom);
  }
}

/** The part of the band from x + y = `from` to x + y = `to` that lies in the box. */
function addBand(
  path: PathContext,
  from: number,
  to: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
): void {
  // Corners of the band cut to the box, walked clockwise: along the top, down the right, along the bottom, up the left.
  const points: number[] = [];
  const add = (x: number, y: number): void => {
    points.push(x, y);
  };
  const [topFrom, topTo] = [from - top, to - top];
  const [bottomFrom, bottomTo] = [from - bottom, to - bottom];
  if (topTo > left && topFrom < right) {
    add(Math.max(left, topFrom), top);
    add(Math.min(right, topTo), top);
  }
  if (topTo > right) {
    if (from - right > top && from - right < bottom) add(right, from - right);
    if (to - right > top && to - right < bottom) add(right, to - right);
  }
  if (bottomTo > left && bottomFrom < right) {
    add(Math.min(right, bottomTo), bottom);
    add(Math.max(left, bottomFrom), bottom);
  }
  if (bottomFrom < left) {
    if (to - left > top && to - left < bottom) add(left, to - left);
    if (from - left > top && from - left < bottom) add(left, from - left);
  }
  if (points.length < 6) return;
  path.moveTo(points[0]!, points[1]!);
  for (let i = 2; i < points.length; i += 2) path.lineTo(points[i]!, points[i + 1]!);
}
