/** The two tables of a GDF file. */
import { FormatError } from '../../errors.ts';
import type { Notes } from '../notes.ts';

/** Rows with columns by name. */
export class GdfTable {
  readonly rows: (readonly string[])[] = [];
  readonly #columns = new Map<string, number>();

  /** `head`: `name VARCHAR, label VARCHAR default 'x', ...`. */
  constructor(head: string) {
    for (const [at, column] of splitRow(head).entries()) this.#columns.set(column.trim().split(/\s/, 1)[0]!, at);
  }

  has(column: string): boolean {
    return this.#columns.has(column);
  }

  get width(): number {
    return this.#columns.size;
  }

  /** A cell; `''` where there is none. */
  text(row: readonly string[], column: string): string {
    return row[this.#columns.get(column) ?? -1] ?? '';
  }

  /** A finite number; NaN where there is none. */
  number(row: readonly string[], column: string): number {
    const text = this.text(row, column).trim();
    const value = text === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : Number.NaN;
  }
}

/** Both tables. @throws FormatError when the nodes have no names. */
export function readTables(
  lines: readonly string[],
  notes: Notes,
): { readonly nodes: GdfTable; readonly edges: GdfTable } {
  let nodes = new GdfTable('');
  let edges = new GdfTable('');
  let table: GdfTable | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const head = /^\s*(nodedef|edgedef)>(.*)$/i.exec(line);
    if (head !== null) {
      table = new GdfTable(head[2]!);
      if (head[1]!.toLowerCase() === 'nodedef') nodes = table;
      else edges = table;
      continue;
    }
    const row = splitRow(line);
    // Nodes and edges need a name, or two; what is left out behind has a default.
    const least = table === edges ? 2 : 1;
    if (table === null || row.length < least || row.length > table.width) {
      notes.add(
        'odd-line',
        (count) => `${count} ${count === 1 ? 'row' : 'rows'} of the graph can’t be read: left out.`,
        () => `line ${at + 1}: ${line.trim()}`,
      );
    } else table.rows.push(row);
  }
  if (!nodes.has('name')) {
    throw new FormatError('gdf: "nodedef>" has no column "name"', { format: 'gdf', line: 1 });
  }
  return { nodes, edges };
}

/** Cells of a row. Commas within quotes (of either kind) are text. */
function splitRow(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let start = 0;
  let at = 0;
  for (; at < line.length; at++) {
    const character = line[at]!;
    if (character === ',') {
      cells.push(cell + line.slice(start, at));
      cell = '';
      start = at + 1;
    } else if ((character === "'" || character === '"') && line.slice(start, at).trim() === '' && cell === '') {
      const end = line.indexOf(character, at + 1);
      if (end < 0) continue;
      cell = line.slice(at + 1, end);
      at = end;
      start = end + 1;
    }
  }
  cells.push(cell + line.slice(start, at));
  return cells;
}
