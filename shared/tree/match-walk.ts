/**
 * The way through the functions that a search found: largest total first, those of one size in the order of the file.
 * Nothing is sorted: where a function stands and what comes next to it are found by one look at all.
 */
import type { FrameIndex } from '../model/profile.ts';
import type { FunctionRows } from './function-rows.ts';
import type { FrameMatches } from './search.ts';

/** Place of a function among the matches, from 0; -1 when it is none. */
export function getMatchPlace({ matches }: FrameMatches, rows: FunctionRows, frame: FrameIndex): number {
  if (matches[frame] !== 1) return -1;
  let place = 0;
  for (let other = 0; other < matches.length; other++) {
    if (matches[other] === 1 && comesBefore(rows, other, frame)) place++;
  }
  return place;
}

/** The match after or before a function, round the ends; the first or the last where it is none. -1: there are none. */
export function findNextMatch(
  { matches }: FrameMatches,
  rows: FunctionRows,
  frame: FrameIndex,
  step: 1 | -1,
): FrameIndex {
  const isMatch = matches[frame] === 1;
  // Walking back is walking on in the order turned round.
  const isBefore = (a: FrameIndex, b: FrameIndex) => (step > 0 ? comesBefore(rows, a, b) : comesBefore(rows, b, a));
  let first = -1;
  let next = -1;
  for (let other = 0; other < matches.length; other++) {
    if (matches[other] !== 1) continue;
    if (first < 0 || isBefore(other, first)) first = other;
    if (isMatch && isBefore(frame, other) && (next < 0 || isBefore(other, next))) next = other;
  }
  return next < 0 ? first : next;
}

function comesBefore(rows: FunctionRows, a: FrameIndex, b: FrameIndex): boolean {
  const difference = getSize(rows, a) - getSize(rows, b);
  return difference > 0 || (difference === 0 && a < b);
}

function getSize({ total, self }: FunctionRows, frame: FrameIndex): number {
  return total[frame] || self[frame] || 0;
}
