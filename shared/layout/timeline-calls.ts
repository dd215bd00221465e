/** All calls of one function on a lane, in order of time: for lists, and to walk from one to the next. */
import type { FrameIndex } from '../model/profile.ts';
import { inPieces, PIECE, type Steps } from '../tree/steps.ts';
import type { SampleIndex, TimelineIndex } from './timeline-index.ts';

/** Calls as columns of equal length; of those that begin together the outer one comes first. */
export interface TimelineCalls {
  readonly length: number;
  /** First row of the sample table, and the first one after the call. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly depth: Int32Array;
}

/** Finds the calls of a function. Cost: linear in samples and in the calls below which the function is. */
export function* findCalls(index: TimelineIndex, frame: FrameIndex): Steps<TimelineCalls> {
  const { contexts, continued, samples } = index;
  const { context } = samples;
  // Contexts on whose path the function is.
  const holds = new Uint8Array(contexts.length);
  yield* inPieces(contexts.length, (from, end) => {
    for (let row = from; row < end; row++) {
      const above = contexts.parent[row]!;
      if (contexts.frame[row] === frame || (above >= 0 && holds[above] === 1)) holds[row] = 1;
    }
  });
  const first: SampleIndex[] = [];
  const end: SampleIndex[] = [];
  const depth: number[] = [];
  yield* inPieces(
    index.length,
    (from, until) => {
      for (let row = from; row < until; row++) {
        let at = context[row]!;
        if (at < 0 || holds[at] === 0) continue;
        const start = first.length;
        for (let level = index.depthOf(row) - 1; level >= continued[row]! && holds[at] === 1; level--) {
          if (contexts.frame[at] === frame) {
            first.push(row);
            depth.push(level);
            end.push(index.findEnd(row, level));
          }
          at = contexts.parent[at]!;
          if (at < 0) break;
        }
        if (first.length - start > 1) {
          reverse(depth, start);
          reverse(end, start);
        }
      }
    },
    PIECE >> 3,
  );
  return {
    length: first.length,
    first: Int32Array.from(first),
    end: Int32Array.from(end),
    depth: Int32Array.from(depth),
  };
}

function reverse(list: number[], from: number): void {
  for (let low = from, high = list.length - 1; low < high; low++, high--) {
    const kept = list[low]!;
    list[low] = list[high]!;
    list[high] = kept;
  }
}
