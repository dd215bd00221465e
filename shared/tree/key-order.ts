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
