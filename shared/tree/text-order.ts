/**
 * Ranks of many texts without comparing strings: the texts are laid one after the other as bytes and sorted by a few
 * letters at a time, which are one number (a quicksort in three parts; what is equal goes on with the letters after).
 *
 * The order is that of JavaScript strings, by UTF-16 units. UTF-8 bytes have it already but for one thing: what UTF-16
 * writes as a pair comes before U+E000 to U+FFFF there, and after them here.
 */
import { countUp } from './sort-frames.ts';
import { inPieces, PIECE, type Steps } from './steps.ts';

const encoder = new TextEncoder();

/** Rank of a byte: its own, but for the lead bytes of U+E000 to U+FFFF, which go to the end. 0 stands for no letter. */
const RANK_OF_BYTE = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0xee ? byte + 1 : byte < 0xf0 ? byte + 9 : byte - 1,
);
/** Rank of an ASCII byte; 0 for others. */
const RANK_OF_ASCII = RANK_OF_BYTE.map((rank, byte) => (byte < 0x80 ? rank : 0));
/** The same of the letter in lower case. */
const RANK_OF_LOWERED = RANK_OF_ASCII.map((rank, byte) => (byte >= 0x41 && byte <= 0x5a ? rank + 0x20 : rank));

/** Texts to be ranked. */
export class TextKeys {
  length = 0;
  #bytes: Uint8Array<ArrayBuffer>;
  #ends: Int32Array<ArrayBuffer>;
  /** By rank of a letter: 1 when a text has it. */
  readonly occurs = new Uint8Array(256);

  /** With room for so many texts and letters before it has to grow; what is not used costs nothing. */
  constructor(texts = 256, letters = 1 << 12) {
    this.#bytes = new Uint8Array(letters);
    this.#ends = new Int32Array(texts);
  }

  /** Ranks of letters, one text after the other. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** End (exclusive) of each text in `bytes`. */
  get ends(): Int32Array {
    return this.#ends;
  }

  /** Adds the text of some ASCII bytes; false (and adds nothing) when there is another byte among them. */
  addAscii(bytes: Uint8Array, start: number, end: number, isLowered: boolean): boolean {
    let at = this.#makeRoom(end - start);
    const letters = this.#bytes;
    const { occurs } = this;
    const ranks = isLowered ? RANK_OF_LOWERED : RANK_OF_ASCII;
    for (let i = start; i < end; i++) {
      const rank = ranks[bytes[i]!]!;
      if (rank === 0) return false;
      letters[at++] = rank;
      occurs[rank] = 1;
    }
    this.#ends[this.length++] = at;
    return true;
  }

  addText(text: string): void {
    const bytes = encoder.encode(text);
    let at = this.#makeRoom(bytes.length);
    for (const byte of bytes) {
      const rank = RANK_OF_BYTE[byte]!;
      this.#bytes[at++] = rank;
      this.occurs[rank] = 1;
    }
    this.#ends[this.length++] = at;
  }

  /** Where the next text begins, with room for so many bytes. */
  #makeRoom(count: number): number {
    const at = this.length === 0 ? 0 : this.#ends[this.length - 1]!;
    if (at + count > this.#bytes.length) {
      const bytes = new Uint8Array(2 * (at + count));
      bytes.set(this.#bytes.subarray(0, at));
      this.#bytes = bytes;
    }
    if (this.length === this.#ends.length) {
      const ends = new Int32Array(2 * this.length + 1);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    return at;
  }
}

/** Numbers of so many bits are what JavaScript is quickest with. */
const KEY_BITS = 30;
/** Below this many texts, moving each to its place is quicker than dividing. */
const FEW = 12;

/** Rank of each text; equal texts have one rank. */
export function* rankTexts(keys: TextKeys): Steps<Int32Array> {
  const sorting = new Sorting(keys);
  for (let work = 0; sorting.isLeft; ) {
    work += sorting.go();
    if (work < PIECE) continue;
    work = 0;
    yield;
  }
  const { order, isFirst } = sorting;
  const ranks = new Int32Array(order.length);
  let rank = -1;
  yield* inPieces(order.length, (from, end) => {
    for (let i = from; i < end; i++) {
      rank += isFirst[i]!;
      ranks[order[i]!] = rank;
    }
  });
  return ranks;
}

class Sorting {
  /** Texts, in order when nothing is left. */
  readonly order: Int32Array;
  /** 1 where a text is another one than that before it in the order. */
  readonly isFirst: Uint8Array;
  readonly #texts: TextKeys;
  /** Of each place in the order: some letters of its text as a number. */
  readonly #keys: Int32Array;
  /** Parts to be sorted: first, end, how many letters all of the part have in common, 1 where the keys are read. */
  readonly #parts: number[] = [];
  /** Of each letter among those that occur: few letters need few bits. */
  readonly #ranks = new Uint8Array(256);
  readonly #bits: number;
  readonly #lettersInKey: number;

  constructor(texts: TextKeys) {
    this.#texts = texts;
    this.order = countUp(texts.length);
    this.isFirst = new Uint8Array(texts.length);
    this.#keys = new Int32Array(texts.length);
    let count = 0;
    for (let letter = 1; letter < 256; letter++) if (texts.occurs[letter] === 1) this.#ranks[letter] = ++count;
    this.#bits = Math.max(1, 32 - Math.clz32(count));
    this.#lettersInKey = Math.floor(KEY_BITS / this.#bits);
    if (texts.length > 0) this.#parts.push(0, texts.length, 0, 0);
  }

  get isLeft(): boolean {
    return this.#parts.length > 0;
  }

  /** Sorts one part, or divides it; gives how many texts it looked at. */
  go(): number {
    const parts = this.#parts;
    const hasKeys = parts.pop()! === 1;
    const depth = parts.pop()!;
    const end = parts.pop()!;
    const first = parts.pop()!;
    if (!hasKeys) this.#readKeys(first, end, depth);
    if (end - first > FEW) this.#divide(first, end, depth);
    else this.#sortFew(first, end, depth);
    return end - first;
  }

  #readKeys(first: number, end: number, depth: number): void {
    const { order } = this;
    const { bytes, ends } = this.#texts;
    const keys = this.#keys;
    const ranks = this.#ranks;
    const bits = this.#bits;
    const count = this.#lettersInKey;
    for (let i = first; i < end; i++) {
      const text = order[i]!;
      const from = (text === 0 ? 0 : ends[text - 1]!) + depth;
      const last = Math.min(from + count, ends[text]!);
      let key = 0;
      for (let at = from; at < last; at++) key = (key << bits) | ranks[bytes[at]!]!;
      keys[i] = key << (bits * (from + count - last));
    }
  }

  /** Texts of one key: the same where they have ended, else the letters after tell. */
  #close(first: number, end: number, depth: number): void {
    this.isFirst[first] = 1;
    if (end - first === 1) return;
    const hasEnded = (this.#keys[first]! & ((1 << this.#bits) - 1)) === 0;
    if (!hasEnded) this.#parts.push(first, end, depth + this.#lettersInKey, 0);
  }

  #sortFew(first: number, end: number, depth: number): void {
    const { order } = this;
    const keys = this.#keys;
    for (let i = first + 1; i < end; i++) {
      const text = order[i]!;
      const key = keys[i]!;
      let at = i;
      for (; at > first && keys[at - 1]! > key; at--) {
        order[at] = order[at - 1]!;
        keys[at] = keys[at - 1]!;
      }
      order[at] = text;
      keys[at] = key;
    }
    for (let from = first, to = first; from < end; from = to) {
      for (to = from + 1; to < end && keys[to] === keys[from]; ) to++;
      this.#close(from, to, depth);
    }
  }

  /** Smaller keys to the front, larger ones to the end; the equal ones stay between. */
  #divide(first: number, end: number, depth: number): void {
    const { order } = this;
    const keys = this.#keys;
    const a = keys[first]!;
    const b = keys[(first + end) >> 1]!;
    const c = keys[end - 1]!;
    const middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let low = first;
    let high = end;
    for (let i = first; i < high; ) {
      const key = keys[i]!;
      const text = order[i]!;
      if (key < middle) {
        order[i] = order[low]!;
        keys[i++] = keys[low]!;
        order[low] = text;
        keys[low++] = key;
      } else if (key > middle) {
        order[i] = order[--high]!;
        keys[i] = keys[high]!;
        order[high] = text;
        keys[high] = key;
      } else i++;
    }
    if (first < low) this.#parts.push(first, low, depth, 1);
    if (high < end) this.#parts.push(high, end, depth, 1);
    this.#close(low, high, depth);
  }
}
