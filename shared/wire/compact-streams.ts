/**
 * Streams of bytes of one kind each, which a general compressor does well on, and the frame that holds them.
 *
 *   version (1 byte), then parts, each: its length without this number, number of streams, length of each stream, the
 *   streams one after the other
 *
 * A part can be sent as soon as it is written, and read as soon as it is there. Numbers of the frame are LEB128: seven
 * bits a byte, lowest first.
 */
import { FormatError } from '../errors.ts';

const VERSION = 2;
const MAX_LENGTH_BYTES = 8;

/** What stands before the first part. */
export const PARTS_START: readonly number[] = [VERSION];

/** A fault in packed bytes, as one sentence about where and what. */
export function compactError(sentence: string): FormatError {
  return new FormatError(`packed profile: ${sentence}`, { format: 'packed profile' });
}

/** Bytes that grow. */
export class ByteWriter {
  length = 0;
  private bytes: Uint8Array;

  constructor(expected = 64) {
    this.bytes = new Uint8Array(expected);
  }

  /** Appends one byte. */
  push(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  /** Appends several. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** All of them; shares memory. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
    grown.set(this.view());
    this.bytes = grown;
  }
}

/** Bytes of one stream, read from its start. */
export class ByteReader {
  readonly name: string;
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }

  /** How many are left. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  /** The next byte. */
  next(): number {
    if (this.at >= this.bytes.length) throw compactError(`the ${this.name} end after ${this.bytes.length} bytes`);
    return this.bytes[this.at++]!;
  }

  /** All that are left; shares memory. */
  takeAll(): Uint8Array {
    return this.take(this.left);
  }

  /** The next `count` bytes; shares memory. */
  take(count: number): Uint8Array {
    if (count > this.left) throw compactError(`the ${this.name} end after ${this.bytes.length} bytes`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

/** Streams in the order in which they are asked for. */
export class StreamsWriter {
  private readonly streams: ByteWriter[] = [];

  /** A further stream, which may be of about so many bytes. */
  open(expected = 64): ByteWriter {
    const stream = new ByteWriter(expected);
    this.streams.push(stream);
    return stream;
  }

  /** A part of these streams, after `before`. */
  join(before: readonly number[] = []): Uint8Array<ArrayBuffer> {
    const lengths = new ByteWriter();
    writeLength(lengths, this.streams.length);
    for (const stream of this.streams) writeLength(lengths, stream.length);
    const size = this.streams.reduce((sum, stream) => sum + stream.length, lengths.length);
    const head = new ByteWriter();
    head.append(Uint8Array.from(before));
    writeLength(head, size);
    const joined = new Uint8Array(head.length + size);
    joined.set(head.view());
    joined.set(lengths.view(), head.length);
    let at = head.length + lengths.length;
    for (const stream of this.streams) {
      joined.set(stream.view(), at);
      at += stream.length;
    }
    return joined;
  }
}

/** Reads a part, without the length that stands before it. @throws FormatError */
export class StreamsReader {
  private readonly lengths: number[] = [];
  private readonly rest: ByteReader;
  private next = 0;

  constructor(bytes: Uint8Array) {
    const head = new ByteReader('streams', bytes);
    const count = readLength(head);
    if (count > head.left) throw compactError(`it claims ${count} streams in ${head.left} bytes`);
    let sum = 0;
    for (let stream = 0; stream < count; stream++) {
      const length = readLength(head);
      this.lengths.push(length);
      sum += length;
    }
    if (sum !== head.left) throw compactError(`its streams claim ${sum} bytes; ${head.left} are there`);
    this.rest = head;
  }

  /**
   * Says that the streams hold so many rows. Each has a token of one byte at least: before that many bytes are there,
   * nothing is made room for.
   */
  claim(rows: number): void {
    if (rows > this.rest.left) throw compactError(`it claims ${rows} values in ${this.rest.left} bytes`);
  }

  /** The next stream; `name`, a plural, is for messages. */
  open(name: string): ByteReader {
    const length = this.lengths[this.next++];
    if (length === undefined) throw compactError(`the ${name} are missing`);
    return new ByteReader(name, this.rest.take(length));
  }
}

/** Bytes as they come, cut into parts. */
export class PartCutter {
  private isBegun = false;
  /** Bytes of the length of the next part that are there, lowest first; null within a part. */
  private length: number[] | null = [];
  private missing = 0;
  private pieces: Uint8Array[] = [];

  /** The parts that these bytes complete; may share memory with them. @throws FormatError */
  push(bytes: Uint8Array): Uint8Array[] {
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (!this.isBegun) this.begin(bytes[at++]!);
      else if (this.length !== null) this.takeLength(bytes[at++]!, this.length);
      else {
        const piece = bytes.subarray(at, at + this.missing);
        this.pieces.push(piece);
        this.missing -= piece.length;
        at += piece.length;
      }
      if (this.length !== null || this.missing > 0) continue;
      parts.push(joinBytes(this.pieces));
      this.pieces = [];
      this.length = [];
    }
    return parts;
  }

  /** To be called after the last bytes. @throws FormatError */
  finish(): void {
    if (!this.isBegun) throw compactError('there is not one byte');
    if (this.length === null) throw compactError(`it ends ${this.missing} bytes before the end of a part`);
    if (this.length.length > 0) throw compactError('it ends in the length of a part');
  }

  private begin(version: number): void {
    if (version !== VERSION) throw compactError(`it has version ${version}; this tsviz reads version ${VERSION}`);
    this.isBegun = true;
  }

  private takeLength(byte: number, before: number[]): void {
    before.push(byte);
    if (byte >= 0x80 && before.length < MAX_LENGTH_BYTES) return;
    this.missing = readLength(new ByteReader('lengths', Uint8Array.from(before)));
    this.length = null;
  }
}

/** Bytes one after the other; a single one as it is. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Appends a whole number below 2^53, seven bits a byte. */
function writeLength(out: ByteWriter, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

function readLength(from: ByteReader): number {
  let value = 0;
  for (let [count, scale] = [0, 1]; count < MAX_LENGTH_BYTES; count++, scale *= 0x80) {
    const byte = from.next();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw compactError(`a length has more than ${MAX_LENGTH_BYTES} bytes`);
}
