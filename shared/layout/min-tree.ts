/**
 * Smallest values of stretches of a column: answers "the next row with at most so much" in logarithmic time.
 *
 *   level 2   ┌───────────────  2 ───────────────┐      each value is the smallest of sixteen below it
 *   level 1   3       2       5       …
 *   level 0   4 7 3 … 9 2 6 … 5 8 …                     the column itself, not copied
 *
 * All levels together add a fifteenth to the column. Building is one pass.
 */
const FAN_BITS = 4;
const FAN = 1 << FAN_BITS;
const FAN_MASK = FAN - 1;

/** Smallest values over a column. */
export class MinTree {
  /** Rows of the column. */
  readonly length: number;
  readonly #levels: Int32Array[];

  /** The column is shared: do not write to it. */
  constructor(column: Int32Array) {
    this.length = column.length;
    this.#levels = [column];
    for (let below = column; below.length > FAN; ) {
      const level = new Int32Array((below.length + FAN_MASK) >> FAN_BITS);
      for (let at = 0; at < level.length; at++) {
        const end = Math.min(below.length, (at + 1) << FAN_BITS);
        let least = below[at << FAN_BITS]!;
        for (let row = (at << FAN_BITS) + 1; row < end; row++) if (below[row]! < least) least = below[row]!;
        level[at] = least;
      }
      this.#levels.push(level);
      below = level;
    }
  }

  /** First row from `from` on whose value is `limit` or less; `length` when there is none. */
  findNext(from: number, limit: number): number {
    let at = Math.max(0, from);
    let height = 0;
    for (; ; height++) {
      const level = this.#levels[height]!;
      const end = Math.min(level.length, ((at >> FAN_BITS) + 1) << FAN_BITS);
      while (at < end && level[at]! > limit) at++;
      if (at < end) break;
      if (end >= level.length) return this.length;
      at = end >> FAN_BITS;
    }
    while (height > 0) {
      const level = this.#levels[--height]!;
      at <<= FAN_BITS;
      while (level[at]! > limit) at++;
    }
    return at;
  }

  /** Last row up to `from` whose value is `limit` or less; -1 when there is none. */
  findLast(from: number, limit: number): number {
    let at = Math.min(this.length - 1, from);
    let height = 0;
    for (; ; height++) {
      if (at < 0) return -1;
      const level = this.#levels[height]!;
      const start = at & ~FAN_MASK;
      while (at >= start && level[at]! > limit) at--;
      if (at >= start) break;
      if (start === 0) return -1;
      at = (start >> FAN_BITS) - 1;
    }
    while (height > 0) {
      const level = this.#levels[--height]!;
      at = Math.min(level.length - 1, (at << FAN_BITS) + FAN_MASK);
      while (level[at]! > limit) at--;
    }
    return at;
  }

  /** Smallest value of the rows `from` .. `end` - 1; Infinity of none. */
  getLeast(from: number, end: number): number {
    let [low, high] = [Math.max(0, from), Math.min(this.length, end)];
    let least = Number.POSITIVE_INFINITY;
    for (let height = 0; low < high; height++) {
      const level = this.#levels[height]!;
      while (low < high && (low & FAN_MASK) !== 0) {
        if (level[low]! < least) least = level[low]!;
        low++;
      }
      while (low < high && (high & FAN_MASK) !== 0) {
        high--;
        if (level[high]! < least) least = level[high]!;
      }
      low >>= FAN_BITS;
      high >>= FAN_BITS;
    }
    return least;
  }
}
