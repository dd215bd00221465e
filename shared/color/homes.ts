/**
 * Where files are at home: which package each file of a profile is of, from its path alone. What the packages are called
 * is told in packages.ts.
 */
import { getString, type StringTable } from '../model/strings.ts';
import { inPieces, PIECE, type Steps } from '../tree/steps.ts';
import { isBuiltinFile } from '../units/names.ts';

/** What a package is to the person who profiled: values of the kind column. */
export const PackageKind = { own: 0, library: 1, builtin: 2 } as const;
/** A value of the package kinds. */
export type PackageKindValue = (typeof PackageKind)[keyof typeof PackageKind];

/** Name of the group of functions without a file. */
export const BUILTIN_PACKAGE = 'built-in';
/** A package before its numbers are known. */
export interface Home {
  readonly name: string;
  readonly kind: PackageKindValue;
}

/** Paths that are looked at between two yields. */
const PATHS = 512;

/** Home of each of the strings `files`. Paths are read once per folder where the folder decides, which it does in libraries. */
export function* findHomes(strings: StringTable, files: readonly number[]): Steps<Home[]> {
  const homes = new Array<Home>(files.length);
  const folders = new FolderHomes(strings);
  const own = new Map<number, string>();
  const find = (i: number): void => {
    const index = files[i]!;
    const known = folders.find(index);
    if (known) {
      homes[i] = known;
      return;
    }
    const file = getString(strings, index);
    const found = findForeignHome(file);
    if (!found) own.set(i, file);
    else {
      homes[i] = found.home;
      if (found.isOfFolder) folders.add(found.home);
    }
  };
  yield* inPieces(
    files.length,
    (from, end) => {
      for (let i = from; i < end; i++) find(i);
    },
    PATHS,
  );
  for (const [i, name] of yield* nameOwnFiles(own)) homes[i] = { name, kind: PackageKind.own };
  return homes;
}

const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/** Homes by folder, looked up by the bytes of a path. */
class FolderHomes {
  readonly #strings: StringTable;
  /** By hash. A second folder with the same hash is not kept: its files are read one by one. */
  readonly #known = new Map<number, { readonly first: number; readonly length: number; readonly home: Home }>();
  /** Of the path that was looked up last: where it begins, its folder's length and hash. */
  #first = 0;
  #length = 0;
  #hash = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  find(index: number): Home | null {
    const { bytes, start, end } = this.#strings;
    const first = start[index]!;
    const length = getFolderLength(bytes, first, end[index]!);
    const hash = hashBytes(bytes, first, length);
    this.#first = first;
    this.#length = length;
    this.#hash = hash;
    const known = this.#known.get(hash);
    if (known === undefined || known.length !== length) return null;
    return areEqual(bytes, known.first, first, length) ? known.home : null;
  }

  /** Keeps the home of the folder of the path that was looked up last. */
  add(home: Home): void {
    if (this.#known.has(this.#hash)) return;
    this.#known.set(this.#hash, { first: this.#first, length: this.#length, home });
  }
}

/** Bytes of a path up to its last slash, that one too. */
function getFolderLength(bytes: Uint8Array, first: number, end: number): number {
  let at = end - 1;
  while (at >= first && bytes[at] !== SLASH && bytes[at] !== BACKSLASH) at--;
  return at + 1 - first;
}

function hashBytes(bytes: Uint8Array, first: number, length: number): number {
  let hash = 0;
  for (let at = first; at < first + length; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  // Thirty bits: a number that the engine need not put in a box.
  return hash & 0x3fffffff;
}

function areEqual(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  let at = length - 1;
  while (at >= 0 && bytes[a + at] === bytes[b + at]) at--;
  return at < 0;
}

/** Home of a file that is certainly not the user's own, and whether all files of its folder have it; null for all others. */
function findForeignHome(file: string): { readonly home: Home; readonly isOfFolder: boolean } | null {
  // pyinstrument has these two for what has no file.
  if (isBuiltinFile(file) || file === '<built-in>' || file === '<thread>') {
    return { home: { name: BUILTIN_PACKAGE, kind: PackageKind.builtin }, isOfFolder: false };
  }
  const frozen = /^<frozen ([^.>]+)/.exec(file);
  if (frozen) return { home: { name: frozen[1]!, kind: PackageKind.library }, isOfFolder: false };
  const below =
    /^.*[/\\](?:site|dist)-packages[/\\](.+)$/.exec(file) ??
    /^.*[/\\]node_modules[/\\](.+)$/.exec(file) ??
    /^.*[/\\]lib(?:32|64)?[/\\]python\d[^/\\]*[/\\](.+)$/i.exec(file) ??
    // Windows, PyPy, and a standard library in a zip file.
    /^.*[/\\]python[\d.-]*[^/\\]*[/\\]lib[/\\](.+)$/i.exec(file) ??
    /^.*[/\\](?:lib-python[/\\][^/\\]+|lib_pypy|python\d+\.zip)[/\\](.+)$/.exec(file);
  if (!below) {
    const name = findNativeLibrary(file);
    return name === null ? null : { home: { name, kind: PackageKind.library }, isOfFolder: false };
  }
  const home: Home = { name: topLevelOf(below[1]!), kind: PackageKind.library };
  return { home, isOfFolder: /[/\\].*[/\\]|^[^@].*[/\\]/.test(below[1]!) };
}

/** Places where compilers and systems keep what is not the user's own: the first group is the library's name. */
const NATIVE_PLACES: readonly RegExp[] = [
  // Go: its own sources (a path with a version, or where systems install it) and the modules it fetched.
  /(?:[/\\](?:go-?\d[^/\\]*|(?:local|lib|share|opt)[/\\]go(?:lang)?|libexec|Program Files[/\\]Go)|^[A-Za-z]:[/\\]Go)[/\\]src[/\\](.+)[/\\][^/\\]+\.(?:go|s)$/,
  /[/\\]pkg[/\\]mod[/\\](.+?)@v\d/,
  // Rust: its own sources and fetched crates.
  /[/\\]rustc[/\\][0-9a-f]{7,40}[/\\](?:library|src|compiler)[/\\](?:lib)?([^/\\]+)[/\\]/,
  /[/\\]rustlib[/\\]src[/\\]rust[/\\]library[/\\]([^/\\]+)[/\\]/,
  /[/\\]\.cargo[/\\](?:registry[/\\]src|git[/\\]checkouts)[/\\][^/\\]+[/\\](.+?)(?:-\d[^/\\]*)?[/\\]/,
  // C and C++: headers and shared libraries of the system.
  /^\/usr\/(?:local\/)?include\/([^/]+)\//,
  /^\/(?:usr\/(?:local\/)?)?lib(?:32|64|x32)?\/(?:.*\/)?([^/]+?)(?:-[\d.]+)?\.so[\d.]*$/,
  /^\/usr\/lib\/(?:.*\/)?([^/]+?)\.dylib$/,
  /^\/System\/Library\/(?:.*\/)?([^/]+?)(?:\.dylib)?$/,
  /^[A-Za-z]:\\Windows\\(?:.*\\)?([^\\]+?)\.(?:dll|sys|exe)$/i,
  // What Node has built in.
  /^(node):/,
  /^(?:node:)?(internal)\/.*\.js$/,
];

/** Something of which every native place has a part: most paths need no further look. */
const MAYBE_NATIVE =
  /[/\\](?:src|mod|rustc|rustlib|\.cargo)[/\\]|^\/(?:usr|lib|System)|^[A-Za-z]:\\Windows\\|^node:|^internal\//i;

/** Library of a file that no interpreter's folders tell; null: it may be the user's own. */
function findNativeLibrary(file: string): string | null {
  // `[kernel.kallsyms]`, `[vdso]`, and modules of the kernel: names that perf has in the place of a file.
  const mapped = /^\[([^\]]+)\]/.exec(file);
  if (mapped) return /^(?:guest\.)?kernel/.test(mapped[1]!) ? 'kernel' : mapped[1]!;
  if (!MAYBE_NATIVE.test(file)) return null;
  for (const place of NATIVE_PLACES) {
    const name = place.exec(file)?.[1];
    if (name !== undefined) return name === 'internal' ? 'node' : name;
  }
  return null;
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
function* nameOwnFiles(own: ReadonlyMap<number, string>): Steps<Map<number, string>> {
  const names = new Map<number, string>();
  const sorts: Map<number, string[]>[] = [new Map(), new Map()];
  let looked = 0;
  for (const [index, file] of own) {
    if (++looked % PATHS === 0) yield;
    // Compiled text, notebooks, generated methods: `<attrs generated init shop.Cart>` is one of many like it.
    if (file.startsWith('<')) names.set(index, file.includes(' ') ? `${file.slice(0, file.indexOf(' '))}>` : file);
    else {
      // `resource://gre/modules/Timer.jsm`: what stands before the path is no folder.
      const path = file.includes('://') ? file.replace(/^[a-z][\w+.-]*:\/\//i, '') : file;
      const parts = splitPath(path);
      // An address that ends in a slash is named for its last folder.
      if (parts.at(-1) === '' && parts.length > 1) parts.pop();
      sorts[/^([/\\]|[A-Za-z]:)/.test(path) ? 0 : 1]!.set(index, parts);
    }
  }
  for (const paths of sorts) {
    const common = yield* countCommonFolders(paths);
    const groups = new Map<string, Map<number, string[]>>();
    for (const [index, parts] of paths) {
      if (++looked % PATHS === 0) yield;
      if (parts.length - 1 <= common) {
        names.set(index, parts.at(-1) || 'no name');
        continue;
      }
      const folder = parts[common]!;
      if (!groups.has(folder)) groups.set(folder, new Map());
      groups.get(folder)!.set(index, parts);
    }
    for (const group of groups.values()) {
      const shared = yield* countCommonFolders(group);
      for (const [index, parts] of group) names.set(index, parts[shared - 1]!);
    }
  }
  return names;
}

/** Parts of a path but those that say "here". Most have slashes only, which is quicker to know than to look for both. */
function splitPath(path: string): string[] {
  const parts = path.includes('\\') ? path.split(/[/\\]/) : path.split('/');
  return parts.includes('.') ? parts.filter((part) => part !== '.') : parts;
}

/** Number of leading folders that all paths share; the last part of each path is its file. */
function* countCommonFolders(paths: ReadonlyMap<number, readonly string[]>): Steps<number> {
  const [first] = paths.values();
  if (!first) return 0;
  let common = first.length - 1;
  let looked = 0;
  for (const path of paths.values()) {
    if (++looked % PIECE === 0) yield;
    let i = 0;
    while (i < common && i < path.length - 1 && path[i] === first[i]) i++;
    common = i;
  }
  return common;
}
