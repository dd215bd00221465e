/**
 * Colours of frames and blocks under a scheme, as indexes into the palette: both themes share them.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { Certainty, type CertaintyLevel } from '../tree/call-tree.ts';
import { baseName, shortName } from '../units/names.ts';
import { BUILTIN_PACKAGE, PackageKind } from './homes.ts';
import type { PackageTable } from './packages.ts';
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
import { assignSlots, getOwnSlot, hashName } from './slots.ts';

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

/** Colours of a profile's frames under a scheme. Looked up frame by frame: a picture asks for a few thousand. */
export interface ColorTable {
  readonly scheme: ColorScheme;
  /** Largest self value first, `MOST_RANKED` at most; with heat and certainty in the order of their scale. */
  readonly legend: readonly LegendEntry[];
  /** Colour index of a frame's blocks. Heat and certainty depend on the node: ask `getBlockColor`. */
  of(frame: FrameIndex): number;
  /** Colour index of a frame's swatch in tables and lists: the hue without the file's shade. */
  swatch(frame: FrameIndex): number;
}

/** Groups with most self time that choose their hue and may stand in the legend; all others have that of their letters. */
export const MOST_RANKED = 256;

/** Hues of *own code against libraries*: blue and sand are far apart for every eye. */
const OWN_SLOT = 0;
const LIBRARY_SLOT = 4;
/** Heat goes by the square root of the share, so that 1 % is not the same as nothing. */
const HEAT_LEVELS = 7;
const CERTAINTY_COLORS: readonly number[] = [BUILTIN_COLOR, libColor(2), libColor(2), libColor(0)];

/**
 * Colours under a scheme, by the values of `metric`. Cost: small for `package`, `own` and `certainty`; one pass over the
 * functions for the others.
 */
export function assignColors(profile: Profile, packages: PackageTable, scheme: ColorScheme, metric = 0): ColorTable {
  const { file, name } = profile.frames;
  switch (scheme) {
    case 'package':
      return colorPackages(profile, packages);
    case 'file':
      return colorStrings(profile, packages, scheme, file, metric);
    case 'function':
      return colorStrings(profile, packages, scheme, name, metric);
    case 'own':
      return colorByKind(profile, packages);
    case 'heat':
      return colorByHeat(profile, metric);
    case 'certainty':
      return colorByCertainty();
    default:
      return scheme satisfies never;
  }
}

/** Colour index of a block: of its frame (-1 for "all"), or of its share of the zoomed node, or of its certainty. */
export function getBlockColor(colors: ColorTable, frame: number, share: number, certainty: CertaintyLevel): number {
  if (colors.scheme === 'heat') return heatOf(share);
  if (colors.scheme === 'certainty') return CERTAINTY_COLORS[certainty]!;
  return frame < 0 ? BUILTIN_COLOR : colors.of(frame);
}

/** `#rrggbb` of a swatch of some 9 px for a colour index. */
export function getSwatchColor(color: number, theme: Theme): string {
  return gainColor(getBlockColors(theme)[color]!, PALETTES[theme].swatchGain);
}

function heatOf(share: number): number {
  const level = Math.floor(Math.sqrt(Math.min(1, Math.max(0, share))) * HEAT_LEVELS);
  return heatColor(Math.min(HEAT_LEVELS - 1, level));
}

/** What has a hue: rows are packages, or strings that are files or names. */
interface Groups {
  readonly length: number;
  readonly self: Float64Array;
  kind(row: number): number;
  name(row: number): string;
}

/** One hue per package; files of one package in shades of it. */
function colorPackages(profile: Profile, packages: PackageTable): ColorTable {
  const { kind } = packages;
  const groups: Groups = { ...packages, kind: (row) => kind[row]! };
  const ranked = rankGroups(groups);
  const hueOf = assignHues(groups, ranked);
  const shade = shadeByFile(profile);
  const legend = ranked.map((row) => toEntry(packages.name(row), hueOf(row), kind[row]!, packages.self[row]!));
  return {
    scheme: 'package',
    legend,
    swatch: (frame) => hueOf(packages.of(frame)),
    of(frame) {
      const row = packages.of(frame);
      return packages.own === 'packages' || kind[row] !== PackageKind.own ? shade(hueOf(row), frame) : hueOf(row);
    },
  };
}

/** One hue per file or name of a function; own or muted by the package. Those of built-ins are grey. */
function colorStrings(
  profile: Profile,
  packages: PackageTable,
  scheme: 'file' | 'function',
  column: Int32Array,
  metric: number,
): ColorTable {
  const { strings, frames } = profile;
  const values = profile.functions.self[metric];
  const self = new Float64Array(strings.length);
  /** By string: its kind, plus one; 0 for those of the other column. */
  const kinds = new Uint8Array(strings.length);
  for (let frame = 0; frame < frames.length; frame++) {
    kinds[column[frame]!] = 1 + packages.kind[packages.of(frame)]!;
    if (values !== undefined && values[frame]! > 0) self[column[frame]!]! += values[frame]!;
  }
  const groups: Groups = {
    length: strings.length,
    self,
    kind: (row) => kinds[row]! - 1,
    name: (row) => getString(strings, row),
  };
  const ranked = rankGroups(groups);
  const hueOf = assignHues(groups, ranked);
  const show = scheme === 'file' ? baseName : shortName;
  const legend = ranked.map((row) => {
    const isBuiltin = groups.kind(row) === PackageKind.builtin && scheme === 'file';
    const name = isBuiltin ? BUILTIN_PACKAGE : show(groups.name(row));
    return toEntry(name, hueOf(row), groups.kind(row), self[row]!);
  });
  const of = (frame: FrameIndex) => hueOf(column[frame]!);
  return { scheme, legend, of, swatch: of };
}

/** Rows with most self value, most first; those of equal value in their own order. */
function rankGroups({ length, self, kind }: Groups): number[] {
  let best: number[] = [];
  let least = -1;
  const sortOut = () => {
    best.sort((a, b) => self[b]! - self[a]! || a - b);
    best = best.slice(0, MOST_RANKED);
    if (best.length === MOST_RANKED) least = self[best[MOST_RANKED - 1]!]!;
  };
  for (let row = 0; row < length; row++) {
    if (!(self[row]! > least) || kind(row) < 0) continue;
    best.push(row);
    // Sorted in batches: most rows of a large profile are smaller than what is there already.
    if (best.length >= 2 * MOST_RANKED) sortOut();
  }
  sortOut();
  return best;
}

/** Hue of a row: what it chose, or what its letters give. */
function assignHues(groups: Groups, ranked: readonly number[]): (row: number) => number {
  const known = new Map<number, number>();
  const toColor = (row: number, slot: number) =>
    groups.kind(row) === PackageKind.own ? ownColor(slot) : libColor(slot);
  const seekers = ranked.filter((row) => groups.kind(row) !== PackageKind.builtin);
  const slots = assignSlots(
    seekers.map((row) => ({ name: groups.name(row), own: groups.kind(row) === PackageKind.own })),
  );
  seekers.forEach((row, i) => {
    known.set(row, toColor(row, slots[i]!));
  });
  return (row) => {
    if (groups.kind(row) === PackageKind.builtin) return BUILTIN_COLOR;
    let color = known.get(row);
    if (color === undefined) {
      color = toColor(row, getOwnSlot(groups.name(row)));
      known.set(row, color);
    }
    return color;
  };
}

function toEntry(name: string, color: number, kind: number, self: number): LegendEntry {
  return { name, color, own: kind === PackageKind.own, self };
}

/** Files of one package in up to three shades of its hue, so that neighbours part. */
function shadeByFile(profile: Profile): (color: number, frame: FrameIndex) => number {
  const steps = new Map<number, number>();
  return (color, frame) => {
    if (color === BUILTIN_COLOR) return color;
    const file = profile.frames.file[frame]!;
    let step = steps.get(file);
    if (step === undefined) {
      step = hashName(getString(profile.strings, file)) % STEP_COUNT;
      steps.set(file, step);
    }
    return color + step;
  };
}

function colorByKind(profile: Profile, packages: PackageTable): ColorTable {
  const colors = [ownColor(OWN_SLOT), libColor(LIBRARY_SLOT), BUILTIN_COLOR];
  const self = [0, 0, 0];
  packages.kind.forEach((kind, i) => {
    self[kind]! += packages.self[i]!;
  });
  const legend = ['own code', 'libraries', BUILTIN_PACKAGE]
    .map((name, kind) => toEntry(name, colors[kind]!, kind, self[kind]!))
    .filter((_, kind) => packages.kind.includes(kind));
  const shade = shadeByFile(profile);
  const swatch = (frame: FrameIndex) => colors[packages.kind[packages.of(frame)]!]!;
  return { scheme: 'own', legend, swatch, of: (frame) => shade(swatch(frame), frame) };
}

function colorByHeat({ functions }: Profile, metric: number): ColorTable {
  const total = functions.total[metric];
  let whole = 0;
  for (const value of functions.self[metric] ?? []) if (value > 0) whole += value;
  const of = (frame: FrameIndex) => {
    const value = total?.[frame] ?? 0;
    return heatOf(whole > 0 && value > 0 ? value / whole : 0);
  };
  const edge = (level: number): number => Math.round((level / HEAT_LEVELS) ** 2 * 100);
  const legend = Array.from({ length: HEAT_LEVELS }, (_, level) =>
    toEntry(
      level === 0 ? `under ${edge(1)}\u202f%` : `${edge(level)}–${edge(level + 1)}\u202f%`,
      heatColor(level),
      PackageKind.library,
      Number.NaN,
    ),
  );
  return { scheme: 'heat', legend, of, swatch: of };
}

function colorByCertainty(): ColorTable {
  const entry = (name: string, level: CertaintyLevel) =>
    toEntry(name, CERTAINTY_COLORS[level]!, PackageKind.library, Number.NaN);
  const legend = [
    entry('exact', Certainty.exact),
    entry('matched or bounded', Certainty.matched),
    entry('estimated', Certainty.inferred),
  ];
  const of = () => CERTAINTY_COLORS[Certainty.exact]!;
  return { scheme: 'certainty', legend, of, swatch: of };
}
