/**
 * Rows of the function table: the file's own numbers (never those of a rebuilt tree). The columns are the profile's own;
 * `arrange-rows.ts` puts them in order.
 */
import type { FrameIndex, Profile, Unit } from '../model/profile.ts';

/** Columns of the table, parallel to the profile's frame table. */
export interface FunctionRows {
  readonly profile: Profile;
  readonly length: number;
  /** Per frame, 1 where it ran in this profile; null: all did. Threads share the frames of their file. */
  readonly listed: Uint8Array | null;
  /** How many ran. */
  readonly functions: number;
  readonly unit: Unit;
  /** Sum of self of all functions: the total time as pstats prints it, and what shares are of. */
  readonly whole: number;
  /** What shares of totals are of: no function has more than all of it, also where own times are rounded or lost. */
  readonly wholeTotal: number;
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

/** The rows of a profile. Cost: a look at each self value. */
export function buildFunctionRows(profile: Profile, metric = 0): FunctionRows {
  const { calls, primitiveCalls } = profile.functions;
  const length = profile.frames.length;
  const missing = () => new Float64Array(length).fill(Number.NaN);
  const self = profile.functions.self[metric] ?? missing();
  const total = profile.functions.total[metric] ?? missing();
  const whole = sumKnown(self);
  const listed = profile.contexts === undefined ? null : markListed(self);
  return {
    profile,
    length,
    listed: listed?.mask ?? null,
    functions: listed?.count ?? length,
    unit: profile.metrics[metric]?.unit ?? 'count',
    whole,
    wholeTotal: Math.max(whole, findLargest(total)),
    calls,
    primitiveCalls,
    self,
    total,
  };
}

/** Whether no function has a number of its own: lists of callers state those of calls only. */
export function isOfCallsOnly({ self, length }: FunctionRows): boolean {
  return length > 0 && self.every(Number.isNaN);
}

/** Calls of all functions as pstats adds them up: over those that have a count. NaN when none has. */
export interface CallSums {
  readonly calls: number;
  readonly primitiveCalls: number;
}

const sums = new WeakMap<Profile, CallSums>();

/** Looks at every function, once per profile: header and details are drawn again at every turn. */
export function getCallSums(profile: Profile): CallSums {
  let known = sums.get(profile);
  if (known === undefined) {
    const { calls, primitiveCalls } = profile.functions;
    known = { calls: sumCounts(calls), primitiveCalls: sumCounts(primitiveCalls) };
    sums.set(profile, known);
  }
  return known;
}

function sumCounts(column: Float64Array): number {
  let [sum, isKnown] = [0, column.length === 0];
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row]!)) continue;
    sum += column[row]!;
    isKnown = true;
  }
  return isKnown ? sum : Number.NaN;
}

/** self / calls of a function; NaN without calls. */
export function getSelfPerCall({ self, calls }: FunctionRows, frame: FrameIndex): number {
  return divide(self[frame] ?? Number.NaN, calls[frame] ?? Number.NaN);
}

/** total / primitive calls of a function; NaN without calls. */
export function getTotalPerCall({ total, primitiveCalls }: FunctionRows, frame: FrameIndex): number {
  return divide(total[frame] ?? Number.NaN, primitiveCalls[frame] ?? Number.NaN);
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

/** Frames with a number; null where all have one. */
function markListed(self: Float64Array): { readonly mask: Uint8Array; readonly count: number } | null {
  const mask = new Uint8Array(self.length);
  let count = 0;
  for (let frame = 0; frame < self.length; frame++) {
    if (Number.isNaN(self[frame]!)) continue;
    mask[frame] = 1;
    count += 1;
  }
  return count === self.length ? null : { mask, count };
}

function findLargest(values: Float64Array): number {
  let largest = 0;
  for (let row = 0; row < values.length; row++) if (values[row]! > largest) largest = values[row]!;
  return largest;
}

function sumKnown(values: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row]!)) sum += values[row]!;
  return sum;
}

function divide(value: number, count: number): number {
  return count > 0 ? value / count : Number.NaN;
}
