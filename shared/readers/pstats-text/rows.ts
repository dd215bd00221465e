/**
 * Rows of printed pstats reports: the numbers of a function, of a caller, of a callee.
 *
 *     ncalls  tottime  percall  cumtime  percall filename:lineno(function)
 *     6/1     0.000    0.000    0.013    0.013   {built-in method builtins.exec}
 *
 * Columns are as wide as their numbers need, so rows are taken apart at blanks; what is left over is the name. A
 * `percall` is left blank when its count is 0, which the counts tell.
 */

/** Numbers of a row; NaN where the row has none. */
export interface RowNumbers {
  readonly calls: number;
  readonly primitiveCalls: number;
  readonly self: number;
  readonly total: number;
}

/** A row: its numbers, and what stands behind them. */
export interface Row extends RowNumbers {
  readonly rest: string;
}

const COUNTS = /^(-?\d+)(?:\/(-?\d+))?$/;
const TIME = /^(?:-?\d+\.\d+|-?inf|-?nan)$/;

/** A row of the table of functions; null when the line is none. */
export function parseFunctionRow(line: string): Row | null {
  const cursor = new Cursor(line);
  const counts = parseCounts(cursor.next());
  if (counts === null) return null;
  const [all, primitive] = counts;
  const self = parseTime(cursor.next());
  if (self === null || (all !== 0 && parseTime(cursor.next()) === null)) return null;
  const total = parseTime(cursor.next());
  if (total === null || (primitive !== 0 && parseTime(cursor.next()) === null)) return null;
  return cursor.rest === '' ? null : { ...orderCounts(all, primitive), self, total, rest: cursor.rest };
}

/** Numbers of a caller or callee, and its name; null when the text is none. */
export function parseCallRow(text: string): Row | null {
  const cursor = new Cursor(text);
  const counts = parseCounts(cursor.next());
  if (counts === null) return null;
  const self = parseTime(cursor.next());
  const total = parseTime(cursor.next());
  if (self === null || total === null || cursor.rest === '') return null;
  return { ...orderCounts(counts[0], counts[1]), self, total, rest: cursor.rest };
}

/**
 * A caller or callee in files of the module `profile`: `name(calls) total`, where the total is that of the named
 * function. Null when the text is none.
 */
export function parseCountRow(text: string): Row | null {
  const trimmed = text.trim();
  const blank = trimmed.lastIndexOf(' ');
  const total = parseTime(trimmed.slice(blank + 1));
  const named = trimmed.slice(0, Math.max(0, blank)).trimEnd();
  const bracket = named.lastIndexOf('(');
  const counts = parseCounts(named.slice(bracket + 1, -1));
  if (total === null || bracket <= 0 || !named.endsWith(')') || counts === null) return null;
  return { ...orderCounts(counts[0], counts[1]), self: Number.NaN, total, rest: named.slice(0, bracket) };
}

/** yappi's files have the two counts the other way round; a negative count says that nobody counted. */
function orderCounts(one: number, other: number): { calls: number; primitiveCalls: number } {
  const known = (count: number) => (count < 0 ? Number.NaN : count);
  return { calls: known(Math.max(one, other)), primitiveCalls: known(Math.min(one, other)) };
}

function parseCounts(word: string): readonly [number, number] | null {
  const match = COUNTS.exec(word);
  if (match === null) return null;
  const all = Number(match[1]);
  return [all, match[2] === undefined ? all : Number(match[2])];
}

/** Seconds; NaN for what is no number to Python either. */
function parseTime(word: string): number | null {
  if (!TIME.test(word)) return null;
  const time = Number(word);
  return Number.isFinite(time) ? time : Number.NaN;
}

/** Takes words off the front of a text. */
class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skip();
  }

  /** The next word; `''` at the end. */
  next(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
    const word = this.#text.slice(start, this.#at);
    this.#skip();
    return word;
  }

  /** What was not taken yet. */
  get rest(): string {
    return this.#text.slice(this.#at).trimEnd();
  }

  #skip(): void {
    while (this.#at < this.#text.length && isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
