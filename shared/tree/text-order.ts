/**
 * Ranks of many texts without comparing strings: the texts are laid one after the other as bytes and sorted letter by
 * letter (a quicksort in three parts, one letter at a time).
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

/** Texts to be ranked. */
export class TextKeys {
  length = 0;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 12);
  #ends = new Int32Array(256);

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
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte >= 0x80) return false;
      this.#bytes[at++] = 1 + (isLowered && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
    }
    this.#ends[this.length++] = at;
    return true;
  }

  addText(text: string): void {
    const bytes = encoder.encode(text);
    let at = this.#makeRoom(bytes.length);
    for (const byte of bytes) this.#bytes[at++] = RANK_OF_BYTE[byte]!;
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
      const ends = new Int32Array(2 * this.length);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    return at;
  }
}

/** Below this many texts, comparing neighbours is quicker than dividing. */
const FEW = 12;

/** Rank of each text; equal texts have one rank. */
export function* rankTexts(keys: TextKeys): Steps<Int32Array> {
  const order = countUp(keys.length);
  const letters = new Letters(keys);
  // Parts that are still to be sorted: first, end, and how many letters all of the part have in common.
  const parts: number[] = [0, order.length, 0];
  let work = 0;
  while (parts.length > 0) {
    const depth = parts.pop()!;
    const end = parts.pop()!;
    const first = parts.pop()!;
    if (end - first < 2) continue;
    if (end - first <= FEW) sortFew(letters, order, first, end, depth);
    else {
      const [low, high, letter] = divide(letters, order, first, end, depth);
      parts.push(first, low, depth, high, end, depth);
      if (letter > 0) parts.push(low, high, depth + 1);
    }
    work += end - first;
    if (work < PIECE) continue;
    work = 0;
    yield;
  }
  const ranks = new Int32Array(order.length);
  yield* inPieces(order.length, (from, end) => {
    for (let i = Math.max(1, from); i < end; i++) {
      const isSame = letters.compare(order[i - 1]!, order[i]!, 0) === 0;
      ranks[order[i]!] = ranks[order[i - 1]!]! + (isSame ? 0 : 1);
    }
  });
  return ranks;
}

class Letters {
  readonly #bytes: Uint8Array;
  readonly #ends: Int32Array;

  constructor({ bytes, ends }: TextKeys) {
    this.#bytes = bytes;
    this.#ends = ends;
  }

  /** Rank of a letter; 0 after the last one. */
  at(text: number, depth: number): number {
    const at = (text === 0 ? 0 : this.#ends[text - 1]!) + depth;
    return at < this.#ends[text]! ? this.#bytes[at]! : 0;
  }

  compare(a: number, b: number, depth: number): number {
    for (let at = depth; ; at++) {
      const letter = this.at(a, at);
      const difference = letter - this.at(b, at);
      if (difference !== 0 || letter === 0) return difference;
    }
  }
}

function sortFew(letters: Letters, order: Int32Array, first: number, end: number, depth: number): void {
  for (let i = first + 1; i < end; i++) {
    const text = order[i]!;
    let at = i;
    for (; at > first && letters.compare(order[at - 1]!, text, depth) > 0; at--) order[at] = order[at - 1]!;
    order[at] = text;
  }
}

/** Smaller letters to the front, larger ones to the end; the equal ones stand from `low` to `high`. */
function divide(
  letters: Letters,
  order: Int32Array,
  first: number,
  end: number,
  depth: number,
): [low: number, high: number, letter: number] {
  const a = letters.at(order[first]!, depth);
  const b = letters.at(order[(first + end) >> 1]!, depth);
  const c = letters.at(order[end - 1]!, depth);
  const letter = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  let low = first;
  let high = end;
  for (let i = first; i < high; ) {
    const text = order[i]!;
    const difference = letters.at(text, depth) - letter;
    if (difference < 0) {
      order[i++] = order[low]!;
      order[low++] = text;
    } else if (difference > 0) {
      order[i] = order[--high]!;
      order[high] = text;
    } else i++;
  }
  return [low, high, letter];
}
