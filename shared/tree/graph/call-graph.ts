/**
 * The call graph in normal form: what preparing computes with, and drops when it is done.
 *
 *   functions 0 .. f-1   as the profile's frames
 *   edges     0 .. e-1   caller → callee, in the order of callees; the profile's calls, and those put back among them
 *
 * Values are whole units of `scale` (nanoseconds for seconds), so that equal sums are equal numbers. A count is never
 * NaN and outer calls never exceed calls. This form is private to the tree: the table and the details show the
 * profile's own numbers.
 */

/** Functions, columns of equal length in the order of the profile's frames. */
export interface FunctionNumbers {
  readonly length: number;
  readonly calls: Float64Array;
  /** Calls not made through recursion. */
  readonly outerCalls: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** 1: the file has a name only, its numbers follow from its edges. */
  readonly unknown: Uint8Array;
}

/** Edges, columns of equal length. */
export interface EdgeNumbers {
  readonly length: number;
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  /** The profile's own column where nothing in it has to be changed: not to be written to. */
  readonly calls: Float64Array;
  /** Calls that were not made inside another call of the same edge. The profile's own column likewise. */
  readonly outerCalls: Float64Array;
  readonly self: Float64Array;
  /** Time of the outer calls. */
  readonly total: Float64Array;
  /** 1: the file has a call count only, the times were shared out. Null when there is no such edge. */
  readonly countOnly: Uint8Array | null;
  /** 1: the file has a total only, self is a share of the callee's; null: none of them. */
  readonly totalOnly: Uint8Array | null;
}

/** Both, and how to read them. */
export interface CallGraph {
  readonly functions: FunctionNumbers;
  readonly edges: EdgeNumbers;
  /** Units here per unit of the metric. */
  readonly scale: number;
  /** False: no call counts in the file; times stand in for them. */
  readonly hasCounts: boolean;
  /** Edges that are not in the file but were put back (lost-calls.ts); rising. */
  readonly putBack: Int32Array;
}
