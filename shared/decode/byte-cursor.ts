/**
 * Walks the bytes of a binary file, number by number, and never past their end.
 *
 * 64-bit integers come as doubles: exact up to 2^53, else rounded; `low` and `high` hold the bits of the last one for
 * whoever needs them all. Each method names what it was looking for when it fails.
 */
import { FormatError } from '../errors.ts';

/** Which bytes are walked, and how their numbers are written. */
export interface CursorOptions {
  readonly start?: number;
  readonly end?: number;
  /** Big-endian fixed-size numbers. */
  readonly isBigEndian?: boolean;
  /** What `make a good file` means for this format. */
  readonly advice?: string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const MAX_VARINT_BYTES = 10;
const WORD = 2 ** 32;

/** A place in bytes. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  /** The two halves of the last 64-bit integer, each from 0 to 2^32 - 1. */
  low = 0;
  high = 0;
  readonly #format: string;
  readonly #view: DataView;
  readonly #isLittleEndian: boolean;
  readonly #advice: string | undefined;

  constructor(format: string, bytes: Uint8Array, options: CursorOptions = {}) {
    this.#format = format;
    this.bytes = bytes;
    this.at = options.start ?? 0;
    this.end = Math.min(options.end ?? bytes.length, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isLittleEndian = options.isBigEndian !== true;
    this.#advice = options.advice;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.end - this.at;
  }

  /** The error for a place: `pprof byte 12: found`. */
  fault(found: string, offset = this.at): FormatError {
    return new FormatError(`${this.#format} byte ${offset}: ${found}`, {
      format: this.#format,
      offset,
      ...(this.#advice === undefined ? {} : { advice: this.#advice }),
    });
  }

  /** Makes sure that `count` bytes are left. @throws FormatError */
  need(count: number, what: string): void {
    if (count <= this.left) return;
    throw this.fault(
      this.left === 0
        ? `the file ends here, but ${what} was expected; it was cut short`
        : `expected ${what} of ${count} bytes where ${Math.max(0, this.left)} bytes are left: the file was cut short`,
    );
  }

  byte(what: string): number {
    if (this.at >= this.end) this.need(1, what);
    return this.bytes[this.at++]!;
  }

  uint32(what: string): number {
    this.need(4, what);
    this.at += 4;
    return this.#view.getUint32(this.at - 4, this.#isLittleEndian);
  }

  /** A 64-bit integer without sign. */
  uint64(what: string): number {
    this.need(8, what);
    const [first, second] = [
      this.#view.getUint32(this.at, this.#isLittleEndian),
      this.#view.getUint32(this.at + 4, this.#isLittleEndian),
    ];
    this.low = this.#isLittleEndian ? first : second;
    this.high = this.#isLittleEndian ? second : first;
    this.at += 8;
    return this.high * WORD + this.low;
  }

  /** A 64-bit integer with sign. */
  int64(what: string): number {
    this.uint64(what);
    return this.signed;
  }

  float64(what: string): number {
    this.need(8, what);
    this.at += 8;
    return this.#view.getFloat64(this.at - 8, this.#isLittleEndian);
  }

  /** An integer without sign in digits of seven bits, least first (LEB128). */
  varint(what: string): number {
    if (this.at < this.end && this.bytes[this.at]! < 0x80) {
      this.high = 0;
      this.low = this.bytes[this.at++]!;
      return this.low;
    }
    return this.#longVarint(what);
  }

  #longVarint(what: string): number {
    const start = this.at;
    let low = 0;
    let high = 0;
    for (let digit = 0; ; digit++) {
      if (digit === MAX_VARINT_BYTES) {
        throw this.fault(`expected ${what}, found a number of more than ${MAX_VARINT_BYTES} bytes`, start);
      }
      const byte = this.byte(what);
      const bits = byte & 0x7f;
      // Digits 0 to 3 lie in the low half, 5 to 9 in the high one, digit 4 in both.
      if (digit < 4) low |= bits << (7 * digit);
      else if (digit === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * digit - 32);
      if (byte < 0x80) break;
    }
    this.low = low >>> 0;
    this.high = high >>> 0;
    return this.high * WORD + this.low;
  }

  /** The last 64-bit integer with its sign. */
  get signed(): number {
    return (this.high | 0) * WORD + this.low;
  }

  /** The last 64-bit integer as a key of a Map: no two of them share one. */
  get key(): number | string {
    return this.high < 0x200000 ? this.high * WORD + this.low : `${this.high}:${this.low}`;
  }

  /** The last 64-bit integer as an address: `0x7fa6191ccdb1`. */
  get hex(): string {
    const low = this.low.toString(16);
    return this.high === 0 ? `0x${low}` : `0x${this.high.toString(16)}${low.padStart(8, '0')}`;
  }

  /** The next `count` bytes. Shares memory with `bytes`. */
  take(count: number, what: string): Uint8Array {
    if (count < 0) throw this.fault(`expected ${what}, found a length of ${count}`);
    this.need(count, what);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** The next `count` bytes as text; what is not UTF-8 becomes U+FFFD. */
  text(count: number, what: string): string {
    return decoder.decode(this.take(count, what));
  }
}
