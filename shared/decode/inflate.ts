/**
 * One deflate stream → bytes, in small steps, so that a cap acts before much was unpacked; and the checksum that gzip
 * and zip keep beside it.
 *
 * Why not the host's `DecompressionStream`: Chromium refuses files of several members, and no host tells a file that
 * was cut short from one that is damaged.
 */
import { type FlateError, Inflate } from 'fflate';
import type { FormatError } from '../errors.ts';
import type { PackedOutput } from './packed-output.ts';

/** Packed bytes handed over at once. Deflate reaches 1032 : 1, so one step unpacks at most 4.3 MB before a cap acts. */
const STEP_BYTES = 4 * 1024;
/** The first step into a stream: a file of thousands of tiny ones copies what is left of each step. */
const FIRST_STEP_BYTES = 256;

/**
 * Unpacks the stream that starts at `start` of `packed`, which ends where it has to end at the latest. `base`: where
 * the packed bytes begin that count for the ratio. Gives the offset after the stream.
 */
export function inflate(
  packed: Uint8Array,
  start: number,
  base: number,
  output: PackedOutput,
  faultAt: (offset: number, found: string) => FormatError,
): number {
  let pushed = start;
  const stream = new Inflate((chunk) => output.append(chunk, pushed - base));
  // Where a stream ended is known to fflate's own reader of members, by these fields, and told to nobody else.
  const inside = stream as unknown as InflateInside;
  let from = pushed;
  for (let step = FIRST_STEP_BYTES; !(inside.s.f && !inside.s.l); step = Math.min(step * 2, STEP_BYTES)) {
    if (pushed >= packed.length) {
      throw faultAt(packed.length, 'the file ends before its packed data does, so it was cut short');
    }
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
  return pushed - inside.p.length + Math.ceil(inside.s.p / 8);
}

/** Fields of fflate's stream: state (final block seen, tables of an unfinished block, bits used of `p`), bytes left. */
interface InflateInside {
  readonly s: { readonly f?: number; readonly l?: unknown; readonly p: number };
  readonly p: Uint8Array;
}

/** The unpacker's own complaint; anything else is passed on. */
function asFlateError(error: unknown): FlateError {
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error as FlateError;
  throw error;
}

let crcTable: Uint32Array | null = null;

/** CRC-32 of `bytes[start .. end)`, as RFC 1952 §8 defines it. */
export function computeCrc(bytes: Uint8Array, start: number, end: number): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, i) => {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  for (let i = start; i < end; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
