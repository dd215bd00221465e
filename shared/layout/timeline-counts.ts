/**
 * How many calls begin in a run of samples, for any depth: what a gathered block holds.
 *
 * A row of the sample table begins one call on each of the levels from what it continues to its depth. They are counted
 * per stretch of rows and added up over levels and stretches, so that a question reads two numbers and looks at the rows
 * of two stretches. The table is kept small whatever the profile: the deeper it is, the longer are the stretches.
 */
import type { SampleIndex, TimelineIndex } from './timeline-index.ts';

/** Numbers in the table at most: 8 MB. */
const MOST_NUMBERS = 1 << 21;
const LEAST_STRETCH_BITS = 9;

/** Counts of one lane. */
export class TimelineCounts {
  readonly #index: TimelineIndex;
  readonly #bits: number;
  /** Calls on each level that began before each stretch, stretch by stretch. */
  readonly #before: Int32Array;

  /** Cost: one pass over the samples. */
  constructor(index: TimelineIndex) {
    this.#index = index;
    const { length, levels, continued, lessDepth } = index;
    let bits = LEAST_STRETCH_BITS;
    while (((length >> bits) + 2) * levels > MOST_NUMBERS && 1 << bits < length) bits++;
    this.#bits = bits;
    const stretches = (length >> bits) + 1;
    const before = new Int32Array((stretches + 1) * levels);
    // Where a row's new calls begin and end, in levels; the sum up to a level is then how many there are on it.
    const changes = new Int32Array(levels + 1);
    for (let stretch = 0; stretch < stretches; stretch++) {
      const end = Math.min(length, (stretch + 1) << bits);
      for (let row = stretch << bits; row < end; row++) {
        changes[continued[row]!]!++;
        changes[-lessDepth[row]!]!--;
      }
      const at = stretch * levels;
      let sum = 0;
      for (let depth = 0; depth < levels; depth++) {
        sum += changes[depth]!;
        before[at + levels + depth] = before[at + depth]! + sum;
      }
      changes.fill(0);
    }
    this.#before = before;
  }

  /** Calls at `depth` that begin in the rows `first` .. `end` - 1. */
  count(depth: number, first: SampleIndex, end: SampleIndex): number {
    return this.#countBefore(depth, end) - this.#countBefore(depth, first);
  }

  #countBefore(depth: number, sample: SampleIndex): number {
    const { continued, lessDepth, levels } = this.#index;
    const stretch = sample >> this.#bits;
    let count = this.#before[stretch * levels + depth] ?? 0;
    for (let row = stretch << this.#bits; row < sample; row++) {
      if (continued[row]! <= depth && -lessDepth[row]! > depth) count++;
    }
    return count;
  }
}
