/**
 * zstd file → bytes, with the same caps as gzip: a small file must not fill the memory, nor the time.
 *
 *   frame: 28 b5 2f fd, header, blocks, [checksum(4)]          skippable frame: 5? 2a 4d 18, length(4), anything
 *   block: last(1 bit) type(2: 0 as it is, 1 one byte repeated, 2 packed) size(21), then its bytes
 *
 * Several frames in a row are one file (RFC 8878). What follows the last frame is left out; `trailing` says how much.
 *
 * fzstd unpacks the blocks; heads are read here first, because it makes room for whatever a head says, copies its window
 * with each block, does not tell where a frame ends and knows no checksums. Writers may leave those out; then damage may
 * be noticed only by the reader of what was packed.
 *
 * Why not the host: Node 20 has no zstd, nor has any browser.
 */
import { Decompress, decompress } from 'fzstd';
import { FormatError } from '../errors.ts';
import { isZstd } from './magic.ts';
import { PackedOutput } from './packed-output.ts';
import { computeXxh64Low } from './xxh64.ts';

/** What `zstd` itself unpacks unless told otherwise. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
/**
 * Window up to which a frame is unpacked in steps: fzstd copies it with each block. Beyond it, all at once, which takes
 * five times as long (27 MB of stacks: 0.9 s instead of 0.17 s), but no longer with larger windows.
 */
const STEP_WINDOW_BYTES = 16 * 1024 * 1024;
const MAX_BLOCK_BYTES = 128 * 1024;
/** Blocks of nothing that a frame may have: writers end with one, some write one when they are flushed. */
const MAX_EMPTY_BLOCKS = 10_000;
/** Packed bytes handed over at once. */
const STEP_BYTES = 4 * 1024;
/** Bytes of windows that may be moved, in all and per packed byte; files of the zstd tool stay below half of that. */
const FREE_MOVED_BYTES = 4e9;
const MAX_MOVED_RATIO = 16_384;
const LEAST_WINDOW_BITS = 10;
const SINGLE_SEGMENT = 0x20;
const HEAD_BYTES = 4;
const CHECKSUM_BYTES = 4;

const BlockType = { raw: 0, repeated: 1, packed: 2 } as const;

/** What was packed, and how many bytes after the last frame were left out. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly trailing: number;
}

/**
 * Unpacks a zstd file of one or more frames. `start` is where it begins in the file that messages count bytes of.
 *
 * @throws FormatError when it is cut short, damaged, longer than `maxBytes` or packed beyond 200 : 1.
 */
export function unzstd(packed: Uint8Array, maxBytes: number, start = 0): Unpacked {
  const output = new PackedOutput('zstd', maxBytes);
  let at = 0;
  do at = unpackFrame(packed, at, output, start);
  while (isZstd(packed, at));
  return { bytes: output.take(), trailing: packed.length - at };
}

/** A frame as its heads tell it. */
interface Frame {
  readonly end: number;
  /** -1: not told. */
  readonly contentBytes: number;
  readonly windowBytes: number;
  /** What the blocks can unpack to at most. */
  readonly mostBytes: number;
  readonly blocks: number;
  /** Sum of the content, as the frame has it behind its blocks; null: it has none. */
  readonly checksum: number | null;
}

/** Unpacks the frame at `at`; gives the offset after it. */
function unpackFrame(packed: Uint8Array, at: number, output: PackedOutput, start: number): number {
  if (packed[at] !== 0x28) {
    const end = at + HEAD_BYTES + CHECKSUM_BYTES + readNumber(packed, at + HEAD_BYTES, 4);
    if (end > packed.length) throw cutShort(packed, start);
    return end;
  }
  const head = scanFrame(packed, at, start);
  const { end, contentBytes, windowBytes, checksum } = head;
  const frame = narrowWindow(packed.subarray(at, end), head, start + at);
  const before = output.length;
  if (contentBytes >= 0) output.refuse(contentBytes, end);
  try {
    if (contentBytes >= 0 && windowBytes > STEP_WINDOW_BYTES) decompress(frame, output.reserve(contentBytes, end));
    else unpackSteps(frame, at, output);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    // Whatever it stumbles over, the bytes are to blame: fzstd checks them as it goes, and not all of them.
    throw faultAt(start + at, `the packed data is damaged between this byte and byte ${start + end}`, cause);
  }
  if (contentBytes >= 0 && output.length - before !== contentBytes) {
    throw faultAt(
      start + at,
      `the head says ${contentBytes} bytes, ${output.length - before} were unpacked, so the file is damaged`,
    );
  }
  if (checksum !== null && checksum !== computeXxh64Low(output.take().subarray(before))) {
    throw faultAt(
      start + end - CHECKSUM_BYTES,
      'the checksum does not match what was unpacked, so the file is damaged',
    );
  }
  return end;
}

/**
 * The frame with a window no larger than all that it unpacks to: fzstd makes room for the window and moves it with each
 * block, so that a small file of small blocks and a large window would take hours.
 */
function narrowWindow(frame: Uint8Array, { windowBytes, mostBytes, blocks }: Frame, offset: number): Uint8Array {
  const exponent = Math.max(LEAST_WINDOW_BITS, Math.ceil(Math.log2(Math.max(1, mostBytes))));
  const isSingle = (frame[HEAD_BYTES]! & SINGLE_SEGMENT) !== 0;
  const needed = Math.min(windowBytes, 2 ** exponent);
  if (blocks * needed > FREE_MOVED_BYTES + MAX_MOVED_RATIO * frame.length) {
    throw faultAt(offset, `${blocks} small blocks in a window of ${needed} bytes, which no file needs`);
  }
  if (isSingle || needed === windowBytes) return frame;
  const narrowed = frame.slice();
  narrowed[HEAD_BYTES + 1] = (exponent - LEAST_WINDOW_BITS) << 3;
  return narrowed;
}

/** Unpacks a frame step by step, so that a cap acts before much was unpacked. */
function unpackSteps(frame: Uint8Array, at: number, output: PackedOutput): void {
  let pushed = 0;
  const stream = new Decompress((chunk) => output.append(chunk, at + pushed));
  while (pushed < frame.length) {
    const from = pushed;
    pushed = Math.min(frame.length, from + STEP_BYTES);
    stream.push(frame.subarray(from, pushed), pushed === frame.length);
  }
}

/** Reads the heads of a frame and of its blocks. @throws FormatError */
function scanFrame(packed: Uint8Array, start: number, offset: number): Frame {
  const descriptor = packed[start + HEAD_BYTES] ?? 0;
  const isSingle = (descriptor & SINGLE_SEGMENT) !== 0;
  let at = start + HEAD_BYTES + 1;
  let window = 0;
  if (!isSingle) {
    const byte = packed[at++] ?? 0;
    const base = 2 ** (LEAST_WINDOW_BITS + (byte >> 3));
    window = base + (base / 8) * (byte & 7);
  }
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  if (readNumber(packed, at, dictionaryBytes) !== 0) {
    throw faultAt(offset + at, 'the file needs a dictionary, which is not in it');
  }
  at += dictionaryBytes;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const contentBytes = sizeBytes === 0 ? -1 : readNumber(packed, at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  at += sizeBytes;
  if (isSingle) window = Math.min(contentBytes, MAX_WINDOW_BYTES);
  if (window > MAX_WINDOW_BYTES) {
    throw faultAt(offset + start, `the file needs a window of ${window} bytes, ${MAX_WINDOW_BYTES} at most are kept`);
  }
  let mostBytes = 0;
  let blocks = 0;
  let empty = 0;
  for (let isLast = false; !isLast; ) {
    if (at + 3 > packed.length) throw cutShort(packed, offset);
    const head = readNumber(packed, at, 3);
    isLast = (head & 1) === 1;
    blocks++;
    const type = (head >> 1) & 3;
    const size = head >>> 3;
    if (type > BlockType.packed || size > MAX_BLOCK_BYTES) {
      throw faultAt(offset + at, `a block of type ${type} and ${size} bytes, so the file is damaged`);
    }
    mostBytes += type === BlockType.packed ? MAX_BLOCK_BYTES : size;
    if (size === 0 && ++empty > MAX_EMPTY_BLOCKS) {
      throw faultAt(offset + at, `more than ${MAX_EMPTY_BLOCKS} blocks of nothing, which no file needs`);
    }
    at += 3 + (type === BlockType.repeated ? 1 : size);
  }
  const hasChecksum = (descriptor & 4) !== 0;
  const end = at + (hasChecksum ? CHECKSUM_BYTES : 0);
  if (end > packed.length) throw cutShort(packed, offset);
  if (contentBytes > mostBytes) {
    throw faultAt(offset + start, `the head says ${contentBytes} bytes where ${mostBytes} can be at most`);
  }
  const checksum = hasChecksum ? readNumber(packed, at, CHECKSUM_BYTES) : null;
  return { end, contentBytes, windowBytes: window, mostBytes, blocks, checksum };
}

/** A number of `count` bytes, least first. */
function readNumber(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let byte = count - 1; byte >= 0; byte--) value = value * 256 + (bytes[at + byte] ?? 0);
  return value;
}

function cutShort(packed: Uint8Array, offset: number): FormatError {
  return faultAt(offset + packed.length, 'the file ends before its packed data does, so it was cut short');
}

function faultAt(offset: number, found: string, cause?: unknown): FormatError {
  return new FormatError(`zstd byte ${offset}: ${found}`, {
    format: 'zstd',
    offset,
    ...(cause === undefined ? {} : { cause }),
  });
}
