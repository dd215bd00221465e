/**
 * Short stable codes of frames: 30 bits of a hash of `file:line(name)`, so that the path of a block fits in an address.
 *
 * A code is only ever looked up among the children of one node, where two of a thousand siblings share one with a
 * chance of about 1 in 2000.
 */
import { getFrameKey } from './frame-key.ts';
import type { FrameIndex, Profile } from './profile.ts';

/** Bits of a code: five characters of six bits. */
export const FRAME_CODE_BITS = 30;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Code of every frame, 0 .. 2^30 - 1; order and length of the frame table. Hashes the bytes, decodes nothing. */
export function computeFrameCodes(profile: Pick<Profile, 'frames' | 'strings'>): Int32Array {
  const { frames, strings } = profile;
  const codes = new Int32Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    let hash = FNV_OFFSET;
    hash = hashString(hash, frames.file[frame] ?? -1);
    hash = hashText(hash, `:${frames.line[frame] ?? 0}(`);
    hash = hashText(hashString(hash, frames.name[frame] ?? -1), ')');
    codes[frame] = mixBits(hash) & ((1 << FRAME_CODE_BITS) - 1);
  }
  return codes;

  function hashString(seed: number, index: number): number {
    if (index < 0 || index >= strings.length) return seed;
    let hash = seed;
    const end = strings.end[index] ?? 0;
    for (let at = strings.start[index] ?? 0; at < end; at++) {
      hash = Math.imul(hash ^ (strings.bytes[at] ?? 0), FNV_PRIME);
    }
    return hash;
  }
}

/**
 * Frame with the key `file:line(name)`; -1 when there is none. Looked up by its code; only names that are not UTF-8
 * (their bytes are not those of the key) cost a walk over all frames.
 */
export function findFrameByKey(profile: Profile, codes: Int32Array, key: string): FrameIndex {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  const code = mixBits(hash) & ((1 << FRAME_CODE_BITS) - 1);
  for (let frame = codes.indexOf(code); frame >= 0; frame = codes.indexOf(code, frame + 1)) {
    if (getFrameKey(profile, frame) === key) return frame;
  }
  if (!key.includes('\ufffd')) return -1;
  for (let frame = 0; frame < codes.length; frame++) if (getFrameKey(profile, frame) === key) return frame;
  return -1;
}

function hashText(seed: number, text: string): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash;
}

/** The finalizer of MurmurHash3: FNV alone leaves names that differ in the last letter close together. */
function mixBits(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
