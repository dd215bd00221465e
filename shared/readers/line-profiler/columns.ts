/** The table in a report of line_profiler: where its columns end, and what stands in a row. */

/** Right edges of the columns with numbers, and where the source begins. */
export interface Columns {
  readonly ends: readonly number[];
  readonly text: number;
}

/** A row of the table. */
export interface Row {
  readonly line: number;
  /** False for a line that did not run: it has no numbers. */
  readonly isRun: boolean;
  readonly hits: number;
  readonly time: number;
  readonly text: string;
}

const TITLES = ['Line #', 'Hits', 'Time', 'Per Hit', '% Time'];
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/;
const LAST_LINE = 2 ** 31 - 1;

/** The columns that a head names; null when the line is none. */
export function findColumns(head: string): Columns | null {
  const ends: number[] = [];
  let from = 0;
  for (const title of TITLES) {
    const at = head.indexOf(title, from);
    if (at < 0) return null;
    from = at + title.length;
    ends.push(from);
  }
  const text = head.indexOf('Line Contents', from);
  return text < 0 ? null : { ends, text };
}

/** The row that a line is; null when it is none. */
export function readRow(line: string, { ends, text }: Columns): Row | null {
  const cells = ends.map((end, column) => line.slice(column === 0 ? 0 : ends[column - 1], end).trim());
  const isInPlace =
    cells.every((cell, column) => (cell === '' ? column > 0 : NUMBER.test(cell))) &&
    ends.every((end) => (line[end] ?? ' ') === ' ') &&
    line.slice(ends.at(-1), text).trim() === '';
  if (isInPlace) return buildRow(cells, line.slice(text).trimEnd());
  // Numbers too wide for their columns have pushed the rest to the right.
  let at = 0;
  const found: string[] = [];
  while (found.length < TITLES.length) {
    while (line[at] === ' ') at++;
    const start = at;
    while (at < line.length && line[at] !== ' ') at++;
    if (!NUMBER.test(line.slice(start, at))) return null;
    found.push(line.slice(start, at));
  }
  return buildRow(found, line.slice(at + 2).trimEnd());
}

function buildRow(cells: readonly string[], text: string): Row | null {
  const [line, hits, time] = cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)));
  if (line === undefined || !Number.isInteger(line) || line < 0 || line > LAST_LINE) return null;
  return { line, isRun: cells[1] !== '', hits: hits!, time: time!, text };
}
