/**
 * Samples with a few bytes wrong: what a reader makes of them is a profile that holds together, or a FormatError.
 *
 * The changes come from a seed, so a failure happens again; TSVIZ_MUTATIONS=10000 makes more of them.
 */
import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { checkProfile } from '../model/check.ts';
import { eachSample } from '../testing/corpus.ts';
import { readBytes } from './index.ts';

const MUTATIONS = Number(process.env.TSVIZ_MUTATIONS ?? 400);
/** Lengths and counts that careless arithmetic stumbles over. */
const EXTREMES = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1000_0000];
/** Type bytes of marshal, which lead a reader further than any other byte would. */
const TYPES = [...'0NFTSigyIlzZaAustr)([{<>fRc'].map((char) => char.charCodeAt(0));

/** Whole numbers below `limit`, the same for the same seed. */
function makeDice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

function mutate(bytes: Uint8Array, roll: (limit: number) => number): Uint8Array {
  let mutated = bytes.slice();
  for (let left = 1 + roll(4); left > 0; left--) {
    const at = roll(mutated.length);
    const kind = roll(5);
    if (kind === 0) mutated[at] = roll(256);
    else if (kind === 1) mutated[at] = TYPES[roll(TYPES.length)]! | (roll(2) << 7);
    else if (kind === 2 && at + 4 <= mutated.length)
      new DataView(mutated.buffer).setUint32(at, EXTREMES[roll(EXTREMES.length)]!, true);
    else if (kind === 3) mutated = mutated.slice(0, at + 1);
    else mutated.copyWithin(at, roll(mutated.length), mutated.length);
  }
  return mutated;
}

describe('R23: a file with a few bytes wrong', () => {
  const samples = eachSample('pstats').filter(({ bytes }) => bytes.length > 0 && bytes.length < 100_000);

  it.each(samples)('R23: is a profile or a FormatError: $name', { timeout: 120_000 }, async ({ name, bytes }) => {
    const roll = makeDice(bytes.length);
    for (let round = 0; round < Math.ceil(MUTATIONS / samples.length); round++) {
      try {
        const { profiles } = await readBytes(mutate(bytes, roll), name);
        for (const profile of profiles) checkProfile(profile);
      } catch (error) {
        expect(error, `round ${round}`).toBeInstanceOf(FormatError);
      }
    }
  });
});
