/** When functions ran: the parts of an axis in which one of them was on a stack. */
import { inPieces, type Steps } from '../tree/steps.ts';
import type { TimelineIndex } from './timeline-index.ts';

/**
 * Marks, in so many equal `columns` of the axis, those in which a function with a 1 in `frames` ran on this lane. Cost:
 * linear in samples and contexts, whatever the number of calls.
 */
export function* markRunning(
  index: TimelineIndex,
  frames: Uint8Array,
  axis: { readonly from: number; readonly to: number },
  columns: Uint8Array,
): Steps<void> {
  const { contexts, samples } = index;
  // Contexts on whose path such a function is.
  const holds = new Uint8Array(contexts.length);
  yield* inPieces(contexts.length, (from, end) => {
    for (let row = from; row < end; row++) {
      const above = contexts.parent[row]!;
      if (frames[contexts.frame[row]!] === 1 || (above >= 0 && holds[above] === 1)) holds[row] = 1;
    }
  });
  const { context } = samples;
  const scale = columns.length / (axis.to - axis.from);
  const last = columns.length - 1;
  yield* inPieces(index.length, (from, end) => {
    for (let row = from; row < end; row++) {
      const of = context[row]!;
      if (of < 0 || holds[of] === 0) continue;
      const first = Math.max(0, Math.floor((samples.start[row]! - axis.from) * scale));
      const until = Math.min(last, Math.ceil((index.timeOf(row + 1) - axis.from) * scale) - 1);
      // What has no length ran all the same.
      columns[Math.min(last, first)] = 1;
      for (let column = first + 1; column <= until; column++) columns[column] = 1;
    }
  });
}
