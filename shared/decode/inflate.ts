/**
 * Deflate data → bytes, as pure computation.
 *
 * Why not the host's `DecompressionStream`: Chromium refuses files of several gzip members, none of the hosts says at
 * which byte a damaged stream breaks off, and memory in use before a cap acts differs from host to host. This decoder
 * gives server and page the same answer with the same offset.
 *
 * Source: RFC 1951. Not handled: preset dictionaries (gzip has none).
 */
import { FormatError } from '../errors.ts';

/** Decides whether the output may become this long; throws if not. Called before memory is taken. */
export type OutputGuard = (outputBytes: number, inputBytes: number) => void;

/** A growing output buffer that several deflate streams write to, one after another. */
export interface InflateOutput {
  bytes: Uint8Array;
  length: number;
  /** Room is never taken beyond this; the guard answers what needs more. */
  readonly maxBytes: number;
}

// Codes of up to this many bits are decoded by one look-up; longer ones, which are rare, bit by bit.
const FAST_BITS = 10;
const MAX_BITS = 15;

const LENGTH_BASE = Uint16Array.of(
  ...[
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ],
);
const LENGTH_EXTRA = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
const DISTANCE_BASE = Uint16Array.of(
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097],
  ...[6145, 8193, 12289, 16385, 24577],
);
const DISTANCE_EXTRA = Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
const CODE_LENGTH_ORDER = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15);

/** A canonical Huffman code. */
interface HuffmanCode {
  /** Indexed by the next FAST_BITS bits: symbol << 4 | length; 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** Number of codes of each length. */
  readonly count: Uint16Array;
  /** Symbols in order of their codes. */
  readonly symbol: Uint16Array;
}

/** Builds the decoding tables, or gives null when the lengths describe no code. */
function buildCode(lengths: Uint8Array): HuffmanCode | null {
  const count = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) count[length]!++;
  count[0] = 0;
  let left = 1;
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    left = left * 2 - count[bits]!;
    if (left < 0) return null;
  }
  const offset = new Uint16Array(MAX_BITS + 2);
  for (let bits = 1; bits <= MAX_BITS; bits++) offset[bits + 1] = offset[bits]! + count[bits]!;
  const symbol = new Uint16Array(lengths.length);
  const next = new Uint32Array(MAX_BITS + 1);
  for (let bits = 1, code = 0; bits <= MAX_BITS; bits++) {
    code = (code + count[bits - 1]!) << 1;
    next[bits] = code;
  }
  const fast = new Uint16Array(1 << FAST_BITS);
  for (let value = 0; value < lengths.length; value++) {
    const bits = lengths[value]!;
    if (bits === 0) continue;
    symbol[offset[bits]!++] = value;
    const code = next[bits]!++;
    if (bits > FAST_BITS) continue;
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
    for (let at = reversed; at < fast.length; at += 1 << bits) fast[at] = (value << 4) | bits;
  }
  return { fast, count, symbol };
}

function buildFixedCodes(): { literals: HuffmanCode; distances: HuffmanCode } {
  const lengths = new Uint8Array(288).fill(8);
  lengths.fill(9, 144, 256).fill(7, 256, 280);
  return { literals: buildCode(lengths)!, distances: buildCode(new Uint8Array(30).fill(5))! };
}

/** Reads one deflate stream that starts at `start`; appends to `output`. */
class Inflater {
  private readonly input: Uint8Array;
  private readonly output: InflateOutput;
  private readonly guard: OutputGuard;
  /** Next byte to take in. */
  private next: number;
  private bits = 0;
  private bitCount = 0;
  /** Matches may not reach before this: each gzip member starts afresh. */
  private readonly floor: number;

  constructor(input: Uint8Array, start: number, output: InflateOutput, guard: OutputGuard) {
    this.input = input;
    this.next = start;
    this.output = output;
    this.guard = guard;
    this.floor = output.length;
  }

  /** Returns the offset of the first byte after the stream. */
  run(): number {
    for (;;) {
      const isLast = this.takeBits(1) === 1;
      const kind = this.takeBits(2);
      if (kind === 0) this.copyStored();
      else if (kind === 1) {
        const fixed = buildFixedCodes();
        this.decodeBlock(fixed.literals, fixed.distances);
      } else if (kind === 2) this.decodeDynamic();
      else throw this.broken('block type 3, which does not exist');
      if (isLast) return this.next - (this.bitCount >> 3);
    }
  }

  private broken(found: string): FormatError {
    const offset = Math.min(this.next, this.input.length);
    return new FormatError(`gzip byte ${offset}: the compressed data is damaged (${found})`, {
      format: 'gzip',
      offset,
    });
  }

  private cutShort(): FormatError {
    const offset = this.input.length;
    return new FormatError(
      `gzip byte ${offset}: the file ends inside the compressed data, so it was cut short (${this.output.length} bytes could be unpacked)`,
      { format: 'gzip', offset },
    );
  }

  private takeBits(count: number): number {
    while (this.bitCount < count) {
      if (this.next >= this.input.length) throw this.cutShort();
      this.bits |= this.input[this.next++]! << this.bitCount;
      this.bitCount += 8;
    }
    const value = this.bits & ((1 << count) - 1);
    this.bits >>>= count;
    this.bitCount -= count;
    return value;
  }

  private decodeSymbol(code: HuffmanCode): number {
    while (this.bitCount < MAX_BITS && this.next < this.input.length) {
      this.bits |= this.input[this.next++]! << this.bitCount;
      this.bitCount += 8;
    }
    const entry = code.fast[this.bits & ((1 << FAST_BITS) - 1)]!;
    const length = entry & 15;
    if (length !== 0) {
      if (length > this.bitCount) throw this.cutShort();
      this.bits >>>= length;
      this.bitCount -= length;
      return entry >> 4;
    }
    return this.decodeLongSymbol(code);
  }

  private decodeLongSymbol(code: HuffmanCode): number {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      value |= this.takeBits(1);
      const count = code.count[bits]!;
      if (value - count < first) return code.symbol[index + (value - first)]!;
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw this.broken('a bit pattern that is no code');
  }

  /** Makes room for `more` bytes. */
  private reserve(more: number): void {
    const needed = this.output.length + more;
    if (needed <= this.output.bytes.length) return;
    this.guard(needed, this.next);
    const grown = new Uint8Array(Math.max(needed, Math.min(this.output.bytes.length * 2, this.output.maxBytes)));
    grown.set(this.output.bytes.subarray(0, this.output.length));
    this.output.bytes = grown;
  }

  private copyStored(): void {
    // Stored blocks start at a byte; whole bytes that were taken in ahead are given back.
    this.next -= this.bitCount >> 3;
    this.bits = 0;
    this.bitCount = 0;
    if (this.next + 4 > this.input.length) throw this.cutShort();
    const length = this.input[this.next]! | (this.input[this.next + 1]! << 8);
    const check = this.input[this.next + 2]! | (this.input[this.next + 3]! << 8);
    if ((length ^ check) !== 0xffff) throw this.broken('a stored block whose length does not match its check');
    this.next += 4;
    if (this.next + length > this.input.length) throw this.cutShort();
    this.reserve(length);
    this.output.bytes.set(this.input.subarray(this.next, this.next + length), this.output.length);
    this.output.length += length;
    this.next += length;
  }

  private decodeDynamic(): void {
    const literalCount = this.takeBits(5) + 257;
    const distanceCount = this.takeBits(5) + 1;
    const codeCount = this.takeBits(4) + 4;
    const codeLengths = new Uint8Array(19);
    for (let i = 0; i < codeCount; i++) codeLengths[CODE_LENGTH_ORDER[i]!] = this.takeBits(3);
    const code = buildCode(codeLengths);
    if (code === null || literalCount > 286) throw this.broken('a code table that is no code');
    const lengths = new Uint8Array(literalCount + distanceCount);
    for (let i = 0; i < lengths.length; ) {
      const symbol = this.decodeSymbol(code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      const value = symbol === 16 ? (lengths[i - 1] ?? -1) : 0;
      const repeat =
        symbol === 16 ? 3 + this.takeBits(2) : symbol === 17 ? 3 + this.takeBits(3) : 11 + this.takeBits(7);
      if (value < 0 || i + repeat > lengths.length) throw this.broken('a code table that is too long');
      lengths.fill(value, i, i + repeat);
      i += repeat;
    }
    const literals = buildCode(lengths.subarray(0, literalCount));
    const distances = buildCode(lengths.subarray(literalCount));
    if (literals === null || distances === null) throw this.broken('a code table that is no code');
    this.decodeBlock(literals, distances);
  }

  private decodeBlock(literals: HuffmanCode, distances: HuffmanCode): void {
    const output = this.output;
    for (;;) {
      const symbol = this.decodeSymbol(literals);
      if (symbol < 256) {
        if (output.length >= output.bytes.length) this.reserve(1);
        output.bytes[output.length++] = symbol;
        continue;
      }
      if (symbol === 256) return;
      if (symbol > 285) throw this.broken('a match length that does not exist');
      const length = LENGTH_BASE[symbol - 257]! + this.takeBits(LENGTH_EXTRA[symbol - 257]!);
      const step = this.decodeSymbol(distances);
      if (step > 29) throw this.broken('a match distance that does not exist');
      const distance = DISTANCE_BASE[step]! + this.takeBits(DISTANCE_EXTRA[step]!);
      let from = output.length - distance;
      if (from < this.floor) throw this.broken('a match that reaches before the start');
      this.reserve(length);
      const bytes = output.bytes;
      let to = output.length;
      for (const end = to + length; to < end; ) bytes[to++] = bytes[from++]!;
      output.length = to;
    }
  }
}

/**
 * Unpacks the deflate stream that starts at `start`, appending to `output`; returns the offset of the byte after it.
 *
 * @throws FormatError when the stream is cut short or damaged, and whatever `guard` throws.
 */
export function inflate(input: Uint8Array, start: number, output: InflateOutput, guard: OutputGuard): number {
  return new Inflater(input, start, output, guard).run();
}
