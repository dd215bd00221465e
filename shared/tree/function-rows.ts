/**
 * Rows of the function table: the file's own numbers (never those of a rebuilt tree), sorted, filtered and grouped.
 *
 *   profile -> FunctionRows (columns by frame) -> arrangeRows(sort, matches, grouping) -> lines of the table
 *
 * Sums of `total` over several functions mean nothing (a caller contains its callees), so a group has sums of self and
 * calls and no total. NaN is a number that the file does not have: it sorts last in both directions.
 */
import type { FrameIndex, Profile, Unit } from '../model/profile.ts';
import { isBuiltinFile } from '../units/names.ts';
import { getFile, getShownName } from './frame-text.ts';
import { type ColumnKey, sortByColumns } from './sort-frames.ts';

/** Columns of the table, parallel to the profile's frame table. */
export interface FunctionRows {
  readonly profile: Profile;
  readonly length: number;
  readonly unit: Unit;
  /** Sum of self of all functions: the total time as pstats prints it, and what shares are of. */
  readonly whole: number;
  readonly calls: Float64Array;
  readonly primitiveCalls: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** Columns that can be sorted by; `name` is the shown name, then the place. */
export type SortColumn = 'calls' | 'self' | 'selfPerCall' | 'total' | 'totalPerCall' | 'name';

/** One column of a sort. */
export interface SortKey {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** How rows are gathered. */
export type GroupBy = 'none' | 'file' | 'package' | 'directory';

/** A group for each frame: `names[of[frame]]`. Package groups come as plain arrays from who knows packages. */
export interface Grouping {
  readonly of: Int32Array;
  readonly names: readonly string[];
}

/** Sums of groups; columns of equal length. */
export interface GroupRows {
  readonly names: readonly string[];
  /** Functions that match; 0 where the group has no line. */
  readonly count: Int32Array;
  readonly calls: Float64Array;
  readonly primitiveCalls: Float64Array;
  readonly self: Float64Array;
  readonly selfPerCall: Float64Array;
}

/** What the table shows: lines in order, and sums of what matches. */
export interface RowArrangement {
  /** A frame (0 or more), or -1 - g for the head of group g. Functions of closed groups have no line. */
  readonly lines: Int32Array;
  readonly groups: GroupRows | null;
  /** Functions that match, those of closed groups included. */
  readonly count: number;
  /** Sum of their self. */
  readonly self: number;
  /** Largest self and total of a line: the full width of a bar. */
  readonly maxSelf: number;
  readonly maxTotal: number;
}

/** What to show, and in which order. */
export interface ArrangeOptions {
  /** Most important first; empty: order of the file. */
  readonly sort: readonly SortKey[];
  /** Rows must be marked 1 in all of them; null ones do not count. Columns by frame. */
  readonly matches: readonly (Uint8Array | null)[];
  /** Null: no groups. */
  readonly grouping: Grouping | null;
  /** Names of groups that show their functions. */
  readonly openGroups: ReadonlySet<string>;
}

/** The rows of a profile. Cost: linear; the columns that the file has are shared with the profile. */
export function buildFunctionRows(profile: Profile, metric = 0): FunctionRows {
  const { calls, primitiveCalls } = profile.functions;
  const length = profile.frames.length;
  const missing = () => new Float64Array(length).fill(Number.NaN);
  const self = profile.functions.self[metric] ?? missing();
  const total = profile.functions.total[metric] ?? missing();
  return {
    profile,
    length,
    unit: profile.metrics[metric]?.unit ?? 'count',
    whole: sumKnown(self),
    calls,
    primitiveCalls,
    self,
    total,
  };
}

/** self / calls of a function; NaN without calls. */
export function getSelfPerCall({ self, calls }: FunctionRows, frame: FrameIndex): number {
  return divide(self[frame] ?? Number.NaN, calls[frame] ?? Number.NaN);
}

/** total / primitive calls of a function; NaN without calls. */
export function getTotalPerCall({ total, primitiveCalls }: FunctionRows, frame: FrameIndex): number {
  return divide(total[frame] ?? Number.NaN, primitiveCalls[frame] ?? Number.NaN);
}

/** Lines of the table, sorted, filtered and grouped. Cost: linear, but for the first sort by name. */
export function arrangeRows(rows: FunctionRows, options: ArrangeOptions): RowArrangement {
  const frames = selectFrames(rows.length, options.matches);
  let self = 0;
  let maxSelf = 0;
  let maxTotal = 0;
  for (const frame of frames) {
    const own = rows.self[frame]!;
    if (!Number.isNaN(own)) self += own;
    if (own > maxSelf) maxSelf = own;
    if (rows.total[frame]! > maxTotal) maxTotal = rows.total[frame]!;
  }
  sortByColumns(
    frames,
    options.sort.map((key) => getColumn(rows, key)),
  );
  const sums = { count: frames.length, self, maxTotal };
  if (options.grouping === null) return { ...sums, lines: frames, groups: null, maxSelf };
  const groups = sumGroups(rows, frames, options.grouping);
  const heads = sortGroups(rows, frames, options.grouping, groups, options.sort);
  for (const head of heads) if (groups.self[head]! > maxSelf) maxSelf = groups.self[head]!;
  return { ...sums, lines: layLines(frames, heads, options.grouping, options.openGroups), groups, maxSelf };
}

/** The groups of a profile's frames by their file, or by the folder that it is in; all built-ins are one group. */
export function groupByPath(profile: Profile, by: 'file' | 'directory'): Grouping {
  const of = new Int32Array(profile.frames.length);
  const names: string[] = [];
  const byFile = new Map<number, number>();
  const byName = new Map<string, number>();
  for (let frame = 0; frame < of.length; frame++) {
    const fileIndex = profile.frames.file[frame]!;
    let group = byFile.get(fileIndex);
    if (group === undefined) {
      const name = getGroupName(getFile(profile, frame), by);
      group = byName.get(name) ?? names.push(name) - 1;
      byName.set(name, group);
      byFile.set(fileIndex, group);
    }
    of[frame] = group;
  }
  return { of, names };
}

function getGroupName(file: string, by: 'file' | 'directory'): string {
  if (isBuiltinFile(file)) return 'built-in';
  if (by === 'file') return file;
  const end = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  // A name without a folder (`<string>`, `<frozen runpy>`, `setup.py`) belongs to none.
  return end > 0 ? file.slice(0, end) : end === 0 ? file.slice(0, 1) : 'no folder';
}

/**
 * The sort after a click on a column's head: large to small first (names: A to Z), then the other way round, then the
 * order of the file. With `add` (shift) the other keys stay and the column joins them as the least important.
 */
export function nextSort(sort: readonly SortKey[], column: SortColumn, add: boolean): readonly SortKey[] {
  const first = column !== 'name';
  const key = sort.find((each) => each.column === column);
  const alone = sort.length === 1;
  if (!add) {
    if (key === undefined || !alone) return [{ column, descending: first }];
    return key.descending === first ? [{ column, descending: !first }] : [];
  }
  if (key === undefined) return [...sort, { column, descending: first }];
  if (key.descending !== first) return sort.filter((each) => each !== key);
  return sort.map((each) => (each === key ? { column, descending: !first } : each));
}

function selectFrames(length: number, matches: readonly (Uint8Array | null)[]): Int32Array {
  const filters = matches.filter((each) => each !== null);
  const frames = new Int32Array(length);
  let count = 0;
  for (let frame = 0; frame < length; frame++) {
    if (filters.every((filter) => filter[frame] === 1)) frames[count++] = frame;
  }
  return frames.slice(0, count);
}

function getColumn(rows: FunctionRows, { column, descending }: SortKey): ColumnKey {
  return { values: getValues(rows, column), descending };
}

function getValues(rows: FunctionRows, column: SortColumn): Float64Array | Int32Array {
  if (column === 'name') return getNameRanks(rows.profile);
  if (column !== 'selfPerCall' && column !== 'totalPerCall') return rows[column];
  const getPerCall = column === 'selfPerCall' ? getSelfPerCall : getTotalPerCall;
  const values = new Float64Array(rows.length);
  for (let frame = 0; frame < rows.length; frame++) values[frame] = getPerCall(rows, frame);
  return values;
}

const nameRanks = new WeakMap<Profile, Int32Array>();

/** Rank of each frame by shown name without regard to case, then path, then line. Cost: n log n, once per profile. */
function getNameRanks(profile: Profile): Int32Array {
  let ranks = nameRanks.get(profile);
  if (ranks === undefined) {
    const length = profile.frames.length;
    const names = Array.from({ length }, (_, frame) => getShownName(profile, frame).toLowerCase());
    const order = Int32Array.from({ length }, (_, frame) => frame).sort((a, b) => {
      if (names[a] !== names[b]) return names[a]! < names[b]! ? -1 : 1;
      return comparePlaces(profile, a, b);
    });
    ranks = new Int32Array(length);
    for (let rank = 0; rank < length; rank++) ranks[order[rank]!] = rank;
    nameRanks.set(profile, ranks);
  }
  return ranks;
}

function comparePlaces(profile: Profile, a: FrameIndex, b: FrameIndex): number {
  const left = getFile(profile, a);
  const right = getFile(profile, b);
  if (left !== right) return left < right ? -1 : 1;
  return profile.frames.line[a]! - profile.frames.line[b]! || a - b;
}

function sumGroups(rows: FunctionRows, frames: Int32Array, grouping: Grouping): GroupRows {
  const length = grouping.names.length;
  const count = new Int32Array(length);
  const calls = new Float64Array(length);
  const primitiveCalls = new Float64Array(length);
  const self = new Float64Array(length);
  for (const frame of frames) {
    const group = grouping.of[frame]!;
    count[group]!++;
    // One unknown number makes the sum unknown; a missing self is left out, as it is from the whole.
    calls[group]! += rows.calls[frame]!;
    primitiveCalls[group]! += rows.primitiveCalls[frame]!;
    if (!Number.isNaN(rows.self[frame]!)) self[group]! += rows.self[frame]!;
  }
  const selfPerCall = self.map((value, group) => divide(value, calls[group]!));
  return { names: grouping.names, count, calls, primitiveCalls, self, selfPerCall };
}

/** Groups that have functions, in order. By total they go by their largest one; in file order by their first function. */
function sortGroups(
  rows: FunctionRows,
  frames: Int32Array,
  grouping: Grouping,
  groups: GroupRows,
  sort: readonly SortKey[],
): Int32Array {
  const seen = new Uint8Array(groups.names.length);
  const heads: number[] = [];
  for (const frame of frames) {
    const group = grouping.of[frame]!;
    if (seen[group] === 0) heads.push(group);
    seen[group] = 1;
  }
  const order = Int32Array.from(heads);
  const keys = sort.map(({ column, descending }): ColumnKey => {
    if (column === 'name') return { values: rankNames(groups.names), descending };
    if (column === 'total' || column === 'totalPerCall') {
      return { values: maxByGroup(getValues(rows, column), frames, grouping), descending };
    }
    return { values: groups[column], descending };
  });
  sortByColumns(order, keys);
  return order;
}

function rankNames(names: readonly string[]): Int32Array {
  const order = names.map((_, index) => index).sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  const ranks = new Int32Array(names.length);
  order.forEach((index, rank) => {
    ranks[index] = rank;
  });
  return ranks;
}

function maxByGroup(values: Float64Array | Int32Array, frames: Int32Array, grouping: Grouping): Float64Array {
  const largest = new Float64Array(grouping.names.length).fill(Number.NaN);
  for (const frame of frames) {
    const group = grouping.of[frame]!;
    if (!(values[frame]! <= largest[group]!) && !Number.isNaN(values[frame]!)) largest[group] = values[frame]!;
  }
  return largest;
}

/** Heads with the functions of open groups after them, in the order that the frames have. */
function layLines(frames: Int32Array, heads: Int32Array, grouping: Grouping, open: ReadonlySet<string>): Int32Array {
  const members = new Map<number, number[]>();
  for (const head of heads) if (open.has(grouping.names[head]!)) members.set(head, []);
  if (members.size > 0) for (const frame of frames) members.get(grouping.of[frame]!)?.push(frame);
  const lines: number[] = [];
  for (const head of heads) {
    lines.push(-1 - head);
    for (const frame of members.get(head) ?? []) lines.push(frame);
  }
  return Int32Array.from(lines);
}

function sumKnown(values: Float64Array): number {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return sum;
}

function divide(value: number, count: number): number {
  return count > 0 ? value / count : Number.NaN;
}
