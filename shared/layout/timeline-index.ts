/**
 * Samples in order of time, made ready for drawing without ever listing the calls that they consist of: a million samples
 * have ten million of those.
 *
 *   row (sample)   0   1   2   3   4        span: the same call over a run of samples. Of the stack of row i, depth d
 *   depth 0        ├──── main ────┤         began in the last row j ≤ i that continues d frames or less, and ends where
 *   depth 1        ├─ a ──┤   ├ b ┤         the next row does so. Both are one search in a tree of smallest values.
 *   continued      0   2   1   1   2
 *
 * Nothing is stored per span; per sample there is its depth, per context its depth and one pointer to an ancestor.
 */
import type { ContextIndex, ContextTable, FrameIndex, Profile, SampleTable } from '../model/profile.ts';
import { inPieces, type Steps } from '../tree/steps.ts';
import { MinTree } from './min-tree.ts';

/** Row of the sample table; its length stands for the end. -1 means none. */
export type SampleIndex = number & { readonly __flavor?: 'SampleIndex' };

/** A call over time: depth 0 is the outermost. */
export interface CallSpan {
  readonly depth: number;
  /** First row of it, and the first row that it is not in any more. */
  readonly first: SampleIndex;
  readonly end: SampleIndex;
}

/** One thread's samples, ready to be drawn. */
export class TimelineIndex {
  readonly samples: SampleTable;
  /** Levels of the deepest stack. */
  readonly levels: number;
  /** Frames continued from the row before, by row: never more than either stack has. */
  readonly continued: Int32Array;
  /** Frames of the stack, by row, less than zero: -3 for three. So the smallest one is the deepest stack. */
  readonly lessDepth: Int32Array;
  readonly #continuing: MinTree;
  readonly #deepest: MinTree;
  readonly #ancestry: Ancestry;

  constructor(samples: SampleTable, ancestry: Ancestry, continued: Int32Array, lessDepth: Int32Array) {
    this.samples = samples;
    this.continued = continued;
    this.lessDepth = lessDepth;
    this.#ancestry = ancestry;
    this.#continuing = new MinTree(continued);
    this.#deepest = new MinTree(lessDepth);
    this.levels = this.getMostDepth(0, samples.length);
  }

  /** Rows of the sample table. */
  get length(): number {
    return this.samples.length;
  }

  /** Where the first sample begins. */
  get from(): number {
    return this.samples.start[0] ?? 0;
  }

  /** Where the last sample ends. */
  get to(): number {
    return this.samples.end;
  }

  /** When a row begins; of the end, when all of it ends. */
  timeOf(sample: SampleIndex): number {
    return sample < this.length ? this.samples.start[sample]! : this.samples.end;
  }

  /** Frames of the stack of a row; 0 outside of the table. */
  depthOf(sample: SampleIndex): number {
    return 0 - (this.lessDepth[sample] ?? 0);
  }

  /** The row that runs at a time: the last one that has begun. -1 before all, `length` from the end on. */
  findSample(time: number): SampleIndex {
    if (time >= this.samples.end) return this.length;
    const { start } = this.samples;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (start[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** First row of the call at `depth` in a row that is that deep. */
  findFirst(sample: SampleIndex, depth: number): SampleIndex {
    return Math.max(0, this.#continuing.findLast(sample, depth));
  }

  /** First row after that call. */
  findEnd(sample: SampleIndex, depth: number): SampleIndex {
    return this.#continuing.findNext(sample + 1, depth);
  }

  /** The call at `depth` in a row; null when its stack is not that deep. */
  findSpan(sample: SampleIndex, depth: number): CallSpan | null {
    if (depth < 0 || this.depthOf(sample) <= depth) return null;
    return { depth, first: this.findFirst(sample, depth), end: this.findEnd(sample, depth) };
  }

  /** First row from `sample` on with something at `depth`; `length`: none. */
  findNextDeep(sample: SampleIndex, depth: number): SampleIndex {
    return this.#deepest.findNext(sample, -depth - 1);
  }

  /** Last row up to `sample` with something at `depth`; -1: none. */
  findLastDeep(sample: SampleIndex, depth: number): SampleIndex {
    return this.#deepest.findLast(sample, -depth - 1);
  }

  /** Fewest frames that any of the rows `from` .. `end` - 1 continues; Infinity of no rows. */
  getLeastContinued(from: SampleIndex, end: SampleIndex): number {
    return this.#continuing.getLeast(from, end);
  }

  /** Depth of the deepest stack of the rows `from` .. `end` - 1; 0 of no rows. */
  getMostDepth(from: SampleIndex, end: SampleIndex): number {
    return from < end ? Math.max(0, 0 - this.#deepest.getLeast(from, end)) : 0;
  }

  /** Context of the call at `depth` in a row that is that deep. Cost: logarithmic in the depth. */
  findContext(sample: SampleIndex, depth: number): ContextIndex {
    return this.#ancestry.find(this.samples.context[sample]!, depth + 1);
  }

  /** Function of the call at `depth` in a row that is that deep. */
  findFrame(sample: SampleIndex, depth: number): FrameIndex {
    return this.#ancestry.contexts.frame[this.findContext(sample, depth)] ?? -1;
  }

  /** The tree that the rows' contexts are in. */
  get contexts(): ContextTable {
    return this.#ancestry.contexts;
  }
}

/**
 * Ancestors of contexts by their depth. Beside its parent every context knows one further up (Myers 1983, "An applicative
 * random-access stack"), so that any is found in a logarithmic number of steps.
 */
export class Ancestry {
  readonly contexts: ContextTable;
  /** Frames from the root to the context, itself included. */
  readonly depth: Int32Array;
  readonly #jump: Int32Array;

  constructor(contexts: ContextTable) {
    this.contexts = contexts;
    this.depth = new Int32Array(contexts.length);
    this.#jump = new Int32Array(contexts.length);
  }

  /** Takes in the contexts `from` .. `end` - 1; those before them come first. */
  add(from: ContextIndex, end: ContextIndex): void {
    const { depth } = this;
    const { parent } = this.contexts;
    const jump = this.#jump;
    for (let context = from; context < end; context++) {
      const above = parent[context]!;
      if (above < 0) {
        depth[context] = 1;
        jump[context] = context;
        continue;
      }
      const further = jump[above]!;
      depth[context] = depth[above]! + 1;
      jump[context] =
        depth[above]! - depth[further]! === depth[further]! - depth[jump[further]!]! ? jump[further]! : above;
    }
  }

  /** The context itself or the one above it that is `depth` frames deep. */
  find(context: ContextIndex, depth: number): ContextIndex {
    let at = context;
    while (at >= 0 && this.depth[at]! > depth) {
      const further = this.#jump[at]!;
      at = this.depth[further]! < depth ? this.contexts.parent[at]! : further;
    }
    return at;
  }
}

/** Makes the samples of a profile ready; null when it has none. */
export function* indexTimeline({ samples, contexts }: Profile): Steps<TimelineIndex | null> {
  if (samples === undefined || contexts === undefined || samples.length === 0) return null;
  const ancestry = new Ancestry(contexts);
  yield* inPieces(contexts.length, (from, end) => ancestry.add(from, end));
  const { context, length } = samples;
  let { continued } = samples;
  const lessDepth = new Int32Array(length);
  yield* inPieces(length, (from, end) => {
    let before = from > 0 ? -lessDepth[from - 1]! : 0;
    for (let row = from; row < end; row++) {
      const of = context[row]!;
      const depth = of < 0 ? 0 : ancestry.depth[of]!;
      lessDepth[row] = -depth;
      const most = Math.min(before, depth);
      if (continued[row]! > most) {
        // A call can't go on where there is none.
        if (continued === samples.continued) continued = continued.slice();
        continued[row] = most;
      }
      before = depth;
    }
  });
  return new TimelineIndex(samples, ancestry, continued, lessDepth);
}
