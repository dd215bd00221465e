/**
 * Growing columns of the numbers in a pstats file: one row per function, or one per caller → callee entry.
 */
import { growColumn } from '../../decode/columns.ts';

/** Rows of (calls, primitive calls, self, total) with the keys they belong to. */
export class NumberRows {
  length = 0;
  /** Key of the function, or of the caller. */
  key: Int32Array;
  calls: Float64Array;
  /** The same array as `calls` while no row has two different counts: then nothing in the profile is recursive. */
  primitive: Float64Array;
  self: Float64Array;
  total: Float64Array;

  constructor(capacity: number) {
    this.key = new Int32Array(capacity);
    this.calls = new Float64Array(capacity);
    this.primitive = this.calls;
    this.self = new Float64Array(capacity);
    this.total = new Float64Array(capacity);
  }

  /** True when the next row needs `grow` first. */
  get isFull(): boolean {
    return this.length === this.key.length;
  }

  /** Makes room for `capacity` rows. */
  grow(capacity: number): void {
    const isShared = this.primitive === this.calls;
    this.key = growColumn(this.key, capacity);
    this.calls = growColumn(this.calls, capacity);
    this.primitive = isShared ? this.calls : growColumn(this.primitive, capacity);
    this.self = growColumn(this.self, capacity);
    this.total = growColumn(this.total, capacity);
  }

  /** Appends a row, for which there has to be room; returns its index. */
  add(key: number, calls: number, primitive: number, self: number, total: number): number {
    const row = this.length++;
    if (calls !== primitive) this.separate();
    this.key[row] = key;
    this.calls[row] = calls;
    this.primitive[row] = primitive;
    this.self[row] = self;
    this.total[row] = total;
    return row;
  }

  /** Adds numbers to a row that exists. */
  addTo(row: number, calls: number, primitive: number, self: number, total: number): void {
    this.separate();
    this.calls[row]! += calls;
    this.primitive[row]! += primitive;
    this.self[row]! += self;
    this.total[row]! += total;
  }

  private separate(): void {
    if (this.primitive === this.calls) this.primitive = this.calls.slice();
  }
}
