/**
 * Source lines by function or by file: what the lines view ranks and lists.
 *
 *   groups   0 .. g-1   a function, or a file      rows start[g] .. start[g + 1] - 1 are its lines, in their order
 *   rows     0 .. l-1   line, hits, values
 *
 * Lines come from the file's own line table, or from frames whose line is the executing one: those of the same name and
 * file are one function. There, numbers are those of the calling contexts: a line that runs inside of itself counts once
 * in its total, and so does a function.
 *
 * Numbers of a line table are what the tool says. Those of a function or file are their sum; of what is a state, such as
 * memory in use, they are the largest.
 */
import { sumFunctions } from '../model/context-sums.ts';
import type { FrameIndex, FunctionTable, Profile } from '../model/profile.ts';
import { shortPlace } from '../units/names.ts';
import { getFile, getFullName } from './frame-text.ts';

/** Row of a line. */
export type LineRow = number & { readonly __flavor?: 'LineRow' };
/** Row of a function or file. */
export type LineGroup = number & { readonly __flavor?: 'LineGroup' };

/** What lines are gathered by. */
export type LinesBy = 'function' | 'file';

/** Lines, and what they are gathered in. Columns; NaN: not measured. */
export interface LineRows {
  readonly profile: Profile;
  readonly by: LinesBy;
  readonly length: number;
  /** 0: not known. */
  readonly line: Int32Array;
  /** Function that the line is in; -1: not known. */
  readonly frame: Int32Array;
  readonly group: Int32Array;
  readonly calls: Float64Array;
  /** By metric of the profile: of the line alone, or, without `totals`, what the tool says of it. */
  readonly values: readonly Float64Array[];
  /** With what the line calls; null where that is not told apart. */
  readonly totals: readonly Float64Array[] | null;
  /** String of the line's text; -1: not in the file. */
  readonly text: Int32Array;
  readonly groups: LineGroups;
  /** Metrics that some line has, in the order of the profile. */
  readonly metrics: readonly number[];
  /** By metric: what shares are of; NaN of a state, and where the tool's values are shares already. */
  readonly wholes: readonly number[];
}

/** Functions or files with lines, in the order of the profile. */
export interface LineGroups {
  readonly length: number;
  /** Rows of group g begin at start[g]. Length `length` + 1. */
  readonly start: Int32Array;
  /** A function of it; -1: none is known. */
  readonly frame: Int32Array;
  /** String of the path. */
  readonly file: Int32Array;
  /** Line that the function begins on, as far as the profile says; 0: it does not. */
  readonly firstLine: Int32Array;
  readonly values: readonly Float64Array[];
  /** With callees; null where lines do not add up to it, and nothing else tells. */
  readonly totals: readonly Float64Array[] | null;
  /** A function in the same file, by which its source can be had; -1: none. */
  readonly inFile: Int32Array;
}

/** The lines of a profile that has a line table, or whose frames are lines that ran. Cost: linear, and the sorting of lines. */
export function buildLineRows(profile: Profile, by: LinesBy): LineRows {
  return profile.lines !== undefined ? fromTable(profile, by) : fromFrames(profile, by);
}

/** True for a frame without a function: tools that record lines only name it after its place, `core.py:12`. */
export function isNameless(profile: Profile, frame: FrameIndex): boolean {
  const name = getFullName(profile, frame);
  return (
    name.endsWith(`:${profile.frames.line[frame]}`) &&
    name === shortPlace(getFile(profile, frame), profile.frames.line[frame]!)
  );
}

/** True for what is a state, and not an amount: sums of it say nothing. */
export function isState(profile: Profile, metric: number): boolean {
  const { unit, isState: stated = false } = profile.metrics[metric] ?? { unit: 'count' };
  return stated || unit === 'bytes per second';
}

/** What is collected before it becomes columns. */
interface Draft {
  readonly line: number[];
  readonly frame: number[];
  readonly group: number[];
}

/** Hands out groups by key; their file and first function are those of their first line. */
class GroupBook {
  readonly frame: number[] = [];
  readonly file: number[] = [];
  readonly #rows = new Map<string, number>();

  find(key: string, frame: FrameIndex, file: number): LineGroup {
    const known = this.#rows.get(key);
    if (known !== undefined) {
      if (this.frame[known]! < 0) this.frame[known] = frame;
      return known;
    }
    this.#rows.set(key, this.frame.length);
    this.frame.push(frame);
    this.file.push(file);
    return this.frame.length - 1;
  }
}

function fromTable(profile: Profile, by: LinesBy): LineRows {
  const lines = profile.lines!;
  const book = new GroupBook();
  const group = Int32Array.from({ length: lines.length }, (_, row) => {
    const [frame, file] = [lines.frame[row]!, lines.file[row]!];
    return book.find(by === 'file' || frame < 0 ? `file ${file}` : `${frame} ${file}`, frame, file);
  });
  // Functions that were watched and never ran are in no line.
  if (by === 'function' && profile.contexts === undefined && profile.calls.length === 0) {
    const seen = new Set(lines.frame);
    for (let frame = 0; frame < profile.frames.length; frame++)
      if (!seen.has(frame)) book.find(`${frame}`, frame, profile.frames.file[frame]!);
  }
  const order = orderRows(group, lines.line);
  const take = <T extends Int32Array | Float64Array>(column: T): T => column.map((_, at) => column[order[at]!]!) as T;
  const sorted = take(group);
  const values = lines.values.map(take);
  const totals = lines.totals?.map(take) ?? null;
  const combine = (columns: readonly Float64Array[]) =>
    columns.map((column, metric) => combineRows(column, sorted, book.frame.length, isState(profile, metric)));
  return finish(profile, by, book, {
    line: take(lines.line),
    frame: take(lines.frame),
    group: sorted,
    calls: take(lines.calls),
    values,
    totals,
    text: take(lines.text),
    groupValues: combine(values),
    groupTotals: totals === null || by === 'file' ? null : stateTotals(profile, book, combine(totals)),
  });
}

function fromFrames(profile: Profile, by: LinesBy): LineRows {
  const { frames, contexts } = profile;
  const book = new GroupBook();
  const draft: Draft = { line: [], frame: [], group: [] };
  const groupOf = new Int32Array(frames.length).fill(-1);
  const rowOf = new Int32Array(frames.length).fill(-1);
  const rows = new Map<string, number>();
  const ran = markRan(profile);
  for (let frame = 0; frame < frames.length; frame++) {
    if (ran[frame] === 0) continue;
    const [file, line] = [frames.file[frame]!, Math.max(0, frames.line[frame]!)];
    const group =
      by === 'file'
        ? book.find(`${file}`, frame, file)
        : isNameless(profile, frame)
          ? book.find(`file ${file}`, -1, file)
          : book.find(`${frames.name[frame]!} ${file}`, frame, file);
    const key = `${group} ${line}`;
    const row = rows.get(key) ?? rows.size;
    if (row === rows.size) {
      rows.set(key, row);
      draft.line.push(line);
      draft.frame.push(frame);
      draft.group.push(group);
    }
    groupOf[frame] = group;
    rowOf[frame] = row;
  }
  const order = orderRows(Int32Array.from(draft.group), Int32Array.from(draft.line));
  const placeOf = new Int32Array(order.length);
  order.forEach((row, at) => {
    placeOf[row] = at;
  });
  const sum = (placed: (frame: FrameIndex) => number, length: number) =>
    contexts === undefined
      ? addFrames(profile, ran, placed, length)
      : sumFunctions({ ...contexts, frame: contexts.frame.map(placed) }, length);
  const lines = sum((frame) => placeOf[rowOf[frame]!]!, order.length);
  const groups = sum((frame) => groupOf[frame]!, book.frame.length);
  return finish(profile, by, book, {
    line: order.map((row) => draft.line[row]!),
    frame: order.map((row) => draft.frame[row]!),
    group: order.map((row) => draft.group[row]!),
    calls: lines.calls,
    values: lines.self,
    totals: lines.total,
    text: new Int32Array(order.length).fill(-1),
    groupValues: groups.self,
    // Without stacks nobody knows how much of a function ran inside of itself.
    groupTotals: contexts === undefined ? null : groups.total,
  });
}

/** By frame, 1 where it ran: frames of other threads are in the table, too. */
function markRan({ frames, contexts, functions }: Profile): Uint8Array {
  const ran = new Uint8Array(frames.length);
  if (contexts === undefined)
    return ran.map((_, frame) => (functions.self.some((self) => !Number.isNaN(self[frame]!)) ? 1 : 0));
  for (let context = 0; context < contexts.length; context++) ran[contexts.frame[context]!] = 1;
  return ran;
}

/** Numbers of frames added up where they are placed. */
function addFrames(
  { functions, frames }: Profile,
  ran: Uint8Array,
  placed: (frame: FrameIndex) => number,
  length: number,
): Pick<FunctionTable, 'calls' | 'self' | 'total'> {
  const at = Int32Array.from({ length: frames.length }, (_, frame) => (ran[frame] === 1 ? placed(frame) : -1));
  const add = (column: Float64Array) => {
    const sums = new Float64Array(length).fill(Number.NaN);
    column.forEach((value, frame) => {
      if (at[frame]! < 0 || Number.isNaN(value)) return;
      const known = sums[at[frame]!]!;
      sums[at[frame]!] = Number.isNaN(known) ? value : known + value;
    });
    return sums;
  };
  return { calls: add(functions.calls), self: functions.self.map(add), total: functions.total.map(add) };
}

/** Totals of functions as the profile states them: those of lines count twice what ran inside of itself. */
function stateTotals({ frames, functions }: Profile, book: GroupBook, sums: readonly Float64Array[]): Float64Array[] {
  return sums.map((column, metric) =>
    column.map((sum, group) => {
      const frame = book.frame[group]!;
      const stated =
        frame >= 0 && frames.file[frame] === book.file[group] ? functions.total[metric]![frame]! : Number.NaN;
      return Number.isNaN(stated) ? sum : stated;
    }),
  );
}

interface Columns extends Pick<LineRows, 'line' | 'frame' | 'group' | 'calls' | 'values' | 'totals' | 'text'> {
  readonly groupValues: readonly Float64Array[];
  readonly groupTotals: readonly Float64Array[] | null;
}

function finish(profile: Profile, by: LinesBy, book: GroupBook, columns: Columns): LineRows {
  const { groupValues, groupTotals, ...rest } = columns;
  const { frames, traits, lines } = profile;
  const length = book.frame.length;
  const frame = Int32Array.from(book.frame);
  const start = new Int32Array(length + 1);
  for (const group of rest.group) start[group + 1]!++;
  for (let group = 0; group < length; group++) start[group + 1]! += start[group]!;
  const isFirstLine = by === 'function' && (traits.linesRan !== true || lines !== undefined);
  const inFile = new Map<number, number>();
  for (let row = 0; row < frames.length; row++) if (!inFile.has(frames.file[row]!)) inFile.set(frames.file[row]!, row);
  return {
    profile,
    by,
    length: rest.line.length,
    ...rest,
    groups: {
      length,
      start,
      frame,
      file: Int32Array.from(book.file),
      // Of a function whose lines are in another file (inlined ones) it is no line of that file.
      firstLine: frame.map((of, group) =>
        isFirstLine && of >= 0 && frames.file[of] === book.file[group] ? Math.max(0, frames.line[of]!) : 0,
      ),
      values: groupValues,
      totals: groupTotals,
      inFile: Int32Array.from(book.file, (file) => inFile.get(file) ?? -1),
    },
    metrics: findMetrics(rest),
    wholes: rest.values.map((_, metric) => getWhole(profile, rest, metric)),
  };
}

/**
 * What shares are of: all of the profile, where its functions say more than its lines (which may not be known of all of
 * them), else the sum of the lines.
 */
function getWhole(profile: Profile, { values, totals }: Pick<LineRows, 'values' | 'totals'>, metric: number): number {
  if (isState(profile, metric) || profile.metrics[metric]!.unit === 'percent') return Number.NaN;
  const sum = sumKnown(values[metric]!);
  return totals === null ? sum : Math.max(sum, sumKnown(profile.functions.self[metric]!));
}

/** Metrics that are known of some line and not zero everywhere; the first one where there is none. */
function findMetrics({ values, totals }: Pick<LineRows, 'values' | 'totals'>): readonly number[] {
  const isThere = (column: Float64Array | undefined) => column?.some((value) => value !== 0 && !Number.isNaN(value));
  const found = values.flatMap((column, metric) => (isThere(column) || isThere(totals?.[metric]) ? [metric] : []));
  return found.length > 0 ? found : [0];
}

/** Rows by group, then by line. */
function orderRows(group: Int32Array, line: Int32Array): Int32Array {
  return Int32Array.from(group.keys()).sort((a, b) => group[a]! - group[b]! || line[a]! - line[b]! || a - b);
}

/** Sum, or largest, of the known values of each group; NaN where none is known. */
function combineRows(column: Float64Array, group: Int32Array, length: number, largest: boolean): Float64Array {
  const combined = new Float64Array(length).fill(Number.NaN);
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    if (Number.isNaN(value)) continue;
    const known = combined[group[row]!]!;
    combined[group[row]!] = Number.isNaN(known) ? value : largest ? Math.max(known, value) : known + value;
  }
  return combined;
}

function sumKnown(column: Float64Array): number {
  let sum = 0;
  for (const value of column) if (!Number.isNaN(value)) sum += value;
  return sum;
}
