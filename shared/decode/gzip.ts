/**
 * gzip file → bytes, with the caps that keep a small file from filling the memory.
 *
 *   member: header, deflate stream, crc32(4), size(4)
 *   header: 1f 8b, method, flags, time(4), extra flags, system, [extra field], [name 0], [comment 0], [crc16]
 *
 * Several members in a row are one file (RFC 1952 §2.2). What follows the last member is left out, as gzip itself does
 * with zeros and garbage; `trailing` says how much it was. What starts as a member does has to be one.
 *
 * fflate unpacks the deflate streams; headers and trailers are read here, because it does not check sums and rereads a
 * long header with every step.
 *
 * Why not the host's `DecompressionStream`: Chromium refuses files of several members, and no host tells a file that
 * was cut short from one that is damaged.
 */

import { type FlateError, Inflate } from 'fflate';
import { FormatError } from '../errors.ts';
import { isGzip } from './magic.ts';
import { PackedOutput } from './packed-output.ts';

/** Packed bytes handed over at once. Deflate reaches 1032 : 1, so one step unpacks at most 4.3 MB before a cap acts. */
const STEP_BYTES = 4 * 1024;
/** The first step into a member: a file of thousands of tiny members copies what is left of each step. */
const FIRST_STEP_BYTES = 256;
const LEAST_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
/** Bits of a header's flags. */
const Flag = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

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
  const output = new PackedOutput('gzip', maxBytes);
  let end = 0;
  do end = unpackMember(packed, end, output);
  while (startsMember(packed, end));
  return { bytes: output.take(), trailing: packed.length - end };
}

/** True also for a member that is cut after its first byte. */
function startsMember(packed: Uint8Array, at: number): boolean {
  return isGzip(packed, at) || (packed[at] === 0x1f && at + 1 === packed.length);
}

/** Unpacks the member that starts at `start`; gives the offset after it. */
function unpackMember(packed: Uint8Array, start: number, output: PackedOutput): number {
  const outputStart = output.length;
  let pushed = findData(packed, start);
  const stream = new Inflate((chunk) => output.append(chunk, pushed));
  // Where a stream ended is known to fflate's own reader of members, by these fields, and told to nobody else.
  const inside = stream as unknown as InflateInside;
  let from = pushed;
  for (let step = FIRST_STEP_BYTES; !(inside.s.f && !inside.s.l); step = Math.min(step * 2, STEP_BYTES)) {
    if (pushed >= packed.length) throw cutShort(packed);
    from = pushed;
    pushed = Math.min(packed.length, from + step);
    try {
      stream.push(packed.subarray(from, pushed));
    } catch (error) {
      asFlateError(error);
      throw faultAt(from, `the packed data is damaged between this byte and byte ${pushed}`);
    }
  }
  // The byte that holds the stream's last bits is still among what is left of the step.
  const end = pushed - inside.p.length + Math.ceil(inside.s.p / 8);
  if (end + TRAILER_BYTES > packed.length) throw cutShort(packed);
  const view = new DataView(packed.buffer, packed.byteOffset + end, TRAILER_BYTES);
  const isWhole =
    view.getUint32(0, true) === computeCrc(output.bytes, outputStart, output.length) &&
    view.getUint32(4, true) === (output.length - outputStart) >>> 0;
  if (!isWhole) throw faultAt(end, 'the checksum does not match what was unpacked, so the file is damaged');
  return end + TRAILER_BYTES;
}

/** Offset of the deflate stream of the member that starts at `start`. */
function findData(packed: Uint8Array, start: number): number {
  const method = packed[start + 2];
  if (method !== undefined && method !== 8)
    throw faultAt(start + 2, `compression method ${method}, expected 8 (deflate)`);
  const flags = packed[start + 3] ?? 0;
  let at = start + LEAST_HEADER_BYTES;
  if (flags & Flag.extra) at += 2 + ((packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8));
  for (const flag of [Flag.name, Flag.comment]) {
    if ((flags & flag) === 0) continue;
    const zero = packed.indexOf(0, at);
    if (zero < 0) throw cutShort(packed);
    at = zero + 1;
  }
  if (flags & Flag.headerCrc) at += 2;
  if (at > packed.length) throw cutShort(packed);
  return at;
}

/** Fields of fflate's stream: state (final block seen, tables of an unfinished block, bits used of `p`), bytes left. */
interface InflateInside {
  readonly s: { readonly f?: number; readonly l?: unknown; readonly p: number };
  readonly p: Uint8Array;
}

function cutShort(packed: Uint8Array): FormatError {
  return faultAt(packed.length, 'the file ends before its packed data does, so it was cut short');
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
