/**
 * Colours of everything that a block can look like, computed once per theme: canvas then only looks up.
 *
 * Blends are of opaque colours, not of alpha, so that the contrast of a label is that of two known colours.
 */
import { getBlockColors, heatColor, mixColors, PALETTES, type Theme } from './palette.ts';

/** Share of a block's colour in the row above the zoom. */
const ABOVE_FILL = 0.3;
/** The hottest colours are the darkest: full lines on them would take a time's label under 4.5. */
const HEAT_LINES = 0.8;
/** Share of the surface in the lines of a gathered block; more of it where a search does not match. */
const GATHERED_FADE = { lit: 0.35, dim: 0.75 };

/** Looks of blocks in one state. The arrays are by colour index. */
export interface FillSet {
  /** Exact, matched and bounded blocks. */
  readonly plain: readonly string[];
  /** Ground of estimated blocks. */
  readonly estimated: readonly string[];
  /** Lines over that ground. */
  readonly lines: readonly string[];
  readonly self: readonly string[];
  readonly above: readonly string[];
  readonly gatheredLine: string;
  /** Names on blocks. */
  readonly label: string;
  /** Times, shares, modules and places on blocks. */
  readonly label2: string;
  /** Text on self and gathered blocks, and in the row above the zoom. */
  readonly quiet: string;
}

/** Looks of blocks: as they are, and where a search does not match. */
export interface BlockFills {
  readonly lit: FillSet;
  readonly dim: FillSet;
}

const cache = new Map<Theme, BlockFills>();

/** Looks of blocks under a theme. */
export function getBlockFills(theme: Theme): BlockFills {
  let fills = cache.get(theme);
  if (!fills) {
    fills = buildFills(theme);
    cache.set(theme, fills);
  }
  return fills;
}

function buildFills(theme: Theme): BlockFills {
  const palette = PALETTES[theme];
  const { surface } = palette;
  const colors = getBlockColors(theme);
  const lit: FillSet = {
    plain: colors,
    estimated: colors.map((color) => mixColors(surface, color, palette.hatchFill)),
    lines: colors.map((color, i) =>
      mixColors(color, palette.onBlock, palette.hatchInk * (i >= heatColor(0) ? HEAT_LINES : 1)),
    ),
    self: colors.map((color) => mixColors(surface, color, palette.selfFill)),
    above: colors.map((color) => mixColors(surface, color, ABOVE_FILL)),
    gatheredLine: mixColors(palette.gatheredLine, surface, GATHERED_FADE.lit),
    label: palette.onBlock,
    label2: palette.onBlock2,
    quiet: palette.ink2,
  };
  const fade = (color: string): string => mixColors(color, surface, palette.dim);
  const dim: FillSet = {
    plain: lit.plain.map(fade),
    estimated: lit.estimated.map(fade),
    // Without the ink of lit lines, which would bring a label on them under 4.5.
    lines: lit.plain.map(fade),
    self: lit.self.map(fade),
    above: lit.above.map(fade),
    gatheredLine: mixColors(palette.gatheredLine, surface, GATHERED_FADE.dim),
    label: palette.ink3,
    label2: palette.ink3,
    quiet: palette.ink3,
  };
  return { lit, dim };
}
