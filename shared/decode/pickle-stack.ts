/**
 * What the pickle machine works with: a stack of values with marks, and a memo of values that were put aside.
 *
 *   stack   v v v | v v | v        a mark (|) begins a list, a dict or a tuple; nothing is taken from below it
 *   memo    0 1 2 3 …              numbered by the file, nearly always in order
 */
import { growColumn } from './columns.ts';
import { NOTHING, type PickleValue } from './pickle-values.ts';

/** Values that were begun and not finished, one inside the other. */
const MAX_DEPTH = 10_000;
/** Values on the stack: those of one tuple, or a thousand of a list. */
const MAX_HEIGHT = 2 ** 24;
/** Values put aside. */
const MAX_MEMO = 2 ** 26;
/** Those of them with numbers far from all others. */
const MAX_FAR = 2 ** 20;
/** Slots of the memo that are kept in a column although nothing is in them yet. */
const MEMO_GAP = 4096;

/** Stack and memo. `fail` ends the reading with a message. */
export class PickleStack {
  values = new Int32Array(1024);
  height = 0;
  /** Values put aside so far. */
  memoized = 0;
  readonly #fail: (what: string) => never;
  /** Heights at which marks stand. */
  readonly #marks: number[] = [];
  #memo = new Int32Array(1024).fill(NOTHING);
  readonly #farMemo = new Map<number, PickleValue>();

  constructor(fail: (what: string) => never) {
    this.#fail = fail;
  }

  /** Puts a value on top. */
  push(value: PickleValue): void {
    if (this.height === this.values.length) {
      if (this.height >= MAX_HEIGHT) this.#fail(`the pickle piles up more than ${MAX_HEIGHT} values`);
      this.values = growColumn(this.values);
    }
    this.values[this.height++] = value;
  }

  /** Takes the value on top. */
  pop(): PickleValue {
    const value = this.top();
    this.height--;
    return value;
  }

  /** The value on top. */
  top(): PickleValue {
    this.expect(this.height - 1);
    return this.values[this.height - 1]!;
  }

  /** The stack must reach below `height` without crossing a mark. */
  expect(height: number): void {
    if (height < this.#lastMark()) this.#fail('the pickle takes more from its stack than is on it');
  }

  /** Sets a mark. */
  mark(): void {
    if (this.#marks.length >= MAX_DEPTH) this.#fail(`the pickle is nested deeper than ${MAX_DEPTH}`);
    this.#marks.push(this.height);
  }

  /** Takes the last mark away; returns the height at which it stood. */
  popMark(): number {
    const mark = this.#marks.pop();
    return mark ?? this.#fail('the pickle ends a list that was not begun');
  }

  /** Takes the value on top, or a mark. */
  drop(): void {
    if (this.#marks.at(-1) === this.height) this.#marks.pop();
    else this.pop();
  }

  /** Lists and dicts that wait on the stack are nested in each other: nothing else piles them up. */
  checkNesting(): void {
    if (this.height - this.#lastMark() > MAX_DEPTH) this.#fail(`the pickle is nested deeper than ${MAX_DEPTH}`);
  }

  /** Puts the value on top aside under a number. */
  put(index: number): void {
    const value = this.top();
    if (index >= this.#memo.length && index < this.memoized * 2 + MEMO_GAP) {
      const { length } = this.#memo;
      this.#memo = growColumn(this.#memo, Math.max(length * 2, index + 1)).fill(NOTHING, length);
    }
    this.memoized++;
    if (index < this.#memo.length) this.#memo[index] = value;
    else this.#farMemo.set(index, value);
    if (this.memoized > MAX_MEMO || this.#farMemo.size > MAX_FAR) this.#fail('the pickle puts too many values aside');
  }

  /** Puts the value with this number on top. */
  get(index: number): void {
    const value = index < this.#memo.length ? this.#memo[index]! : (this.#farMemo.get(index) ?? NOTHING);
    if (value === NOTHING) this.#fail(`the pickle refers to value ${index}, which it has not put aside`);
    this.push(value);
  }

  #lastMark(): number {
    return this.#marks.length === 0 ? 0 : this.#marks[this.#marks.length - 1]!;
  }
}
