/**
 * Which function a lambda or comprehension was written in: the nearest function above it in its file.
 *
 * Such functions run under built-ins (`sorted`, `map`) that everybody calls; where they were written says for whom.
 * Asked for few functions of a large profile, so a file is looked into when it is first asked about.
 */
import type { FrameIndex, Profile } from '../../model/profile.ts';
import { sortByFrame } from '../key-order.ts';

const toBytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const INLINE_NAMES = ['<genexpr>', '<lambda>', '<listcomp>', '<dictcomp>', '<setcomp>'].map(toBytes);
/** What all of them begin with: most names are told apart by it. */
const BRACKET = INLINE_NAMES[0]![0]!;
/** What pstats has for the file of built-ins. */
const BUILTIN_FILE = toBytes('~');

/** Lexical parents and files of one profile's functions. */
export class Lexicon {
  readonly #profile: Profile;
  /** Functions with a name of their own by file, by line and then by name. */
  readonly #named = new Map<number, Int32Array>();
  readonly #parents = new Map<FrameIndex, FrameIndex>();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /** The function that one was written in, -1 where it has a name of its own or none is known. */
  getParent(frame: FrameIndex): FrameIndex {
    const { frames } = this.#profile;
    if (!this.#isInline(frame) || this.#isBuiltin(frames.file[frame]!)) return -1;
    let parent = this.#parents.get(frame);
    if (parent === undefined) {
      parent = findAbove(frames.line, this.#getNamed(frames.file[frame]!), frames.line[frame]!);
      this.#parents.set(frame, parent);
    }
    return parent;
  }

  /** String index of a function's file, -1 for built-ins, which have none in common. */
  getFile(frame: FrameIndex): number {
    const file = this.#profile.frames.file[frame]!;
    return this.#isBuiltin(file) ? -1 : file;
  }

  #getNamed(file: number): Int32Array {
    let named = this.#named.get(file);
    if (!named) {
      const all = Int32Array.from(this.#listNamed(file));
      named = sortByFrame(this.#profile, all).map((at) => all[at]!);
      this.#named.set(file, named);
    }
    return named;
  }

  /** Functions of one file. Few files are asked about: looking through all frames for each costs less than grouping them. */
  #listNamed(file: number): FrameIndex[] {
    const files = this.#profile.frames.file;
    const named: FrameIndex[] = [];
    for (let frame = files.indexOf(file); frame >= 0; frame = files.indexOf(file, frame + 1)) {
      if (!this.#isInline(frame)) named.push(frame);
    }
    return named;
  }

  #isInline(frame: FrameIndex): boolean {
    const { frames, strings } = this.#profile;
    const name = frames.name[frame]!;
    if (strings.bytes[strings.start[name]!] !== BRACKET) return false;
    return INLINE_NAMES.some((bytes) => this.#isString(name, bytes));
  }

  #isBuiltin(file: number): boolean {
    return this.#isString(file, BUILTIN_FILE);
  }

  #isString(index: number, wanted: Uint8Array): boolean {
    const { bytes, start, end } = this.#profile.strings;
    const from = start[index]!;
    if (end[index]! - from !== wanted.length) return false;
    for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false;
    return true;
  }
}

/** Last of the functions (by line) that begins at or above a line; -1 if none. */
function findAbove(lines: Int32Array, named: Int32Array, line: number): FrameIndex {
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[named[middle]!]! <= line) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? named[low - 1]! : -1;
}
