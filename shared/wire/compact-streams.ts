/**
 * Streams of bytes of one kind each, which a general compressor does well on, and the frame that holds them.
 *
 *   version (1 byte), number of streams, length of each stream, the streams one after the other
 *
 * Numbers of the frame are LEB128: seven bits a byte, lowest first.
 */
import { FormatError } from '../errors.ts';

const VERSION = 1;

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

  /** Version, lengths and streams, one after the other. */
  join(): Uint8Array<ArrayBuffer> {
    const head = new ByteWriter();
    head.push(VERSION);
    writeLength(head, this.streams.length);
    for (const stream of this.streams) writeLength(head, stream.length);
    const joined = new Uint8Array(this.streams.reduce((sum, stream) => sum + stream.length, head.length));
    joined.set(head.view());
    let at = head.length;
    for (const stream of this.streams) {
      joined.set(stream.view(), at);
      at += stream.length;
    }
    return joined;
  }
}

/** Reads what `StreamsWriter` joined. @throws FormatError */
export class StreamsReader {
  private readonly lengths: number[] = [];
  private readonly rest: ByteReader;
  private next = 0;

  constructor(bytes: Uint8Array) {
    const head = new ByteReader('streams', bytes);
    if (head.left === 0) throw compactError('there is not one byte');
    const version = head.next();
    if (version !== VERSION) throw compactError(`it has version ${version}; this tsviz reads version ${VERSION}`);
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

  /** The next stream; `name`, a plural, is for messages. */
  open(name: string): ByteReader {
    const length = this.lengths[this.next++];
    if (length === undefined) throw compactError(`the ${name} are missing`);
    return new ByteReader(name, this.rest.take(length));
  }
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
  for (let scale = 1; scale < Number.MAX_SAFE_INTEGER; scale *= 0x80) {
    const byte = from.next();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw compactError('a length has more than 8 bytes');
}
