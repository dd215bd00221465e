/**
 * Tables of comma-separated values (RFC 4180): cells in quotes may hold commas, line ends and doubled quotes.
 */

/** A row, and the line of the text it begins in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a table; lines without anything are left out. */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    let isOpen = true;
    while (isOpen) {
      let cell = '';
      if (text[at] === '"') {
        const { value, end } = readQuoted(text, at);
        for (let char = at; char < end; char++) if (text[char] === '\n') line++;
        cell = value;
        at = end;
      }
      const from = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
      cells.push(cell + text.slice(from, at));
      isOpen = text[at] === ',';
      if (isOpen) at++;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    line++;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: start, cells });
  }
  return rows;
}

/** The cell whose quote opens at `start`, and where reading goes on. */
function readQuoted(text: string, start: number): { readonly value: string; readonly end: number } {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { value: parts.join('') + text.slice(from), end: text.length };
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: parts.join(''), end: quote + 1 };
    parts.push('"');
    from = quote + 2;
  }
}
