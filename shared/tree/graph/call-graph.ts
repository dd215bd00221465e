/**
 * The call graph in normal form: what every later step of the tree computes with.
 *
 *   functions 0 .. f-1   as the profile's frames        edges 0 .. e-1   caller → callee
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

/** Edges, columns of equal length. A caller of -1 stands for "called from outside the profile". */
export interface EdgeNumbers {
  readonly length: number;
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  readonly calls: Float64Array;
  /** Calls that were not made inside another call of the same edge. */
  readonly outerCalls: Float64Array;
  readonly self: Float64Array;
  /** Time of the outer calls. */
  readonly total: Float64Array;
  /** 1: the file has a call count only, the times were shared out. */
  readonly countOnly: Uint8Array;
}

/** Both, and how to read them. */
export interface CallGraph {
  readonly functions: FunctionNumbers;
  readonly edges: EdgeNumbers;
  /** Units here per unit of the metric. */
  readonly scale: number;
  /** False: no call counts in the file; times stand in for them. */
  readonly hasCounts: boolean;
  /** Edges from here on are not in the file but were put back (lost-calls.ts). */
  readonly firstPutBack: number;
}
