/**
 * Matrices too large to work out in full: the small rows and the small columns become one of each, called the rest.
 *
 *           kept columns   rest                 a cell of a merged row or column is its share of the rest's cell,
 *   kept  [      …          …  ]                computed when a row is read and never stored
 *   rest  [      …          …  ]
 */

/** Position that stands for the merged rows or columns. */
export const REST = -1;

/** Rows or columns of the fit. */
export interface Axis {
  readonly length: number;
  /** Positions in the problem; REST for the merged ones. */
  readonly positions: readonly number[];
  readonly time: Float64Array;
  readonly calls: Float64Array;
  /** Variance that a call gets from each (columns only). */
  readonly variance: Float64Array;
}

/** Share of the rest that each merged row and column has, by position; 0 for those that were kept. */
export interface RestShares {
  readonly rowShare: Float64Array;
  readonly columnShare: Float64Array;
}

/** An axis of at most `kept` entries, the last of them the rest; `first` (a position) is kept whatever its time. */
export function mergeRest(
  axis: Axis,
  kept: number,
  first: number,
  positions: number,
): { axis: Axis; share: Float64Array } {
  const share = new Float64Array(positions);
  if (kept >= axis.length) return { axis, share };
  const order = Int32Array.from(axis.positions, (_, index) => index);
  const isFirst = (index: number) => (axis.positions[index] === first ? 1 : 0);
  order.sort((a, b) => isFirst(b) - isFirst(a) || axis.time[b]! - axis.time[a]! || a - b);
  const large = order.subarray(0, kept - 1);
  const small = order.subarray(kept - 1);
  let time = 0;
  let calls = 0;
  let variance = 0;
  for (const index of small) {
    time += axis.time[index]!;
    calls += axis.calls[index]!;
    variance += axis.variance[index]!;
  }
  for (const index of small) share[axis.positions[index]!] = axis.time[index]! / time;
  const pick = (values: Float64Array, last: number) =>
    Float64Array.of(...Array.from(large, (index) => values[index]!), last);
  return {
    axis: {
      length: kept,
      positions: [...Array.from(large, (index) => axis.positions[index]!), REST],
      time: pick(axis.time, time),
      calls: pick(axis.calls, calls),
      variance: pick(axis.variance, variance),
    },
    share,
  };
}
