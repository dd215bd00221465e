/**
 * Function keys of a pstats file, (file, line, name) → number, in the order in which they are first seen.
 *
 * A key can come first as somebody's caller and later as a row of its own, or never as a row. Equal keys may be
 * written out several times (references are an optimisation of the writer), so they are looked up by value.
 */
import { growColumn } from '../../decode/columns.ts';
import { checkProbes, growSlots, makeSlots, mixHash } from '../../decode/hash-slots.ts';

/** Distinct keys as columns of string numbers and lines. */
export class KeyTable {
  length = 0;
  file: Int32Array;
  line: Int32Array;
  name: Int32Array;
  /** Function row of each key, -1 when the key is a caller only. Kept by whoever makes the rows. */
  row: Int32Array;
  private slots: Int32Array;
  private probes = 0;

  /** `expected` keys fit without growing. */
  constructor(expected: number) {
    this.file = new Int32Array(expected);
    this.line = new Int32Array(expected);
    this.name = new Int32Array(expected);
    this.row = new Int32Array(expected);
    this.slots = makeSlots(expected);
  }

  /** Number of the key; a new one when it was not seen before. */
  add(file: number, line: number, name: number): number {
    const hash = mixHash(Math.imul(file, 0x9e3779b1) ^ Math.imul(line, 0x85ebca77) ^ Math.imul(name, 0xc2b2ae3d));
    const slots = this.slots;
    const mask = slots.length - 2;
    let at = (hash << 1) & mask;
    for (let key = slots[at + 1]! - 1; key >= 0; key = slots[at + 1]! - 1) {
      if (slots[at] === hash && this.file[key] === file && this.line[key] === line && this.name[key] === name) {
        return key;
      }
      this.probes++;
      at = (at + 2) & mask;
    }
    checkProbes(this.probes, this.length, 'pstats');
    const key = this.length++;
    if (key >= this.file.length) this.grow();
    this.file[key] = file;
    this.line[key] = line;
    this.name[key] = name;
    this.row[key] = -1;
    slots[at] = hash;
    slots[at + 1] = key + 1;
    if (this.length * 4 > slots.length) this.slots = growSlots(slots);
    return key;
  }

  private grow(): void {
    this.file = growColumn(this.file);
    this.line = growColumn(this.line);
    this.name = growColumn(this.name);
    this.row = growColumn(this.row);
  }
}
