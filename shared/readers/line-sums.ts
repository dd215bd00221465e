/**
 * Sums of source lines over stacks: a line's own value where it is the innermost of a stack, its total once per stack.
 */
import type { StackProfile } from '../model/stack-profile.ts';

/** Lines of functions, numbered as they come up; shared by the profiles of a file. */
export class Places {
  readonly frame: number[] = [];
  readonly line: number[] = [];
  readonly #rows = new Map<string, number>();

  get length(): number {
    return this.line.length;
  }

  /** Row of `line` in the function `frame`; -1 when it is no line number. */
  find(frame: number, line: number): number {
    if (!isLine(line)) return -1;
    const key = `${frame} ${line}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#rows.set(key, this.line.length);
    this.frame.push(frame);
    this.line.push(line);
    return this.line.length - 1;
  }
}

/** True for what a line table can hold. */
export function isLine(line: number): boolean {
  return line > 0 && line < 2 ** 31;
}

/** Line sums of one profile. */
export class LineSums {
  readonly #places: Places;
  #self: Float64Array[];
  #total: Float64Array[];
  /** Stack in which a place was counted last. */
  #seen: Int32Array;
  #stack = 0;

  constructor(places: Places, metrics: number) {
    this.#places = places;
    const room = Math.max(64, places.length);
    this.#self = Array.from({ length: metrics }, () => new Float64Array(room));
    this.#total = Array.from({ length: metrics }, () => new Float64Array(room));
    this.#seen = new Int32Array(room);
  }

  /** Begins a stack. */
  begin(): void {
    this.#stack++;
    if (this.#places.length > this.#seen.length) this.#grow(this.#places.length * 2);
  }

  /** Counts a place of the stack (-1: none). Places must be known when the stack begins. */
  add(place: number, values: ArrayLike<number>, isInnermost: boolean): void {
    if (place < 0) return;
    const isNew = this.#seen[place] !== this.#stack;
    this.#seen[place] = this.#stack;
    for (let metric = 0; metric < this.#self.length; metric++) {
      if (isNew) this.#total[metric]![place]! += values[metric]!;
      if (isInnermost) this.#self[metric]![place]! += values[metric]!;
    }
  }

  /** Hands the lines that were seen to a profile. */
  finish(stacks: StackProfile, fileOf: (frame: number) => number): void {
    const { frame, line } = this.#places;
    for (let place = 0; place < this.#seen.length; place++) {
      if (this.#seen[place] === 0) continue;
      stacks.lines.add(frame[place]!, fileOf(frame[place]!), line[place]!, {
        values: this.#self.map((column) => column[place]!),
        totals: this.#total.map((column) => column[place]!),
      });
    }
  }

  #grow(room: number): void {
    const grow = (column: Float64Array) => {
      const grown = new Float64Array(room);
      grown.set(column);
      return grown;
    };
    this.#self = this.#self.map(grow);
    this.#total = this.#total.map(grow);
    const seen = new Int32Array(room);
    seen.set(this.#seen);
    this.#seen = seen;
  }
}
