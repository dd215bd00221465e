/**
 * The order of functions by name: as it is shown and without regard to case, then by path, then by line.
 *
 * Strings are ranked once each, functions by those ranks: there are far fewer names than functions.
 */
import type { Profile } from '../model/profile.ts';
import { getString, type StringTable } from '../model/strings.ts';
import { shortName } from '../units/names.ts';
import { countUp, sortInSteps } from './sort-frames.ts';
import { inPieces, PIECE, type Steps } from './steps.ts';
import { rankTexts, TextKeys } from './text-order.ts';

const known = new WeakMap<Profile, Int32Array>();

/** Rank of each frame; no two have the same. Cost: linear, and the sorting of the distinct names and paths; once per profile. */
export function* rankFramesByName(profile: Profile): Steps<Int32Array> {
  const { frames, strings } = profile;
  let ranks = known.get(profile);
  if (ranks !== undefined) return ranks;
  let order: Int32Array = countUp(frames.length);
  // The least important first: each sort keeps the order that was there.
  yield* sortInSteps(order, [{ values: frames.line, descending: false }]);
  order = yield* sortByStrings(order, frames.file, strings, (keys, index) => addString(keys, strings, index));
  order = yield* sortByStrings(order, frames.name, strings, (keys, index) => addShownName(keys, strings, index));
  ranks = invert(order);
  known.set(profile, ranks);
  return ranks;
}

function invert(order: Int32Array): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank;
  return ranks;
}

/** Adds a string as it is. */
export function addString(keys: TextKeys, strings: StringTable, index: number): void {
  const { bytes, start, end } = strings;
  if (!keys.addAscii(bytes, start[index]!, end[index]!, false)) keys.addText(getString(strings, index));
}

const LESS_THAN = 0x3c;

function addShownName(keys: TextKeys, strings: StringTable, index: number): void {
  const { bytes, start, end } = strings;
  const from = start[index]!;
  // Only names in angle brackets are shown otherwise than they are.
  if (bytes[from] !== LESS_THAN && keys.addAscii(bytes, from, end[index]!, true)) return;
  keys.addText(shortName(getString(strings, index)).toLowerCase());
}

/** Texts that are read between two yields: about a millisecond. */
const TEXTS_AT_ONCE = 1000;

/** Frames in the order of their strings in a column. There are as many counters as strings: one pass is enough. */
function* sortByStrings(
  order: Int32Array,
  column: Int32Array,
  strings: StringTable,
  add: (keys: TextKeys, index: number) => void,
): Steps<Int32Array> {
  /** By string: its place among the keys, plus one; later its rank. */
  const rankOf = new Int32Array(strings.length);
  const used: number[] = [];
  const keys = new TextKeys();
  /** Adds what is new in a piece; gives how far it came. */
  const collect = (from: number, end: number): number => {
    let left = TEXTS_AT_ONCE;
    let at = from;
    for (; at < end && left > 0; at++) {
      const index = column[at]!;
      if (rankOf[index] !== 0) continue;
      add(keys, index);
      rankOf[index] = used.push(index);
      left--;
    }
    return at;
  };
  for (let at = 0; at < column.length; yield) at = collect(at, Math.min(column.length, at + PIECE));
  const ranks = yield* rankTexts(keys);
  used.forEach((index, i) => {
    rankOf[index] = ranks[i]!;
  });
  const next = new Int32Array(used.length + 1);
  yield* inPieces(column.length, (from, end) => {
    for (let frame = from; frame < end; frame++) next[rankOf[column[frame]!]! + 1]!++;
  });
  for (let rank = 0; rank < used.length; rank++) next[rank + 1]! += next[rank]!;
  const sorted = new Int32Array(order.length);
  yield* inPieces(order.length, (from, end) => {
    for (let i = from; i < end; i++) sorted[next[rankOf[column[order[i]!]!]!]!++] = order[i]!;
  });
  return sorted;
}
