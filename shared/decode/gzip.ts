/**
 * gzip file → bytes, with the caps that keep a small file from filling the memory.
 *
 *   member: header, deflate stream, crc32(4), size(4)
 *
 * Several members in a row are one file (RFC 1952 §2.2). What follows the last member is left out, as gzip itself does
 * with zeros and garbage; `trailing` says how much it was.
 *
 * fflate unpacks; it does not check sums and does not say where a stream ended. So the file is followed by the header
 * of one more member, made up here: fflate announces it exactly when everything before it was complete.
 *
 * Why not the host's `DecompressionStream`: Chromium refuses files of several members, and no host tells a file that
 * was cut short from one that is damaged.
 */
import { type FlateError, Gunzip } from 'fflate';
import { FormatError } from '../errors.ts';

/** Bytes that may be unpacked before the ratio is looked at. */
const RATIO_FREE_BYTES = 10 * 1024 * 1024;
/** Unpacked bytes per packed byte beyond which a file is a bomb: real profiles stay below 30. */
const MAX_RATIO = 200;
/** Packed bytes handed over at once. Deflate reaches 1032 : 1, so one step unpacks at most 17 MB before a cap acts. */
const STEP_BYTES = 16 * 1024;
/** Smallest member: header 10, empty deflate stream 2, trailer 8. */
const LEAST_MEMBER_BYTES = 20;
const TRAILER_BYTES = 8;
const ONE_MORE_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);

/** True when the bytes start as a gzip member does. */
export function isGzip(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}

/** What was packed, and how many bytes after the last member were left out. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly trailing: number;
}

/**
 * Unpacks a gzip file of one or more members.
 *
 * @throws FormatError when it is cut short, damaged, longer than `maxBytes` or packed beyond 200 : 1.
 */
export function gunzip(packed: Uint8Array, maxBytes: number): Unpacked {
  if (packed.length > 2 && packed[2] !== 8) throw faultAt(2, `compression method ${packed[2]}, expected 8 (deflate)`);
  if (packed.length < LEAST_MEMBER_BYTES) throw faultAt(packed.length, CUT_SHORT);

  const output = new Output(maxBytes);
  let pushed = 0;
  const stream = new Gunzip((chunk) => output.append(chunk, pushed));
  // Members before the current one are complete: their trailers stand right before the next header.
  let member: Member = { packedStart: 0, outputStart: 0 };
  stream.onmember = (offset) => {
    const { checksum, size } = readTrailer(packed, offset - TRAILER_BYTES);
    if (checksum !== computeCrc(output.bytes, member.outputStart, output.length) || size !== sizeOf(output, member)) {
      throw faultAt(offset - TRAILER_BYTES, 'the checksum does not match what was unpacked, so the file is damaged');
    }
    member = { packedStart: offset, outputStart: output.length };
  };
  let trouble: FlateError | null = null;
  try {
    for (let from = 0; from < packed.length; from += STEP_BYTES) {
      const step = packed.subarray(from, from + STEP_BYTES);
      pushed = from + step.length;
      stream.push(step);
    }
  } catch (error) {
    trouble = asFlateError(error);
  }
  if (trouble === null && completes(stream) && member.packedStart === packed.length) {
    return { bytes: output.take(), trailing: 0 };
  }
  const end = findTrailer(packed, output, member);
  if (end >= 0) return { bytes: output.take(), trailing: packed.length - end };
  if (trouble === null) throw faultAt(packed.length, CUT_SHORT);
  const from = Math.max(0, pushed - STEP_BYTES);
  throw faultAt(from, `the packed data is damaged between this byte and byte ${pushed}`);
}

const CUT_SHORT = 'the file ends before its packed data does, so it was cut short';

/** Where the member that is being unpacked starts, in the file and in the output. */
interface Member {
  readonly packedStart: number;
  readonly outputStart: number;
}

/** The unpacked bytes so far, growing, within the caps. */
class Output {
  bytes = new Uint8Array(STEP_BYTES);
  length = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws FormatError when the output passes a cap; `packedBytes` of the file made it. */
  append(chunk: Uint8Array, packedBytes: number): void {
    const length = this.length + chunk.length;
    if (length > this.#maxBytes) {
      throw new FormatError(`The gzip file unpacks to more than ${this.#maxBytes} bytes, the most that is opened`, {
        format: 'gzip',
        offset: packedBytes,
      });
    }
    if (length > RATIO_FREE_BYTES && length > MAX_RATIO * packedBytes) {
      throw faultAt(
        packedBytes,
        `the file unpacks to more than ${MAX_RATIO} times its size, which no profile does; it is not opened`,
      );
    }
    if (length > this.bytes.length) {
      const grown = new Uint8Array(Math.min(Math.max(length, this.bytes.length * 2), this.#maxBytes));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(chunk, this.length);
    this.length = length;
  }

  take(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** Appends one more header and tells whether the stream took it for one. */
function completes(stream: Gunzip): boolean {
  try {
    stream.push(ONE_MORE_HEADER);
    return true;
  } catch (error) {
    asFlateError(error);
    return false;
  }
}

/** End of the trailer that fits what was unpacked of the last member, or -1: whatever follows is no part of it. */
function findTrailer(packed: Uint8Array, output: Output, member: Member): number {
  const checksum = computeCrc(output.bytes, member.outputStart, output.length);
  const size = sizeOf(output, member);
  for (let at = packed.length - TRAILER_BYTES; at > member.packedStart; at--) {
    const found = readTrailer(packed, at);
    if (found.checksum === checksum && found.size === size) return at + TRAILER_BYTES;
  }
  // Complete members, then bytes that are no member.
  return size === 0 && member.packedStart > 0 ? member.packedStart : -1;
}

function sizeOf(output: Output, member: Member): number {
  return (output.length - member.outputStart) >>> 0;
}

function readTrailer(packed: Uint8Array, at: number): { checksum: number; size: number } {
  const view = new DataView(packed.buffer, packed.byteOffset + at, TRAILER_BYTES);
  return { checksum: view.getUint32(0, true), size: view.getUint32(4, true) };
}

function faultAt(offset: number, found: string): FormatError {
  return new FormatError(`gzip byte ${offset}: ${found}`, { format: 'gzip', offset });
}

/** The unpacker's own complaint; anything else is passed on. */
function asFlateError(error: unknown): FlateError {
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error as FlateError;
  throw error;
}

let crcTable: Uint32Array | null = null;

/** CRC-32 of `bytes[start .. end)`, as RFC 1952 §8 defines it. */
function computeCrc(bytes: Uint8Array, start: number, end: number): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, i) => {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  for (let i = start; i < end; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
