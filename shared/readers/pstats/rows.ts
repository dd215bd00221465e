/**
 * Growing columns of the numbers in a pstats file: one row per function, or one per caller → callee entry.
 */
import { growColumn } from '../../decode/byte-strings.ts';

/** Rows of (calls, primitive calls, self, total) with the keys they belong to. */
export class NumberRows {
  length = 0;
  /** Key of the function, or of the caller. */
  key: Int32Array;
  calls: Float64Array;
  primitive: Float64Array;
  self: Float64Array;
  total: Float64Array;

  constructor(capacity: number) {
    this.key = new Int32Array(capacity);
    this.calls = new Float64Array(capacity);
    this.primitive = new Float64Array(capacity);
    this.self = new Float64Array(capacity);
    this.total = new Float64Array(capacity);
  }

  /** Appends a row; returns its index. */
  add(key: number, calls: number, primitive: number, self: number, total: number): number {
    const row = this.length++;
    if (row >= this.key.length) this.grow(row + 1);
    this.key[row] = key;
    this.calls[row] = calls;
    this.primitive[row] = primitive;
    this.self[row] = self;
    this.total[row] = total;
    return row;
  }

  /** Adds numbers to a row that exists. */
  addTo(row: number, calls: number, primitive: number, self: number, total: number): void {
    this.calls[row]! += calls;
    this.primitive[row]! += primitive;
    this.self[row]! += self;
    this.total[row]! += total;
  }

  private grow(capacity: number): void {
    this.key = growColumn(this.key, capacity);
    this.calls = growColumn(this.calls, capacity);
    this.primitive = growColumn(this.primitive, capacity);
    this.self = growColumn(this.self, capacity);
    this.total = growColumn(this.total, capacity);
  }
}
