/**
 * Strings of a profile, kept as UTF-8 bytes and decoded when asked for.
 *
 * A million names as JavaScript strings cost seconds to copy between threads; as bytes they are handed over for
 * free. Readers fill `bytes` with the strings alone, so that a profile does not hold its file (entries may overlap and
 * need no order all the same).
 */

/** Plain data: safe to post to another thread. */
export interface StringTable {
  readonly length: number;
  readonly bytes: Uint8Array;
  /** Start of each entry in `bytes`. Length `length`. */
  readonly start: Int32Array;
  /** End (exclusive) of each entry in `bytes`. Length `length`. */
  readonly end: Int32Array;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of entry `index`; `''` for -1. Cost: linear in its length, nothing is cached. */
export function getString(table: StringTable, index: number): string {
  if (index < 0 || index >= table.length) return '';
  return decoder.decode(table.bytes.subarray(table.start[index], table.end[index]));
}

/** A table of the given texts, in their order, repeats kept. */
export function buildStringTable(texts: readonly string[]): StringTable {
  const encoder = new TextEncoder();
  const parts = texts.map((text) => encoder.encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const start = new Int32Array(texts.length);
  const end = new Int32Array(texts.length);
  let at = 0;
  parts.forEach((part, index) => {
    bytes.set(part, at);
    start[index] = at;
    at += part.length;
    end[index] = at;
  });
  return { length: texts.length, bytes, start, end };
}
