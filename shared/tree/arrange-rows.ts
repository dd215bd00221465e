/**
 * The lines of the function table: sorted, filtered, grouped.
 *
 *   FunctionRows ─▶ orderFrames(sort) ─▶ arrange(matches, grouping, open groups) ─▶ RowArrangement
 *
 * All functions are put in order once per sort; filters and groups take what they show from that. Everything here works
 * in steps, so that a million rows hold up nobody.
 *
 * Sums of `total` over several functions mean nothing (a caller contains its callees), so a group has sums of self and
 * calls and no total. NaN is a number that the file does not have: it sorts last in both directions.
 */
import { type FunctionRows, getSelfPerCall, getTotalPerCall, type SortColumn, type SortKey } from './function-rows.ts';
import type { Grouping } from './grouping.ts';
import { rankFramesByName } from './name-order.ts';
import { type ColumnKey, countUp, sortInSteps } from './sort-frames.ts';
import { finish, inPieces, type Steps } from './steps.ts';
import { rankTexts, TextKeys } from './text-order.ts';

/** Sums of groups; columns of equal length. */
export interface GroupRows {
  /** Functions that match; 0 where the group has no line. */
  readonly count: Int32Array;
  readonly calls: Float64Array;
  readonly primitiveCalls: Float64Array;
  readonly self: Float64Array;
  readonly selfPerCall: Float64Array;
  /** Groups that show their functions. */
  readonly open: ReadonlySet<number>;
  name(group: number): string;
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
  /** What was asked for. */
  readonly options: ArrangeOptions;
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

/** Lines of the table at once, for tests and small profiles. */
export function arrangeRows(rows: FunctionRows, options: ArrangeOptions): RowArrangement {
  return finish(arrange(rows, finish(orderFrames(rows, options.sort)), options));
}

/** All functions in order. Cost: linear, but for the first sort by name. */
export function* orderFrames(rows: FunctionRows, sort: readonly SortKey[]): Steps<Int32Array> {
  const order = countUp(rows.length);
  const keys: ColumnKey[] = [];
  for (const { column, descending } of sort) keys.push({ values: yield* getValues(rows, column), descending });
  yield* sortInSteps(order, keys);
  return order;
}

/** The lines that `options` ask for, of functions that are in the order of `options.sort`. */
export function* arrange(rows: FunctionRows, order: Int32Array, options: ArrangeOptions): Steps<RowArrangement> {
  const kept = combine(options.matches);
  const sums = { count: 0, self: 0, maxSelf: 0, maxTotal: 0 };
  yield* inPieces(rows.length, (from, end) => addUp(sums, rows, kept, from, end));
  let frames = order;
  if (kept !== null) {
    frames = new Int32Array(sums.count);
    let count = 0;
    yield* inPieces(order.length, (from, end) => {
      count = take(frames, count, order, kept, from, end);
    });
  }
  const { grouping } = options;
  if (grouping === null) return { ...sums, lines: frames, groups: null, options };
  const open = new Set<number>();
  for (const name of options.openGroups) {
    const group = yield* grouping.find(name);
    if (group >= 0) open.add(group);
  }
  const groups = { ...(yield* sumGroups(rows, frames, grouping)), open, name: grouping.name };
  const heads = yield* orderGroups(rows, frames, grouping, groups, options.sort);
  let { maxSelf } = sums;
  for (const head of heads) if (groups.self[head]! > maxSelf) maxSelf = groups.self[head]!;
  const lines = yield* layLines(frames, heads, grouping, groups);
  return { ...sums, lines, groups, maxSelf, options };
}

/** One column of marks of all that count; null: none does. */
function combine(matches: readonly (Uint8Array | null)[]): Uint8Array | null {
  const [first, ...others] = matches.filter((each) => each !== null);
  if (first === undefined || others.length === 0) return first ?? null;
  const kept = first.slice();
  for (const other of others) for (let frame = 0; frame < kept.length; frame++) kept[frame]! &= other[frame]!;
  return kept;
}

interface Sums {
  count: number;
  self: number;
  maxSelf: number;
  maxTotal: number;
}

function addUp(sums: Sums, rows: FunctionRows, kept: Uint8Array | null, from: number, end: number): void {
  let { count, self, maxSelf, maxTotal } = sums;
  for (let frame = from; frame < end; frame++) {
    if (kept !== null && kept[frame] !== 1) continue;
    count++;
    const own = rows.self[frame]!;
    if (!Number.isNaN(own)) self += own;
    if (own > maxSelf) maxSelf = own;
    if (rows.total[frame]! > maxTotal) maxTotal = rows.total[frame]!;
  }
  Object.assign(sums, { count, self, maxSelf, maxTotal });
}

/** Frames of a piece of the order that are kept; gives how many there are by then. */
function take(
  frames: Int32Array,
  count: number,
  order: Int32Array,
  kept: Uint8Array,
  from: number,
  end: number,
): number {
  let at = count;
  for (let i = from; i < end; i++) if (kept[order[i]!] === 1) frames[at++] = order[i]!;
  return at;
}

function* getValues(rows: FunctionRows, column: SortColumn): Steps<Float64Array | Int32Array> {
  if (column === 'name') return yield* rankFramesByName(rows.profile);
  if (column !== 'selfPerCall' && column !== 'totalPerCall') return rows[column];
  const getPerCall = column === 'selfPerCall' ? getSelfPerCall : getTotalPerCall;
  const values = new Float64Array(rows.length);
  yield* inPieces(rows.length, (from, end) => {
    for (let frame = from; frame < end; frame++) values[frame] = getPerCall(rows, frame);
  });
  return values;
}

function* sumGroups(
  rows: FunctionRows,
  frames: Int32Array,
  { length, of }: Grouping,
): Steps<Omit<GroupRows, 'open' | 'name'>> {
  const count = new Int32Array(length);
  const calls = new Float64Array(length);
  const primitiveCalls = new Float64Array(length);
  const self = new Float64Array(length);
  yield* inPieces(frames.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const frame = frames[i]!;
      const group = of[frame]!;
      count[group]!++;
      // One unknown number makes the sum unknown; a missing self is left out, as it is from the whole.
      calls[group]! += rows.calls[frame]!;
      primitiveCalls[group]! += rows.primitiveCalls[frame]!;
      if (!Number.isNaN(rows.self[frame]!)) self[group]! += rows.self[frame]!;
    }
  });
  const selfPerCall = new Float64Array(length);
  for (let group = 0; group < length; group++) {
    selfPerCall[group] = calls[group]! > 0 ? self[group]! / calls[group]! : Number.NaN;
  }
  return { count, calls, primitiveCalls, self, selfPerCall };
}

/** Groups that have functions, in order. By total they go by their largest one; in file order by their first function. */
function* orderGroups(
  rows: FunctionRows,
  frames: Int32Array,
  grouping: Grouping,
  groups: GroupRows,
  sort: readonly SortKey[],
): Steps<Int32Array> {
  const seen = new Uint8Array(grouping.length);
  const heads = new Int32Array(grouping.length);
  let count = 0;
  yield* inPieces(frames.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const group = grouping.of[frames[i]!]!;
      if (seen[group] === 0) heads[count++] = group;
      seen[group] = 1;
    }
  });
  const order = heads.subarray(0, count);
  const keys: ColumnKey[] = [];
  for (const { column, descending } of sort) {
    keys.push({ values: yield* getGroupValues(rows, frames, grouping, groups, column), descending });
  }
  yield* sortInSteps(order, keys);
  return order;
}

function* getGroupValues(
  rows: FunctionRows,
  frames: Int32Array,
  grouping: Grouping,
  groups: GroupRows,
  column: SortColumn,
): Steps<Float64Array | Int32Array> {
  if (column === 'name') return yield* rankGroupNames(grouping);
  if (column !== 'total' && column !== 'totalPerCall') return groups[column];
  const values = yield* getValues(rows, column);
  const largest = new Float64Array(grouping.length).fill(Number.NaN);
  yield* inPieces(frames.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const value = values[frames[i]!]!;
      const group = grouping.of[frames[i]!]!;
      if (!(value <= largest[group]!) && !Number.isNaN(value)) largest[group] = value;
    }
  });
  return largest;
}

/** Names that are read between two yields: a millisecond. */
const NAMES_AT_ONCE = 1000;

function* rankGroupNames(grouping: Grouping): Steps<Int32Array> {
  const keys = new TextKeys();
  for (let group = 0; group < grouping.length; group++) {
    grouping.addKey(keys, group);
    if (group % NAMES_AT_ONCE === 0) yield;
  }
  return yield* rankTexts(keys);
}

/** Heads with the functions of open groups after them, in the order that the frames have. */
function* layLines(frames: Int32Array, heads: Int32Array, { of }: Grouping, groups: GroupRows): Steps<Int32Array> {
  const { open, count } = groups;
  const next = new Int32Array(count.length).fill(-1);
  let length = heads.length;
  for (const group of open) length += count[group]!;
  const lines = new Int32Array(length);
  let at = 0;
  for (const head of heads) {
    lines[at++] = -1 - head;
    if (!open.has(head)) continue;
    next[head] = at;
    at += count[head]!;
  }
  if (open.size === 0) return lines;
  yield* inPieces(frames.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const group = of[frames[i]!]!;
      if (next[group]! >= 0) lines[next[group]!++] = frames[i]!;
    }
  });
  return lines;
}
