/**
 * Makes profiles of stacks: recorded trees, sampled stacks, calls with begin and end.
 *
 *   addStack(frames, values)          a stack and what it counts, in no order of time
 *   addSample(context, start, values) what ran from `start` on, in order of time
 *   child, addSelf, addCalls          a tree, context by context
 *
 * Numbers of functions follow from the tree: a recursive frame adds to its total once.
 */
import { buildProfile } from './build.ts';
import { ContextBuilder } from './context-builder.ts';
import { sumFunctions } from './context-sums.ts';
import type { FrameBook } from './frame-book.ts';
import { LineBuilder } from './line-builder.ts';
import { noCalls } from './nothing.ts';
import type { ContextIndex, FrameIndex, Metric, Profile, SampleTable } from './profile.ts';
import { refuseTooManyValues } from './profile-budget.ts';

/** Rows to begin with: a file may have thousands of profiles of one row. */
const FIRST_ROOM = 16;

/** What a profile of stacks is besides its rows. */
export interface StackProfileOptions {
  /** Thread, process, event type; `''` when the file holds just one. */
  readonly name?: string;
  /** First one is shown by default. */
  readonly metrics: readonly Metric[];
  /** Whether somebody looked from time to time, rather than at every call. */
  readonly sampled: boolean;
  /** See `ProfileTraits.linesRan`. */
  readonly linesRan?: boolean;
  /** What the samples' `start` counts; time in the unit of the first metric unless told otherwise. */
  readonly axis?: Metric;
}

/** Takes stacks; `build` makes the profile. */
export class StackProfile {
  readonly contexts: ContextBuilder;
  /** Lines of this profile, where the file has them apart from its frames. */
  readonly lines: LineBuilder;
  readonly #book: FrameBook;
  readonly #options: StackProfileOptions;
  #context = new Int32Array(FIRST_ROOM);
  #start = new Float64Array(FIRST_ROOM);
  #continued = new Int32Array(FIRST_ROOM);
  #values: Float64Array[];
  #samples = 0;
  #end = Number.NaN;

  constructor(book: FrameBook, options: StackProfileOptions) {
    this.#book = book;
    this.#options = options;
    this.contexts = new ContextBuilder(options.metrics.length);
    this.lines = new LineBuilder(options.metrics.length);
    this.#values = options.metrics.map(() => new Float64Array(FIRST_ROOM));
  }

  /** Rows in order of time so far. */
  get sampleCount(): number {
    return this.#samples;
  }

  /** The context of a stack, root first; -1 of an empty one. */
  findStack(frames: ArrayLike<FrameIndex>): ContextIndex {
    let context: ContextIndex = -1;
    for (let at = 0; at < frames.length; at++) context = this.contexts.child(context, frames[at]!);
    return context;
  }

  /** Adds a stack (root first) and one value per metric. An empty stack has no place: it adds nothing. */
  addStack(frames: ArrayLike<FrameIndex>, values: readonly number[]): ContextIndex {
    const context = this.findStack(frames);
    this.contexts.addRecord(context);
    if (context >= 0)
      values.forEach((value, metric) => {
        this.contexts.addSelf(context, metric, value);
      });
    return context;
  }

  /**
   * Adds what ran (-1: nothing) from `start` on, with one value per metric, in order of time. `continued`: frames that
   * are the same calls as in the row before; all that agree unless told otherwise. `isRecord`: a record of the file.
   */
  addSample(
    context: ContextIndex,
    start: number,
    values: ArrayLike<number>,
    continued = this.countShared(context),
    isRecord = true,
  ): void {
    const row = this.#samples++;
    if (row === this.#context.length) this.#grow();
    this.#context[row] = context;
    this.#start[row] = row > 0 ? Math.max(start, this.#start[row - 1]!) : start;
    this.#continued[row] = continued;
    if (isRecord) this.contexts.addRecord(context);
    for (let metric = 0; metric < this.#values.length; metric++) {
      const value = values[metric] ?? 0;
      this.#values[metric]![row] = value;
      if (context >= 0) this.contexts.addSelf(context, metric, value);
    }
  }

  /** Where the last sample ends. Without it, it ends where it starts. */
  endSamples(end: number): void {
    this.#end = end;
  }

  /** Frames from the root that a stack has in common with the sample before. */
  countShared(context: ContextIndex): number {
    if (this.#samples === 0 || context < 0) return 0;
    return this.contexts.countShared(this.#context[this.#samples - 1]!, context);
  }

  /** The profile. Nothing may be added to it, or to its book, afterwards. */
  build(): Profile {
    const { name = '', metrics, sampled, linesRan } = this.#options;
    const { strings, frames } = this.#book.tables(metrics.length);
    const contexts = this.contexts.build();
    const lines = this.lines.build();
    return buildProfile({
      name,
      metrics,
      strings,
      frames,
      functions: sumFunctions(contexts, frames.length),
      calls: noCalls(metrics.length),
      traits: { sampled, hasCounts: contexts.calls !== undefined, ...(linesRan ? { linesRan } : {}) },
      contexts,
      ...(this.#samples === 0 ? {} : { samples: this.#buildSamples() }),
      ...(lines === null ? {} : { lines }),
    });
  }

  #buildSamples(): SampleTable {
    const length = this.#samples;
    const start = this.#start.slice(0, length);
    const last = start[length - 1]!;
    return {
      length,
      context: this.#context.slice(0, length),
      start,
      end: this.#end > last ? this.#end : last,
      continued: this.#continued.slice(0, length),
      values: this.#values.map((column) => column.slice(0, length)),
      axis: this.#options.axis ?? { name: 'time', unit: this.#options.metrics[0]!.unit },
    };
  }

  #grow(): void {
    const room = this.#context.length * 2;
    refuseTooManyValues(room, this.#values.length);
    const grow = <T extends Int32Array | Float64Array>(column: T): T => {
      const grown = new (column.constructor as new (room: number) => T)(room);
      grown.set(column);
      return grown;
    };
    this.#context = grow(this.#context);
    this.#start = grow(this.#start);
    this.#continued = grow(this.#continued);
    this.#values = this.#values.map(grow);
  }
}
