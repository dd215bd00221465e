/**
 * Colours of frames and blocks under a scheme, as indexes into the palette: both themes share them.
 */
import type { Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { Certainty, type CertaintyLevel } from '../tree/call-tree.ts';
import { baseName, shortName } from '../units/names.ts';
import { BUILTIN_PACKAGE, PackageKind, type PackageTable } from './packages.ts';
import {
  BUILTIN_COLOR,
  gainColor,
  getBlockColors,
  heatColor,
  libColor,
  ownColor,
  PALETTES,
  STEP_COUNT,
  type Theme,
} from './palette.ts';
import { assignSlots, hashName } from './slots.ts';

/** What the blocks are coloured by. */
export type ColorScheme = 'package' | 'file' | 'function' | 'own' | 'heat' | 'certainty';

/** One line of the legend. */
export interface LegendEntry {
  readonly name: string;
  /** Colour index of its swatch: see `getSwatchColor`. */
  readonly color: number;
  /** True for own code, which is printed strong. */
  readonly own: boolean;
  /** Self value in the metric's unit, or NaN where the entry has none (heat, certainty). */
  readonly self: number;
}

/** Colours of a profile's frames under a scheme. Plain data. */
export interface ColorTable {
  readonly scheme: ColorScheme;
  /** Colour index of every frame's blocks. Heat and certainty depend on the node: ask `getBlockColor`. */
  readonly ofFrame: Int32Array;
  /** Colour index of every frame's swatch in tables and lists: the hue without the file's shade. */
  readonly swatchOfFrame: Int32Array;
  /** Largest self value first; with heat and certainty in the order of their scale. */
  readonly legend: readonly LegendEntry[];
}

/** Hues of *own code against libraries*: blue and sand are far apart for every eye. */
const OWN_SLOT = 0;
const LIBRARY_SLOT = 4;
/** Heat goes by the square root of the share, so that 1 % is not the same as nothing. */
const HEAT_LEVELS = 7;
const CERTAINTY_COLORS: readonly number[] = [BUILTIN_COLOR, libColor(2), libColor(2), libColor(0)];

/** Colours under a scheme, by the values of `metric`. Cost: linear in functions; `file` and `function` read every name. */
export function assignColors(profile: Profile, packages: PackageTable, scheme: ColorScheme, metric = 0): ColorTable {
  const self = getPositive(profile.functions.self[metric], profile.frames.length);
  switch (scheme) {
    case 'package':
      return colorGroups(profile, packages, self, scheme, packages.ofFrame, packages.name);
    case 'file': {
      const { ofFrame, indexes } = groupByString(profile.frames.file);
      return colorGroups(profile, packages, self, scheme, ofFrame, textsOf(profile, indexes), baseName);
    }
    case 'function': {
      const ofFrame = Int32Array.from({ length: profile.frames.length }, (_, frame) => frame);
      return colorGroups(profile, packages, self, scheme, ofFrame, textsOf(profile, profile.frames.name), shortName);
    }
    case 'own':
      return colorByKind(profile, packages);
    case 'heat':
      return colorByHeat(getPositive(profile.functions.total[metric], self.length), self);
    case 'certainty':
      return colorByCertainty(profile);
    default:
      return scheme satisfies never;
  }
}

/** Colour index of a block: of its frame (-1 for "all"), or of its share of the zoomed node, or of its certainty. */
export function getBlockColor(colors: ColorTable, frame: number, share: number, certainty: CertaintyLevel): number {
  if (colors.scheme === 'heat') return heatOf(share);
  if (colors.scheme === 'certainty') return CERTAINTY_COLORS[certainty]!;
  return frame < 0 ? BUILTIN_COLOR : colors.ofFrame[frame]!;
}

/** `#rrggbb` of a swatch of some 9 px for a colour index. */
export function getSwatchColor(color: number, theme: Theme): string {
  return gainColor(getBlockColors(theme)[color]!, PALETTES[theme].swatchGain);
}

function heatOf(share: number): number {
  const level = Math.floor(Math.sqrt(Math.min(1, Math.max(0, share))) * HEAT_LEVELS);
  return heatColor(Math.min(HEAT_LEVELS - 1, level));
}

function groupByString(column: Int32Array): { ofFrame: Int32Array; indexes: number[] } {
  const groups = new Map<number, number>();
  const ofFrame = column.map((index) => {
    if (!groups.has(index)) groups.set(index, groups.size);
    return groups.get(index)!;
  });
  return { ofFrame, indexes: [...groups.keys()] };
}

function textsOf(profile: Profile, indexes: ArrayLike<number>): string[] {
  return Array.from(indexes, (index) => getString(profile.strings, index));
}

/** One hue per group of frames; own or muted by the frames' package. Groups of built-ins are grey. */
function colorGroups(
  profile: Profile,
  packages: PackageTable,
  self: Float64Array,
  scheme: ColorScheme,
  ofFrame: Int32Array,
  names: readonly string[],
  show: (name: string) => string = (name) => name,
): ColorTable {
  const groups = names.map((name) => ({ name, sum: 0, kind: PackageKind.builtin as number, color: BUILTIN_COLOR }));
  for (let frame = 0; frame < ofFrame.length; frame++) {
    const group = groups[ofFrame[frame]!]!;
    group.kind = packages.kind[packages.ofFrame[frame]!]!;
    group.sum += self[frame]!;
  }
  const ranked = [...groups].sort((a, b) => b.sum - a.sum);
  const seekers = ranked.filter((group) => group.kind !== PackageKind.builtin);
  const slots = assignSlots(seekers.map((group) => ({ name: group.name, own: group.kind === PackageKind.own })));
  seekers.forEach((group, i) => {
    group.color = group.kind === PackageKind.own ? ownColor(slots[i]!) : libColor(slots[i]!);
  });
  const swatchOfFrame = ofFrame.map((group) => groups[group]!.color);
  const legend = ranked.map(({ name, sum, kind, color }) => ({
    name: kind === PackageKind.builtin && scheme === 'file' ? BUILTIN_PACKAGE : show(name),
    color,
    own: kind === PackageKind.own,
    self: sum,
  }));
  const isShaded = (frame: number): boolean =>
    scheme === 'package' &&
    (packages.own === 'packages' || packages.kind[packages.ofFrame[frame]!] !== PackageKind.own);
  return { scheme, ofFrame: shadeByFile(profile, swatchOfFrame, isShaded), swatchOfFrame, legend };
}

/** Files of one package in up to three shades of its hue, so that neighbours part. */
function shadeByFile(profile: Profile, base: Int32Array, isShaded: (frame: number) => boolean): Int32Array {
  const steps = new Map<number, number>();
  return base.map((color, frame) => {
    if (color === BUILTIN_COLOR || !isShaded(frame)) return color;
    const file = profile.frames.file[frame]!;
    let step = steps.get(file);
    if (step === undefined) {
      step = hashName(getString(profile.strings, file)) % STEP_COUNT;
      steps.set(file, step);
    }
    return color + step;
  });
}

function colorByKind(profile: Profile, packages: PackageTable): ColorTable {
  const colors = [ownColor(OWN_SLOT), libColor(LIBRARY_SLOT), BUILTIN_COLOR];
  const self = [0, 0, 0];
  packages.kind.forEach((kind, i) => {
    self[kind]! += packages.self[i]!;
  });
  const swatchOfFrame = packages.ofFrame.map((home) => colors[packages.kind[home]!]!);
  const legend = ['own code', 'libraries', BUILTIN_PACKAGE]
    .map((name, kind) => ({ name, color: colors[kind]!, own: kind === PackageKind.own, self: self[kind]! }))
    .filter((_, kind) => packages.kind.includes(kind));
  return { scheme: 'own', ofFrame: shadeByFile(profile, swatchOfFrame, () => true), swatchOfFrame, legend };
}

function colorByHeat(total: Float64Array, self: Float64Array): ColorTable {
  const whole = self.reduce((sum, value) => sum + value, 0);
  const ofFrame = Int32Array.from(total, (value) => heatOf(whole > 0 ? value / whole : 0));
  const edge = (level: number): number => Math.round((level / HEAT_LEVELS) ** 2 * 100);
  const legend = Array.from({ length: HEAT_LEVELS }, (_, level) => ({
    name: level === 0 ? `under ${edge(1)}\u202f%` : `${edge(level)}–${edge(level + 1)}\u202f%`,
    color: heatColor(level),
    own: false,
    self: Number.NaN,
  }));
  return { scheme: 'heat', ofFrame, swatchOfFrame: ofFrame, legend };
}

function colorByCertainty(profile: Profile): ColorTable {
  const ofFrame = new Int32Array(profile.frames.length).fill(CERTAINTY_COLORS[Certainty.exact]!);
  const entry = (name: string, level: CertaintyLevel) => ({
    name,
    color: CERTAINTY_COLORS[level]!,
    own: false,
    self: Number.NaN,
  });
  const legend = [
    entry('exact', Certainty.exact),
    entry('matched or bounded', Certainty.matched),
    entry('estimated', Certainty.inferred),
  ];
  return { scheme: 'certainty', ofFrame, swatchOfFrame: ofFrame, legend };
}

/** A column with 0 for what is unknown or below 0. */
function getPositive(column: Float64Array | undefined, length: number): Float64Array {
  return column?.map((value) => (value > 0 ? value : 0)) ?? new Float64Array(length);
}
