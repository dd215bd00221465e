/**
 * Distinct strings of a binary file, numbered as they come, kept as byte ranges of the file itself while it is read.
 *
 * Names are never turned into JavaScript strings here: a hundred thousand of them would cost more than the whole rest
 * of reading. Text that is not valid UTF-8 as it stands is written anew into a second buffer:
 *
 *   address  0 .. file.length-1        the file's bytes
 *            file.length ..            converted text
 *
 * The finished table has the strings' bytes alone, one after another: a fortieth of a typical file, which can be
 * dropped then.
 */
import { FormatError } from '../errors.ts';

/** How bytes are to be understood where they are not ASCII. */
export type TextEncoding = 'utf-8' | 'latin-1' | 'unknown';

/** Columns of a string table; the same shape as the model's. */
export interface StringColumns {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

// With a good hash and a table at most half full, one look-up takes 1.5 probes on average. A file made to collide
// takes n/2; this allowance ends it long before anybody waits.
const PROBES_PER_ENTRY = 64;
const PROBES_FREE = 100_000;

/** Copy of `column` with room for at least `capacity` entries. */
export function growColumn<T extends Int32Array | Float64Array | Uint8Array>(column: T, capacity: number): T {
  const Column = column.constructor as new (length: number) => T;
  const grown = new Column(Math.max(capacity, column.length * 2));
  grown.set(column);
  return grown;
}

/** Empty slots of a hash table that is at most half full with `expected` entries: a power of two, filled with -1. */
export function makeSlots(expected: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)))).fill(-1);
}

/** Final mixing of a 32-bit hash, so that its low bits depend on all of it (murmur3's). */
export function mixHash(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Throws when a hash table was probed more often than honest data needs. */
export function checkProbes(probes: number, entries: number, format: string): void {
  if (probes > PROBES_FREE + PROBES_PER_ENTRY * entries) {
    throw new FormatError(`${format}: the names in the file are chosen so that they collide; it is not opened`, {
      format,
    });
  }
}

/** Collects strings; equal ones get one number. */
export class ByteStrings {
  length = 0;
  /** True once a string was neither ASCII nor valid UTF-8. */
  converted = 0;
  private readonly file: Uint8Array;
  private readonly format: string;
  private extra = new Uint8Array(0);
  private extraLength = 0;
  private start: Int32Array;
  private end: Int32Array;
  private hash: Int32Array;
  private slots: Int32Array;
  private probes = 0;

  /** `expected` strings fit without growing; `format` names the file in messages. */
  constructor(file: Uint8Array, format: string, expected: number) {
    this.file = file;
    this.format = format;
    this.start = new Int32Array(expected);
    this.end = new Int32Array(expected);
    this.hash = new Int32Array(expected);
    this.slots = makeSlots(expected);
  }

  /** Number of the string at `start` .. `end` of the file. */
  add(start: number, end: number, encoding: TextEncoding): number {
    const file = this.file;
    let hash = end - start;
    let all = 0;
    for (let i = start; i < end; i++) {
      const byte = file[i]!;
      hash = Math.imul(hash ^ byte, 0x01000193);
      all |= byte;
    }
    if (all & 0x80) return this.addForeign(start, end, encoding);
    return this.intern(start, end, mixHash(hash));
  }

  /** Number of a short ASCII text that the file has in no one piece. */
  addText(text: string): number {
    return this.addEncoded(new TextEncoder().encode(text));
  }

  /** The finished table: a copy of the strings' bytes, in the order of their numbers. */
  columns(): StringColumns {
    const { length, file, extra } = this;
    const base = file.length;
    let size = 0;
    for (let id = 0; id < length; id++) size += this.end[id]! - this.start[id]!;
    const bytes = new Uint8Array(size);
    const start = new Int32Array(length);
    const end = new Int32Array(length);
    let to = 0;
    for (let id = 0; id < length; id++) {
      const isInFile = this.start[id]! < base;
      const from = isInFile ? file : extra;
      const last = this.end[id]! - (isInFile ? 0 : base);
      start[id] = to;
      for (let at = this.start[id]! - (isInFile ? 0 : base); at < last; at++) bytes[to++] = from[at]!;
      end[id] = to;
    }
    return { length, bytes, start, end };
  }

  /** Text of string `id`. */
  text(id: number): string {
    const start = this.start[id]!;
    const end = this.end[id]!;
    const base = this.file.length;
    const bytes = start < base ? this.file.subarray(start, end) : this.extra.subarray(start - base, end - base);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  private addForeign(start: number, end: number, encoding: TextEncoding): number {
    const bytes = this.file.subarray(start, end);
    if (encoding !== 'latin-1') {
      if (isUtf8(bytes)) {
        let hash = end - start;
        for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
        return this.intern(start, end, mixHash(hash));
      }
      this.converted++;
      if (encoding === 'utf-8') return this.addEncoded(new TextEncoder().encode(decodeWithSurrogates(bytes)));
    }
    return this.addEncoded(encodeLatin1(bytes));
  }

  private addEncoded(bytes: Uint8Array): number {
    if (this.extraLength + bytes.length > this.extra.length) {
      this.extra = growColumn(this.extra, this.extraLength + bytes.length);
    }
    this.extra.set(bytes, this.extraLength);
    const start = this.file.length + this.extraLength;
    let hash = bytes.length;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    const before = this.length;
    this.extraLength += bytes.length;
    const id = this.intern(start, start + bytes.length, mixHash(hash));
    if (this.length === before) this.extraLength -= bytes.length;
    return id;
  }

  private intern(start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    let at = hash & mask;
    for (;;) {
      const id = this.slots[at]!;
      if (id < 0) break;
      if (this.hash[id] === hash && this.isSame(id, start, end)) return id;
      this.probes++;
      at = (at + 1) & mask;
    }
    checkProbes(this.probes, this.length, this.format);
    const id = this.length++;
    if (id >= this.start.length) {
      this.start = growColumn(this.start, id + 1);
      this.end = growColumn(this.end, id + 1);
      this.hash = growColumn(this.hash, id + 1);
    }
    this.start[id] = start;
    this.end[id] = end;
    this.hash[id] = hash;
    this.slots[at] = id;
    if (this.length * 2 > this.slots.length) this.rehash();
    return id;
  }

  private isSame(id: number, start: number, end: number): boolean {
    const other = this.start[id]!;
    const length = end - start;
    if (this.end[id]! - other !== length) return false;
    const base = this.file.length;
    const left = other < base ? this.file : this.extra;
    const right = start < base ? this.file : this.extra;
    const leftStart = other < base ? other : other - base;
    const rightStart = start < base ? start : start - base;
    for (let i = 0; i < length; i++) if (left[leftStart + i] !== right[rightStart + i]) return false;
    return true;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.length; id++) {
      let at = this.hash[id]! & mask;
      while (slots[at]! >= 0) at = (at + 1) & mask;
      slots[at] = id;
    }
    this.slots = slots;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function encodeLatin1(bytes: Uint8Array): Uint8Array {
  const encoded = new Uint8Array(bytes.length * 2);
  let length = 0;
  for (const byte of bytes) {
    if (byte < 0x80) encoded[length++] = byte;
    else {
      encoded[length++] = 0xc0 | (byte >> 6);
      encoded[length++] = 0x80 | (byte & 0x3f);
    }
  }
  return encoded.subarray(0, length);
}

/**
 * Text of UTF-8 in which lone surrogates may occur: Python writes an undecodable byte 0xff of a path as U+DCFF, in
 * three bytes `ed b3 bf`. They become `\udcff`, as Python prints them, since UTF-8 has no place for them.
 */
function decodeWithSurrogates(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] !== 0xed || bytes[i + 1]! < 0xa0 || bytes[i + 1]! > 0xbf) continue;
    parts.push(decoder.decode(bytes.subarray(from, i)));
    const unit = 0xd000 | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f);
    parts.push(`\\u${unit.toString(16)}`);
    from = i + 3;
    i += 2;
  }
  parts.push(decoder.decode(bytes.subarray(from)));
  return parts.join('');
}
