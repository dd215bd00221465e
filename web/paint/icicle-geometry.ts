/**
 * Where things are in an icicle, in device pixels, so that edges and text fall on whole pixels at any zoom of the browser.
 *
 *   icicle   ruler              flame   row 2
 *            row 0 (above)              row 1
 *            row 1                      row 0 (above)
 *            row 2                      ruler
 *
 * Rows count the row above the zoom, where there is one.
 */

/** Sizes of a picture; all in device pixels but `dpr`. */
export interface IcicleGeometry {
  /** Device pixels in a CSS pixel. */
  readonly dpr: number;
  readonly width: number;
  readonly height: number;
  /** Distance from row to row, gap included. */
  readonly row: number;
  /** Surface between blocks. */
  readonly gap: number;
  readonly ruler: number;
  readonly flame: boolean;
  readonly compact: boolean;
}

const ROW = { normal: 20, compact: 16 };
const RULER = 18;
/** Baseline below the top of a row, in CSS pixels. */
const BASELINE = { normal: 14, compact: 12 };
/** Pixels that a canvas may have in all: what the smallest of the supported browsers can hold. */
const MOST_PIXELS = 16_777_216;

/** Device pixels per CSS pixel for a canvas of a CSS size, less than the screen's where the canvas would be too large. */
export function capPixelRatio(dpr: number, width: number, height: number): number {
  return Math.min(dpr, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
}

/** Geometry of a chart of a CSS size. */
export function getIcicleGeometry(
  size: { readonly width: number; readonly height: number; readonly dpr: number },
  look: { readonly flame: boolean; readonly compact: boolean },
): IcicleGeometry {
  const dpr = capPixelRatio(size.dpr, size.width, size.height);
  return {
    dpr,
    width: Math.max(1, Math.round(size.width * dpr)),
    height: Math.max(1, Math.round(size.height * dpr)),
    row: Math.round((look.compact ? ROW.compact : ROW.normal) * dpr),
    gap: Math.max(1, Math.round(dpr)),
    ruler: Math.round(RULER * dpr),
    flame: look.flame,
    compact: look.compact,
  };
}

/** Top edge of a row, counted from the ruler; rows are fractions while a picture is scrolled or on its way. */
export function getRowTop(g: IcicleGeometry, row: number): number {
  const along = Math.round(row * g.row);
  return g.flame ? g.height - g.ruler - along - g.row + g.gap : g.ruler + along;
}

/** Row at a height in a picture scrolled by `scroll` pixels; -1 on the ruler. */
export function getRowAt(g: IcicleGeometry, y: number, scroll: number): number {
  const along = g.flame ? g.height - g.ruler - y : y - g.ruler;
  return along < 0 ? -1 : Math.floor((along + scroll) / g.row);
}

/** Baseline of a label below the top of its row. */
export function getBaseline(g: IcicleGeometry): number {
  return Math.round((g.compact ? BASELINE.compact : BASELINE.normal) * g.dpr);
}

/** Rows that fit without being cut. */
export function countWholeRows(g: IcicleGeometry): number {
  return Math.max(0, Math.floor((g.height - g.ruler + g.gap) / g.row));
}

/** Furthest scroll that still shows the last of `rows` rows whole. */
export function getMaxScroll(g: IcicleGeometry, rows: number): number {
  return Math.max(0, (rows - countWholeRows(g)) * g.row);
}
