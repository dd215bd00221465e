/**
 * Text and word search over the bytes of a profile's strings: nothing is decoded, copied or kept.
 *
 *   needle ─▶ which strings have it (each looked through once) ─▶ functions whose name or path is one of them
 *                                                              └▶ all others, where it may reach over both:
 *                                                                 `file:line(name)` is put together and looked through
 *
 * Letters beyond ASCII have lower cases of their own: strings with such letters are decoded and compared as text. So are
 * the few built-ins whose shown name is not in the one that the file has.
 */
import { getString } from '../model/strings.ts';
import { type FrameNames, getSearchText } from './frame-text.ts';
import { inPieces, PIECE, type Steps } from './steps.ts';

/** What is looked for. */
export interface TextQuery {
  readonly text: string;
  /** Only where no letter, digit or underscore stands right before or after it. */
  readonly isWord: boolean;
  readonly matchCase?: boolean;
}

/** Functions that have the text. */
export interface TextMatches {
  /** By frame: 1 where it matches. */
  readonly matches: Uint8Array;
  /** Frames that match. */
  readonly count: number;
}

/** What is known of a string. */
const Known = { nothing: 0, other: 1, otherWide: 2, hit: 3 } as const;

/** Frames looked through one by one between two yields: about a millisecond. */
const FRAMES_AT_ONCE = 2000;
/** Bytes looked through between two yields. */
const BYTES_AT_ONCE = 1 << 18;

/** All functions that a text is in. Cost: linear in the bytes of the strings, then in functions. */
export function* findText(profile: FrameNames, query: TextQuery): Steps<TextMatches> {
  const { frames, strings } = profile;
  const needle = new Needle(query);
  const known = new Uint8Array(strings.length);
  for (const column of [frames.name, frames.file]) {
    for (let at = 0; at < column.length; yield) at = lookAtStrings(needle, profile, column, known, at);
  }
  const matches = new Uint8Array(frames.length);
  let count = 0;
  if (!needle.mayReachOver) {
    yield* inPieces(frames.length, (from, end) => {
      count += markHits(matches, profile, known, from, end);
    });
  }
  // What the strings alone can't tell.
  if (!needle.mayReachOver && !needle.mayBeShownOnly) return { matches, count };
  const lookAt = (from: number): number => {
    const end = Math.min(frames.length, from + PIECE);
    let left = FRAMES_AT_ONCE;
    let at = from;
    for (; at < end && left > 0; at++) {
      if (matches[at] === 1 || !(needle.mayReachOver || isBuiltin(profile, at))) continue;
      left--;
      if (!needle.isInFrame(profile, at, known)) continue;
      matches[at] = 1;
      count++;
    }
    return at;
  };
  for (let at = 0; at < frames.length; yield) at = lookAt(at);
  return { matches, count };
}

/** Looks through the strings of a piece of a column that are not known yet; gives how far it came. */
function lookAtStrings(
  needle: Needle,
  profile: FrameNames,
  column: Int32Array,
  known: Uint8Array,
  from: number,
): number {
  const { start, end } = profile.strings;
  const last = Math.min(column.length, from + PIECE);
  let left = BYTES_AT_ONCE;
  let at = from;
  for (; at < last && left > 0; at++) {
    const index = column[at]!;
    if (known[index] !== Known.nothing) continue;
    known[index] = needle.isInString(profile, index);
    left -= needle.costOf(end[index]! - start[index]!, known[index]!);
  }
  return at;
}

/** Marks the frames of a piece whose name or path has the needle; gives their number. The path of built-ins is none. */
function markHits(matches: Uint8Array, profile: FrameNames, known: Uint8Array, from: number, end: number): number {
  const { file, name } = profile.frames;
  let count = 0;
  for (let frame = from; frame < end; frame++) {
    if (known[name[frame]!] !== Known.hit && (known[file[frame]!] !== Known.hit || isBuiltin(profile, frame))) continue;
    matches[frame] = 1;
    count++;
  }
  return count;
}

const TILDE = 0x7e;

/** True for the paths that pstats writes for functions without one: `~`, or nothing. */
function isBuiltin({ frames, strings }: FrameNames, frame: number): boolean {
  const file = frames.file[frame]!;
  const start = strings.start[file]!;
  const length = strings.end[file]! - start;
  return length === 0 || (length === 1 && strings.bytes[start] === TILDE);
}

/** Letters that `file:line(name)` and `{built-in name}` have besides those of their strings; and what shown names have between parts. */
const BETWEEN = /[:()]|^-?\d*$/;
const ONLY_SHOWN = /[.{}<>:()\n]/;

const encoder = new TextEncoder();
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));
const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte);

class Needle {
  /** True when a match may have a part of the path or line and one of the name. */
  readonly mayReachOver: boolean;
  /** True when a built-in may match by the name that is shown, though not by that of the file. */
  readonly mayBeShownOnly: boolean;
  readonly #text: string;
  readonly #isWord: boolean;
  readonly #matchCase: boolean;
  /** Null when there are letters beyond ASCII in it: no string of plain letters has those. */
  readonly #bytes: Uint8Array | null;
  readonly #fold: Uint8Array;
  /** `file:line(name)` of one frame. */
  #line = new Uint8Array(1 << 10);

  constructor({ text, isWord, matchCase = false }: TextQuery) {
    this.#text = matchCase ? text : text.toLowerCase();
    this.#isWord = isWord;
    this.#matchCase = matchCase;
    this.#fold = matchCase ? SAME : LOWER;
    const bytes = encoder.encode(this.#text);
    this.#bytes = bytes.every((byte) => byte < 0x80) ? bytes : null;
    this.mayReachOver = BETWEEN.test(text);
    this.mayBeShownOnly = ONLY_SHOWN.test(text);
  }

  /** A string with letters that have to be decoded costs as many bytes more. */
  costOf(bytes: number, known: number): number {
    return 16 + bytes + (known === Known.otherWide ? 500 : 0);
  }

  isInString({ strings }: FrameNames, index: number): number {
    const { bytes, start, end } = strings;
    const isWide = hasWide(bytes, start[index]!, end[index]!);
    if (isWide) return this.#isInText(getString(strings, index)) ? Known.hit : Known.otherWide;
    return this.#isInBytes(bytes, start[index]!, end[index]!) ? Known.hit : Known.other;
  }

  /** The text of one frame, put together. */
  isInFrame(profile: FrameNames, frame: number, known: Uint8Array): boolean {
    const { frames, strings } = profile;
    const file = frames.file[frame]!;
    const name = frames.name[frame]!;
    const isText =
      isBuiltin(profile, frame) || this.#isWide(strings, file, known) || this.#isWide(strings, name, known);
    if (isText) return this.#isInText(getSearchText(profile, frame));
    if (known[file] === Known.hit || known[name] === Known.hit) return true;
    return this.#isInBytes(this.#line, 0, this.#putTogether(profile, frame));
  }

  #isWide({ bytes, start, end }: FrameNames['strings'], index: number, known: Uint8Array): boolean {
    if (known[index] !== Known.hit) return known[index] === Known.otherWide;
    return hasWide(bytes, start[index]!, end[index]!);
  }

  /** Writes `file:line(name)`; gives its length. */
  #putTogether({ frames, strings }: FrameNames, frame: number): number {
    const { bytes, start, end } = strings;
    const file = frames.file[frame]!;
    const name = frames.name[frame]!;
    const line = `:${frames.line[frame] ?? 0}(`;
    const length = end[file]! - start[file]! + line.length + end[name]! - start[name]! + 1;
    if (length > this.#line.length) this.#line = new Uint8Array(2 * length);
    let at = 0;
    for (let i = start[file]!; i < end[file]!; i++) this.#line[at++] = bytes[i]!;
    for (let i = 0; i < line.length; i++) this.#line[at++] = line.charCodeAt(i);
    for (let i = start[name]!; i < end[name]!; i++) this.#line[at++] = bytes[i]!;
    this.#line[at++] = 0x29;
    return at;
  }

  #isInText(text: string): boolean {
    const hay = this.#matchCase ? text : text.toLowerCase();
    return (this.#isWord ? indexOfWord(hay, this.#text) : hay.indexOf(this.#text)) >= 0;
  }

  #isInBytes(bytes: Uint8Array, start: number, end: number): boolean {
    const needle = this.#bytes;
    if (needle === null) return false;
    const fold = this.#fold;
    const first = needle[0]!;
    const last = end - needle.length;
    for (let at = start; at <= last; at++) {
      if (fold[bytes[at]!] !== first) continue;
      let i = 1;
      while (i < needle.length && fold[bytes[at + i]!] === needle[i]) i++;
      if (i === needle.length && (!this.#isWord || isWholeWord(bytes, start, end, at, needle.length))) return true;
    }
    return false;
  }
}

function hasWide(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return true;
  return false;
}

/** `isWordByte[byte]` is 1 for ASCII letters, digits and the underscore. */
const isWordByte = Uint8Array.from({ length: 256 }, (_, byte) => (/\w/.test(String.fromCharCode(byte & 0x7f)) ? 1 : 0));

function isWholeWord(bytes: Uint8Array, start: number, end: number, at: number, length: number): boolean {
  const after = at + length;
  const opens = isWordByte[bytes[at]!] === 0 || at === start || isWordByte[bytes[at - 1]!] === 0;
  const closes = isWordByte[bytes[after - 1]!] === 0 || after === end || isWordByte[bytes[after]!] === 0;
  return opens && closes;
}

/** First place of `word` with no letter, digit or underscore right before or after it, where its own end is one; else -1. */
export function indexOfWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const opens = !isWordLetter(word, 0) || !isWordLetter(text, at - 1);
    const closes = !isWordLetter(word, word.length - 1) || !isWordLetter(text, end);
    if (opens && closes) return at;
  }
  return -1;
}

const WORD_LETTER = /[\p{L}\p{N}_]/u;

function isWordLetter(text: string, at: number): boolean {
  return at >= 0 && at < text.length && WORD_LETTER.test(text[at]!);
}
