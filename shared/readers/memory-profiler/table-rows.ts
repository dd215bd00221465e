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
const OCCURRENCES_WIDTH = 10;
/** Blanks between the numbers and the source. */
const TEXT_GAP = 3;
const LAST_LINE = 2 ** 31 - 1;

/** What the head of a table says of its rows. */
export interface TableHead {
  /** Where the source begins. */
  readonly text: number;
  readonly hasOccurrences: boolean;
}

/** The head of a table; null when the line is none. */
export function findTableHead(line: string): TableHead | null {
  if (!/^\s*Line # {1,8}Mem usage/.test(line)) return null;
  const occurrences = line.indexOf('Occurrences');
  // The title is a letter wider than its column, and moves the next one.
  const text = occurrences < 0 ? line.indexOf('Line Contents') : occurrences + OCCURRENCES_WIDTH + TEXT_GAP;
  return { text, hasOccurrences: occurrences >= 0 };
}

/** The row that a line is; null when it is none. */
export function readTableRow(line: string, { text, hasOccurrences }: TableHead): TableRow | null {
  const words = line.slice(0, text).trim().split(/\s+/);
  const number = /^\d{1,10}$/.test(words[0]!) ? Number(words[0]) : Number.NaN;
  if (!(number <= LAST_LINE)) return null;
  const none = { line: number, memory: Number.NaN, increment: Number.NaN, occurrences: Number.NaN };
  if (words.length === 1) return { ...none, text: line.slice(text).trimEnd() };
  // Numbers may have pushed the source to the right: words are counted, not columns.
  const wide = splitWords(line, 6);
  const memory = readAmount(wide.words[1], wide.words[2]);
  const increment = readAmount(wide.words[3], wide.words[4]);
  if (Number.isNaN(memory)) return null;
  const occurrences = hasOccurrences ? parseLogNumber(wide.words[5]) : Number.NaN;
  if (hasOccurrences && Number.isNaN(occurrences)) return null;
  return {
    line: number,
    memory,
    increment: Number.isNaN(increment) ? 0 : increment,
    occurrences,
    text: line.slice(wide.ends[hasOccurrences ? 5 : 4]! + TEXT_GAP).trimEnd(),
  };
}

/** Bytes; NaN for what is none, as more than a machine can have. */
function readAmount(number: string | undefined, unit: string | undefined): number {
  const bytes = parseLogNumber(number) * (UNITS.get(unit ?? '') ?? Number.NaN);
  return Math.abs(bytes) < 2 ** 64 ? bytes : Number.NaN;
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
