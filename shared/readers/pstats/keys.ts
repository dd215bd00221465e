/**
 * Function keys of a pstats file, (file, line, name) → number, in the order in which they are first seen.
 *
 * A key can come first as somebody's caller and later as a row of its own, or never as a row. Equal keys may be
 * written out several times (references are an optimisation of the writer), so they are looked up by value.
 */
import { checkProbes, growColumn, makeSlots, mixHash } from '../../decode/byte-strings.ts';

/** Distinct keys as columns of string numbers and lines. */
export class KeyTable {
  length = 0;
  file: Int32Array;
  line: Int32Array;
  name: Int32Array;
  private hash: Int32Array;
  private slots: Int32Array;
  private probes = 0;

  /** `expected` keys fit without growing. */
  constructor(expected: number) {
    this.file = new Int32Array(expected);
    this.line = new Int32Array(expected);
    this.name = new Int32Array(expected);
    this.hash = new Int32Array(expected);
    this.slots = makeSlots(expected);
  }

  /** Number of the key; a new one when it was not seen before. */
  add(file: number, line: number, name: number): number {
    const hash = mixHash(Math.imul(file, 0x9e3779b1) ^ Math.imul(line, 0x85ebca77) ^ Math.imul(name, 0xc2b2ae3d));
    const mask = this.slots.length - 1;
    let at = hash & mask;
    for (;;) {
      const key = this.slots[at]!;
      if (key < 0) break;
      if (this.file[key] === file && this.line[key] === line && this.name[key] === name) return key;
      this.probes++;
      at = (at + 1) & mask;
    }
    checkProbes(this.probes, this.length, 'pstats');
    const key = this.length++;
    if (key >= this.file.length) this.grow(key + 1);
    this.file[key] = file;
    this.line[key] = line;
    this.name[key] = name;
    this.hash[key] = hash;
    this.slots[at] = key;
    if (this.length * 2 > this.slots.length) this.rehash();
    return key;
  }

  private grow(capacity: number): void {
    this.file = growColumn(this.file, capacity);
    this.line = growColumn(this.line, capacity);
    this.name = growColumn(this.name, capacity);
    this.hash = growColumn(this.hash, capacity);
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let key = 0; key < this.length; key++) {
      let at = this.hash[key]! & mask;
      while (slots[at]! >= 0) at = (at + 1) & mask;
      slots[at] = key;
    }
    this.slots = slots;
  }
}
