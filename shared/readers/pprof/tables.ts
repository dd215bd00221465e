/**
 * Everything in a pprof message but its samples, which may stand before the tables that they point into: those are
 * found here and read when the tables are known.
 *
 *   Profile: 1 sample_type  2 sample  3 mapping  4 location  5 function  6 string_table  9 time_nanos  10 duration_nanos
 *            11 period_type  12 period  13 comment  14 default_sample_type
 */
import { ByteCursor } from '../../decode/byte-cursor.ts';

/** Wire types of protobuf. */
const Wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const ADVICE = 'Make the profile again, or copy it again: it is not whole';

/** A position in the file: id of a field, and for messages where they end. */
export interface Field {
  readonly number: number;
  readonly isMessage: boolean;
  /** End of the message; for numbers, where the next field starts. */
  readonly end: number;
}

/** Columns of locations; lines of a location are a run, innermost first. */
export interface Locations {
  readonly row: Map<number | string, number>;
  /** First line of each location; one entry more than locations. */
  readonly firstLine: number[];
  readonly mapping: (number | string)[];
  readonly address: string[];
}

/** A pprof file's tables. */
export class PprofTables {
  readonly cursor: ByteCursor;
  readonly samples: number[] = [];
  readonly sampleTypes: (readonly [type: number, unit: number])[] = [];
  readonly locations: Locations = { row: new Map(), firstLine: [], mapping: [], address: [] };
  readonly lineFunction: (number | string)[] = [];
  readonly lineNumber: number[] = [];
  readonly functionRow = new Map<number | string, number>();
  readonly functionName: number[] = [];
  readonly functionSystemName: number[] = [];
  readonly functionFile: number[] = [];
  readonly functionLine: number[] = [];
  readonly mappingFile = new Map<number | string, number>();
  readonly mappings: number[] = [];
  readonly comments: number[] = [];
  periodType: readonly [type: number, unit: number] | null = null;
  period = 0;
  timeNanos = 0;
  durationNanos = 0;
  defaultType = 0;
  readonly #stringAt: number[] = [];
  readonly #stringEnd: number[] = [];
  readonly #texts: (string | undefined)[] = [];

  constructor(bytes: Uint8Array) {
    this.cursor = new ByteCursor('pprof', bytes, { advice: ADVICE });
    const { cursor } = this;
    for (let tag = this.readTag(bytes.length); tag !== null; tag = this.readTag(bytes.length)) {
      if (tag.isMessage) this.#readMessage(tag.number, tag.end);
      else this.#readNumber(tag.number);
      cursor.at = tag.end;
    }
    this.locations.firstLine.push(this.lineFunction.length);
  }

  get stringCount(): number {
    return this.#stringAt.length;
  }

  /** Text by its number. @throws FormatError when there is no such text. */
  text(index: number, what: string): string {
    const known = this.#texts[index];
    if (known !== undefined) return known;
    const at = this.#stringAt[index];
    if (at === undefined) {
      if (index === 0) return '';
      throw this.cursor.fault(`${what} is string ${index} of ${this.#stringAt.length}`, 0);
    }
    this.cursor.at = at;
    const text = this.cursor.text(this.#stringEnd[index]! - at, what);
    this.#texts[index] = text;
    return text;
  }

  /**
   * The next field before `end`, null at it. After it the cursor stands at the contents; a number's value is in `low`
   * and `high`. Fields of fixed size are skipped: no message of pprof has one.
   */
  readTag(end: number): Field | null {
    const { cursor } = this;
    for (;;) {
      if (cursor.at >= end) return null;
      const start = cursor.at;
      const tag = cursor.varint('a field');
      const number = Math.floor(tag / 8);
      switch (tag % 8) {
        case Wire.varint:
          cursor.varint(`the number of field ${number}`);
          return { number, isMessage: false, end: cursor.at };
        case Wire.bytes: {
          const length = cursor.varint(`the length of field ${number}`);
          if (length > end - cursor.at) {
            throw cursor.fault(
              `field ${number} has a length of ${length} bytes where ${end - cursor.at} bytes are left`,
              start,
            );
          }
          return { number, isMessage: true, end: cursor.at + length };
        }
        case Wire.fixed64:
          cursor.take(8, `field ${number}`);
          break;
        case Wire.fixed32:
          cursor.take(4, `field ${number}`);
          break;
        default:
          throw cursor.fault(`a field of wire type ${tag % 8}, expected 0, 1, 2 or 5`, start);
      }
      if (cursor.at > end) throw cursor.fault(`field ${number} ends behind the message it is in`, start);
    }
  }

  #readMessage(number: number, end: number): void {
    const { cursor } = this;
    switch (number) {
      case 1:
        this.sampleTypes.push(this.#readValueType(end));
        break;
      case 2:
        this.samples.push(cursor.at, end);
        break;
      case 3:
        this.#readMapping(end);
        break;
      case 4:
        this.#readLocation(end);
        break;
      case 5:
        this.#readFunction(end);
        break;
      case 6:
        this.#stringAt.push(cursor.at);
        this.#stringEnd.push(end);
        break;
      case 11:
        this.periodType = this.#readValueType(end);
        break;
      case 13:
        while (cursor.at < end) this.comments.push(cursor.varint('a comment'));
        break;
      default:
    }
  }

  #readNumber(number: number): void {
    const { cursor } = this;
    if (number === 9) this.timeNanos = cursor.signed;
    else if (number === 10) this.durationNanos = cursor.signed;
    else if (number === 12) this.period = cursor.signed;
    else if (number === 13) this.comments.push(cursor.signed);
    else if (number === 14) this.defaultType = cursor.signed;
  }

  #readValueType(end: number): readonly [number, number] {
    let type = 0;
    let unit = 0;
    for (let tag = this.readTag(end); tag !== null; tag = this.readTag(end)) {
      if (tag.number === 1) type = this.cursor.signed;
      else if (tag.number === 2) unit = this.cursor.signed;
      this.cursor.at = tag.end;
    }
    return [type, unit];
  }

  #readMapping(end: number): void {
    let id: number | string = 0;
    let file = 0;
    for (let tag = this.readTag(end); tag !== null; tag = this.readTag(end)) {
      if (tag.number === 1) id = this.cursor.key;
      else if (tag.number === 5) file = this.cursor.signed;
      this.cursor.at = tag.end;
    }
    this.mappingFile.set(id, file);
    this.mappings.push(file);
  }

  #readLocation(end: number): void {
    const { cursor, locations } = this;
    const start = cursor.at;
    let id: number | string = 0;
    let mapping: number | string = 0;
    let address = '0x0';
    const firstLine = this.lineFunction.length;
    for (let tag = this.readTag(end); tag !== null; tag = this.readTag(end)) {
      if (tag.isMessage) {
        if (tag.number === 4) this.#readLine(tag.end);
      } else if (tag.number === 1) id = cursor.key;
      else if (tag.number === 2) mapping = cursor.key;
      else if (tag.number === 3) address = cursor.hex;
      cursor.at = tag.end;
    }
    if (locations.row.has(id)) throw cursor.fault(`a second location with the id ${id}`, start);
    locations.row.set(id, locations.firstLine.length);
    locations.firstLine.push(firstLine);
    locations.mapping.push(mapping);
    locations.address.push(address);
  }

  #readLine(end: number): void {
    let id: number | string = 0;
    let line = 0;
    for (let tag = this.readTag(end); tag !== null; tag = this.readTag(end)) {
      if (tag.number === 1) id = this.cursor.key;
      else if (tag.number === 2) line = this.cursor.signed;
      this.cursor.at = tag.end;
    }
    this.lineFunction.push(id);
    this.lineNumber.push(line);
  }

  #readFunction(end: number): void {
    const { cursor } = this;
    const start = cursor.at;
    let id: number | string = 0;
    const numbers = [0, 0, 0, 0, 0, 0];
    for (let tag = this.readTag(end); tag !== null; tag = this.readTag(end)) {
      if (tag.number === 1) id = cursor.key;
      else if (tag.number < 6) numbers[tag.number] = cursor.signed;
      cursor.at = tag.end;
    }
    if (this.functionRow.has(id)) throw cursor.fault(`a second function with the id ${id}`, start);
    this.functionRow.set(id, this.functionName.length);
    this.functionName.push(numbers[2]!);
    this.functionSystemName.push(numbers[3]!);
    this.functionFile.push(numbers[4]!);
    this.functionLine.push(numbers[5]!);
  }
}
