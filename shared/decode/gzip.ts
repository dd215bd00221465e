/**
 * gzip file → bytes, with the caps that keep a small file from filling the memory.
 *
 *   member: 1f 8b 08 flags time(4) xfl os [extra] [name\0] [comment\0] [crc16] deflate… crc32(4) size(4)
 *
 * Several members in a row are one file (RFC 1952 §2.2). What follows the last member is left out, as gzip itself does
 * with zeros and garbage; `trailing` says how much it was.
 */
import { FormatError } from '../errors.ts';
import { type InflateOutput, inflate } from './inflate.ts';

/** Bytes that may be unpacked before the ratio is looked at. */
const RATIO_FREE_BYTES = 10 * 1024 * 1024;
/** Unpacked bytes per packed byte beyond which a file is a bomb: real profiles stay below 30. */
const MAX_RATIO = 200;
// Smallest member: header 10, empty deflate stream 2, trailer 8.
const LEAST_MEMBER_BYTES = 20;

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

/** True when the bytes start as a gzip member does. */
export function isGzip(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}

let crcTable: Uint32Array | null = null;

function getCrcTable(): Uint32Array {
  if (crcTable !== null) return crcTable;
  crcTable = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    crcTable[i] = value;
  }
  return crcTable;
}

function computeCrc(bytes: Uint8Array, start: number, end: number): number {
  const table = getCrcTable();
  let crc = 0xffffffff;
  for (let i = start; i < end; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Offset of the deflate stream of the member at `start`. */
function skipHeader(bytes: Uint8Array, start: number): number {
  const cut = () =>
    new FormatError(`gzip byte ${bytes.length}: the file ends inside the gzip header, so it was cut short`, {
      format: 'gzip',
      offset: bytes.length,
    });
  if (start + 10 > bytes.length) throw cut();
  if (bytes[start + 2] !== 8) {
    throw new FormatError(`gzip byte ${start + 2}: compression method ${bytes[start + 2]}, expected 8 (deflate)`, {
      format: 'gzip',
      offset: start + 2,
    });
  }
  const flags = bytes[start + 3]!;
  let at = start + 10;
  if (flags & FLAG_EXTRA) {
    if (at + 2 > bytes.length) throw cut();
    at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  }
  for (const flag of [FLAG_NAME, FLAG_COMMENT]) {
    if ((flags & flag) === 0) continue;
    at = bytes.indexOf(0, at) + 1;
    if (at === 0) throw cut();
  }
  if (flags & FLAG_HEADER_CRC) at += 2;
  if (at > bytes.length) throw cut();
  return at;
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
  const guard = (outputBytes: number, inputBytes: number) => {
    if (outputBytes > maxBytes) {
      throw new FormatError(`The gzip file unpacks to more than ${maxBytes} bytes, the most that is opened`, {
        format: 'gzip',
        offset: inputBytes,
      });
    }
    if (outputBytes > RATIO_FREE_BYTES && outputBytes > MAX_RATIO * inputBytes) {
      throw new FormatError(
        `gzip byte ${inputBytes}: the file unpacks to more than ${MAX_RATIO} times its size, which no profile does; it is not opened`,
        { format: 'gzip', offset: inputBytes },
      );
    }
  };
  // The trailer's size of the last member is a hint only (it may lie): never take more than a plausible share at once.
  const first = Math.min(packed.length * 4 + 1024, maxBytes, RATIO_FREE_BYTES);
  const output: InflateOutput = { bytes: new Uint8Array(first), length: 0, maxBytes };
  let at = 0;
  do {
    const start = output.length;
    at = inflate(packed, skipHeader(packed, at), output, guard);
    if (at + 8 > packed.length) {
      throw new FormatError(`gzip byte ${packed.length}: the file ends before its checksum, so it was cut short`, {
        format: 'gzip',
        offset: packed.length,
      });
    }
    const trailer = new DataView(packed.buffer, packed.byteOffset + at, 8);
    const found = computeCrc(output.bytes, start, output.length);
    if (trailer.getUint32(0, true) !== found || trailer.getUint32(4, true) !== (output.length - start) >>> 0) {
      throw new FormatError(`gzip byte ${at}: the checksum does not match what was unpacked, so the file is damaged`, {
        format: 'gzip',
        offset: at,
      });
    }
    at += 8;
  } while (isGzip(packed, at) && at + LEAST_MEMBER_BYTES <= packed.length);
  return { bytes: output.bytes.subarray(0, output.length), trailing: packed.length - at };
}
