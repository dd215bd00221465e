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

  protected separate(): void {
    if (this.primitive === this.calls) this.primitive = this.calls.slice();
  }
}

/** Edges of a function among which a caller is searched one by one: faster than by a place per key, which is far away. */
const FEW_EDGES = 8;

/** Entries of callers, a group for each time a function is listed. */
export class EdgeRows extends NumberRows {
  /** Function row that each edge leads to. */
  callee: Int32Array;
  /** Row from which on all belong to the function being read. */
  groupStart = 0;
  /** One more than the edge of each key in a large group; what is before the group's start is of no more use. */
  private edgeOfKey = new Int32Array(16);
  /** Rows before this have their place in `edgeOfKey`. */
  private placed = 0;

  constructor(capacity: number) {
    super(capacity);
    this.callee = new Int32Array(capacity);
  }

  override grow(capacity: number): void {
    super.grow(capacity);
    this.callee = growColumn(this.callee, capacity);
  }

  /** Appends a row, for which there has to be room, unless the caller `key` is in the group: then returns its row. */
  addNew(key: number, callee: number, calls: number, primitive: number, self: number, total: number): number {
    const { key: keys, groupStart, length } = this;
    if (length - groupStart <= FEW_EDGES) {
      for (let edge = groupStart; edge < length; edge++) if (keys[edge] === key) return edge;
    } else {
      const edge = this.findInLargeGroup(key);
      if (edge >= 0) return edge;
    }
    if (calls !== primitive) this.separate();
    keys[length] = key;
    this.callee[length] = callee;
    this.calls[length] = calls;
    this.primitive[length] = primitive;
    this.self[length] = self;
    this.total[length] = total;
    this.length = length + 1;
    return -1;
  }

  private findInLargeGroup(key: number): number {
    if (this.placed < this.groupStart) this.placed = this.groupStart;
    for (; this.placed < this.length; this.placed++) {
      const placed = this.key[this.placed]!;
      const room = this.edgeOfKey.length;
      if (placed >= room) this.edgeOfKey = growColumn(this.edgeOfKey, Math.max(placed + 1, room * 2));
      this.edgeOfKey[placed] = this.placed + 1;
    }
    const edge = (this.edgeOfKey[key] ?? 0) - 1;
    return edge >= this.groupStart ? edge : -1;
  }
}
