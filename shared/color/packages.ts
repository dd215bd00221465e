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
 * place; where it has one file only, its functions do: one colour all over the picture would tell nothing.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { baseName, isBuiltinFile, shortName } from '../units/names.ts';

/** What a package is to the person who profiled: values of the kind column. */
export const PackageKind = { own: 0, library: 1, builtin: 2 } as const;
/** A value of the package kinds. */
export type PackageKindValue = (typeof PackageKind)[keyof typeof PackageKind];

/** Packages of a profile, most self time first, then by name. Plain data. */
export interface PackageTable {
  readonly length: number;
  readonly name: readonly string[];
  /** One `PackageKind` per package. */
  readonly kind: Uint8Array;
  /** Self value of all functions of the package, in the metric's own unit; unknown ones count as 0. */
  readonly self: Float64Array;
  /** Functions of the package. */
  readonly functions: Int32Array;
  /** Package of every frame; length of the frame table, never -1. */
  readonly ofFrame: Int32Array;
  /** What the rows of own code are. */
  readonly own: 'packages' | 'files' | 'functions';
}

/** Name of the group of functions without a file. */
export const BUILTIN_PACKAGE = 'built-in';
/** An own package above this share of all self time is told apart by its files. */
const MOST = 0.5;

/** A package before its numbers are known. */
interface Home {
  readonly name: string;
  readonly kind: PackageKindValue;
}

/** Packages of a profile, with the self values of `metric`. Cost: linear in functions; paths are looked at once per file. */
export function packageOf(profile: Profile, metric = 0): PackageTable {
  const files = new Map<number, string>();
  for (const index of profile.frames.file) {
    if (!files.has(index)) files.set(index, getString(profile.strings, index));
  }
  const homes = new Map<number, Home>();
  const own = new Map<number, string>();
  for (const [index, file] of files) {
    const home = findForeignHome(file);
    if (home) homes.set(index, home);
    else own.set(index, file);
  }
  for (const [index, name] of nameOwnFiles(own)) homes.set(index, { name, kind: PackageKind.own });
  const homeOf = (frame: FrameIndex): Home => homes.get(profile.frames.file[frame]!)!;
  const table = buildTable(profile, metric, homeOf, 'packages');
  return splitDominant(profile, metric, table, files, homeOf) ?? table;
}

/** Home of a file that is certainly not the user's own; null for all others. */
function findForeignHome(file: string): Home | null {
  if (isBuiltinFile(file)) return { name: BUILTIN_PACKAGE, kind: PackageKind.builtin };
  const frozen = /^<frozen ([^.>]+)/.exec(file);
  if (frozen) return { name: frozen[1]!, kind: PackageKind.library };
  const below =
    /^.*[/\\](?:site|dist)-packages[/\\](.+)$/.exec(file) ??
    /^.*[/\\]node_modules[/\\](.+)$/.exec(file) ??
    /^.*[/\\]lib(?:32|64)?[/\\]python\d[^/\\]*[/\\](.+)$/i.exec(file) ??
    // Windows, PyPy, and a standard library in a zip file.
    /^.*[/\\]python[\d.-]*[^/\\]*[/\\]lib[/\\](.+)$/i.exec(file) ??
    /^.*[/\\](?:lib-python[/\\][^/\\]+|lib_pypy|python\d+\.zip)[/\\](.+)$/.exec(file);
  return below ? { name: topLevelOf(below[1]!), kind: PackageKind.library } : null;
}

/** First part of a path below a library folder, without `.py`; both parts of a scoped npm name. */
function topLevelOf(path: string): string {
  const parts = path.split(/[/\\]/);
  if (parts[0]!.startsWith('@') && parts.length > 1) return `${parts[0]}/${parts[1]}`;
  return parts[0]!.replace(/\.(py[cowx]?|pyx|so|pyd)$/, '');
}

/**
 * Package names of own files by file. Absolute and relative paths say nothing about each other's folders, so each
 * sort has its own common part. A group is named for the last folder that all its files share: below `/` that is
 * `shop`, not `home`.
 */
function nameOwnFiles(own: ReadonlyMap<number, string>): Map<number, string> {
  const names = new Map<number, string>();
  const sorts: Map<number, string[]>[] = [new Map(), new Map()];
  for (const [index, file] of own) {
    // Compiled text, notebooks, generated methods: `<attrs generated init shop.Cart>` is one of many like it.
    if (file.startsWith('<')) names.set(index, file.includes(' ') ? `${file.slice(0, file.indexOf(' '))}>` : file);
    else
      sorts[/^([/\\]|[A-Za-z]:)/.test(file) ? 0 : 1]!.set(
        index,
        file.split(/[/\\]/).filter((part) => part !== '.'),
      );
  }
  for (const paths of sorts) {
    const common = countCommonFolders([...paths.values()]);
    const groups = new Map<string, Map<number, string[]>>();
    for (const [index, parts] of paths) {
      if (parts.length - 1 <= common) {
        names.set(index, parts.at(-1)!);
        continue;
      }
      const folder = parts[common]!;
      if (!groups.has(folder)) groups.set(folder, new Map());
      groups.get(folder)!.set(index, parts);
    }
    for (const group of groups.values()) {
      const shared = countCommonFolders([...group.values()]);
      for (const [index, parts] of group) names.set(index, parts[shared - 1]!);
    }
  }
  return names;
}

/** Number of leading folders that all paths share; the last part of each path is its file. */
function countCommonFolders(paths: readonly string[][]): number {
  const first = paths[0];
  if (!first) return 0;
  let common = first.length - 1;
  for (const path of paths) {
    let i = 0;
    while (i < common && i < path.length - 1 && path[i] === first[i]) i++;
    common = i;
  }
  return common;
}

/** The table again with the files, or the functions, of the own package that holds most of the time; null if none does. */
function splitDominant(
  profile: Profile,
  metric: number,
  table: PackageTable,
  files: ReadonlyMap<number, string>,
  homeOf: (frame: FrameIndex) => Home,
): PackageTable | null {
  const all = table.self.reduce((sum, self) => sum + self, 0);
  const dominant = table.self.findIndex((self, i) => table.kind[i] === PackageKind.own && self > MOST * all);
  if (dominant < 0) return null;
  const inside = new Set<number>();
  table.ofFrame.forEach((home, frame) => {
    if (home === dominant) inside.add(profile.frames.file[frame]!);
  });
  const own = inside.size > 1 ? 'files' : 'functions';
  const nameOf = (frame: FrameIndex): string =>
    own === 'files'
      ? baseName(files.get(profile.frames.file[frame]!)!)
      : shortName(getString(profile.strings, profile.frames.name[frame]!));
  const split = (frame: FrameIndex): Home =>
    table.ofFrame[frame] === dominant ? { name: nameOf(frame), kind: PackageKind.own } : homeOf(frame);
  return buildTable(profile, metric, split, own);
}

function buildTable(
  profile: Profile,
  metric: number,
  homeOf: (frame: FrameIndex) => Home,
  own: PackageTable['own'],
): PackageTable {
  const { length } = profile.frames;
  const column = profile.functions.self[metric];
  const rows: { name: string; kind: PackageKindValue; self: number; functions: number; rank: number }[] = [];
  const known = new Map<string, number>();
  const rowOf = new Int32Array(length);
  for (let frame = 0; frame < length; frame++) {
    const { name, kind } = homeOf(frame);
    const key = `${kind}${name}`;
    let row = known.get(key);
    if (row === undefined) {
      row = rows.length;
      known.set(key, row);
      rows.push({ name, kind, self: 0, functions: 0, rank: 0 });
    }
    rowOf[frame] = row;
    rows[row]!.functions++;
    const self = column?.[frame] ?? Number.NaN;
    if (self > 0) rows[row]!.self += self;
  }
  const ranked = [...rows].sort(
    (a, b) => b.self - a.self || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.kind - b.kind),
  );
  ranked.forEach((row, rank) => {
    row.rank = rank;
  });
  return {
    length: ranked.length,
    name: ranked.map((row) => row.name),
    kind: Uint8Array.from(ranked, (row) => row.kind),
    self: Float64Array.from(ranked, (row) => row.self),
    functions: Int32Array.from(ranked, (row) => row.functions),
    ofFrame: rowOf.map((row) => rows[row]!.rank),
    own,
  };
}
