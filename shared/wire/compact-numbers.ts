/**
 * Columns of doubles, every bit of which arrives: as ticks of a clock or as doubles beside an expected one.
 *
 *   tick      integer, tick - expected tick
 *   double    integer, steps from the expected double to this one
 *
 * A number that is not exactly a tick, or too far from what was expected, is marked, and is among the odd numbers
 * instead. Those of all columns of a profile stand together:
 *
 *   integer   steps from the nearest tick's double; then that tick - expected tick, in the same stream
 *   marked    the number's 8 bytes, each in a stream of its own
 */

import { type Clock, toNumber, toTick, toWhole } from './compact-clocks.ts';
import { bytesOf, countBetween, DOUBLE_BYTES, doubleOfBytes, stepFrom } from './compact-doubles.ts';
import type { IntegerReader, IntegerWriter } from './compact-integers.ts';
import type { ByteReader, ByteWriter } from './compact-streams.ts';

/** A column of doubles on its way. Its unit is a tick if it has a clock, else that of the numbers. */
export interface NumberColumn {
  /** Writes or reads a row; returns it. `expected` is in the column's unit, and NaN where nothing is expected. */
  code(row: number, expected: number): number;
  /** A row that was coded before, in the column's unit; 0 where that is not finite or, in ticks, too large. */
  at(row: number): number;
}

/** Where writing columns put numbers that do not fit. */
export interface OddNumbersWriter {
  readonly steps: IntegerWriter;
  readonly planes: readonly ByteWriter[];
}

/** Where reading columns find them. */
export interface OddNumbersReader {
  readonly steps: IntegerReader;
  readonly planes: readonly ByteReader[];
}

function writePlanes(planes: readonly ByteWriter[], number: number): void {
  const bytes = bytesOf(number);
  for (let plane = 0; plane < DOUBLE_BYTES; plane++) planes[plane]!.push(bytes[plane]!);
}

function readPlanes(planes: readonly ByteReader[]): number {
  const bytes = bytesOf(0);
  for (let plane = 0; plane < DOUBLE_BYTES; plane++) bytes[plane] = planes[plane]!.next();
  return doubleOfBytes();
}

/** Finite or 0. */
function toFinite(number: number): number {
  return number - number === 0 ? number : 0;
}

/** Writes a column of ticks. */
export class TickWriter implements NumberColumn {
  private readonly out: IntegerWriter;
  private readonly odd: OddNumbersWriter;
  private readonly column: Float64Array;
  private readonly clock: Clock;

  constructor(out: IntegerWriter, odd: OddNumbersWriter, column: Float64Array, clock: Clock) {
    this.out = out;
    this.odd = odd;
    this.column = column;
    this.clock = clock;
  }

  code(row: number, expected: number): number {
    const number = this.column[row]!;
    const tick = toTick(number, this.clock);
    const difference = tick - toWhole(expected);
    const steps = countBetween(number, toNumber(tick, this.clock));
    if (steps === 0) this.out.write(difference);
    else this.writeOdd(number, steps, difference);
    return tick;
  }

  at(row: number): number {
    return toTick(this.column[row]!, this.clock);
  }

  private writeOdd(number: number, steps: number, difference: number): void {
    this.out.writeElsewhere();
    if (steps === Number.POSITIVE_INFINITY) {
      this.odd.steps.writeElsewhere();
      writePlanes(this.odd.planes, number);
    } else {
      this.odd.steps.write(steps);
      this.odd.steps.write(difference);
    }
  }
}

/** Reads what `TickWriter` wrote. */
export class TickReader implements NumberColumn {
  private readonly from: IntegerReader;
  private readonly odd: OddNumbersReader;
  private readonly column: Float64Array;
  private readonly clock: Clock;

  constructor(from: IntegerReader, odd: OddNumbersReader, column: Float64Array, clock: Clock) {
    this.from = from;
    this.odd = odd;
    this.column = column;
    this.clock = clock;
  }

  code(row: number, expected: number): number {
    const difference = this.from.read();
    if (Number.isNaN(difference)) {
      this.column[row] = this.readOdd(expected);
      return this.at(row);
    }
    const tick = toWhole(expected) + difference;
    this.column[row] = toNumber(tick, this.clock);
    return tick;
  }

  at(row: number): number {
    return toTick(this.column[row]!, this.clock);
  }

  private readOdd(expected: number): number {
    const steps = this.odd.steps.read();
    if (Number.isNaN(steps)) return readPlanes(this.odd.planes);
    const tick = toWhole(expected) + this.odd.steps.read();
    return stepFrom(toNumber(tick, this.clock), steps);
  }
}

/** Writes a column of doubles. */
export class DoubleWriter implements NumberColumn {
  private readonly out: IntegerWriter;
  private readonly odd: OddNumbersWriter;
  private readonly column: Float64Array;

  constructor(out: IntegerWriter, odd: OddNumbersWriter, column: Float64Array) {
    this.out = out;
    this.odd = odd;
    this.column = column;
  }

  code(row: number, expected: number): number {
    const number = this.column[row]!;
    const steps = countBetween(number, toFinite(expected));
    if (steps === Number.POSITIVE_INFINITY) {
      this.out.writeElsewhere();
      writePlanes(this.odd.planes, number);
    } else this.out.write(steps);
    return toFinite(number);
  }

  at(row: number): number {
    return toFinite(this.column[row]!);
  }
}

/** Reads what `DoubleWriter` wrote. */
export class DoubleReader implements NumberColumn {
  private readonly from: IntegerReader;
  private readonly odd: OddNumbersReader;
  private readonly column: Float64Array;

  constructor(from: IntegerReader, odd: OddNumbersReader, column: Float64Array) {
    this.from = from;
    this.odd = odd;
    this.column = column;
  }

  code(row: number, expected: number): number {
    const steps = this.from.read();
    const number = Number.isNaN(steps) ? readPlanes(this.odd.planes) : stepFrom(toFinite(expected), steps);
    this.column[row] = number;
    return toFinite(number);
  }

  at(row: number): number {
    return toFinite(this.column[row]!);
  }
}
