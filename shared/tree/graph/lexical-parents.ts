/**
 * Which function a lambda or comprehension was written in: the nearest function above it in its file.
 *
 * Such functions run under built-ins (`sorted`, `map`) that everybody calls; where they were written says for whom.
 */
import type { Profile } from '../../model/profile.ts';
import type { StringTable } from '../../model/strings.ts';
import { compareFrames } from '../key-order.ts';

const INLINE_NAMES = ['<genexpr>', '<lambda>', '<listcomp>', '<dictcomp>', '<setcomp>'];

/** What pstats has for the file of built-ins. */
const BUILTIN_FILE = '~';

/** Lexical parents and what is needed to compare files. */
export interface Lexicon {
  /** By frame: the function it was written in, -1 where it has a name of its own or none is known. */
  readonly parent: Int32Array;
  /** String index of the "file" of built-ins, -1 if there is none: two built-ins are not of one file. */
  readonly builtinFile: number;
}

/** Linear, but for sorting the functions of files that have lambdas. */
export function findLexicalParents(profile: Profile): Lexicon {
  const { frames } = profile;
  const inline = findStrings(profile.strings, INLINE_NAMES);
  const builtinFile = findStrings(profile.strings, [BUILTIN_FILE]).values().next().value ?? -1;
  const parent = new Int32Array(frames.length).fill(-1);
  const byFile = new Map<number, { inline: number[]; named: number[] }>();
  for (let frame = 0; frame < frames.length; frame++) {
    if (inline.has(frames.name[frame]!) && frames.file[frame] !== builtinFile) {
      const file = byFile.get(frames.file[frame]!);
      if (file) file.inline.push(frame);
      else byFile.set(frames.file[frame]!, { inline: [frame], named: [] });
    }
  }
  if (byFile.size === 0) return { parent, builtinFile };
  for (let frame = 0; frame < frames.length; frame++) {
    if (!inline.has(frames.name[frame]!)) byFile.get(frames.file[frame]!)?.named.push(frame);
  }
  for (const file of byFile.values()) {
    file.named.sort((a, b) => compareFrames(profile, a, b));
    for (const frame of file.inline) parent[frame] = findAbove(frames.line, file.named, frames.line[frame]!);
  }
  return { parent, builtinFile };
}

/** Last of the functions (by line) that begins at or above a line; -1 if none. */
function findAbove(lines: Int32Array, named: readonly number[], line: number): number {
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[named[middle]!]! <= line) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? named[low - 1]! : -1;
}

/** Indexes of the strings that equal one of some ASCII texts, found without decoding any. */
function findStrings({ length, bytes, start, end }: StringTable, texts: readonly string[]): Set<number> {
  const found = new Set<number>();
  const codes = texts.map((text) => Array.from(text, (letter) => letter.charCodeAt(0)));
  for (let index = 0; index < length; index++) {
    const size = end[index]! - start[index]!;
    for (const code of codes) {
      if (code.length === size && code.every((byte, at) => bytes[start[index]! + at] === byte)) found.add(index);
    }
  }
  return found;
}
