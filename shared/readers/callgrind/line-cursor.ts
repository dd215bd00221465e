/** Reads the words of one line after the other: numbers, and what is told when there is none. */
import { FormatError } from '../../errors.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_E = 0x65;
const LETTER_X = 0x78;

/** A place in a file's bytes. */
export class LineCursor {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Goes to the next word of the line; false at its end. */
  skipBlanks(): boolean {
    const bytes = this.bytes;
    let at = this.at;
    while (bytes[at] === SPACE || bytes[at] === TAB) at++;
    this.at = at;
    return at < bytes.length && bytes[at] !== LF && bytes[at] !== CR;
  }

  /** Whether a number in digits comes next. */
  isNumberNext(): boolean {
    const byte = this.bytes[this.at] ?? 0;
    return byte >= ZERO && byte <= NINE;
  }

  /** The number at `#at`: decimal, hex, or with a fraction. */
  readNumber(): number {
    const bytes = this.bytes;
    const start = this.at;
    let at = start;
    let value = 0;
    let digit = bytes[at]! - ZERO;
    if (digit === 0 && ((bytes[at + 1] ?? 0) | 0x20) === LETTER_X) return this.#readHex(start);
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = bytes[++at]! - ZERO;
    }
    const next = bytes[at] ?? 0;
    if (next > SPACE || at === start) {
      if (next !== DOT && (next | 0x20) !== LETTER_E && next !== MINUS) throw this.#notANumber(start);
      while (at < bytes.length && bytes[at]! > SPACE) at++;
      value = Number(this.text(start, at));
    }
    if (!(Math.abs(value) < 1e300)) throw this.#notANumber(start);
    this.at = at;
    return value;
  }

  #readHex(start: number): number {
    const bytes = this.bytes;
    let value = 0;
    let at = start + 2;
    for (; at < bytes.length && bytes[at]! > SPACE; at++) {
      const byte = bytes[at]!;
      const digit = byte <= NINE ? byte - ZERO : (byte | 0x20) - 0x57;
      if (digit < 0 || digit > 15) throw this.#notANumber(start);
      value = value * 16 + digit;
    }
    if (!(value < 1e300)) throw this.#notANumber(start);
    this.at = at;
    return value;
  }

  #notANumber(at: number): FormatError {
    let end = at;
    while (end < this.bytes.length && this.bytes[end]! > SPACE) end++;
    return this.error(at, `expected a number, found “${this.describe(at, end)}”`);
  }

  /** The error about what is at `offset`. */
  error(offset: number, found: string): FormatError {
    const bytes = this.bytes;
    let line = 1;
    for (let at = 0; at < offset; at++) {
      if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) line++;
    }
    return new FormatError(`callgrind line ${line}: ${found}`, {
      format: 'callgrind',
      offset,
      line,
      advice: 'Make the profile again, or copy it again: it is not whole',
    });
  }

  /** Text of some bytes. */
  text(start: number, end: number): string {
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  /** The beginning of some bytes as text, for messages. */
  describe(start: number, end: number): string {
    return this.text(start, Math.min(end, start + 60));
  }
}
