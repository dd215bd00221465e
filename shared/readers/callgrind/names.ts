/**
 * Names of objects, files and functions, written out or compressed:
 *
 *   fn=main            the name itself
 *   fn=(7) main        the name, and from now on number 7
 *   fn=(7)             the name of number 7
 *
 * Objects, files and functions have numbers of their own; a later definition replaces an earlier one (several parts in
 * one file define anew).
 */
import type { ByteStrings } from '../../decode/byte-strings.ts';
import type { Notes } from '../notes.ts';

const OPEN = 0x28;
const CLOSE = 0x29;
const SPACE = 0x20;

/** The names of one kind. */
export class CompressedNames {
  readonly #strings: ByteStrings;
  readonly #notes: Notes;
  /** String by number. */
  readonly #known = new Map<number, number>();

  constructor(strings: ByteStrings, notes: Notes) {
    this.#strings = strings;
    this.#notes = notes;
  }

  /** String of the name at `start` .. `end`, without blanks around it. */
  read(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    if (bytes[at] !== OPEN) return this.#strings.add(bytes, at, end, 'utf-8');
    let id = 0;
    for (at++; at < end; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      id = id * 10 + digit;
    }
    // A name such as `(below main)` is no number.
    if (bytes[at] !== CLOSE || at === start + 1) return this.#strings.add(bytes, start, end, 'utf-8');
    let from = at + 1;
    while (from < end && bytes[from]! <= SPACE) from++;
    if (from < end) {
      const name = this.#strings.add(bytes, from, end, 'utf-8');
      this.#known.set(id, name);
      return name;
    }
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    this.#notes.add(
      'undefined-name',
      (count) => `${count} ${count === 1 ? 'name is' : 'names are'} used but never given: shown as numbers.`,
      () => `(${id})`,
    );
    const placeholder = this.#strings.add(bytes, start, at + 1, 'utf-8');
    this.#known.set(id, placeholder);
    return placeholder;
  }
}
