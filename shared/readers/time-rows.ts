/**
 * Rows of numbers by time, as logs have them: put in the order of time, and made to series.
 */
import type { Series, Unit } from '../model/profile.ts';
import type { Notes } from './notes.ts';

/** Values of one column, in the order in which they were written. */
export class TimeRows {
  readonly #time: number[] = [];
  readonly #value: number[] = [];

  /** Adds a value at a time in seconds. */
  add(time: number, value: number): void {
    this.#time.push(time);
    this.#value.push(value);
  }

  /** The series. Clocks that were set back are noted once per step, and the rows sorted. */
  build(name: string, unit: Unit, group: string, notes: Notes | null): Series {
    const time = Float64Array.from(this.#time);
    const value = Float64Array.from(this.#value);
    let steps = 0;
    for (let row = 1; row < time.length; row++) if (time[row]! < time[row - 1]!) steps++;
    if (steps === 0) return { name, unit, group, time, value };
    notes?.add(
      'time-backwards',
      (count) =>
        `The clock went back ${count === 1 ? 'once' : `${count} times`}: the rows are put in the order of time.`,
      () => null,
      steps,
    );
    const order = Uint32Array.from(time, (_, row) => row).sort((a, b) => time[a]! - time[b]! || a - b);
    return {
      name,
      unit,
      group,
      time: Float64Array.from(order, (row) => time[row]!),
      value: Float64Array.from(order, (row) => value[row]!),
    };
  }
}

/** Notes a line that is no row of the log. */
export function noteBadLine(notes: Notes, line: number): void {
  notes.add(
    'bad-line',
    (count) => `${count} ${count === 1 ? 'line is' : 'lines are'} damaged: left out.`,
    () => `line ${line}`,
  );
}

/** A number as logs write it; NaN for anything else. */
export function parseLogNumber(text: string | undefined): number {
  return text !== undefined && /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
