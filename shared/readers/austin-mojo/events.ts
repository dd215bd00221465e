/**
 * A MOJO file's events as samples:
 *
 *   MOJ, version, events: 1 metadata  2 stack (begins a sample)  3 frame  4 invalid  5 frame reference  6 kernel frame
 *                         7 garbage collection  8 idle  9 time  10 memory  11 string  12 string reference
 *                         13 repeat (from version 4): what the thread's last sample ended in goes below the frames
 *
 * Integers have six bits and a sign in the first byte, seven bits in each further one. Strings end in a zero. Keys of
 * frames and strings belong to the process of the last stack.
 */
import { ByteCursor } from '../../decode/byte-cursor.ts';
import { UnsupportedVersionError } from '../../errors.ts';
import type { FrameBook } from '../../model/frame-book.ts';

const ADVICE = 'Let Austin write the file again, and let it end by itself';
const LAST_VERSION = 4;
const MAX_INTEGER_BYTES = 10;
/** Samples with all that stands on their stacks that fit into the memory. */
const MAX_FRAMES = 30_000_000;

const Event = {
  metadata: 1,
  stack: 2,
  frame: 3,
  invalid: 4,
  frameReference: 5,
  kernel: 6,
  garbageCollection: 7,
  idle: 8,
  time: 9,
  memory: 10,
  string: 11,
  stringReference: 12,
  repeat: 13,
} as const;

type Key = number | string;

interface Process {
  readonly strings: Map<Key, string>;
  readonly frames: Map<Key, number>;
}

/** A thread as the file tells it. */
export interface MojoThread {
  readonly process: number;
  readonly interpreter: number | null;
  readonly thread: string;
}

/** Samples as columns. */
export interface MojoSamples {
  readonly thread: number[];
  /** Where each sample's frames begin in `frames`, root first; one entry more than samples. */
  readonly first: number[];
  readonly frames: number[];
  /** NaN: not measured. */
  readonly time: number[];
  readonly memory: number[];
  readonly isIdle: boolean[];
}

/** What a MOJO file holds. */
export interface MojoFile {
  readonly version: number;
  readonly metadata: Map<string, string>;
  readonly threads: MojoThread[];
  readonly samples: MojoSamples;
  /** How often each event occurred. */
  readonly counts: number[];
  /** Where the last whole sample ends when the file breaks off behind it, else -1. */
  readonly cutAt: number;
}

/** Reads all events. @throws FormatError when an event makes no sense, or there is no whole sample before a cut. */
export function readMojo(bytes: Uint8Array, book: FrameBook): MojoFile {
  return new MojoReading(bytes, book).read();
}

class MojoReading {
  readonly #cursor: ByteCursor;
  readonly #book: FrameBook;
  readonly #metadata = new Map<string, string>();
  readonly #threads: MojoThread[] = [];
  readonly #threadRow = new Map<string, number>();
  readonly #samples: MojoSamples = { thread: [], first: [0], frames: [], time: [], memory: [], isIdle: [] };
  readonly #counts = new Array<number>(14).fill(0);
  /** Defined before the first stack: known to all processes. */
  readonly #common: Process = {
    // Key 1 stands for what Austin could not find out, key 0 for nothing.
    strings: new Map<Key, string>([
      [0, ''],
      [1, '<unknown>'],
    ]),
    frames: new Map(),
  };
  /** Frames that are Python's: others above them are not repeated. */
  readonly #python = new Set<number>();
  /** Last sample of each thread. */
  readonly #last = new Map<string, number>();
  #threadKey = '';
  readonly #processes = new Map<number, Process>();
  #process: Process = this.#common;
  #version = 0;
  /** The sample that is being read; thread -1: none. */
  #thread = -1;
  #time = Number.NaN;
  #memory = Number.NaN;
  #isIdle = false;

  constructor(bytes: Uint8Array, book: FrameBook) {
    this.#cursor = new ByteCursor('austin-mojo', bytes, { start: 3, advice: ADVICE });
    this.#book = book;
  }

  read(): MojoFile {
    const cursor = this.#cursor;
    this.#version = this.#readInteger('the version');
    if (this.#version < 1 || this.#version > LAST_VERSION) {
      throw new UnsupportedVersionError(
        `austin-mojo byte 3: MOJO version ${this.#version}; versions 1 to ${LAST_VERSION} are read`,
        { format: 'austin-mojo', offset: 3, advice: 'Convert it with its own tool: mojo2austin FILE app.austin' },
      );
    }
    let isCut = false;
    let whole = cursor.at;
    while (cursor.left > 0) {
      const start = cursor.at;
      const event = cursor.byte('an event');
      const last = this.#version >= 4 ? Event.repeat : Event.stringReference;
      if (event < Event.metadata || event > last) {
        throw cursor.fault(`event ${event}, expected one from 1 to ${last}`, start);
      }
      if (!this.#isWhole(event)) {
        cursor.at = start;
        isCut = true;
        break;
      }
      this.#counts[event]!++;
      this.#readEvent(event, start);
      if (event !== Event.stack && this.#hasMetric()) whole = cursor.at;
    }
    if (isCut && !this.#hasMetric() && this.#samples.thread.length === 0) {
      throw cursor.fault('the file ends inside an event, before its first sample; it was cut short', cursor.end);
    }
    // A sample without any number behind its frames is not whole.
    if (this.#thread >= 0 && !this.#hasMetric()) isCut = true;
    this.#endSample();
    if (isCut && this.#samples.thread.length === 0) {
      throw cursor.fault('the file ends before its first sample does; it was cut short', cursor.end);
    }
    return {
      version: this.#version,
      metadata: this.#metadata,
      threads: this.#threads,
      samples: this.#samples,
      counts: this.#counts,
      cutAt: isCut ? whole : -1,
    };
  }

  /** Whether all bytes of an event are there. Looks ahead, and leaves the cursor where it is. */
  #isWhole(event: number): boolean {
    const { bytes, at: start, end } = this.#cursor;
    const [integers, strings] = countFields(event, this.#version);
    let at = start;
    for (let field = 0; field < integers; field++) {
      while (at < end && bytes[at]! >= 0x80) at++;
      if (at++ >= end) return false;
    }
    for (let field = 0; field < strings; field++) {
      const zero = bytes.indexOf(0, at);
      if (zero < 0 || zero >= end) return false;
      at = zero + 1;
    }
    return true;
  }

  #readEvent(event: number, start: number): void {
    const { frames } = this.#samples;
    switch (event) {
      case Event.metadata:
        this.#metadata.set(this.#readString('the name of metadata'), this.#readString('the value of metadata'));
        break;
      case Event.stack:
        this.#beginSample(start);
        break;
      case Event.frame:
        this.#readFrame(start);
        break;
      case Event.invalid:
        this.#needSample(start);
        frames.push(this.#book.frame(':INVALID:'));
        break;
      case Event.frameReference: {
        this.#needSample(start);
        const key = this.#readKey('a frame');
        const frame = this.#process.frames.get(key) ?? this.#common.frames.get(key);
        if (frame === undefined) throw this.#cursor.fault('a frame that was never defined', start);
        frames.push(frame);
        break;
      }
      case Event.kernel:
        this.#needSample(start);
        frames.push(this.#book.frame(this.#readString('a kernel frame'), 'kernel'));
        break;
      case Event.garbageCollection:
        this.#needSample(start);
        frames.push(this.#book.frame(':GC:'));
        break;
      case Event.idle:
        this.#needSample(start);
        this.#isIdle = true;
        break;
      case Event.time:
        this.#needSample(start);
        this.#time = this.#readInteger('a time');
        break;
      case Event.memory:
        this.#needSample(start);
        this.#memory = this.#readInteger('a size of memory');
        break;
      case Event.string: {
        const key = this.#readKey('a string');
        this.#process.strings.set(key, this.#readString('a string'));
        break;
      }
      case Event.repeat:
        this.#repeat(start);
        break;
      default:
        if (this.#findString() === undefined) throw this.#cursor.fault('a string that was never defined', start);
    }
    if (frames.length > MAX_FRAMES) throw this.#cursor.fault('more frames up to here than can be shown', start);
  }

  #beginSample(start: number): void {
    this.#endSample();
    const process = this.#readInteger('a process');
    const interpreter = this.#version >= 3 ? this.#readInteger('an interpreter') : null;
    const thread = this.#readString('a thread');
    const key = `${process} ${interpreter} ${thread}`;
    let row = this.#threadRow.get(key);
    if (row === undefined) {
      row = this.#threads.length;
      this.#threadRow.set(key, row);
      this.#threads.push({ process, interpreter, thread });
    }
    let known = this.#processes.get(process);
    if (known === undefined) {
      known = { strings: new Map(), frames: new Map() };
      this.#processes.set(process, known);
    }
    this.#process = known;
    this.#thread = row;
    this.#threadKey = `${process} ${thread}`;
    if (this.#cursor.at <= start) throw this.#cursor.fault('an empty stack event', start);
  }

  /** Keeps the sample that is being read when it has a number, drops its frames when it has none. */
  #endSample(): void {
    const { thread, first, frames, time, memory, isIdle } = this.#samples;
    if (this.#thread >= 0 && this.#hasMetric()) {
      this.#last.set(this.#threadKey, thread.length);
      thread.push(this.#thread);
      first.push(frames.length);
      time.push(this.#time);
      memory.push(this.#memory);
      isIdle.push(this.#isIdle);
    } else frames.length = first.at(-1)!;
    this.#thread = -1;
    this.#time = Number.NaN;
    this.#memory = Number.NaN;
    this.#isIdle = false;
  }

  #hasMetric(): boolean {
    return !Number.isNaN(this.#time) || !Number.isNaN(this.#memory);
  }

  #readFrame(start: number): void {
    const key = this.#readKey('a frame');
    const file = this.#findString();
    const scope = this.#findString();
    const line = this.#readInteger('the line of a frame');
    if (this.#version >= 2) for (let field = 0; field < 3; field++) this.#readInteger('the place of a frame');
    if (file === undefined || scope === undefined) {
      throw this.#cursor.fault('a frame whose file or function was never defined', start);
    }
    const frame = this.#book.frame(scope, file, Math.abs(line) < 2 ** 31 ? line : 0);
    if (file.endsWith('.py') || (file.startsWith('<') && file.endsWith('>'))) this.#python.add(frame);
    this.#process.frames.set(key, frame);
  }

  /** Puts the frames of the thread's last sample, without those above its last Python frame, below the ones so far. */
  #repeat(start: number): void {
    this.#needSample(start);
    const { first, frames } = this.#samples;
    const last = this.#last.get(this.#threadKey);
    if (last === undefined) return;
    let end = first[last + 1]!;
    while (end > first[last]! && !this.#python.has(frames[end - 1]!)) end--;
    const above = frames.slice(first.at(-1)!);
    frames.length = first.at(-1)!;
    for (let at = first[last]!; at < end; at++) frames.push(frames[at]!);
    for (const frame of above) frames.push(frame);
  }

  /** The string whose key comes next. */
  #findString(): string | undefined {
    const key = this.#readKey('a string');
    return this.#process.strings.get(key) ?? this.#common.strings.get(key);
  }

  #needSample(start: number): void {
    if (this.#thread < 0) throw this.#cursor.fault('an event of a sample before the first stack', start);
  }

  #readInteger(what: string): number {
    const start = this.#cursor.at;
    let byte = this.#cursor.byte(what);
    const isNegative = (byte & 0x40) !== 0;
    let value = byte & 0x3f;
    let scale = 64;
    for (let digits = 1; byte >= 0x80; digits++) {
      if (digits === MAX_INTEGER_BYTES) {
        throw this.#cursor.fault(`expected ${what}, found a number of more than ${MAX_INTEGER_BYTES} bytes`, start);
      }
      byte = this.#cursor.byte(what);
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    return isNegative ? -value : value;
  }

  /** An integer that names something: told apart beyond 2^53 too. */
  #readKey(what: string): Key {
    const start = this.#cursor.at;
    const value = this.#readInteger(what);
    return Number.isSafeInteger(value) ? value : this.#cursor.bytes.subarray(start, this.#cursor.at).join(' ');
  }

  #readString(what: string): string {
    const cursor = this.#cursor;
    const zero = cursor.bytes.indexOf(0, cursor.at);
    if (zero < 0) throw cursor.fault(`expected ${what}, found no end of it: the file was cut short`);
    const text = cursor.text(zero - cursor.at, what);
    cursor.at = zero + 1;
    return text;
  }
}

/** Integers and then strings that follow an event. */
function countFields(event: number, version: number): readonly [integers: number, strings: number] {
  switch (event) {
    case Event.metadata:
      return [0, 2];
    case Event.stack:
      return [version >= 3 ? 2 : 1, 1];
    case Event.frame:
      return [version >= 2 ? 7 : 4, 0];
    case Event.frameReference:
    case Event.time:
    case Event.memory:
    case Event.stringReference:
      return [1, 0];
    case Event.kernel:
      return [0, 1];
    case Event.string:
      return [1, 1];
    default:
      return [0, 0];
  }
}
