/**
 * Frames of collapsed stacks as stretches of the file's bytes: equal ones get one number, and only the first of each is
 * ever turned into text.
 */
import { checkProbes, growSlots, makeSlots, mixHash } from '../../decode/hash-slots.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { parseFrame } from '../frame-text.ts';
import type { PartScanner } from './part-scanner.ts';

/** Numbers of frames, by their bytes. */
export class FrameTexts {
  /** Frames with a line number. */
  withLine = 0;
  /** Frames whose bytes are no UTF-8. */
  damaged = 0;
  readonly #bytes: Uint8Array;
  readonly #book: FrameBook;
  readonly #scanner: PartScanner;
  readonly #decoder = new TextDecoder();
  #slots = makeSlots(4096);
  #start = new Int32Array(4096);
  #end = new Int32Array(4096);
  #row = new Int32Array(4096);
  #length = 0;
  #probes = 0;

  constructor(bytes: Uint8Array, book: FrameBook, scanner: PartScanner) {
    this.#bytes = bytes;
    this.#book = book;
    this.#scanner = scanner;
  }

  /** Number of the frame at `start` .. `end`, whose bytes have the given hash. */
  find(start: number, end: number, rawHash: number): number {
    const hash = mixHash(rawHash ^ (end - start));
    const slots = this.#slots;
    const mask = slots.length - 2;
    let at = (hash << 1) & mask;
    for (let id = slots[at + 1]! - 1; id >= 0; id = slots[at + 1]! - 1) {
      if (slots[at] === hash && this.#end[id]! - this.#start[id]! === end - start) {
        if (this.#scanner.findDifference(start, end, this.#start[id]! - start) === end) return id;
      }
      this.#probes++;
      at = (at + 2) & mask;
    }
    slots[at] = hash;
    slots[at + 1] = this.#length + 1;
    return this.#add(start, end);
  }

  /** Row of a frame in the frame table. */
  row(id: number): FrameIndex {
    const known = this.#row[id]!;
    if (known >= 0) return known;
    const text = this.#decoder.decode(this.#bytes.subarray(this.#start[id]!, this.#end[id]!));
    if (text.includes('\ufffd')) this.damaged++;
    const { name, file, line } = parseFrame(text);
    if (line > 0) this.withLine++;
    this.#row[id] = this.#book.frame(name, file, line);
    return this.#row[id]!;
  }

  #add(start: number, end: number): number {
    checkProbes(this.#probes, this.#length, 'collapsed');
    const id = this.#length++;
    if (id === this.#start.length) {
      this.#start = grow(this.#start);
      this.#end = grow(this.#end);
      this.#row = grow(this.#row);
    }
    this.#start[id] = start;
    this.#end[id] = end;
    this.#row[id] = -1;
    if (this.#length * 4 > this.#slots.length) this.#slots = growSlots(this.#slots);
    return id;
  }
}

/** Twice the room. */
export function grow(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(column.length * 2);
  grown.set(column);
  return grown;
}
