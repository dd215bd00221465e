/**
 * Doubles by their bits: how many of them lie between two, and the one so many further on.
 */

/** Doubles further apart are not told by their distance. */
const FAR = 2 ** 48;
const WORD = 2 ** 32;

// Two doubles; words 0 and 1 are the first one's bits, 2 and 3 the second one's, lower word first.
const pair = new Float64Array(2);
const words = new Uint32Array(pair.buffer);
const bytes = new Uint8Array(pair.buffer);

/** Bytes of a double. */
export const DOUBLE_BYTES = 8;

/** Steps from `from` to `number`, less than 2^48 either way; Infinity when they are further apart. */
export function countBetween(number: number, from: number): number {
  pair[0] = number;
  pair[1] = from;
  const steps = (words[1]! - words[3]!) * WORD + (words[0]! - words[2]!);
  return steps < FAR && steps > -FAR ? steps : Number.POSITIVE_INFINITY;
}

/** The double so many steps from another. */
export function stepFrom(from: number, steps: number): number {
  pair[0] = from;
  const high = Math.floor(steps / WORD);
  const low = words[0]! + (steps - high * WORD);
  // Storing takes both modulo 2^32.
  words[0] = low;
  words[1] = words[1]! + high + (low >= WORD ? 1 : 0);
  return pair[0]!;
}

/** The bytes of a double, lowest first. Valid until the next call of anything here; write them to make a double. */
export function bytesOf(number: number): Uint8Array {
  pair[0] = number;
  return bytes;
}

/** The double of what was written to the bytes of `bytesOf`. */
export function doubleOfBytes(): number {
  return pair[0]!;
}
