/**
 * Where things are in a sunburst: device pixels around a centre, angles in radians from twelve o'clock, clockwise.
 *
 *   depth 0 is the disc in the middle; depth d is ring d − 1; unit x runs once around
 */
import { capPixelRatio } from './icicle-geometry.ts';

/** Sizes of a picture; all in device pixels but `dpr`. */
export interface SunburstGeometry {
  readonly dpr: number;
  readonly width: number;
  readonly height: number;
  readonly centerX: number;
  readonly centerY: number;
  /** Radius of the disc in the middle. */
  readonly inner: number;
  readonly ring: number;
  /** Rings that fit. */
  readonly rings: number;
  /** Surface between rings. */
  readonly gap: number;
}

const TURN = Math.PI * 2;
/** Room around the outermost ring, for the fringe and the lines of marks. */
const MARGIN = 8;
const LEAST_INNER = 56;
const INNER_SHARE = 0.25;
const RING = { least: 23, most: 40 };
/** Share of the largest radius at which the narrowest block is measured. */
const WIDTH_AT = 0.8;

/** Geometry of a chart of a CSS size for a tree of `levels` below the middle. */
export function getSunburstGeometry(
  size: { readonly width: number; readonly height: number; readonly dpr: number },
  levels: number,
): SunburstGeometry {
  const dpr = capPixelRatio(size.dpr, size.width, size.height);
  const outer = getOuterRadius(size);
  const inner = Math.max(LEAST_INNER, outer * INNER_SHARE);
  const room = Math.max(0, outer - inner);
  const rings = Math.max(0, Math.min(levels, Math.floor(room / RING.least)));
  const width = Math.max(1, Math.round(size.width * dpr));
  const height = Math.max(1, Math.round(size.height * dpr));
  return {
    dpr,
    width,
    height,
    centerX: width / 2,
    centerY: height / 2,
    inner: inner * dpr,
    ring: rings > 0 ? Math.min(RING.most, room / rings) * dpr : RING.least * dpr,
    rings,
    gap: dpr,
  };
}

/** Least width of a block, as a share of the turn, so that it is `pixels` long where arcs are long. */
export function getLeastTurn(size: { readonly width: number; readonly height: number }, pixels: number): number {
  return pixels / (TURN * Math.max(LEAST_INNER, getOuterRadius(size)) * WIDTH_AT);
}

function getOuterRadius(size: { readonly width: number; readonly height: number }): number {
  return Math.min(size.width, size.height) / 2 - MARGIN;
}

/** Angle of unit x. */
export function getAngle(x: number): number {
  return x * TURN;
}

/** Unit x and depth at a place: depth 0 in the middle, -1 outside. */
export function getTurnAt(g: SunburstGeometry, x: number, y: number): { readonly x: number; readonly depth: number } {
  const [dx, dy] = [x - g.centerX, y - g.centerY];
  const radius = Math.hypot(dx, dy);
  const turn = Math.atan2(dx, -dy) / TURN;
  const ring = Math.floor((radius - g.inner) / g.ring);
  if (ring >= g.rings) return { x: 0, depth: -1 };
  return { x: turn < 0 ? turn + 1 : turn, depth: ring < 0 ? 0 : ring + 1 };
}
