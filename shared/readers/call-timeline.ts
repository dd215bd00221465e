/**
 * Calls with begin and end, in order of time, as rows of what ran and as a tree.
 *
 * A call that ends while one that it began goes on does not end that one: it goes on below the caller. So every call
 * lasts exactly as long as the file says, however the file's calls overlap.
 */
import { FormatError } from '../errors.ts';
import type { ContextIndex, FrameIndex } from '../model/profile.ts';
import type { StackProfile } from '../model/stack-profile.ts';

/** Stacks of begun calls are not deeper than this. */
const MAX_DEPTH = 200_000;
/** Calls that are passed over where one ends below others: a second’s work. Each end passes those above it. */
const MAX_PASSED = 50_000_000;

/** Takes begins and ends of one thread; their times may not fall. */
export class CallTimeline {
  /** Ends that cut into a call that goes on. */
  overlaps = 0;
  readonly #stacks: StackProfile;
  readonly #tolerance: number;
  readonly #frame: FrameIndex[] = [];
  /** When each call began, when it will end (Infinity: not known), and the first known end from the root up to it. */
  readonly #begin: number[] = [];
  readonly #end: number[] = [];
  readonly #firstEnd: number[] = [];
  /** Contexts of the first `#placed` calls; those above are not in the tree yet. */
  readonly #context: ContextIndex[] = [];
  /** 1: the call was counted already. */
  readonly #counted: boolean[] = [];
  #placed = 0;
  #passed = 0;
  /** Calls from the root on that went on since the last row. */
  #continued = 0;
  #now = Number.NaN;

  /** Times that differ by no more than `tolerance` are the same: sums of rounded numbers. */
  constructor(stacks: StackProfile, tolerance = 0) {
    this.#stacks = stacks;
    this.#tolerance = tolerance;
  }

  /** Calls that have begun and not ended. */
  get depth(): number {
    return this.#frame.length;
  }

  /** Begins a call; `end` where it is known already. False when it is nested too deeply to be shown. */
  open(frame: FrameIndex, time: number, end = Number.POSITIVE_INFINITY): boolean {
    this.advance(time);
    if (this.depth >= MAX_DEPTH) return false;
    const outerEnd = this.#firstEnd.at(-1) ?? Number.POSITIVE_INFINITY;
    const ownEnd = end > outerEnd && end <= outerEnd + this.#tolerance ? outerEnd : end;
    this.#firstEnd.push(Math.min(ownEnd, outerEnd));
    this.#frame.push(frame);
    this.#begin.push(time);
    this.#end.push(ownEnd);
    this.#counted.push(false);
    return true;
  }

  /** Ends the call at `depth` (0: the outermost), the innermost unless told otherwise. */
  close(time: number, depth = this.depth - 1): void {
    this.advance(time);
    this.#remove(depth);
  }

  /**
   * The depth of the call that an end of this frame (-1: not named) at `time` belongs to: the innermost one whose end is
   * not known, except when that began at the same time and is another function's. Then the end, though it stands
   * behind that begin, may belong to a call before it. -1: there is none.
   */
  findEnding(frame: FrameIndex, time: number): number {
    let innermost = -1;
    for (let depth = this.depth - 1; depth >= 0; depth--) {
      if (this.#end[depth] !== Number.POSITIVE_INFINITY) {
        this.#pass(1);
        continue;
      }
      if (innermost < 0) innermost = depth;
      if (this.#frame[depth] === frame) return depth;
      if (this.#begin[depth]! < time) break;
      this.#pass(1);
    }
    return innermost;
  }

  /** Ends calls that are known to end by `time`, and lets the others run up to it. */
  advance(time: number): void {
    while (this.depth > 0 && this.#firstEnd[this.depth - 1]! <= time + this.#tolerance) {
      const end = this.#firstEnd[this.depth - 1]!;
      let depth = this.depth - 1;
      while (this.#end[depth] !== end) depth--;
      this.#run(Math.min(end, time));
      this.#remove(depth);
    }
    this.#run(time);
  }

  /** Ends all calls. Returns how many had no end of their own. */
  finish(time: number): number {
    this.advance(time);
    let open = 0;
    while (this.depth > 0) {
      const end = this.#firstEnd[this.depth - 1]!;
      if (end < Number.POSITIVE_INFINITY) this.advance(end);
      else {
        open++;
        this.#remove(this.depth - 1);
      }
    }
    if (!Number.isNaN(this.#now)) this.#stacks.endSamples(this.#now);
    return open;
  }

  #run(time: number): void {
    if (!(time > this.#now)) {
      if (Number.isNaN(this.#now)) this.#now = time;
      return;
    }
    const context = this.#place();
    if (context >= 0 || this.#stacks.sampleCount > 0) {
      const value = context < 0 ? 0 : time - this.#now;
      this.#stacks.addSample(context, this.#now, [value], Math.min(this.#continued, this.depth), false);
    }
    this.#continued = this.depth;
    this.#now = time;
  }

  /** Puts all calls into the tree; the context of the innermost one. */
  #place(): ContextIndex {
    const { contexts } = this.#stacks;
    for (let at = this.#placed; at < this.depth; at++) {
      const context = contexts.child(at === 0 ? -1 : this.#context[at - 1]!, this.#frame[at]!);
      this.#context[at] = context;
      if (!this.#counted[at]) contexts.addCalls(context, 1);
      this.#counted[at] = true;
    }
    this.#placed = this.depth;
    return this.depth === 0 ? -1 : this.#context[this.depth - 1]!;
  }

  #pass(calls: number): void {
    this.#passed += calls;
    if (this.#passed <= MAX_PASSED) return;
    throw new FormatError('The file has too many calls at once that end in another order than they began', {
      offset: 0,
      advice: 'Record for a shorter time',
    });
  }

  #remove(depth: number): void {
    if (depth === this.depth - 1) {
      if (this.#placed <= depth) this.#place();
      this.#frame.pop();
      this.#begin.pop();
      this.#end.pop();
      this.#firstEnd.pop();
      this.#counted.pop();
    } else {
      this.#pass(this.depth - depth);
      // Calls that began just now are not placed yet: an end behind their begin is no overlap.
      if (this.#begin[depth + 1]! < this.#now) this.overlaps++;
      if (!this.#counted[depth]) this.#place();
      for (const column of [this.#frame, this.#begin, this.#end, this.#firstEnd, this.#counted])
        column.splice(depth, 1);
      let first = this.#firstEnd[depth - 1] ?? Number.POSITIVE_INFINITY;
      for (let at = depth; at < this.depth; at++) {
        first = Math.min(first, this.#end[at]!);
        this.#firstEnd[at] = first;
      }
    }
    this.#placed = Math.min(this.#placed, depth);
    this.#continued = Math.min(this.#continued, depth);
  }
}
