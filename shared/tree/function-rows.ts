/**
 * Rows of the function table: the file's own numbers (never those of a rebuilt tree), sorted, filtered and grouped.
 *
 *   frames 0 .. f-1  ->  FunctionRows (columns)  ->  arrangeRows(sort, matches, grouping)  ->  lines of the table
 *
 * Sums of `total` over functions mean nothing (callers contain their callees), so a group has a sum of self and calls
 * but no total. NaN is a number that the file does not have: it sorts last in both directions.
 */
import type { Profile, Unit } from '../model/profile.ts';

/** Columns of the table, parallel to the profile's frame table. */
export interface FunctionRows {
  readonly length: number;
  readonly unit: Unit;
  /** Sum of self of all functions: the total time as pstats prints it, and what shares are of. */
  readonly whole: number;
  readonly calls: Float64Array;
  readonly primitiveCalls: Float64Array;
  readonly self: Float64Array;
  /** self / calls. */
  readonly selfPerCall: Float64Array;
  readonly total: Float64Array;
  /** total / primitive calls. */
  readonly totalPerCall: Float64Array;
  readonly maxSelf: number;
  readonly maxTotal: number;
  readonly profile: Profile;
}

/** Columns that can be sorted by; `name` is the function's shown name, then its place. */
export type SortColumn = 'calls' | 'self' | 'selfPerCall' | 'total' | 'totalPerCall' | 'name';

export interface SortKey {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** How rows are gathered. */
export type GroupBy = 'none' | 'file' | 'package' | 'directory';

/** A group per frame. Package groups come from the colour room's package table as plain arrays. */
export interface Grouping {
  readonly of: Int32Array;
  readonly names: readonly string[];
}

/** Sums of the groups that have a function in the table; columns of equal length. */
export interface GroupRows {
  readonly names: readonly string[];
  /** Functions that match. */
  readonly count: Int32Array;
  readonly calls: Float64Array;
  readonly self: Float64Array;
}

/** What the table shows: lines in order, and the sums of what matches. */
export interface RowArrangement {
  /** A frame (0 or more), or -1 - g for the head of group g. */
  readonly lines: Int32Array;
  readonly groups: GroupRows | null;
  /** Functions that match (those in closed groups included), and their self. */
  readonly count: number;
  readonly self: number;
  /** Largest values of a line, for bars. */
  readonly maxSelf: number;
  readonly maxTotal: number;
}
