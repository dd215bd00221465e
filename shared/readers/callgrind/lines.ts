/**
 * The table of lines: rows of one line added up, in the order of functions, files and lines.
 */
import type { LineTable } from '../../model/profile.ts';
import type { LineRows } from './rows.ts';

/** Lines of a thread; null without any. `fileText` is the string of a file in the profile's table. */
export function buildLines(
  rows: LineRows,
  functions: number,
  frameOf: Int32Array,
  fileText: (file: number) => number,
): LineTable | null {
  if (rows.length === 0) return null;
  const order = orderRows(rows, functions);
  // Row of the table that each row is added to, and the first row of each.
  const target = new Int32Array(rows.length);
  const first = new Int32Array(rows.length);
  let length = 0;
  let before = -1;
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    if (before < 0 || !isSameLine(rows, row, before)) first[length++] = row;
    target[row] = length - 1;
    before = row;
  }
  const frame = new Int32Array(length);
  const file = new Int32Array(length);
  const line = new Int32Array(length);
  let lastFile = -1;
  let lastText = fileText(-1);
  for (let at = 0; at < length; at++) {
    const row = first[at]!;
    frame[at] = frameOf[rows.of[row]!]!;
    line[at] = rows.line[row]!;
    if (rows.file[row] !== lastFile) {
      lastFile = rows.file[row]!;
      lastText = fileText(lastFile);
    }
    file[at] = lastText;
  }
  const values = rows.costs.map((costs) => addUp(costs, target, new Float64Array(length)));
  // With callees: own costs and those of calls.
  const totals = values.map((own, event) => addUp(rows.calls[event]!, target, own.slice()));
  return {
    length,
    frame,
    file,
    line,
    calls: new Float64Array(length).fill(Number.NaN),
    values,
    totals,
    text: new Int32Array(length).fill(-1),
  };
}

function isSameLine({ of, file, line }: LineRows, one: number, other: number): boolean {
  return line[one] === line[other] && of[one] === of[other] && file[one] === file[other];
}

/** Adds a column to the rows that its own belong to. */
function addUp(column: Float64Array, target: Int32Array, sums: Float64Array): Float64Array {
  for (let row = 0; row < target.length; row++) sums[target[row]!]! += column[row]!;
  return sums;
}

/** Rows by function, file (a function's own first) and line. */
function orderRows(rows: LineRows, functions: number): Int32Array {
  const first = new Int32Array(functions + 1);
  for (let row = 0; row < rows.length; row++) first[rows.of[row]! + 1]!++;
  for (let at = 0; at < functions; at++) first[at + 1]! += first[at]!;
  const order = new Int32Array(rows.length);
  const next = first.slice();
  for (let row = 0; row < rows.length; row++) order[next[rows.of[row]!]!++] = row;
  for (let at = 0; at < functions; at++) {
    const group = order.subarray(first[at]!, first[at + 1]!);
    if (!isOrdered(rows, group)) group.sort((a, b) => rows.file[a]! - rows.file[b]! || rows.line[a]! - rows.line[b]!);
  }
  return order;
}

function isOrdered(rows: LineRows, group: Int32Array): boolean {
  for (let at = 1; at < group.length; at++) {
    const one = group[at - 1]!;
    const other = group[at]!;
    if (rows.file[one]! > rows.file[other]!) return false;
    if (rows.file[one] === rows.file[other] && rows.line[one]! > rows.line[other]!) return false;
  }
  return true;
}
