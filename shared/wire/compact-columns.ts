/**
 * Columns on their way: a model says what it expects of each row, a column writes or reads how the row differs.
 *
 * So a model is written once and runs at both ends: writing, a column looks at its row, reading, it fills it in. Both
 * ends know the same rows at the same time, and whatever the model concludes from them is the same.
 *
 * Streams of a part, in this order: bits, steps, 8 planes, then one of tokens for each column as it is opened.
 */

import type { Clock } from './compact-clocks.ts';
import { DOUBLE_BYTES } from './compact-doubles.ts';
import { BitReader, BitWriter, IntegerReader, IntegerWriter } from './compact-integers.ts';
import {
  DoubleReader,
  DoubleWriter,
  type NumberColumn,
  type OddNumbersReader,
  type OddNumbersWriter,
  TickReader,
  TickWriter,
} from './compact-numbers.ts';
import { compactError, type StreamsReader, StreamsWriter } from './compact-streams.ts';

/** A column of whole numbers on its way. */
export interface IntegerColumn {
  /** Writes or reads a row; `expected` is a whole number. */
  code(row: number, expected: number): void;
  /** The same for a row that is one of two guesses, or else any number from 0. */
  choose(row: number, first: number, second: number): void;
}

/** Columns of one part of a profile, all of them being written or all being read. */
export interface Coder {
  /** A column of numbers from `least` to below `limit`; `name`, a plural, is for messages. */
  integers(name: string, column: Int32Array, least: number, limit: number): IntegerColumn;
  /** A column of doubles; `clock` is null where they are no ticks. */
  numbers(name: string, column: Float64Array, clock: Clock | null): NumberColumn;
}

/** Writes the columns of one part, of which it changes nothing. */
export class CoderWriter implements Coder {
  private readonly streams = new StreamsWriter();
  private readonly bits = new BitWriter(this.streams.open());
  private readonly odd: OddNumbersWriter;

  constructor() {
    const steps = new IntegerWriter(this.streams.open(), this.bits);
    this.odd = { steps, planes: Array.from({ length: DOUBLE_BYTES }, () => this.streams.open()) };
  }

  integers(_name: string, column: Int32Array): IntegerColumn {
    return new IntegerColumnWriter(this.openRows(column), column);
  }

  numbers(_name: string, column: Float64Array, clock: Clock | null): NumberColumn {
    const out = this.openRows(column);
    return clock === null ? new DoubleWriter(out, this.odd, column) : new TickWriter(out, this.odd, column, clock);
  }

  /** The part, after its last row. */
  finish(): Uint8Array<ArrayBuffer> {
    this.bits.finish();
    return this.streams.join();
  }

  private openRows(column: { readonly length: number }): IntegerWriter {
    return new IntegerWriter(this.streams.open(column.length), this.bits);
  }
}

/** Reads the columns of one part; the columns it is given are filled in. */
export class CoderReader implements Coder {
  private readonly streams: StreamsReader;
  private readonly bits: BitReader;
  private readonly odd: OddNumbersReader;

  constructor(streams: StreamsReader) {
    this.streams = streams;
    this.bits = new BitReader(streams.open('bits').takeAll());
    const steps = new IntegerReader('odd numbers', streams.open('odd numbers').takeAll(), this.bits);
    this.odd = { steps, planes: Array.from({ length: DOUBLE_BYTES }, () => streams.open('numbers in full')) };
  }

  integers(name: string, column: Int32Array, least: number, limit: number): IntegerColumn {
    return new IntegerColumnReader(this.openRows(name, column), name, column, least, limit);
  }

  numbers(name: string, column: Float64Array, clock: Clock | null): NumberColumn {
    const from = this.openRows(name, column);
    return clock === null ? new DoubleReader(from, this.odd, column) : new TickReader(from, this.odd, column, clock);
  }

  private openRows(name: string, column: { readonly length: number }): IntegerReader {
    const tokens = this.streams.open(name).takeAll();
    if (tokens.length !== column.length) {
      throw compactError(`${tokens.length} ${name} are there for ${column.length} rows`);
    }
    return new IntegerReader(name, tokens, this.bits);
  }
}

class IntegerColumnWriter implements IntegerColumn {
  private readonly out: IntegerWriter;
  private readonly column: Int32Array;

  constructor(out: IntegerWriter, column: Int32Array) {
    this.out = out;
    this.column = column;
  }

  code(row: number, expected: number): void {
    this.out.write(this.column[row]! - expected);
  }

  choose(row: number, first: number, second: number): void {
    const value = this.column[row]!;
    this.out.write(value === first ? 0 : value === second ? 1 : value + 2);
  }
}

class IntegerColumnReader implements IntegerColumn {
  private readonly from: IntegerReader;
  private readonly name: string;
  private readonly column: Int32Array;
  private readonly least: number;
  private readonly limit: number;

  constructor(from: IntegerReader, name: string, column: Int32Array, least: number, limit: number) {
    this.from = from;
    this.name = name;
    this.column = column;
    this.least = least;
    this.limit = limit;
  }

  code(row: number, expected: number): void {
    this.set(row, expected + this.from.read());
  }

  choose(row: number, first: number, second: number): void {
    const choice = this.from.read();
    this.set(row, choice === 0 ? first : choice === 1 ? second : choice - 2);
  }

  private set(row: number, value: number): void {
    // Asked this way round, a mark of something elsewhere (NaN) is refused too.
    if (value >= this.least && value < this.limit) this.column[row] = value;
    else {
      throw compactError(`row ${row} of the ${this.name} is ${value}, not from ${this.least} to ${this.limit - 1}`);
    }
  }
}
