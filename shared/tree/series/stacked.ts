/**
 * What several processes take together: sums of measured values, moment by moment.
 *
 *   A   2 ───── 3 ───── 3 ───── 3      a process counts with its last measured value, from its first measurement
 *   B       4 ───── 5 ──┤              until half an interval after its last: when it is asked again it is gone
 *   A+B 2 ─ 6 ─ 7 ─ 8 ─ 8 ───── 3
 *
 * Nothing is interpolated: every sum is one of numbers that stand in the file.
 */
import type { SeriesLine } from './series-lines.ts';

/** Where in the walk through all moments of several lines: see `walkTogether`. */
interface Moment {
  readonly time: number;
  /** Value of every line now, 0 before it began and after it ended. Written anew at each step: do not keep. */
  readonly values: Float64Array;
}

/**
 * Calls `visit` at each moment at which any of the lines was measured, in order. Cost: points × log of the lines.
 */
function walkTogether(lines: readonly SeriesLine[], visit: (moment: Moment) => void): void {
  const values = new Float64Array(lines.length);
  const next = new Int32Array(lines.length);
  const moment = { time: 0, values };
  const heap = new LineHeap(lines, next);
  // Lines whose last measurement has been seen.
  let ending: number[] = [];
  while (heap.length > 0) {
    moment.time = heap.time;
    ending = ending.filter((line) => {
      if (getEnd(lines[line]!.time) >= moment.time) return true;
      values[line] = 0;
      return false;
    });
    while (heap.length > 0 && heap.time === moment.time) {
      const line = heap.top;
      const { value, time } = lines[line]!;
      const measured = value[next[line]!]!;
      // Unknown: the one before goes on.
      if (!Number.isNaN(measured)) values[line] = measured;
      next[line]!++;
      if (next[line] === time.length) ending.push(line);
      heap.settle();
    }
    visit(moment);
  }
}

/**
 * Until when a line's last value counts: half of the time between its last two measurements. Processes are asked one
 * after the other, some milliseconds apart, and one that has ended is missed a whole interval later.
 */
export function getEnd(time: Float64Array): number {
  const last = time.at(-1)!;
  return last + (last - (time.at(-2) ?? last)) / 2;
}

/** Lines one upon the other. */
export interface Stack {
  /** Every moment at which one of the lines was measured. */
  readonly time: Float64Array;
  /** By level: the sum of all lines up to it. The last one is the sum of all. */
  readonly levels: readonly Float64Array[];
}

/** Stacks lines in their order; where there are more than `mostLevels`, the last level has all that are left. */
export function stackLines(lines: readonly SeriesLine[], mostLevels: number): Stack {
  const most = lines.reduce((sum, { time }) => sum + time.length, 0);
  const time = new Float64Array(most);
  const levels = Array.from({ length: Math.min(lines.length, mostLevels) }, () => new Float64Array(most));
  let length = 0;
  walkTogether(lines, (moment) => {
    time[length] = moment.time;
    // Added up anew each time: what is added and taken away again leaves rounding behind.
    let sum = 0;
    moment.values.forEach((value, line) => {
      sum += value;
      levels[Math.min(line, levels.length - 1)]![length] = sum;
    });
    length++;
  });
  return { time: time.subarray(0, length), levels: levels.map((level) => level.subarray(0, length)) };
}

/** Lines by the time of their next point, smallest first. */
class LineHeap {
  readonly #lines: readonly SeriesLine[];
  readonly #next: Int32Array;
  readonly #heap: number[];

  constructor(lines: readonly SeriesLine[], next: Int32Array) {
    this.#lines = lines;
    this.#next = next;
    this.#heap = lines.map((_, i) => i).filter((i) => lines[i]!.time.length > 0);
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  get length(): number {
    return this.#heap.length;
  }

  get top(): number {
    return this.#heap[0]!;
  }

  get time(): number {
    return this.#timeOf(this.top);
  }

  /** The top has moved on by a point: puts it where it belongs now, or takes it out. */
  settle(): void {
    const line = this.top;
    if (this.#next[line] === this.#lines[line]!.time.length) {
      const last = this.#heap.pop()!;
      if (this.#heap.length === 0) return;
      this.#heap[0] = last;
    }
    this.#sink(0);
  }

  #timeOf(line: number): number {
    return this.#lines[line]!.time[this.#next[line]!]!;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    let at = from;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && this.#timeOf(heap[child]!) < this.#timeOf(heap[least]!)) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}
