/**
 * The order of functions by their keys (file, line, name): decides ties, so that the order of a file's entries
 * changes no number.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import type { StringTable } from '../model/strings.ts';
import { sortByColumns } from './sort-frames.ts';

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
  if (order.length <= FEW) return sortFew(profile, some, order);
  if (isInOrder(profile, some)) return order;
  const keys = getSortKeys(profile, some);
  const compareNames = (a: number, b: number) => compareFrames(profile, some[a]!, some[b]!) || a - b;
  if (order.length < MANY) return order.sort((a, b) => keys[a]! - keys[b]! || compareNames(a, b));
  sortByColumns(order, [{ values: keys, descending: false }]);
  for (let from = 0, to = 1; from < order.length; from = to) {
    const key = keys[order[from]!]!;
    for (to = from + 1; to < order.length && keys[order[to]!] === key; ) to++;
    if (to - from > 1) order.subarray(from, to).sort(compareNames);
  }
  return order;
}

/** So few are sorted by inserting, without keys: most functions have no more callers or callees. */
const FEW = 8;

function sortFew(profile: Profile, some: Int32Array, order: Int32Array): Int32Array {
  for (let next = 1; next < order.length; next++) {
    let at = next;
    for (; at > 0 && compareFrames(profile, some[order[at - 1]!]!, some[next]!) > 0; at--) order[at] = order[at - 1]!;
    order[at] = next;
  }
  return order;
}

/** Whether nothing is to be done, as in many files; where much is, this ends soon. */
function isInOrder(profile: Profile, some: Int32Array): boolean {
  for (let at = 1; at < some.length; at++) {
    if (compareFrames(profile, some[at - 1]!, some[at]!) > 0) return false;
  }
  return true;
}

/** So many are sorted by file and line without comparing. */
const MANY = 4096;

/** Numbers in the order of file and line. */
function getSortKeys({ frames, strings }: Profile, some: Int32Array): Float64Array {
  const rank = new Map<number, number>();
  let last = -1; // of one file there are many in a row
  for (let at = 0; at < some.length; at++) {
    if (some[at]! < 0 || frames.file[some[at]!] === last) continue;
    last = frames.file[some[at]!]!;
    rank.set(last, 0);
  }
  const files = [...rank.keys()];
  if (files.length > 1) files.sort((a, b) => compareStrings(strings, a, b));
  for (let at = 0; at < files.length; at++) rank.set(files[at]!, at + 1);
  const keys = new Float64Array(some.length);
  let fileKey = 0;
  last = -1;
  for (let at = 0; at < some.length; at++) {
    const frame = some[at]!;
    if (frame < 0) continue;
    if (frames.file[frame] !== last) {
      last = frames.file[frame]!;
      fileKey = rank.get(last)! * LINES;
    }
    keys[at] = fileKey + frames.line[frame]!;
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
