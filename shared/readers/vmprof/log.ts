/**
 * A vmprof log as it stands in the file:
 *
 *   words 0, 3, 0, period in µs, 0 or 1; then marked items until the trailer:
 *   05 header: version int16 big-endian, mode (from version 4), length, interpreter     04 length, interpreter (old)
 *   06 time: s int64, µs int64, zone 8 bytes       07 meta: two strings of a word's length
 *   01 stack: word 1, word depth, addresses innermost first, thread, memory in kB (mode), time in ns (from version 7)
 *   02 and 08 symbol: address, string `py:name:line:file`       03 trailer, with a time from version 5
 *
 * Words have 4 or 8 bytes; addresses have 8 on Windows of 64 bits, whose words have 4.
 */
import { ByteCursor } from '../../decode/byte-cursor.ts';
import { UnsupportedVersionError } from '../../errors.ts';
import { findWordSize } from './format.ts';

const ADVICE = 'Make the profile again: the program may have been killed while it was written';

const Marker = { stack: 1, symbol: 2, trailer: 3, interpreter: 4, header: 5, time: 6, meta: 7, native: 8 } as const;
const Mode = { memory: 1, lines: 2, rpython: 8 } as const;
/** Versions from which on something is in the file. */
const Version = { thread: 1, memory: 3, mode: 4, duration: 5, sampleTime: 7 } as const;
const MAX_DEPTH = 2 ** 16;
/** What an address on a stack of PyPy stands for. */
const Kind = { garbageCollection: 5, assembler: 6 } as const;
const LAST_KIND = 7;

/** An address, or what stands for one, as a key. */
export type Address = number | string;

/** Key of time that PyPy spent in garbage collection; no address has it. */
export const GARBAGE_COLLECTION: Address = 'gc';

/** A vmprof log. Stacks are columns of items, innermost first. */
export interface VmprofLog {
  readonly version: number;
  readonly interpreter: string;
  /** Microseconds. */
  readonly period: number;
  readonly hasMemory: boolean;
  readonly hasLines: boolean;
  readonly meta: ReadonlyMap<string, string>;
  /** Microseconds since 1970; NaN: not in the file. */
  readonly startTime: number;
  readonly endTime: number;
  readonly symbols: ReadonlyMap<Address, string>;
  readonly addresses: readonly Address[];
  /** Line of each address; 0 without. */
  readonly lines: readonly number[];
  /** Where each stack begins; one entry more than stacks. */
  readonly first: readonly number[];
  readonly threads: readonly Address[];
  readonly memory: readonly number[];
  /** Nanoseconds; empty when stacks have no time. */
  readonly times: readonly number[];
  readonly hasTrailer: boolean;
  /** Where the log ends. */
  readonly end: number;
  /** Bytes behind the trailer that were left out. */
  readonly trailingBytes: number;
}

/** Reads a log. @throws FormatError */
export function readVmprofLog(bytes: Uint8Array): VmprofLog {
  return new LogReading(bytes).read();
}

class LogReading {
  readonly #cursor: ByteCursor;
  readonly #wordSize: number;
  readonly #addressSize: number;
  #version = 0;
  #mode = 0;
  #interpreter = '';
  readonly #meta = new Map<string, string>();
  readonly #symbols = new Map<Address, string>();
  readonly #addresses: Address[] = [];
  readonly #lines: number[] = [];
  readonly #first: number[] = [0];
  readonly #threads: Address[] = [];
  readonly #memory: number[] = [];
  readonly #times: number[] = [];
  #startTime = Number.NaN;
  #endTime = Number.NaN;

  constructor(bytes: Uint8Array) {
    this.#wordSize = findWordSize(bytes) || 8;
    this.#cursor = new ByteCursor('vmprof', bytes, { start: this.#wordSize * 3, advice: ADVICE });
    const isWindows = bytes[this.#wordSize * 4] === 1;
    this.#addressSize = isWindows ? 8 : this.#wordSize;
  }

  read(): VmprofLog {
    const cursor = this.#cursor;
    const period = this.#readWord('the period');
    this.#readWord('the end of the header');
    let hasTrailer = false;
    while (!hasTrailer && cursor.left > 0) {
      const start = cursor.at;
      const marker = cursor.byte('a marker');
      hasTrailer = marker === Marker.trailer;
      this.#readItem(marker, start);
    }
    // The library adds symbols of native code behind the trailer.
    while (cursor.left > 0 && cursor.bytes[cursor.at] === Marker.native && this.#isSymbol()) {
      this.#readItem(cursor.byte('a marker'), cursor.at - 1);
    }
    const isOld = this.#version === 0;
    return {
      version: this.#version,
      interpreter: this.#interpreter,
      period,
      hasMemory: this.#hasMemory,
      hasLines: this.#hasLines,
      meta: this.#meta,
      startTime: this.#startTime,
      endTime: this.#endTime,
      symbols: this.#symbols,
      addresses: this.#addresses,
      lines: this.#lines,
      first: this.#first,
      threads: this.#threads,
      memory: this.#memory,
      times: this.#times,
      hasTrailer,
      end: cursor.at,
      // Old files go on with the memory map as text.
      trailingBytes: isOld ? 0 : cursor.left,
    };
  }

  get #hasMemory(): boolean {
    return this.#version >= Version.mode ? (this.#mode & Mode.memory) !== 0 : this.#version === Version.memory;
  }

  get #hasLines(): boolean {
    return (this.#mode & Mode.lines) !== 0 && !this.#isRpython;
  }

  get #isRpython(): boolean {
    return (this.#mode & Mode.rpython) !== 0 || (this.#version > 0 && this.#interpreter === 'pypy');
  }

  #readItem(marker: number, start: number): void {
    const cursor = this.#cursor;
    switch (marker) {
      case Marker.stack:
        this.#readStack(start);
        break;
      case Marker.symbol:
      case Marker.native: {
        const address = this.#readAddress('the address of a symbol');
        this.#symbols.set(address, this.#readString('a symbol'));
        break;
      }
      case Marker.trailer:
        if (this.#version >= Version.duration) this.#endTime = this.#readTime();
        break;
      case Marker.interpreter:
        this.#interpreter = cursor.text(cursor.byte('the length of a name'), 'the name of the interpreter');
        break;
      case Marker.header:
        this.#readHeader(start);
        break;
      case Marker.time:
        this.#startTime = this.#readTime();
        break;
      case Marker.meta: {
        const name = this.#readString('the name of metadata');
        this.#meta.set(name, this.#readString('the value of metadata'));
        break;
      }
      default:
        throw cursor.fault(`marker ${marker}, expected one from 1 to 8`, start);
    }
  }

  #readHeader(start: number): void {
    const cursor = this.#cursor;
    this.#version = cursor.byte('the version') * 256 + cursor.byte('the version');
    if (this.#version > Version.sampleTime) {
      throw new UnsupportedVersionError(
        `vmprof byte ${start}: version ${this.#version}; versions up to ${Version.sampleTime} are read`,
        { format: 'vmprof', offset: start },
      );
    }
    if (this.#version >= Version.mode) this.#mode = cursor.byte('the mode');
    this.#interpreter = cursor.text(cursor.byte('the length of a name'), 'the name of the interpreter');
  }

  #readStack(start: number): void {
    const cursor = this.#cursor;
    const count = this.#readWord('the count of a stack');
    if (count !== 1) throw cursor.fault(`a stack that counts ${count}, expected 1`, start);
    const depth = this.#readWord('the depth of a stack');
    if (depth > MAX_DEPTH) throw cursor.fault(`a stack of ${depth} entries, expected ${MAX_DEPTH} at most`, start);
    cursor.need(depth * this.#addressSize, 'a stack');
    if (this.#isRpython) this.#readKinds(depth, start);
    else if (this.#hasLines) this.#readLines(depth);
    else {
      for (let entry = 0; entry < depth; entry++) {
        this.#addresses.push(this.#readAddress('an address'));
        this.#lines.push(0);
      }
    }
    this.#first.push(this.#addresses.length);
    this.#threads.push(this.#version >= Version.thread ? this.#readAddress('a thread') : 0);
    this.#memory.push(this.#hasMemory ? this.#readMemory() : Number.NaN);
    if (this.#version >= Version.sampleTime) this.#times.push(cursor.int64('the time of a stack'));
  }

  /** PyPy: pairs of a kind and an address. Machine code that the JIT made is left out, as the library does. */
  #readKinds(depth: number, start: number): void {
    if (depth % 2 !== 0) throw this.#cursor.fault(`a stack of ${depth} entries, expected pairs`, start);
    for (let pair = 0; pair < depth; pair += 2) {
      const kind = this.#readWordOfAddress('a kind');
      const address = this.#readAddress('an address');
      if (kind < 1 || kind > LAST_KIND) throw this.#cursor.fault(`an address of kind ${kind}, expected 1 to 7`, start);
      if (kind === Kind.assembler) continue;
      this.#addresses.push(kind === Kind.garbageCollection ? GARBAGE_COLLECTION : address);
      this.#lines.push(0);
    }
  }

  /** Lines mode: each address comes after its line. */
  #readLines(depth: number): void {
    for (let entry = 0; entry < depth; entry += 2) {
      const line = this.#readWordOfAddress('a line');
      if (entry + 1 === depth) break;
      this.#addresses.push(this.#readAddress('an address'));
      this.#lines.push(Math.abs(line));
    }
  }

  #readWord(what: string): number {
    return this.#wordSize === 8 ? this.#cursor.int64(what) : this.#cursor.uint32(what);
  }

  #readAddress(what: string): Address {
    if (this.#addressSize === 4) return this.#cursor.uint32(what);
    this.#cursor.uint64(what);
    return this.#cursor.key;
  }

  #readWordOfAddress(what: string): number {
    return this.#addressSize === 8 ? this.#cursor.int64(what) : this.#cursor.uint32(what) | 0;
  }

  #readMemory(): number {
    return this.#addressSize === 8 ? this.#cursor.int64('a size of memory') : this.#cursor.uint32('a size of memory');
  }

  #readString(what: string): string {
    const length = this.#readWord(`the length of ${what}`);
    return this.#cursor.text(length, what);
  }

  #readTime(): number {
    const seconds = this.#cursor.int64('a time');
    const micros = this.#cursor.int64('a time');
    this.#cursor.take(8, 'a time zone');
    return seconds * 1e6 + micros;
  }

  /** Whether a whole symbol stands here, rather than anything behind the end. */
  #isSymbol(): boolean {
    const { bytes, at, end } = this.#cursor;
    const head = 1 + this.#addressSize + this.#wordSize;
    if (end - at < head) return false;
    const ahead = new ByteCursor('vmprof', bytes, { start: at + 1 + this.#addressSize });
    const length = this.#wordSize === 8 ? ahead.int64('a length') : ahead.uint32('a length');
    return length >= 0 && length <= end - at - head;
  }
}
