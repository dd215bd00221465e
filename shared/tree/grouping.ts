/** Which group of the table each function is in. Names are read when somebody asks for one: few groups are on screen. */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { isBuiltinFile } from '../units/names.ts';
import { addString } from './name-order.ts';
import { inPieces, PIECE, type Steps } from './steps.ts';
import type { TextKeys } from './text-order.ts';

/** A group for each frame. */
export interface Grouping {
  readonly length: number;
  /** Group of each frame. */
  readonly of: Int32Array;
  name(group: number): string;
  /** Adds the group's name to those that are to be ranked. */
  addKey(keys: TextKeys, group: number): void;
  /** Group of that name; -1: there is none. */
  find(name: string): Steps<number>;
}

const BUILTIN = 'built-in';
/** Names that are read between two yields: about a millisecond. */
const NAMES_AT_ONCE = 1000;
const encoder = new TextEncoder();

/** The groups that `of` tells. */
export function* groupFramesBy(
  { frames }: Profile,
  length: number,
  of: (frame: FrameIndex) => number,
  name: (group: number) => string,
): Steps<Grouping> {
  const groups = new Int32Array(frames.length);
  yield* inPieces(groups.length, (from, end) => {
    for (let frame = from; frame < end; frame++) groups[frame] = of(frame);
  });
  return {
    length,
    of: groups,
    name,
    addKey: (keys, group) => keys.addText(name(group)),
    *find(wanted) {
      for (let group = 0; group < length; group++) {
        if (name(group) === wanted) return group;
        if (group % NAMES_AT_ONCE === 0) yield;
      }
      return -1;
    },
  };
}

/** The groups of a profile's frames by their file, or by the folder that it is in; all built-ins are one group. */
export function* groupFramesByPath(profile: Profile, by: 'file' | 'directory'): Steps<Grouping> {
  return by === 'file' ? yield* groupByFile(profile) : yield* groupByDirectory(profile);
}

function* groupByFile(profile: Profile): Steps<Grouping> {
  const { strings, frames } = profile;
  const of = new Int32Array(frames.length);
  /** By string: its group, plus one. */
  const groupOf = new Int32Array(strings.length);
  /** String of each group. */
  const files: number[] = [];
  let builtin = -1;
  const nowhere = nameNowhere(profile);
  yield* inPieces(of.length, (from, end) => {
    for (let frame = from; frame < end; frame++) {
      const file = frames.file[frame]!;
      if (groupOf[file] === 0) {
        const isNew = !isInBuiltinGroup(profile, file) || builtin < 0;
        const group = isNew ? files.push(file) - 1 : builtin;
        if (isInBuiltinGroup(profile, file)) builtin = group;
        groupOf[file] = group + 1;
      }
      of[frame] = groupOf[file]! - 1;
    }
  });
  return {
    length: files.length,
    of,
    name: (group) => (group === builtin ? nowhere : getString(strings, files[group]!)),
    addKey(keys, group) {
      if (group === builtin) keys.addText(nowhere);
      else addString(keys, strings, files[group]!);
    },
    *find(name) {
      yield;
      return name === nowhere ? builtin : findString(profile, files, name);
    },
  };
}

/** True for what pstats writes for no file, and for a file that has the group's own name. */
function isInBuiltinGroup({ strings }: Profile, file: number): boolean {
  const length = strings.end[file]! - strings.start[file]!;
  if (length > 1 && length !== BUILTIN.length) return false;
  const text = getString(strings, file);
  return isBuiltinFile(text) || text === BUILTIN;
}

/** Place in `indexes` of the string with this text, found by its bytes; -1: none. */
function findString({ strings }: Profile, indexes: readonly number[], text: string): number {
  const wanted = encoder.encode(text);
  const { bytes, start, end } = strings;
  return indexes.findIndex((index) => {
    const first = start[index]!;
    if (end[index]! - first !== wanted.length) return false;
    // From the end: paths begin alike.
    let at = wanted.length - 1;
    while (at >= 0 && bytes[first + at] === wanted[at]) at--;
    return at < 0;
  });
}

/** Group of functions without a file: what pstats has for built-ins; in stacks nobody wrote it down. */
function nameNowhere({ contexts }: Profile): string {
  return contexts === undefined ? BUILTIN : 'no file';
}

function* groupByDirectory(profile: Profile): Steps<Grouping> {
  const { strings, frames } = profile;
  const nowhere = nameNowhere(profile);
  const of = new Int32Array(frames.length);
  /** By string: its group, plus one. */
  const groupOf = new Int32Array(strings.length);
  const names: string[] = [];
  const known = new Map<string, number>();
  let read = 0;
  for (let frame = 0; frame < of.length; frame++) {
    const file = frames.file[frame]!;
    if (groupOf[file] === 0) {
      const path = getString(strings, file);
      const name = isBuiltinFile(path) ? nowhere : getDirectory(path);
      const group = known.get(name) ?? names.push(name) - 1;
      known.set(name, group);
      groupOf[file] = group + 1;
      read++;
    }
    of[frame] = groupOf[file]! - 1;
    if (frame % PIECE === 0 || read > NAMES_AT_ONCE) {
      read = 0;
      yield;
    }
  }
  return {
    length: names.length,
    of,
    name: (group) => names[group]!,
    addKey: (keys, group) => keys.addText(names[group]!),
    *find(name) {
      yield;
      return known.get(name) ?? -1;
    },
  };
}

function getDirectory(file: string): string {
  const end = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  // A name without a folder (`<string>`, `<frozen runpy>`, `setup.py`) belongs to none.
  return end > 0 ? file.slice(0, end) : end === 0 ? file.slice(0, 1) : 'no folder';
}
