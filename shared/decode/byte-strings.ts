/**
 * Distinct strings of a binary file, numbered as they come, their bytes copied out one after another.
 *
 * Names are never turned into JavaScript strings here: a hundred thousand of them would cost more than the whole rest
 * of reading. Equal ones are kept once, which makes them a fortieth of a typical file, and the file can be dropped.
 * Text that is not valid UTF-8 as it stands is converted.
 */
import { cutColumn, growColumn } from './columns.ts';
import { checkProbes, growSlots, makeSlots, mixHash } from './hash-slots.ts';

/** How bytes are to be understood where they are not ASCII. */
export type TextEncoding = 'utf-8' | 'latin-1' | 'unknown';

/** Columns of a string table; the same shape as the model's. */
export interface StringColumns {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** Bytes of a name, for a first guess. */
const BYTES_PER_STRING = 24;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Collects strings; equal ones get one number. */
export class ByteStrings {
  length = 0;
  /** Strings that were neither ASCII nor valid UTF-8. */
  converted = 0;
  private readonly format: string;
  private bytes: Uint8Array;
  /** End of each string; the next one starts there. */
  private end: Int32Array;
  private slots: Int32Array;
  private probes = 0;

  /** `expected` strings fit without growing; `format` names the file in messages. */
  constructor(format: string, expected: number) {
    this.format = format;
    this.bytes = new Uint8Array(expected * BYTES_PER_STRING);
    this.end = new Int32Array(expected);
    this.slots = makeSlots(expected);
  }

  /** Number of the string at `start` .. `end` of `file`. */
  add(file: Uint8Array, start: number, end: number, encoding: TextEncoding): number {
    let hash = end - start;
    let all = 0;
    for (let i = start; i < end; i++) {
      const byte = file[i]!;
      hash = Math.imul(hash ^ byte, 0x01000193);
      all |= byte;
    }
    if (all & 0x80 && (encoding === 'latin-1' || !isUtf8(file.subarray(start, end)))) {
      const converted = this.convert(file.subarray(start, end), encoding);
      return this.add(converted, 0, converted.length, 'unknown');
    }
    hash = mixHash(hash);
    const { slots, bytes, end: ends } = this;
    const mask = slots.length - 2;
    let at = (hash << 1) & mask;
    for (let id = slots[at + 1]! - 1; id >= 0; id = slots[at + 1]! - 1) {
      if (slots[at] === hash) {
        const offset = (id === 0 ? 0 : ends[id - 1]!) - start;
        let i = ends[id]! - offset === end ? start : end + 1;
        while (i < end && bytes[i + offset] === file[i]) i++;
        if (i === end) return id;
      }
      this.probes++;
      at = (at + 2) & mask;
    }
    slots[at] = hash;
    return this.append(at, file.subarray(start, end));
  }

  /** The finished table. */
  columns(): StringColumns {
    const { length } = this;
    const end = cutColumn(this.end, length);
    const start = new Int32Array(length);
    start.set(end.subarray(0, Math.max(0, length - 1)), Math.min(1, length));
    return { length, bytes: cutColumn(this.bytes, this.size), start, end };
  }

  /** Text of string `id`. */
  text(id: number): string {
    const bytes = this.bytes.subarray(this.startOf(id), this.end[id]!);
    return decoder.decode(bytes);
  }

  private get size(): number {
    return this.startOf(this.length);
  }

  private startOf(id: number): number {
    return id === 0 ? 0 : this.end[id - 1]!;
  }

  private convert(text: Uint8Array, encoding: TextEncoding): Uint8Array {
    if (encoding !== 'latin-1') this.converted++;
    return encoding === 'utf-8' ? new TextEncoder().encode(decodeWithSurrogates(text)) : encodeLatin1(text);
  }

  /** Keeps a new string, whose hash is at `slot`; returns its number. */
  private append(slot: number, text: Uint8Array): number {
    checkProbes(this.probes, this.length, this.format);
    const size = this.size;
    const newSize = size + text.length;
    if (newSize > this.bytes.length) this.bytes = growColumn(this.bytes, Math.max(newSize, this.bytes.length * 2));
    if (this.length >= this.end.length) this.end = growColumn(this.end);
    this.bytes.set(text, size);
    const id = this.length++;
    this.end[id] = newSize;
    this.slots[slot + 1] = id + 1;
    if (this.length * 4 > this.slots.length) this.slots = growSlots(this.slots);
    return id;
  }
}

/** True for bytes that are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
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
export function decodeWithSurrogates(bytes: Uint8Array): string {
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
