/**
 * The colours and blends that canvas paints with: the values of `web/style/tokens.css`, which a test keeps equal.
 *
 * Canvas can't read a style sheet without asking the document for it, and colours are computed with (mixed, stepped),
 * so they stand here as plain values for both themes.
 */

/** Name of a theme. */
export type Theme = 'light' | 'dark';

/** One theme's values. Colours are `#rrggbb`; the rest are shares between 0 and 1, except `swatchGain`. */
export interface Palette {
  readonly surface: string;
  readonly ink1: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly onBlock: string;
  readonly onBlock2: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly gathered: string;
  readonly gatheredLine: string;
  readonly select: string;
  readonly selectHalo: string;
  readonly hover: string;
  readonly match: string;
  readonly focus: string;
  readonly builtin: string;
  /** Twelve hues for own code, in the fixed order of the style sheet. */
  readonly own: readonly string[];
  /** The same twelve, muted, for libraries. */
  readonly lib: readonly string[];
  /** Seven steps by share of time. */
  readonly heat: readonly string[];
  /** Share of a block's colour in the fill of an estimated one. */
  readonly hatchFill: number;
  /** Share of the label's colour mixed into the lines of an estimated block. */
  readonly hatchInk: number;
  /** Share of the parent's colour in its self block. */
  readonly selfFill: number;
  /** Share of the surface in a block that does not match a search. */
  readonly dim: number;
  /** Factor for small swatches: a small area needs more of a colour. */
  readonly swatchGain: number;
  /** Share of white (dark: black) for each of the three shades of one colour. */
  readonly step: number;
}

/** Values by theme. */
export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    surface: '#ffffff',
    ink1: '#14171c',
    ink2: '#4c545f',
    ink3: '#656d79',
    onBlock: '#14171c',
    onBlock2: '#232931',
    line: '#e3e6ea',
    lineStrong: '#c9ced6',
    gathered: '#f3f4f6',
    gatheredLine: '#b7bdc7',
    select: '#14171c',
    selectHalo: '#ffffff',
    hover: '#14171c',
    match: '#14171c',
    focus: '#2f5bd0',
    builtin: '#dadde2',
    own: [
      '#7ca6f5',
      '#d5985e',
      '#73cbae',
      '#c49bca',
      '#c9b550',
      '#82d2de',
      '#fda2a6',
      '#bcb8fd',
      '#91b381',
      '#4db7df',
      '#eab97c',
      '#e385a8',
    ],
    lib: [
      '#c0d8f0',
      '#f6d4b8',
      '#c3e4cb',
      '#dabad2',
      '#cdc5ad',
      '#b4e5eb',
      '#eebcc1',
      '#cbcaf6',
      '#cad0a4',
      '#a5cce2',
      '#deceb8',
      '#ebc9d9',
    ],
    heat: ['#f4f2ee', '#fbe9c6', '#fbd89a', '#f7c270', '#f0a851', '#ea9a4b', '#e08a4c'],
    hatchFill: 0.5,
    hatchInk: 0.12,
    selfFill: 0.34,
    dim: 0.84,
    swatchGain: 0.92,
    step: 0.15,
  },
  dark: {
    surface: '#131519',
    ink1: '#e9ebee',
    ink2: '#aeb5bf',
    ink3: '#8c949f',
    onBlock: '#fafbfc',
    onBlock2: '#eceef1',
    line: '#282d34',
    lineStrong: '#414954',
    gathered: '#1b1e23',
    gatheredLine: '#4b535e',
    select: '#ffffff',
    selectHalo: '#0e1013',
    hover: '#ffffff',
    match: '#ffffff',
    focus: '#86a8fb',
    builtin: '#3a3f47',
    own: [
      '#275496',
      '#824a31',
      '#206749',
      '#733c6c',
      '#6e5d02',
      '#017281',
      '#91474e',
      '#5b4684',
      '#596e31',
      '#19658f',
      '#724a00',
      '#844d6d',
    ],
    lib: [
      '#42546e',
      '#62452f',
      '#354f3f',
      '#5c4253',
      '#5e5233',
      '#2f5b5f',
      '#684a4e',
      '#48405e',
      '#3f4434',
      '#2e505d',
      '#533d22',
      '#503d44',
    ],
    heat: ['#23262b', '#3a2c1a', '#4d3416', '#5f3a12', '#713f10', '#834410', '#954814'],
    hatchFill: 0.45,
    hatchInk: 0,
    selfFill: 0.4,
    dim: 0.84,
    swatchGain: 1.5,
    step: 0.09,
  },
};

/** Every block colour of a theme, by colour index: own and lib hues and built-in in three steps each, then heat. */
export function getBlockColors(theme: Theme): readonly string[] {
  return BLOCK_COLORS[theme];
}

/** Hues in each set. */
export const HUE_COUNT = 12;
/** Shades of one hue. */
export const STEP_COUNT = 3;
const BUILTIN_BASE = HUE_COUNT * 2;
const HEAT_START = (BUILTIN_BASE + 1) * STEP_COUNT;

/** Colour index of an own hue in one of its shades. */
export function ownColor(slot: number, step = 0): number {
  return slot * STEP_COUNT + step;
}

/** Colour index of a library's hue in one of its shades. */
export function libColor(slot: number, step = 0): number {
  return (HUE_COUNT + slot) * STEP_COUNT + step;
}

/** Colour index of built-ins. */
export const BUILTIN_COLOR = BUILTIN_BASE * STEP_COUNT;

/** Colour index of a heat level, 0 to 6. */
export function heatColor(level: number): number {
  return HEAT_START + level;
}

/** `from` moved towards `to` by `share`, channel by channel in sRGB. */
export function mixColors(from: string, to: string, share: number): string {
  const [a, b] = [parseColor(from), parseColor(to)];
  return toHex(a.map((channel, i) => channel + (b[i]! - channel) * share));
}

/** A block's colour for a small swatch. */
export function gainColor(color: string, gain: number): string {
  return toHex(parseColor(color).map((channel) => channel * gain));
}

function parseColor(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function toHex(channels: readonly number[]): string {
  return `#${channels
    .map((c) =>
      Math.round(Math.min(255, Math.max(0, c)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function buildBlockColors(theme: Theme): readonly string[] {
  const palette = PALETTES[theme];
  const towards = theme === 'light' ? '#ffffff' : '#000000';
  const shades = [...palette.own, ...palette.lib, palette.builtin].flatMap((color) =>
    Array.from({ length: STEP_COUNT }, (_, step) => mixColors(color, towards, step * palette.step)),
  );
  return [...shades, ...palette.heat];
}

const BLOCK_COLORS: Readonly<Record<Theme, readonly string[]>> = {
  light: buildBlockColors('light'),
  dark: buildBlockColors('dark'),
};
