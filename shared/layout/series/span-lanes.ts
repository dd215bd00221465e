/**
 * Named stretches of time as lanes, so that none overlaps another: what runs inside of another stands below it.
 *
 *   outer  ├────────────────────┤          lane 0
 *   work     ├──────┤ ├───────┤            lane 1
 */
import type { Span } from '../../model/profile.ts';

/** Lanes of spans. */
export interface SpanLanes {
  /** Rows of the spans, in the order of their starts, the longer of equals first. */
  readonly order: Int32Array;
  /** Lane by row of the span. */
  readonly lane: Int32Array;
  readonly count: number;
}

/** End of a span; one that never ended goes on to `end`. */
export function getSpanEnd(span: Span, end: number): number {
  return Number.isNaN(span.end) ? Math.max(end, span.start) : Math.max(span.end, span.start);
}

/** Gives every span the first lane that is free from its start on. Cost: n log n + n × lanes. */
export function arrangeSpans(spans: readonly Span[], end: number): SpanLanes {
  const endOf = (row: number): number => getSpanEnd(spans[row]!, end);
  const order = Int32Array.from(spans, (_, row) => row).sort(
    (a, b) => spans[a]!.start - spans[b]!.start || endOf(b) - endOf(a) || a - b,
  );
  const lane = new Int32Array(spans.length);
  const busyTo: number[] = [];
  for (const row of order) {
    const { start } = spans[row]!;
    let free = busyTo.findIndex((busy) => busy <= start);
    if (free < 0) free = busyTo.length;
    lane[row] = free;
    busyTo[free] = endOf(row);
  }
  return { order, lane, count: busyTo.length };
}
