/**
 * The cells of a solved matrix, row by row, and the last guard: no row holds more than its caller has.
 */
import { Certainty } from '../call-tree.ts';
import type { Cells } from './problem.ts';
import { REST, type RestShares } from './rest.ts';

/** A sparse matrix. Cells of row r are `start[r] .. start[r + 1] - 1`. */
export interface Rows {
  readonly start: Int32Array;
  /** Column position; REST in the merged column. */
  readonly column: Int32Array;
  readonly value: Float64Array;
  /** Values of `Certainty`. */
  readonly certainty: Uint8Array;
  /** Rows that have a cell in each column. */
  readonly support: Int32Array;
  /** Of matrices with merged rows or columns: the shares, and the merged row as row number `rows`. */
  readonly rest: RestShares | null;
}

/** Freezes cells into rows; `room` is what each row may hold. Entries of one place add up and are then inferred. */
export function freezeRows(cells: Cells, room: Float64Array, columnCount: number, rest: RestShares | null): Rows {
  if (isInOrder(cells)) return freezeInOrder(cells, room, columnCount, rest);
  const restRow = room.length;
  const entries = cells.length;
  const start = new Int32Array(restRow + 2);
  for (let entry = 0; entry < entries; entry++) start[getRow(cells, entry, restRow) + 1]!++;
  for (let row = 0; row <= restRow; row++) start[row + 1]! += start[row]!;
  const byRow = new Int32Array(entries);
  const next = start.slice();
  for (let entry = 0; entry < entries; entry++) byRow[next[getRow(cells, entry, restRow)]!++] = entry;

  const column = new Int32Array(entries);
  const value = new Float64Array(entries);
  const certainty = new Uint8Array(entries);
  const support = new Int32Array(columnCount);
  const placeOf = new Int32Array(columnCount + 1); // cell of each column in the row at hand, plus one; the rest last
  let at = 0;
  for (let row = 0; row <= restRow; row++) {
    const from = at;
    for (let index = start[row]!; index < start[row + 1]!; index++) {
      const entry = byRow[index]!;
      const position = cells.column[entry]!;
      const slot = position === REST ? columnCount : position;
      const known = placeOf[slot]! - 1;
      if (known >= from) {
        value[known]! += cells.value[entry]!;
        certainty[known] = Certainty.inferred;
        continue;
      }
      placeOf[slot] = at + 1;
      column[at] = position;
      value[at] = cells.value[entry]!;
      certainty[at] = cells.certainty[entry]!;
      if (position !== REST) support[position]!++;
      at++;
    }
    start[row] = from;
    if (row < restRow) fitIntoRoom(value, certainty, from, at, room[row]!);
  }
  start[restRow + 1] = at;
  if (at === entries) return { start, column, value, certainty, support, rest };
  return {
    start,
    column: column.subarray(0, at),
    value: value.subarray(0, at),
    certainty: certainty.subarray(0, at),
    support,
    rest,
  };
}

/** Whether cells come row by row, each once, as those of a matrix that was estimated as a whole do. */
function isInOrder({ length, row, column }: Cells): boolean {
  for (let at = 0; at < length; at++) {
    if (row[at] === REST || column[at] === REST) return false;
    if (at === 0 || row[at - 1]! < row[at]!) continue;
    if (row[at - 1]! > row[at]! || column[at - 1]! >= column[at]!) return false;
  }
  return true;
}

function freezeInOrder(cells: Cells, room: Float64Array, columnCount: number, rest: RestShares | null): Rows {
  const { length } = cells;
  const start = new Int32Array(room.length + 2);
  const column = cells.column.slice(0, length);
  const value = cells.value.slice(0, length);
  const certainty = cells.certainty.slice(0, length);
  const support = new Int32Array(columnCount);
  for (let row = 0, at = 0; row < room.length; row++) {
    for (; at < length && cells.row[at] === row; at++) support[column[at]!]!++;
    start[row + 1] = at;
    fitIntoRoom(value, certainty, start[row]!, at, room[row]!);
  }
  start[room.length + 1] = length;
  return { start, column, value, certainty, support, rest };
}

function getRow({ row }: Cells, entry: number, restRow: number): number {
  return row[entry] === REST ? restRow : row[entry]!;
}

/** Scales a row's inferred cells (and where they alone exceed it, its certain ones) down to its room. */
export function fitIntoRoom(value: Float64Array, certainty: Uint8Array, from: number, to: number, room: number): void {
  let certain = 0;
  let inferred = 0;
  for (let at = from; at < to; at++) {
    if (certainty[at] === Certainty.inferred) inferred += value[at]!;
    else certain += value[at]!;
  }
  if (certain + inferred <= room * (1 + 1e-12)) return;
  const certainScale = certain > room ? room / certain : 1;
  const inferredScale = certain > room ? 0 : inferred > 0 ? (room - certain) / inferred : 1;
  for (let at = from; at < to; at++) {
    value[at]! *= certainty[at] === Certainty.inferred ? inferredScale : certainScale;
  }
}

/**
 * Visits the cells of one row, those shared with the rest included: a column may then be visited twice, the values
 * add up, and what comes from the rest is inferred.
 */
export function visitRow(
  rows: Rows,
  row: number,
  visit: (column: number, value: number, certainty: number) => void,
): void {
  const { start, column, value, certainty, rest } = rows;
  let inRest = 0; // time of this row in the merged column
  for (let at = start[row]!; at < start[row + 1]!; at++) {
    if (column[at] === REST) inRest += value[at]!;
    else visit(column[at]!, value[at]!, certainty[at]!);
  }
  if (!rest) return;
  const share = rest.rowShare[row]!;
  if (share > 0) {
    const restRow = start.length - 2;
    for (let at = start[restRow]!; at < start[restRow + 1]!; at++) {
      if (column[at] === REST) inRest += value[at]! * share;
      else visit(column[at]!, value[at]! * share, Certainty.inferred);
    }
  }
  if (inRest <= 0) return;
  rest.columnShare.forEach((part, position) => {
    if (part > 0) visit(position, inRest * part, Certainty.inferred);
  });
}

/** Visits the cells of one column, those shared with the rest included; a row may be visited twice. Cost: all cells. */
export function visitColumn(
  rows: Rows,
  wanted: number,
  visit: (row: number, value: number, certainty: number) => void,
): void {
  const { start, column, value, certainty, rest } = rows;
  const restRow = start.length - 2;
  const columnShare = rest ? rest.columnShare[wanted]! : 0;
  let inRestRow = 0;
  for (let row = 0; row <= restRow; row++) {
    let fromRest = 0;
    for (let at = start[row]!; at < start[row + 1]!; at++) {
      if (column[at] === REST) fromRest += value[at]! * columnShare;
      else if (column[at] === wanted && row < restRow) visit(row, value[at]!, certainty[at]!);
      else if (column[at] === wanted) fromRest += value[at]!;
    }
    if (row === restRow) inRestRow = fromRest;
    else if (fromRest > 0) visit(row, fromRest, Certainty.inferred);
  }
  if (!rest || inRestRow <= 0) return;
  rest.rowShare.forEach((share, row) => {
    if (share > 0) visit(row, inRestRow * share, Certainty.inferred);
  });
}
