/**
 * Collects source lines with values: equal places are added up, rows end in the order of functions and lines.
 */
import type { FrameIndex, LineTable } from './profile.ts';

/** What is known of a line; what is left out is unknown. */
export interface LineNumbers {
  /** Hits. */
  readonly calls?: number;
  /** One per metric; NaN: not measured. */
  readonly values: readonly number[];
  /** Where `values` are without callees: with them. */
  readonly totals?: readonly number[];
  /** Row of the line's text in the string table. */
  readonly text?: number;
}

interface Row {
  readonly line: number;
  calls: number;
  readonly values: number[];
  readonly totals: number[] | null;
  text: number;
}

/** Lines of one function in one file. */
interface Group {
  readonly frame: FrameIndex;
  readonly file: number;
  readonly rows: Map<number, Row>;
}

/** Takes lines one by one. */
export class LineBuilder {
  readonly #metrics: number;
  /** In the order in which functions came first. */
  readonly #groups = new Map<string, Group>();
  /** Lines of a function come one after the other: the last one is looked at before all others. */
  #last: Group | null = null;

  constructor(metrics: number) {
    this.#metrics = metrics;
  }

  /**
   * Adds a line of `file` (row of the string table) in the function `frame` (-1: not known). What is said of the same
   * line of the same function is added up.
   */
  add(frame: FrameIndex, file: number, line: number, numbers: LineNumbers): void {
    const { rows } = this.#group(frame, file);
    const known = rows.get(line);
    const { calls = Number.NaN, values, totals, text = -1 } = numbers;
    if (known === undefined) {
      rows.set(line, {
        line,
        calls,
        values: Array.from({ length: this.#metrics }, (_, metric) => values[metric] ?? Number.NaN),
        totals: totals === undefined ? null : [...totals],
        text,
      });
      return;
    }
    known.calls = addKnown(known.calls, calls);
    for (let metric = 0; metric < this.#metrics; metric++) {
      known.values[metric] = addKnown(known.values[metric]!, values[metric] ?? Number.NaN);
      if (known.totals !== null && totals !== undefined) known.totals[metric]! += totals[metric] ?? 0;
    }
    if (known.text < 0) known.text = text;
  }

  /** The table; null without lines. */
  build(): LineTable | null {
    if (this.#groups.size === 0) return null;
    const groups = [...this.#groups.values()];
    const rows = groups.flatMap((group) => [...group.rows.values()].sort((a, b) => a.line - b.line));
    const frame = new Int32Array(rows.length);
    const file = new Int32Array(rows.length);
    let from = 0;
    for (const group of groups) {
      frame.fill(group.frame, from, from + group.rows.size);
      file.fill(group.file, from, from + group.rows.size);
      from += group.rows.size;
    }
    const columns = Array.from({ length: this.#metrics }, (_, metric) => metric);
    const hasTotals = rows.some(({ totals }) => totals !== null);
    return {
      length: rows.length,
      frame,
      file,
      line: Int32Array.from(rows, ({ line }) => line),
      calls: Float64Array.from(rows, ({ calls }) => calls),
      values: columns.map((metric) => Float64Array.from(rows, ({ values }) => values[metric]!)),
      ...(hasTotals
        ? { totals: columns.map((metric) => Float64Array.from(rows, ({ totals }) => totals?.[metric] ?? Number.NaN)) }
        : {}),
      text: Int32Array.from(rows, ({ text }) => text),
    };
  }

  #group(frame: FrameIndex, file: number): Group {
    if (this.#last !== null && this.#last.frame === frame && this.#last.file === file) return this.#last;
    const key = `${frame} ${file}`;
    const group = this.#groups.get(key) ?? { frame, file, rows: new Map() };
    this.#groups.set(key, group);
    this.#last = group;
    return group;
  }
}

function addKnown(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : one + other;
}
