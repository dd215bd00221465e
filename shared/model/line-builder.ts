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
  readonly frame: FrameIndex;
  readonly file: number;
  readonly line: number;
  calls: number;
  readonly values: number[];
  readonly totals: number[] | null;
  text: number;
}

/** Takes lines one by one. */
export class LineBuilder {
  readonly #metrics: number;
  readonly #rows = new Map<string, Row>();

  constructor(metrics: number) {
    this.#metrics = metrics;
  }

  /**
   * Adds a line of `file` (row of the string table) in the function `frame` (-1: not known). What is said of the same
   * line of the same function is added up.
   */
  add(frame: FrameIndex, file: number, line: number, numbers: LineNumbers): void {
    const key = `${frame} ${file} ${line}`;
    const known = this.#rows.get(key);
    const { calls = Number.NaN, values, totals, text = -1 } = numbers;
    if (known === undefined) {
      this.#rows.set(key, {
        frame,
        file,
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
    if (this.#rows.size === 0) return null;
    // Functions in the order in which they came first.
    const order = new Map<string, number>();
    for (const { frame, file } of this.#rows.values()) {
      const key = `${frame} ${file}`;
      if (!order.has(key)) order.set(key, order.size);
    }
    const rows = [...this.#rows.values()].sort(
      (a, b) => order.get(`${a.frame} ${a.file}`)! - order.get(`${b.frame} ${b.file}`)! || a.line - b.line,
    );
    const columns = Array.from({ length: this.#metrics }, (_, metric) => metric);
    const hasTotals = rows.some(({ totals }) => totals !== null);
    return {
      length: rows.length,
      frame: Int32Array.from(rows, ({ frame }) => frame),
      file: Int32Array.from(rows, ({ file }) => file),
      line: Int32Array.from(rows, ({ line }) => line),
      calls: Float64Array.from(rows, ({ calls }) => calls),
      values: columns.map((metric) => Float64Array.from(rows, ({ values }) => values[metric]!)),
      ...(hasTotals
        ? { totals: columns.map((metric) => Float64Array.from(rows, ({ totals }) => totals?.[metric] ?? Number.NaN)) }
        : {}),
      text: Int32Array.from(rows, ({ text }) => text),
    };
  }
}

function addKnown(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : one + other;
}
