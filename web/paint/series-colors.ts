/**
 * Colours of lines over time. Blocks are pale so that text stands on them; lines stand on the surface, so the same hues
 * are darkened until each is told from the surface by 3 : 1.
 */
import { gainColor, mixColors, PALETTES, type Theme } from '../../shared/color/palette.ts';

/** Hues in an order in which neighbours are far apart, for every eye. */
const ORDER = [0, 1, 2, 11, 4, 7, 9, 6, 8, 10, 5, 3];
/** Factor on the light theme's hues: on white they are darkened, on black they stand out as they are. */
const GAIN: Readonly<Record<Theme, number>> = { light: 0.68, dark: 1 };
const AREA = 0.2;

/** Colour of a line by its place in the panel. */
export function getLineColor(hue: number, theme: Theme): string {
  return gainColor(PALETTES.light.own[ORDER[hue % ORDER.length]!]!, GAIN[theme]);
}

/** Colour of the area under it. */
export function getAreaColor(hue: number, theme: Theme): string {
  return mixColors(PALETTES[theme].surface, getLineColor(hue, theme), AREA);
}
