/**
 * Header, string table and frame table of a binary file of Python's sampling profiler:
 *
 *   0 magic  4 version  8 Python version  12 start  20 interval  28 samples  36 threads  40 strings at  48 frames at
 *   56 compression  60 mode + 1;  64 samples ...;  strings ...;  frames ...;  [TACHSTAT]; footer of 32 bytes
 */
import { ByteCursor } from '../../decode/byte-cursor.ts';
import { UnsupportedVersionError } from '../../errors.ts';
import type { FrameBook } from '../../model/frame-book.ts';

const FORMAT = 'tachyon-binary';
const ADVICE = 'Make the profile again, or copy it again: it is not whole';
const HEADER_BYTES = 64;
const FOOTER_BYTES = 32;
const STATS_SIGNATURE = 'TACHSTAT';
/** Sizes that the block of statistics has had, and bytes from its signature to its end. */
const STATS_SIZES = [56, 32] as const;
const STATS_TRAILER_BYTES = 16;
/** Least bytes of a string (its length) and of a frame (six numbers and an opcode). */
const LEAST_FRAME_BYTES = 7;
/** File of the frames that start the program under the profiler. */
const OWN_FILE = '_sync_coordinator.py';
const MODES = ['wall', 'cpu', 'gil', 'all', 'exception'];

/** What the file says beside its samples. */
export interface TachyonTables {
  readonly python: string;
  /** Microseconds. */
  readonly interval: number;
  readonly sampleCount: number;
  readonly threadCount: number;
  /** Where the samples end. */
  readonly samplesEnd: number;
  readonly isCompressed: boolean;
  readonly isBigEndian: boolean;
  readonly mode: string | null;
  /** Row in the frame book of each frame; -1 for the profiler's own, which it leaves out of all that it shows itself. */
  readonly frames: Int32Array;
  readonly stringCount: number;
  readonly about: readonly (readonly [string, string])[];
}

/** Where samples start. */
export const SAMPLES_START = HEADER_BYTES;

/** Reads all but the samples. @throws FormatError */
export function readTables(bytes: Uint8Array, book: FrameBook): TachyonTables {
  const isBigEndian = bytes[0] === 0x54;
  const options = { isBigEndian, advice: ADVICE };
  const cursor = new ByteCursor(FORMAT, bytes, { ...options, start: 4 });
  cursor.need(HEADER_BYTES + FOOTER_BYTES - 4, 'a header and a footer');
  const version = cursor.uint32('the version');
  if (version !== 1) {
    throw new UnsupportedVersionError(`${FORMAT} byte 4: version ${version}, expected 1`, {
      format: FORMAT,
      offset: 4,
      advice: 'Convert it with the Python that wrote it: python -m profiling.sampling replay --pstats -o app.prof FILE',
    });
  }
  const python = [cursor.byte('a version'), cursor.byte('a version'), cursor.byte('a version')].join('.');
  cursor.at = 20;
  const interval = cursor.uint64('the interval');
  const sampleCount = cursor.uint64('the number of samples');
  const threadCount = cursor.uint32('the number of threads');
  const stringsAt = cursor.uint64('the place of the strings');
  const framesAt = cursor.uint64('the place of the frames');
  const compression = cursor.uint32('the compression');
  const mode = MODES[cursor.uint32('the mode') - 1] ?? null;
  const footer = new ByteCursor(FORMAT, bytes, { ...options, start: bytes.length - FOOTER_BYTES });
  const stringCount = footer.uint32('the number of strings');
  const frameCount = footer.uint32('the number of frames');
  const size = footer.uint64('the size of the file');
  if (size !== bytes.length) {
    throw footer.fault(
      `the footer should say that the file has ${bytes.length} bytes, it says ${size}: the file was cut short, or something follows it`,
      bytes.length - FOOTER_BYTES + 8,
    );
  }
  const tablesEnd = bytes.length - FOOTER_BYTES;
  if (stringsAt < HEADER_BYTES || framesAt < stringsAt || framesAt > tablesEnd) {
    throw cursor.fault(`strings at byte ${stringsAt} and frames at byte ${framesAt} of ${bytes.length}`, 40);
  }
  if (compression > 1) throw cursor.fault(`compression ${compression}, expected 0 (none) or 1 (zstd)`, 56);
  const stringCursor = new ByteCursor(FORMAT, bytes, { ...options, start: stringsAt, end: framesAt });
  const strings = readStrings(stringCursor, stringCount);
  const frameCursor = new ByteCursor(FORMAT, bytes, { ...options, start: framesAt, end: tablesEnd });
  const frames = readFrames(frameCursor, frameCount, strings, book);
  return {
    python,
    interval,
    sampleCount,
    threadCount,
    samplesEnd: stringsAt,
    isCompressed: compression === 1,
    isBigEndian,
    mode,
    frames,
    stringCount,
    about: readStatistics(new ByteCursor(FORMAT, bytes, { ...options, start: frameCursor.at, end: tablesEnd })),
  };
}

function readStrings(cursor: ByteCursor, count: number): string[] {
  if (count > cursor.left) throw cursor.fault(`${count} strings in ${cursor.left} bytes`);
  const strings: string[] = [];
  for (let row = 0; row < count; row++) {
    const length = cursor.varint('the length of a string');
    strings.push(cursor.text(length, 'a string'));
  }
  return strings;
}

function readFrames(cursor: ByteCursor, count: number, strings: readonly string[], book: FrameBook): Int32Array {
  if (count * LEAST_FRAME_BYTES > cursor.left) throw cursor.fault(`${count} frames in ${cursor.left} bytes`);
  const frames = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const start = cursor.at;
    const file = strings[cursor.varint('the file of a frame')];
    const name = strings[cursor.varint('the function of a frame')];
    if (file === undefined || name === undefined) {
      throw cursor.fault(`a frame names a string that is not among the ${strings.length} of the file`, start);
    }
    const line = readZigzag(cursor);
    // Last line, first and last column.
    for (let field = 0; field < 3; field++) cursor.varint('the place of a frame');
    cursor.byte('the opcode of a frame');
    frames[row] = file.endsWith(OWN_FILE) ? -1 : book.frame(name, file, Math.abs(line) < 2 ** 31 ? line : 0);
  }
  return frames;
}

function readZigzag(cursor: ByteCursor): number {
  const value = cursor.varint('the line of a frame');
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Duration and rates, when the file has them. */
function readStatistics(cursor: ByteCursor): [string, string][] {
  for (const size of STATS_SIZES) {
    if (cursor.left < size) continue;
    const at = cursor.end - STATS_TRAILER_BYTES;
    const signature = String.fromCharCode(...cursor.bytes.subarray(at, at + STATS_SIGNATURE.length));
    if (signature !== STATS_SIGNATURE) return [];
    cursor.at = cursor.end - 4;
    if (cursor.uint32('a size') !== size) continue;
    cursor.at = cursor.end - size;
    const about: [string, string][] = [
      ['duration', `${cursor.float64('the duration')} s`],
      ['sample rate', `${cursor.float64('the rate')} per second`],
    ];
    if (size > 32) {
      const [failed, missed] = [cursor.float64('a percentage'), cursor.float64('a percentage')];
      const present = cursor.uint32('which are there');
      if (present !== 0 || failed !== 0) about.push(['failed samples', `${failed} %`]);
      if (present !== 0 || missed !== 0) about.push(['missed samples', `${missed} %`]);
    }
    return about;
  }
  return [];
}
