/**
 * Hash tables of numbered things, as one column: who uses them keeps the things and compares them.
 *
 *   slot    hash, number + 1      two entries side by side, so that a look-up touches one place in memory
 *   empty   0, 0
 *
 * A look-up starts at `(hash << 1) & (slots.length - 2)` and goes on in steps of two, around the end.
 */
import { FormatError } from '../errors.ts';

// With a good hash and a table at most half full, one look-up takes 1.5 probes on average. A file made to collide
// takes n/2; this allowance ends it long before anybody waits.
const PROBES_PER_ENTRY = 64;
const PROBES_FREE = 100_000;

/** Empty slots of a table that is at most half full with `expected` entries: a power of two. */
export function makeSlots(expected: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, expected * 2))) * 2);
}

/** The same entries in twice as many slots. */
export function growSlots(slots: Int32Array): Int32Array {
  const grown = new Int32Array(slots.length * 2);
  const mask = grown.length - 2;
  for (let from = 0; from < slots.length; from += 2) {
    if (slots[from + 1] === 0) continue;
    let at = (slots[from]! << 1) & mask;
    while (grown[at + 1] !== 0) at = (at + 2) & mask;
    grown[at] = slots[from]!;
    grown[at + 1] = slots[from + 1]!;
  }
  return grown;
}

/** Final mixing of a 32-bit hash, so that its low bits depend on all of it (murmur3's). */
export function mixHash(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Throws when a hash table was probed more often than honest data needs. */
export function checkProbes(probes: number, entries: number, format: string): void {
  if (probes > PROBES_FREE + PROBES_PER_ENTRY * entries) {
    throw new FormatError(`${format}: the names in the file are chosen so that they collide; it is not opened`, {
      format,
    });
  }
}
