/**
 * Tables of Firefox profiles, in both of their forms, read alike:
 *
 *   raw        { schema: { stack: 0, time: 1 }, data: [[12, 0.5], [13]] }   short rows miss their last fields
 *   processed  { stack: [12, 13], time: [0.5, 1.5], length: 2 }
 */
import { FormatError } from '../../errors.ts';
import { describeValue } from '../json-values.ts';

/** An object of a JSON file, not looked at yet. */
export type Json = Readonly<Record<string, unknown>>;

const ADVICE = 'Save the profile again, or copy it again: it is not whole';

/** The error for a place in the profile. */
export function geckoFault(found: string, cause?: unknown): FormatError {
  return new FormatError(`gecko: ${found}`, {
    format: 'gecko',
    offset: 0,
    advice: ADVICE,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** True for a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A table of either form; columns that are not there are empty. */
export class GeckoTable {
  readonly length: number;
  readonly isRaw: boolean;
  readonly #name: string;
  readonly #table: Json;
  readonly #rows: readonly unknown[];

  constructor(value: unknown, name: string) {
    if (value !== undefined && value !== null && !isJson(value)) throw geckoFault(`${name} is no table`);
    this.#name = name;
    this.#table = value ?? {};
    const { schema, data, length } = this.#table;
    this.isRaw = isJson(schema) && Array.isArray(data);
    this.#rows = Array.isArray(data) ? data : [];
    if (this.isRaw) this.length = this.#rows.length;
    else {
      const longest = Object.values(this.#table).find(Array.isArray)?.length ?? 0;
      this.length = typeof length === 'number' && length >= 0 ? Math.min(length, longest) : longest;
    }
  }

  /** Values of a column, one per row; null where a row has none. Null when the table has no such column. */
  column(field: string): ((row: number) => unknown) | null {
    if (this.isRaw) {
      const at = (this.#table.schema as Json)[field];
      if (typeof at !== 'number') return null;
      return (row) => {
        const values = this.#rows[row];
        return Array.isArray(values) ? (values[at] ?? null) : null;
      };
    }
    const values = this.#table[field];
    return Array.isArray(values) ? (row) => values[row] ?? null : null;
  }

  /** Row numbers of another table of `limit` rows, -1 for none. @throws FormatError when one is not in it */
  indexes(field: string, limit: number): Int32Array {
    const column = this.column(field);
    const indexes = new Int32Array(this.length).fill(-1);
    if (column === null) return indexes;
    for (let row = 0; row < this.length; row++) {
      const value = column(row);
      if (value === null || value === -1) continue;
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= limit) {
        throw geckoFault(
          `row ${row} of ${this.#name} has ${field} ${describeValue(value)}, expected 0 to ${limit - 1}`,
        );
      }
      indexes[row] = value;
    }
    return indexes;
  }

  /** Numbers of a column, `missing` where a row has none; null when the table has no such column. */
  numbers(field: string, missing: number): Float64Array | null {
    const column = this.column(field);
    if (column === null) return null;
    const numbers = new Float64Array(this.length);
    for (let row = 0; row < this.length; row++) {
      const value = column(row);
      numbers[row] = typeof value === 'number' && Number.isFinite(value) ? value : missing;
    }
    return numbers;
  }

  /** Text at a row of a list that belongs to the table, for messages: `row 3 of stackTable`. */
  describe(row: number): string {
    return `row ${row} of ${this.#name}`;
  }
}

/** Strings of a thread or of the whole file. */
export function readStrings(thread: Json, shared: Json): readonly unknown[] {
  const strings = thread.stringArray ?? thread.stringTable ?? shared.stringArray ?? shared.stringTable ?? [];
  // Libraries of the viewer wrote an object around the list for a time.
  const list = isJson(strings) ? (strings._array ?? strings.data) : strings;
  if (!Array.isArray(list)) throw geckoFault('the strings of a thread are no list');
  return list;
}
