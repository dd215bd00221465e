/**
 * Damage to bytes that is the same on every machine: for tests that a reader survives it.
 */

/** A generator of numbers in [0, 1) that a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes that decide much in a binary format: type codes, lengths, signs. */
const TELLING_BYTES = [...'{}()[<>:irlIfgxyszZaAutRNTFS.c0?'].map((letter) => letter.charCodeAt(0));
const EXTREME_WORDS = [
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0x80],
  [0, 0, 0, 0],
] as const;

/** A copy of `bytes` with one to four changes: bits, bytes, words, ranges cut out, repeated or moved. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  let mutated = Uint8Array.from(bytes);
  const pick = (limit: number) => Math.floor(random() * limit);
  for (let change = 1 + pick(4); change > 0 && mutated.length > 0; change--) {
    const at = pick(mutated.length);
    const length = 1 + pick(Math.min(64, mutated.length - at));
    switch (pick(7)) {
      case 0:
        mutated[at]! ^= 1 << pick(8);
        break;
      case 1:
        mutated[at] = pick(256);
        break;
      case 2:
        mutated[at] = TELLING_BYTES[pick(TELLING_BYTES.length)]! | (pick(2) * 0x80);
        break;
      case 3:
        mutated.set(EXTREME_WORDS[pick(EXTREME_WORDS.length)]!.slice(0, mutated.length - at), at);
        break;
      case 4:
        mutated = join(mutated.subarray(0, at), mutated.subarray(at + length));
        break;
      case 5:
        mutated = join(mutated.subarray(0, at + length), mutated.subarray(at));
        break;
      default:
        mutated.copyWithin(pick(mutated.length), at, at + length);
    }
  }
  return mutated;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
