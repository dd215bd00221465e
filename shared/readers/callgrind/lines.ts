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
  // Row of the table that each row is added to.
  const target = new Int32Array(rows.length);
  const kept: number[] = [];
  let before = -1;
  for (const row of order) {
    const isSame =
      before >= 0 &&
      rows.of[row] === rows.of[before] &&
      rows.file[row] === rows.file[before] &&
      rows.line[row] === rows.line[before];
    if (!isSame) kept.push(row);
    target[row] = kept.length - 1;
    before = row;
  }
  const texts = new Map<number, number>();
  const findText = (file: number): number => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = fileText(file);
    texts.set(file, text);
    return text;
  };
  const values: Float64Array[] = [];
  const totals: Float64Array[] = [];
  for (let event = 0; event < rows.costs.length; event++) {
    const own = new Float64Array(kept.length);
    const all = new Float64Array(kept.length);
    for (let row = 0; row < rows.length; row++) {
      own[target[row]!]! += rows.costs[event]![row]!;
      all[target[row]!]! += rows.costs[event]![row]! + rows.calls[event]![row]!;
    }
    values.push(own);
    totals.push(all);
  }
  return {
    length: kept.length,
    frame: Int32Array.from(kept, (row) => frameOf[rows.of[row]!]!),
    file: Int32Array.from(kept, (row) => findText(rows.file[row]!)),
    line: Int32Array.from(kept, (row) => rows.line[row]!),
    calls: new Float64Array(kept.length).fill(Number.NaN),
    values,
    totals,
    text: new Int32Array(kept.length).fill(-1),
  };
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
