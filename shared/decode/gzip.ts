/**
 * gzip file → bytes, with the caps that keep a small file from filling the memory.
 *
 *   member: header, deflate stream, crc32(4), size(4)
 *   header: 1f 8b, method, flags, time(4), extra flags, system, [extra field], [name 0], [comment 0], [crc16]
 *
 * Several members in a row are one file (RFC 1952 §2.2). What follows the last member is left out, as gzip itself does
 * with zeros and garbage; `trailing` says how much it was. What starts as a member does has to be one.
 *
 * Headers and trailers are read here: fflate does not check sums and rereads a long header with every step.
 */

import { FormatError } from '../errors.ts';
import { computeCrc, inflate } from './inflate.ts';
import { isGzip } from './magic.ts';
import { PackedOutput } from './packed-output.ts';

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
  const end = inflate(packed, findData(packed, start), 0, output, faultAt);
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

function cutShort(packed: Uint8Array): FormatError {
  return faultAt(packed.length, 'the file ends before its packed data does, so it was cut short');
}

function faultAt(offset: number, found: string): FormatError {
  return new FormatError(`gzip byte ${offset}: ${found}`, { format: 'gzip', offset });
}
