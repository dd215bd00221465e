/**
 * Columns whose length is known only when the file has been read: they grow as rows come and are cut at the end.
 *
 * Memory that is reserved but never written costs an operating system nothing, copying a large column does. So the
 * room grows to what the part read so far lets expect, not to twice what is there.
 */

type Column = Int32Array | Float64Array | Uint8Array;

/** Room beyond what the rows so far let expect: files are not quite even. */
const MARGIN = 1.05;
/** Growth per step, at least and at most; the latter because the beginning of a file may be unlike the rest. */
const LEAST_GROWTH = 1.25;
const MOST_GROWTH = 16;
/** Room that a finished column may keep unused instead of being copied: a sixteenth. */
const MAX_WASTE = 1 / 16;

/** Copy of `column` with room for `capacity` entries, twice as many as before unless told otherwise. */
export function growColumn<T extends Column>(column: T, capacity = column.length * 2): T {
  const Column = column.constructor as new (length: number) => T;
  const grown = new Column(capacity);
  grown.set(column);
  return grown;
}

/** The first `length` entries, without a copy where little is left over. */
export function cutColumn<T extends Column>(column: T, length: number): T {
  const isTight = column.length - length <= column.length * MAX_WASTE;
  return (isTight ? column.subarray(0, length) : column.slice(0, length)) as T;
}

/** Rows to make room for where `rows` were found in the first `part` (0 .. 1) of the file. */
export function expectRows(rows: number, part: number): number {
  const expected = Math.max((rows / part) * MARGIN, rows * LEAST_GROWTH);
  return Math.ceil(Math.min(expected, rows * MOST_GROWTH)) + 16;
}
