/**
 * What a listing of a function or file shows, item by item: its known lines, the lines of its source around them, and
 * marks where lines are missing.
 *
 *   12  known line        row  r
 *   13  source only       row -1
 *    ⋮  3 lines missing   row -2, `line` counts them
 */
import { getString } from '../model/strings.ts';
import { getFullName } from './frame-text.ts';
import type { LineGroup, LineRows } from './line-rows.ts';

/** Item that is a line without numbers. */
export const SOURCE_ONLY = -1;
/** Item that stands for missing lines. */
export const GAP = -2;

/** The items, in order. */
export interface Listing {
  readonly length: number;
  /** Row of the line, or one of the marks above. */
  readonly row: Int32Array;
  /** Number of the line, from 1; 0: not known. Of a gap: how many lines are missing. */
  readonly line: Int32Array;
  /** Index in the source's lines; -1: no text from there. */
  readonly source: Int32Array;
  /** Lines that the profile knows beyond the end of the source: it is another one by now. */
  readonly beyond: number;
}

/** A listing. `source`: lines of the file, null when they are not to be had. */
export function buildListing(rows: LineRows, group: LineGroup, source: readonly string[] | null): Listing {
  const { line: lines, groups } = rows;
  const [from, to] = [groups.start[group]!, groups.start[group + 1]!];
  const items: { readonly row: number; readonly line: number }[] = [];
  const [stated, end] = source === null ? [groups.firstLine[group]!, 0] : findExtent(rows, group, source);
  // Lines that were inlined may stand above the function.
  const least = findLeast(lines, from, to);
  const first = least === 0 || stated <= least ? stated : source === null ? 0 : least;
  let next = first;
  let beyond = 0;
  const fillTo = (line: number) => {
    if (source === null) {
      // The line that a function begins on is its sign, also where nothing is known of it.
      if (next === first && first > 0 && line > first) items.push({ row: SOURCE_ONLY, line: next++ });
      if (next > 0 && line > next) items.push({ row: GAP, line: line - next });
      return;
    }
    if (rows.by === 'function' && line - next > MOST_BETWEEN) items.push({ row: GAP, line: line - next });
    else
      for (let at = Math.max(1, next); at < line && at <= source.length; at++)
        items.push({ row: SOURCE_ONLY, line: at });
  };
  for (let row = from; row < to; row++) {
    const line = lines[row]!;
    if (line > 0) fillTo(line);
    items.push({ row, line });
    if (line > 0 && line >= next) next = line + 1;
    if (source !== null && line > source.length) beyond++;
  }
  fillTo(source === null ? (from === to && first > 0 ? first + 1 : 0) : end + 1);
  const hasText = (line: number) => source !== null && line > 0 && line <= source.length;
  return {
    length: items.length,
    row: Int32Array.from(items, ({ row }) => row),
    line: Int32Array.from(items, ({ line }) => line),
    source: Int32Array.from(items, ({ row, line }) => (row !== GAP && hasText(line) ? line - 1 : -1)),
    beyond,
  };
}

/** Smallest known line number of some rows; 0: there is none. */
function findLeast(lines: Int32Array, from: number, to: number): number {
  for (let row = from; row < to; row++) if (lines[row]! > 0) return lines[row]!;
  return 0;
}

/** Lines of the source shown between two known lines of a function; more are code from elsewhere, and only counted. */
const MOST_BETWEEN = 200;
/** Lines looked at above the first known one for the beginning of a function, and below the last one for its end. */
const MOST_AROUND = 400;

/** First and last line to show: all of a file, of a function its block as its indentation tells. */
function findExtent(rows: LineRows, group: LineGroup, source: readonly string[]): readonly [number, number] {
  const { line: lines, groups, profile, by } = rows;
  const frame = groups.frame[group]!;
  if (by === 'file' || frame < 0) return [1, source.length];
  const [from, to] = [groups.start[group]!, groups.start[group + 1]!];
  const least = findLeast(lines, from, to);
  const most = least === 0 ? 0 : lines[to - 1]!;
  const stated = groups.firstLine[group]!;
  const first = stated > 0 ? stated : most > 0 ? findBeginning(getFullName(profile, frame), least, source) : 0;
  if (first === 0 || first > source.length) return [first, 0];
  const depth = countIndent(source[first - 1]!);
  const known = Math.max(first, most);
  let end = Math.min(known, source.length);
  // Below a decorator and an unfinished head, lines of the same depth belong to it still.
  let isInHead = most <= first;
  for (let at = known + 1; at <= Math.min(source.length, known + MOST_AROUND); at++) {
    const text = source[at - 1]!;
    if (text.trim() === '') continue;
    if (countIndent(text) > depth) isInHead = false;
    else if (!isInHead) break;
    else isInHead = !text.trimEnd().endsWith(':');
    end = at;
  }
  return [first, end];
}

/** The line of `def name` above a known line; that line where there is none. */
function findBeginning(name: string, known: number, source: readonly string[]): number {
  const last = name.slice(name.lastIndexOf('.') + 1);
  for (let at = Math.min(known, source.length); at >= Math.max(1, known - MOST_AROUND); at--) {
    const text = source[at - 1]!.trimStart();
    if (text.startsWith(`def ${last}(`) || text.startsWith(`async def ${last}(`)) return at;
  }
  return known;
}

function countIndent(text: string): number {
  return text.length - text.trimStart().length;
}

/** Text of an item: the profile's own, else the source's; null where there is neither. */
export function getItemText(
  rows: LineRows,
  listing: Listing,
  item: number,
  source: readonly string[] | null,
): string | null {
  const row = listing.row[item]!;
  const own = row >= 0 ? rows.text[row]! : -1;
  if (own >= 0) return getString(rows.profile.strings, own);
  return source?.[listing.source[item]!] ?? null;
}

/** Blanks that all texts of a listing begin with: a method's body far to the right says nothing. */
export function findIndent(rows: LineRows, listing: Listing, source: readonly string[] | null): string {
  let indent: string | null = null;
  for (let item = 0; item < listing.length && indent !== ''; item++) {
    if (listing.row[item] === GAP) continue;
    const text = getItemText(rows, listing, item, source) ?? '';
    if (text.trim() === '') continue;
    const blanks = text.slice(0, countIndent(text));
    let shared = 0;
    while (indent !== null && shared < indent.length && indent[shared] === blanks[shared]) shared++;
    indent = indent === null ? blanks : indent.slice(0, shared);
  }
  return indent ?? '';
}
