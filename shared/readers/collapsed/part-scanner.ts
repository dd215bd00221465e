/**
 * Finds the ends of frames and hashes them, four bytes at a time: most of a large file is names.
 *
 * A word is tested for a `;` and for bytes below a blank with the usual trick: a byte is 0 when taking 1 from it borrows
 * from its highest bit. Only the lowest hit is exact, and only that one is looked at.
 */

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SEMICOLON = 0x3b;
const WORD = 4;
const HASH_START = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;

/** Looks at stretches of one file. */
export class PartScanner {
  /** Where the part that was scanned last ends: at a `;`, a line end, or the end of the file. */
  end = 0;
  /** Hash of its bytes. */
  hash = 0;
  readonly #bytes: Uint8Array;
  readonly #words: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Scans the part that begins at `from`. */
  scan(from: number): void {
    const words = this.#words;
    const last = this.#bytes.length - WORD;
    let hash = HASH_START;
    let at = from;
    for (; at <= last; at += WORD) {
      const word = words.getInt32(at, true);
      const other = word ^ 0x3b3b3b3b;
      const hits = (((other - 0x01010101) & ~other) | ((word - 0x20202020) & ~word)) & 0x80808080;
      if (hits !== 0) {
        const before = (31 - Math.clz32(hits & -hits)) >> 3;
        if (!this.#isEnd(at + before)) break;
        this.end = at + before;
        this.hash = before === 0 ? hash : mixWord(hash, word & ((1 << (before * 8)) - 1));
        return;
      }
      hash = mixWord(hash, word);
    }
    // The last bytes of the file, and names with tabs and the like.
    while (at < this.#bytes.length && !this.#isEnd(at)) at++;
    this.end = at;
    this.hash = this.hashOf(from, at);
  }

  /** Hash of a stretch: the same as `scan` gives. */
  hashOf(from: number, to: number): number {
    let hash = HASH_START;
    let at = from;
    for (; at + WORD <= to; at += WORD) hash = mixWord(hash, this.#words.getInt32(at, true));
    if (at === to) return hash;
    let word = 0;
    for (let byte = to - 1; byte >= at; byte--) word = (word << 8) | this.#bytes[byte]!;
    return mixWord(hash, word);
  }

  /** The first place from `start` on, and before `end`, whose byte is not that at `shift` from it; else `end`. */
  findDifference(start: number, end: number, shift: number): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const last = end - 2 * WORD;
    let at = start;
    while (
      at <= last &&
      words.getInt32(at, true) === words.getInt32(at + shift, true) &&
      words.getInt32(at + WORD, true) === words.getInt32(at + shift + WORD, true)
    ) {
      at += 2 * WORD;
    }
    while (at < end && bytes[at] === bytes[at + shift]) at++;
    return at;
  }

  #isEnd(at: number): boolean {
    const byte = this.#bytes[at];
    return byte === SEMICOLON || byte === LINE_FEED || byte === RETURN;
  }
}

function mixWord(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, HASH_PRIME);
  return mixed ^ (mixed >>> 15);
}
