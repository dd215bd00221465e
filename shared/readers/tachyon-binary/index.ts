/**
 * The binary format of Python's sampling profiler (`python3.15 -m profiling.sampling run --binary`), plain or with its
 * samples in zstd, in either order of bytes.
 *
 * A record gives the stack of a thread as a change to the one before it, innermost frame first:
 *
 *   thread u64, interpreter u32, kind: 0 repeat  count × (time since, status)    1 full     time, status, depth, frames
 *                                      2 suffix  time, status, shared, new, ...  3 pop-push time, status, pop, push, ...
 *
 * Frames of the profiler itself are left out, as in all other output of it. Lost: columns, opcodes, status. Source: CPython, InternalDocs/profiling_binary_format.md.
 */
import { ByteCursor } from '../../decode/byte-cursor.ts';
import { DEFAULT_MAX_BYTES, type Source } from '../../decode/source.ts';
import { unzstd } from '../../decode/zstd.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { Metric, ProfileGroup } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { ThreadProfiles } from '../threads.ts';
import { TACHYON_BINARY } from './format.ts';
import { readTables, SAMPLES_START, type TachyonTables } from './tables.ts';

const METRICS: readonly Metric[] = [
  { name: 'samples', unit: 'count' },
  { name: 'time', unit: 'microseconds' },
];
const Kind = { repeat: 0, full: 1, suffix: 2, popPush: 3 } as const;
/** A repeated sample has two bytes in the file and 36 in the memory. */
const MAX_SAMPLES = 10_000_000;

/** Reads binary files of Python's sampling profiler. */
export const tachyonBinaryReader: Reader = {
  ...TACHYON_BINARY,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const book = new FrameBook();
    const notes = new Notes();
    const tables = readTables(source.bytes, book);
    const threads = new ThreadProfiles(book, notes, {
      metrics: METRICS,
      sampled: true,
      linesRan: true,
      axis: { name: 'time', unit: 'microseconds' },
    });
    const found = new SampleReading(makeCursor(source.bytes, tables), tables, threads).read();
    if (found !== tables.sampleCount) {
      notes.add(
        'sample-count',
        () => `The file says that it has ${tables.sampleCount} samples; ${found} were found.`,
        () => null,
      );
    }
    onStage('build');
    const profiles = threads.build();
    return {
      format: 'tachyon-binary',
      writer: `Python ${tables.python} (profiling.sampling)`,
      profiles,
      warnings: notes.list(),
      about: [
        ...threads.about(),
        ['interval', `${tables.interval} µs`],
        ...(tables.mode === null ? [] : [['mode', tables.mode] as const]),
        ...tables.about,
        ['samples', String(found)],
        ['threads', String(tables.threadCount)],
        ['strings', String(tables.stringCount)],
        ['frames with columns', String(tables.frames.length)],
        ...(tables.frames.includes(-1) ? [['left out', 'frames of the profiler itself'] as const] : []),
      ],
    };
  },
};

function makeCursor(bytes: Uint8Array, { isCompressed, isBigEndian, samplesEnd }: TachyonTables): ByteCursor {
  if (!isCompressed || samplesEnd === SAMPLES_START) {
    return new ByteCursor('tachyon-binary', bytes, { start: SAMPLES_START, end: samplesEnd, isBigEndian });
  }
  const unpacked = unzstd(bytes.subarray(SAMPLES_START, samplesEnd), DEFAULT_MAX_BYTES, SAMPLES_START);
  return new ByteCursor('tachyon-binary (unpacked samples)', unpacked.bytes, { isBigEndian });
}

interface Thread {
  readonly stacks: StackProfile;
  /** Contexts of the stack, root first; a frame that is left out has the context of its caller. */
  readonly path: number[];
  /** Microseconds since the start. */
  time: number;
}

/** Reads the samples. */
class SampleReading {
  readonly #cursor: ByteCursor;
  readonly #tables: TachyonTables;
  readonly #profiles: ThreadProfiles;
  readonly #threads = new Map<string, Thread>();
  readonly #values: readonly number[];
  #samples = 0;

  constructor(cursor: ByteCursor, tables: TachyonTables, profiles: ThreadProfiles) {
    this.#cursor = cursor;
    this.#tables = tables;
    this.#profiles = profiles;
    this.#values = [1, tables.interval];
  }

  /** Gives the number of samples. */
  read(): number {
    const cursor = this.#cursor;
    while (cursor.left > 0) {
      const start = cursor.at;
      const thread = this.#readThread();
      const kind = cursor.byte('the kind of a record');
      if (kind === Kind.repeat) this.#repeat(thread);
      else {
        const since = cursor.varint('the time of a sample');
        cursor.byte('the status of a thread');
        this.#change(thread, kind, start);
        this.#addSample(thread, since);
      }
      refuseTooManyContexts(thread.stacks.contexts.length, 'tachyon-binary');
      if (this.#samples > MAX_SAMPLES) throw cursor.fault('more samples up to here than can be shown', start);
    }
    return this.#samples;
  }

  #readThread(): Thread {
    const cursor = this.#cursor;
    cursor.uint64('a thread');
    const id = cursor.key;
    const interpreter = cursor.uint32('an interpreter');
    const key = `${interpreter} ${id}`;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const name = interpreter === 0 ? `thread ${id}` : `thread ${id} of interpreter ${interpreter}`;
      thread = { stacks: this.#profiles.find(key, () => name), path: [], time: 0 };
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #repeat(thread: Thread): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const count = cursor.varint('a number of samples');
    if (count * 2 > cursor.left || this.#samples + count > MAX_SAMPLES) {
      throw cursor.fault(`${count} repeated samples in ${cursor.left} bytes`, start);
    }
    for (let sample = 0; sample < count; sample++) {
      const since = cursor.varint('the time of a sample');
      cursor.byte('the status of a thread');
      this.#addSample(thread, since);
    }
  }

  /** Takes frames off the stack and puts others on it. */
  #change(thread: Thread, kind: number, start: number): void {
    const cursor = this.#cursor;
    const { path, stacks } = thread;
    if (kind > Kind.popPush) throw cursor.fault(`a record of kind ${kind}, expected 0 to 3`, start);
    let kept = 0;
    if (kind === Kind.suffix) kept = cursor.varint('a number of frames');
    else if (kind === Kind.popPush) kept = path.length - cursor.varint('a number of frames');
    if (kept < 0 || kept > path.length) {
      throw cursor.fault(`a change of a stack of ${path.length} frames that keeps ${kept} of them`, start);
    }
    const added = cursor.varint('a number of frames');
    cursor.need(added, 'the frames of a stack');
    const frames: number[] = [];
    for (let at = 0; at < added; at++) {
      const frame = this.#tables.frames[cursor.varint('a frame')];
      if (frame === undefined) throw cursor.fault(`a frame that is not among the ${this.#tables.frames.length}`, start);
      frames.push(frame);
    }
    path.length = kept;
    for (let at = added - 1; at >= 0; at--) {
      const below = path.at(-1) ?? -1;
      path.push(frames[at]! < 0 ? below : stacks.contexts.child(below, frames[at]!));
    }
  }

  #addSample(thread: Thread, since: number): void {
    thread.time += since;
    thread.stacks.addSample(thread.path.at(-1) ?? -1, thread.time, this.#values);
    thread.stacks.endSamples(thread.time + this.#tables.interval);
    this.#samples++;
  }
}
