/**
 * Whole numbers as two streams: what a compressor can shorten, and what none can.
 *
 *   token 0 .. 30   0, -1, 1, -2, 2 … -15, 15
 *   token 31        none of these: whoever wrote it says elsewhere what it is
 *   token 32 ..     2·(e - 4) + (1 if negative): a magnitude from 2^e to 2^(e+1) - 1; the e bits below the highest
 *                   are in the bit stream, lowest first
 *
 * Tokens of one column stand together, a byte each, so that the compressor learns how frequent they are. The bits are
 * noise and cost just what they are; all columns share one stream of them.
 */
import { type ByteWriter, compactError } from './compact-streams.ts';

const ELSEWHERE = 31;
const FIRST_LARGE = 32;
const SMALLEST_WIDTH = 4;
const SMALLEST_LARGE = 2 ** SMALLEST_WIDTH;
const WIDEST = 52;
const CHUNK_BITS = 24;
const WORD = 2 ** 32;
const CHUNK = 2 ** CHUNK_BITS;
/** By exponent: working a power out anew for every number took half of the time of packing. */
const POWERS = Float64Array.from({ length: WIDEST + 1 }, (_, exponent) => 2 ** exponent);

/** Bits that no compressor can shorten, packed lowest first. */
export class BitWriter {
  private readonly out: ByteWriter;
  private pending = 0;
  private count = 0;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  /** Appends the `width` (at most `WIDEST`) lowest bits of a whole number. */
  write(value: number, width: number): void {
    let rest = value;
    let left = width;
    while (left > CHUNK_BITS) {
      const high = Math.floor(rest / CHUNK);
      this.writeChunk(rest - high * CHUNK, CHUNK_BITS);
      rest = high;
      left -= CHUNK_BITS;
    }
    this.writeChunk(rest, left);
  }

  /** Writes out the last, unfinished byte. Nothing may follow. */
  finish(): void {
    if (this.count > 0) this.out.push(this.pending);
    this.count = 0;
  }

  private writeChunk(value: number, width: number): void {
    let pending = this.pending | (value << this.count);
    let count = this.count + width;
    while (count >= 8) {
      this.out.push(pending & 0xff);
      pending >>>= 8;
      count -= 8;
    }
    this.pending = pending;
    this.count = count;
  }
}

/** Reads what `BitWriter` wrote. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private at = 0;
  private pending = 0;
  private count = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** A whole number of `width` (at most `WIDEST`) bits. */
  read(width: number): number {
    let value = 0;
    let scale = 1;
    let left = width;
    while (left > CHUNK_BITS) {
      value += this.readChunk(CHUNK_BITS) * scale;
      scale *= CHUNK;
      left -= CHUNK_BITS;
    }
    return value + this.readChunk(left) * scale;
  }

  private readChunk(width: number): number {
    let pending = this.pending;
    let count = this.count;
    while (count < width) {
      if (this.at === this.bytes.length) throw compactError(`the bits end after ${this.at} bytes`);
      pending |= this.bytes[this.at++]! << count;
      count += 8;
    }
    this.pending = pending >>> width;
    this.count = count - width;
    return pending & ((1 << width) - 1);
  }
}

/** Writes integers as tokens and bits. */
export class IntegerWriter {
  private readonly tokens: ByteWriter;
  private readonly bits: BitWriter;

  constructor(tokens: ByteWriter, bits: BitWriter) {
    this.tokens = tokens;
    this.bits = bits;
  }

  /** Appends an integer below 2^53 either way. */
  write(value: number): void {
    const isNegative = value < 0;
    const magnitude = isNegative ? -value : value;
    if (magnitude < SMALLEST_LARGE) {
      this.tokens.push(isNegative ? 2 * magnitude - 1 : 2 * magnitude);
      return;
    }
    const high = magnitude >= WORD ? Math.floor(magnitude / WORD) : 0;
    const width = high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(magnitude);
    this.tokens.push(FIRST_LARGE + 2 * (width - SMALLEST_WIDTH) + (isNegative ? 1 : 0));
    this.bits.write(magnitude - POWERS[width]!, width);
  }

  /** Appends the mark of a value that is written elsewhere. */
  writeElsewhere(): void {
    this.tokens.push(ELSEWHERE);
  }
}

/** Reads what `IntegerWriter` wrote. */
export class IntegerReader {
  private readonly name: string;
  private readonly tokens: Uint8Array;
  private readonly bits: BitReader;
  private at = 0;

  /** `name`, a plural, is for messages. */
  constructor(name: string, tokens: Uint8Array, bits: BitReader) {
    this.name = name;
    this.tokens = tokens;
    this.bits = bits;
  }

  /** The next integer; NaN for one that is written elsewhere. */
  read(): number {
    if (this.at === this.tokens.length) throw compactError(`the ${this.name} end after ${this.at} of them`);
    const token = this.tokens[this.at++]!;
    if (token < ELSEWHERE) return token & 1 ? -((token + 1) >> 1) : token >> 1;
    if (token === ELSEWHERE) return Number.NaN;
    const width = ((token - FIRST_LARGE) >> 1) + SMALLEST_WIDTH;
    if (width > WIDEST) throw compactError(`the ${this.name} hold the unknown token ${token}`);
    const magnitude = POWERS[width]! + this.bits.read(width);
    return token & 1 ? -magnitude : magnitude;
  }
}
