/**
 * Which package every function belongs to: what colours stand for.
 *
 *   ~                                          built-in
 *   …/site-packages/jinja2/nodes.py            jinja2       library: the top-level module
 *   …/lib/python3.11/json/decoder.py           json         library
 *   <frozen importlib._bootstrap>              importlib    library
 *   /home/me/shop/api/cart.py                  api          own: the first folder below what own files have in common,
 *   /home/me/shop/main.py                      main.py           else the file
 *
 * A profile does not say where its program's folder is, so own is what is nowhere else. Files without folders
 * (`strip_dirs`) are own files, each by itself. Where one own package holds most of the time, its files stand in its
 * place; where it has one file only, its functions do: one colour all over the picture would tell nothing. Where most
 * functions of stacks have no file, these are told apart by the first part of their names (`std::sort` is `std`); where
 * few have none, they are what no file was known for: built in, idle, a thread.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { finish, inPieces, type Steps } from '../tree/steps.ts';
import { baseName, shortName } from '../units/names.ts';
import { findHomes, type Home, PackageKind } from './homes.ts';

/** Packages of a profile, most self time first, then by name; own functions (see `own`) come after them, as met. */
export interface PackageTable {
  readonly length: number;
  /** One `PackageKind` per package. */
  readonly kind: Uint8Array;
  /** Self value of all functions of the package, in the metric's own unit; unknown ones count as 0. */
  readonly self: Float64Array;
  /** Functions of the package. */
  readonly functions: Int32Array;
  /** What the rows of own code are. */
  readonly own: 'packages' | 'files' | 'functions';
  /** Package of a frame, never -1. Looked up, not kept: a column of a million frames would be asked for a few thousand. */
  of(frame: FrameIndex): number;
  name(row: number): string;
}

/** An own package above this share of all self time is told apart by its files. */
const MOST = 0.5;

/** By profile and metric. Picture, list and table ask for them; finding them takes 80 ms in a million functions. */
const tables = new WeakMap<Profile, PackageTable[]>();

/** Packages of a profile, with the self values of `metric`. Cost, once: a pass over the functions, then per file. */
export function packageOf(profile: Profile, metric = 0): PackageTable {
  return finish(packageInSteps(profile, metric));
}

/** The same for whoever lets others have the thread in between. */
export function* packageInSteps(profile: Profile, metric = 0): Steps<PackageTable> {
  const known = tables.get(profile) ?? [];
  tables.set(profile, known);
  known[metric] ??= yield* findPackages(profile, metric);
  return known[metric];
}

function* findPackages(profile: Profile, metric: number): Steps<PackageTable> {
  const files = yield* sumByFile(profile, metric);
  const homes = yield* findHomes(profile.strings, files.index);
  const nowhere = findNowhere(profile, files);
  if (nowhere >= 0 && files.functions[nowhere]! * 2 > profile.frames.length) {
    const rest = gatherHomes(files, homes);
    const row = rest.find(({ files: members }) => members.includes(nowhere))!;
    if (row.files.length === 1) return splitFunctions(profile, metric, files, rest, row, getNamespace);
  }
  const rows = gatherHomes(files, homes);
  const all = rows.reduce((sum, row) => sum + row.self, 0);
  const dominant = rows.find((row) => row.kind === PackageKind.own && row.self > MOST * all);
  if (!dominant) return buildTable(profile, files, rows, 'packages');
  if (dominant.files.length === 1) return splitFunctions(profile, metric, files, rows, dominant, shortName);
  for (const i of dominant.files) {
    homes[i] = { name: baseName(getString(profile.strings, files.index[i]!)), kind: PackageKind.own };
  }
  return buildTable(profile, files, gatherHomes(files, homes), 'files');
}

/** Place of the file without a name in a profile of stacks, which pstats has for built-ins; -1: there is none. */
function findNowhere({ contexts, strings }: Profile, { index }: FileSums): number {
  return contexts === undefined ? -1 : index.findIndex((text) => strings.start[text] === strings.end[text]);
}

/** Beginnings that say who, not what: the part after them is taken too. */
const DOMAINS = new Set(['com', 'org', 'io', 'net', 'dev']);

/** Names of what is no function: `(idle)`, `[unknown]`, `???`. */
const NO_FUNCTION = /^(?:\(.*\)|\[.*\]|\?+)$/;

/** First part of a function's full name: `std` of `std::sort`, `io.netty` of `io/netty/channel/Pipeline:.read`. */
export function getNamespace(name: string): string {
  if (/_\[[ki]\]$/.test(name)) return 'kernel';
  if (/^0x[0-9a-f]+$/i.test(name)) return '[unknown]';
  const parts = /^[\w$@~-]+(?:(?:::|\/|\.)[\w$@~-]+)*/.exec(name)?.[0].split(/::|\/|\./) ?? [];
  if (parts.length < 2) return shortName(name);
  return DOMAINS.has(parts[0]!) ? parts.slice(0, 2).join('.') : parts[0]!;
}

/** Distinct files in the order in which they are met, with the sums of their functions. */
interface FileSums {
  /** String index of each. */
  readonly index: readonly number[];
  /** By string index: place in `index`, plus one; 0 for strings that are no file. */
  readonly placeOf: Int32Array;
  readonly self: readonly number[];
  readonly functions: readonly number[];
}

function* sumByFile(profile: Profile, metric: number): Steps<FileSums> {
  const { file, length } = profile.frames;
  const column = profile.functions.self[metric];
  const placeOf = new Int32Array(profile.strings.length);
  const index: number[] = [];
  const self: number[] = [];
  const functions: number[] = [];
  yield* inPieces(length, (from, end) => {
    for (let frame = from; frame < end; frame++) {
      let place = placeOf[file[frame]!]!;
      if (place === 0) {
        place = index.push(file[frame]!);
        placeOf[file[frame]!] = place;
        self.push(0);
        functions.push(0);
      }
      functions[place - 1]!++;
      // Unknown values are no numbers: they fail this too.
      if (column !== undefined && column[frame]! > 0) self[place - 1]! += column[frame]!;
    }
  });
  return { index, placeOf, self, functions };
}

/** A row of the table while it is made. */
interface Row extends Home {
  readonly files: number[];
  self: number;
  functions: number;
}

/** Files of one home in one row, most self time first. */
function gatherHomes(files: FileSums, homes: readonly Home[]): Row[] {
  const known: Map<string, Row>[] = [new Map(), new Map(), new Map()];
  homes.forEach(({ name, kind }, i) => {
    let row = known[kind]!.get(name);
    if (row === undefined) {
      row = { name, kind, files: [], self: 0, functions: 0 };
      known[kind]!.set(name, row);
    }
    row.files.push(i);
    row.self += files.self[i]!;
    row.functions += files.functions[i]!;
  });
  const rows = known.flatMap((rowsOfKind) => [...rowsOfKind.values()]);
  return rows.sort((a, b) => b.self - a.self || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.kind - b.kind));
}

function buildTable(profile: Profile, files: FileSums, rows: readonly Row[], own: PackageTable['own']): PackageTable {
  const rowOf = getRowsOfFiles(files, rows);
  const { file } = profile.frames;
  return {
    length: rows.length,
    kind: Uint8Array.from(rows, (row) => row.kind),
    self: Float64Array.from(rows, (row) => row.self),
    functions: Int32Array.from(rows, (row) => row.functions),
    own,
    of: (frame) => rowOf[file[frame]!]!,
    name: (row) => rows[row]!.name,
  };
}

/** By string index: the row of a file. Written over the places, which nobody needs any more. */
function getRowsOfFiles(files: FileSums, rows: readonly Row[]): Int32Array {
  const rowOf = files.placeOf;
  rows.forEach((row, at) => {
    for (const i of row.files) rowOf[files.index[i]!] = at;
  });
  return rowOf;
}

/** The table with the functions of one file in the place of their package. Functions of one `part` of a name are one row. */
function splitFunctions(
  profile: Profile,
  metric: number,
  files: FileSums,
  rows: readonly Row[],
  dominant: Row,
  part: (name: string) => string,
): PackageTable {
  const kept = rows.filter((row) => row !== dominant);
  const rowOfFile = getRowsOfFiles(files, kept);
  const { file, name, length } = profile.frames;
  const column = profile.functions.self[metric];
  const split = files.index[dominant.files[0]!]!;
  /** By string index: place in `names`, plus one. */
  const placeOf = new Int32Array(profile.strings.length);
  const names: string[] = [];
  const places = new Map<string, number>();
  const self = kept.map((row) => row.self);
  const functions = kept.map((row) => row.functions);
  for (let frame = 0; frame < length; frame++) {
    if (file[frame] !== split) continue;
    let place = placeOf[name[frame]!]!;
    if (place === 0) {
      const text = part(getString(profile.strings, name[frame]!));
      place = places.get(text) ?? 0;
      if (place === 0) {
        place = names.push(text);
        places.set(text, place);
        self.push(0);
        functions.push(0);
      }
      placeOf[name[frame]!] = place;
    }
    const row = kept.length + place - 1;
    functions[row]!++;
    if (column !== undefined && column[frame]! > 0) self[row]! += column[frame]!;
  }
  const kind = Uint8Array.from(self, (_, row) =>
    NO_FUNCTION.test(names[row - kept.length] ?? '') ? PackageKind.builtin : PackageKind.own,
  );
  kept.forEach((row, at) => {
    kind[at] = row.kind;
  });
  return {
    length: self.length,
    kind,
    self: Float64Array.from(self),
    functions: Int32Array.from(functions),
    own: 'functions',
    of: (frame) => (file[frame] === split ? kept.length + placeOf[name[frame]!]! - 1 : rowOfFile[file[frame]!]!),
    name: (row) => kept[row]?.name ?? names[row - kept.length]!,
  };
}
