/** Rows of a table of memory_profiler. */
import { parseLogNumber } from '../time-rows.ts';

/** A line of source with its numbers, in bytes. */
export interface TableRow {
  readonly line: number;
  /** NaN: the line did not run. */
  readonly memory: number;
  readonly increment: number;
  /** NaN: versions before 0.58 did not count. */
  readonly occurrences: number;
  readonly text: string;
}

/** Units that were printed, in bytes: megabytes of old versions are powers of two as well. */
const UNITS = new Map([
  ['B', 1],
  ['KiB', 1024],
  ['KB', 1024],
  ['MiB', 1024 ** 2],
  ['MB', 1024 ** 2],
  ['GiB', 1024 ** 3],
  ['GB', 1024 ** 3],
]);
/** Blanks between the numbers and the source. */
const TEXT_GAP = 3;
const LAST_LINE = 2 ** 31 - 1;

/** Where the source begins by the head of a table; -1 when the line is none. */
export function findTextColumn(line: string): number {
  return /^\s*Line # {1,8}Mem usage/.test(line) ? line.indexOf('Line Contents') : -1;
}

/** The row that a line is; null when it is none. */
export function readTableRow(line: string, textColumn: number): TableRow | null {
  const words = line.slice(0, textColumn).trim().split(/\s+/);
  const number = /^\d{1,10}$/.test(words[0]!) ? Number(words[0]) : Number.NaN;
  if (!(number <= LAST_LINE)) return null;
  const none = { line: number, memory: Number.NaN, increment: Number.NaN, occurrences: Number.NaN };
  if (words.length === 1) return { ...none, text: line.slice(textColumn).trimEnd() };
  // Numbers may have pushed the source to the right: words are counted, not columns.
  const wide = splitWords(line, 6);
  const memory = readAmount(wide.words[1], wide.words[2]);
  const increment = readAmount(wide.words[3], wide.words[4]);
  if (Number.isNaN(memory)) return null;
  const occurrences = parseLogNumber(words.length > 5 || wide.ends[4]! >= textColumn ? wide.words[5] : undefined);
  const end = Number.isNaN(occurrences) ? wide.ends[4]! : wide.ends[5]!;
  return {
    line: number,
    memory,
    increment: Number.isNaN(increment) ? 0 : increment,
    occurrences,
    text: line.slice(end + TEXT_GAP).trimEnd(),
  };
}

function readAmount(number: string | undefined, unit: string | undefined): number {
  return parseLogNumber(number) * (UNITS.get(unit ?? '') ?? Number.NaN);
}

/** The first words of a line, and where each ends. */
function splitWords(line: string, count: number): { readonly words: string[]; readonly ends: number[] } {
  const words: string[] = [];
  const ends: number[] = [];
  let at = 0;
  while (words.length < count) {
    while (at < line.length && line[at] === ' ') at++;
    const start = at;
    while (at < line.length && line[at] !== ' ') at++;
    words.push(line.slice(start, at));
    ends.push(at);
  }
  return { words, ends };
}
