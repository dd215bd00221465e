/** gprof's table of functions by own time. */
import { FLAT_HEAD } from './format.ts';

/** A row; NaN where it is blank: functions that were not counted. */
export interface FlatRow {
  readonly name: string;
  readonly calls: number;
  readonly self: number;
  readonly total: number;
}

/** Seconds of the unit of a call, as the head of the column has it. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e9],
  ['us', 1e6],
  ['ms', 1e3],
  ['s', 1],
  ['Ks', 1e-3],
]);

/** Rows below the head in line `head`. */
export function readFlat(lines: readonly string[], head: number): FlatRow[] {
  const perSecond = UNITS.get(FLAT_HEAD.exec(lines[head]!)?.[1] ?? '') ?? Number.NaN;
  const rows: FlatRow[] = [];
  for (let at = head + 1; at < lines.length; at++) {
    const words = lines[at]!.trim().split(/\s+/);
    const numbers = words.slice(0, 6).map((word) => (/^\d+(?:\.\d+)?$/.test(word) ? Number(word) : Number.NaN));
    if (words.length < 4 || numbers.slice(0, 3).some(Number.isNaN)) break;
    const isCounted = numbers.length === 6 && !numbers.some(Number.isNaN) && words.length > 6;
    rows.push({
      name: words.slice(isCounted ? 6 : 3).join(' '),
      calls: isCounted ? numbers[3]! : Number.NaN,
      self: numbers[2]!,
      total: isCounted ? (numbers[3]! * numbers[5]!) / perSecond : Number.NaN,
    });
  }
  return rows;
}
