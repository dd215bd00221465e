/**
 * The order of functions by their keys (file, line, name): decides ties, so that the order of a file's entries
 * changes no number.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import type { StringTable } from '../model/strings.ts';

/** Negative, 0 or positive as frame `a` comes before, is, or comes after `b`. Compares bytes, decodes nothing. */
export function compareFrames(profile: Profile, a: FrameIndex, b: FrameIndex): number {
  const { frames, strings } = profile;
  if (a === b) return 0;
  return (
    compareStrings(strings, frames.file[a] ?? -1, frames.file[b] ?? -1) ||
    (frames.line[a] ?? 0) - (frames.line[b] ?? 0) ||
    compareStrings(strings, frames.name[a] ?? -1, frames.name[b] ?? -1)
  );
}

/**
 * Positions of some frames in key order; equal ones, and the -1 that come first, in the order given. Names of files are
 * long and alike, so each is compared once, not once per frame.
 */
export function sortByFrame(profile: Profile, some: Int32Array): Int32Array {
  const order = new Int32Array(some.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  if (order.length < 2) return order;
  const keys = getSortKeys(profile, some);
  return order.sort((a, b) => keys[a]! - keys[b]! || compareFrames(profile, some[a]!, some[b]!) || a - b);
}

/** Numbers in the order of file and line. */
function getSortKeys({ frames, strings }: Profile, some: Int32Array): Float64Array {
  const rank = new Map<number, number>();
  for (let at = 0; at < some.length; at++) if (some[at]! >= 0) rank.set(frames.file[some[at]!]!, 0);
  const files = [...rank.keys()];
  if (files.length > 1) files.sort((a, b) => compareStrings(strings, a, b));
  for (let at = 0; at < files.length; at++) rank.set(files[at]!, at + 1);
  const keys = new Float64Array(some.length);
  for (let at = 0; at < some.length; at++) {
    const frame = some[at]!;
    if (frame >= 0) keys[at] = rank.get(frames.file[frame]!)! * LINES + frames.line[frame]!;
  }
  return keys;
}

/** More than all lines, which are 32 bits with a sign. */
const LINES = 2 ** 33;

function compareStrings({ bytes, start, end }: StringTable, a: number, b: number): number {
  if (a === b) return 0;
  if (a < 0 || b < 0) return a - b;
  let i = start[a]!;
  let j = start[b]!;
  const endOfA = end[a]!;
  const endOfB = end[b]!;
  while (i < endOfA && j < endOfB) {
    const difference = bytes[i++]! - bytes[j++]!;
    if (difference !== 0) return difference;
  }
  return endOfA - i - (endOfB - j);
}
