/**
 * The order of functions by name: as it is shown and without regard to case, then by path, then by line.
 *
 * Strings are ranked once each, functions by those ranks: there are far fewer names than functions.
 */
import type { Profile } from '../model/profile.ts';
import { getString, type StringTable } from '../model/strings.ts';
import { shortName } from '../units/names.ts';
import { countUp, sortInSteps } from './sort-frames.ts';
import { inPieces, type Steps } from './steps.ts';
import { rankTexts, TextKeys } from './text-order.ts';

const known = new WeakMap<Profile, Int32Array>();

/** Rank of each frame; no two have the same. Cost: linear, and the sorting of the distinct names and paths; once per profile. */
export function* rankFramesByName(profile: Profile): Steps<Int32Array> {
  const { frames, strings } = profile;
  let ranks = known.get(profile);
  if (ranks !== undefined) return ranks;
  const file = yield* rankColumn(frames.file, strings, (keys, index) => addString(keys, strings, index));
  const name = yield* rankColumn(frames.name, strings, (keys, index) => addShownName(keys, strings, index));
  const order = countUp(frames.length);
  const keys = [name, file, frames.line].map((values) => ({ values, descending: false }));
  yield* sortInSteps(order, keys);
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

/** Strings that are read between two yields: at most about a millisecond, where each is decoded. */
const STRINGS_AT_ONCE = 1000;

/** Rank of each frame's string in a column; the same strings have one rank. */
function* rankColumn(
  column: Int32Array,
  strings: StringTable,
  add: (keys: TextKeys, index: number) => void,
): Steps<Int32Array> {
  /** By string: 1 where a frame has it; later its rank. */
  const rankOf = new Int32Array(strings.length);
  yield* inPieces(column.length, (from, end) => {
    for (let frame = from; frame < end; frame++) rankOf[column[frame]!] = 1;
  });
  // In the order of the strings, which lie so in memory; frames name them in any.
  const keys = new TextKeys(strings.length, strings.bytes.length);
  yield* inPieces(
    strings.length,
    (from, end) => {
      for (let index = from; index < end; index++) if (rankOf[index] === 1) add(keys, index);
    },
    STRINGS_AT_ONCE,
  );
  const ranks = yield* rankTexts(keys);
  for (let index = 0, text = 0; index < strings.length; index++) {
    if (rankOf[index] === 1) rankOf[index] = ranks[text++]!;
  }
  const ranksOfFrames = new Int32Array(column.length);
  yield* inPieces(column.length, (from, end) => {
    for (let frame = from; frame < end; frame++) ranksOfFrames[frame] = rankOf[column[frame]!]!;
  });
  return ranksOfFrames;
}
