/**
 * Values of a pickle, in columns: a snapshot of a hundred megabytes holds millions of tuples, which as objects would
 * fill a gigabyte.
 *
 * A value is a 32-bit integer, its kind in the three lowest bits and what it is in the others:
 *
 *   int      itself, where it fits into 29 bits         list, dict   number of a list of values
 *   number   place in a list of doubles                 object       number of an instance
 *   text     place of its bytes in the file             other        None, True, False, or a class
 *   tuple    place in `items`: its length, its values
 *
 * What the pickle shares stays shared: a tuple that stands in a thousand lists is there once, whatever it would fill
 * when written out. Who walks values has to bound how often, and to walk with loops: values may contain themselves.
 */
import { decodeWithSurrogates, isUtf8 } from './byte-strings.ts';
import { growColumn } from './columns.ts';
import { decodeLatin1, unescapePython, unescapeUnicode } from './python-escapes.ts';

/** A value, see above. */
export type PickleValue = number & { readonly __flavor?: 'PickleValue' };

/** Kinds of values. */
export const PickleKind = { int: 0, number: 1, text: 2, tuple: 3, list: 4, dict: 5, object: 6, other: 7 } as const;

/** How the bytes of a text are to be understood: `bytes` are Python 2's, in whatever encoding. */
export const PickleText = { utf8: 0, bytes: 1, unicodeEscapes: 2, pythonEscapes: 3 } as const;

const KIND_BITS = 3;
const KIND_MASK = 7;
/** Integers below this, and not below its negative, are kept in the value. */
const SMALL_LIMIT = 2 ** 28;

const OTHER = PickleKind.other;
/** Python's None. */
export const NONE: PickleValue = OTHER;
/** Python's True. */
export const TRUE: PickleValue = (1 << KIND_BITS) | OTHER;
/** Python's False. */
export const FALSE: PickleValue = (2 << KIND_BITS) | OTHER;
/** Numbers of `other` from here on are classes. */
const FIRST_CLASS = 3;

/** Value that stands for nothing at all. */
export const NOTHING: PickleValue = -1;

const EMPTY: readonly PickleValue[] = [];

interface Instance {
  readonly className: string;
  state: PickleValue;
  /** Entries of its own, where its class is a kind of dict: keys and values in turn. */
  entries: PickleValue[] | null;
}

/** All values of one pickle. The machine in `pickle.ts` fills it; readers look only. */
export class PickleValues {
  /** Numbers that were too large to be exact. */
  rounded = 0;
  /** Lists, dicts and instances so far. */
  containers = 0;
  /** Values in lists and dicts so far. */
  entryCount = 0;
  /** Values in tuples so far, and one per tuple. */
  itemCount = 0;
  textCount = 0;
  readonly #bytes: Uint8Array;
  readonly #classes: readonly string[];
  #items = new Int32Array(1024);
  #numbers = new Float64Array(64);
  #numberCount = 0;
  #textStart = new Int32Array(64);
  #textEnd = new Int32Array(64);
  #textKind = new Uint8Array(64);
  readonly #texts: (string | undefined)[] = [];
  /** Lists, and dicts as keys and values in turn; null while they are empty. */
  readonly #lists: (PickleValue[] | null)[] = [];
  readonly #instances: Instance[] = [];

  /** `classes` are those that a value of kind `other` may be, in their order. */
  constructor(bytes: Uint8Array, classes: readonly string[]) {
    this.#bytes = bytes;
    this.#classes = classes;
  }

  /** One of `PickleKind`. */
  kind(value: PickleValue): number {
    return value & KIND_MASK;
  }

  /** The number that a value is; NaN when it is none. */
  number(value: PickleValue): number {
    const kind = value & KIND_MASK;
    if (kind === PickleKind.int) return value >> KIND_BITS;
    return kind === PickleKind.number ? this.#numbers[value >>> KIND_BITS]! : Number.NaN;
  }

  /** The text that a value is; null when it is none. Decoded once. */
  text(value: PickleValue): string | null {
    if ((value & KIND_MASK) !== PickleKind.text) return null;
    const index = value >>> KIND_BITS;
    let text = this.#texts[index];
    if (text === undefined) {
      text = this.#decode(index);
      this.#texts[index] = text;
    }
    return text;
  }

  /** Values in a tuple; -1 when it is none. */
  tupleLength(value: PickleValue): number {
    return (value & KIND_MASK) === PickleKind.tuple ? this.#items[value >>> KIND_BITS]! : -1;
  }

  /** Value `index` of a tuple that has it. */
  item(tuple: PickleValue, index: number): PickleValue {
    return this.#items[(tuple >>> KIND_BITS) + 1 + index]!;
  }

  /** Values of a list; null when it is none. */
  list(value: PickleValue): readonly PickleValue[] | null {
    return (value & KIND_MASK) === PickleKind.list ? (this.#lists[value >>> KIND_BITS] ?? EMPTY) : null;
  }

  /** Keys and values in turn of a dict, or of an instance that is one; null when it is neither. */
  entries(value: PickleValue): readonly PickleValue[] | null {
    const kind = value & KIND_MASK;
    if (kind === PickleKind.dict) return this.#lists[value >>> KIND_BITS] ?? EMPTY;
    return kind === PickleKind.object ? (this.#instances[value >>> KIND_BITS]!.entries ?? EMPTY) : null;
  }

  /** The value of a text key or small number in a dict, the last one if there are several; `NOTHING` without one. */
  get(dict: PickleValue, key: string | number): PickleValue {
    const entries = this.entries(dict) ?? EMPTY;
    for (let at = entries.length - 2; at >= 0; at -= 2) {
      const found = typeof key === 'string' ? this.text(entries[at]!) : this.number(entries[at]!);
      if (found === key) return entries[at + 1]!;
    }
    return NOTHING;
  }

  /** Class of an instance, as `module.name`; null when the value is none. */
  className(value: PickleValue): string | null {
    return (value & KIND_MASK) === PickleKind.object ? this.#instances[value >>> KIND_BITS]!.className : null;
  }

  /** The dict with the attributes of an instance; `NOTHING` when it has none. */
  state(value: PickleValue): PickleValue {
    if ((value & KIND_MASK) !== PickleKind.object) return NOTHING;
    const { state } = this.#instances[value >>> KIND_BITS]!;
    // Classes with slots give two dicts.
    return this.tupleLength(state) === 2 ? this.item(state, 0) : state;
  }

  /** The value in a few words, for messages. */
  describe(value: PickleValue): string {
    switch (value & KIND_MASK) {
      case PickleKind.int:
      case PickleKind.number:
        return `the number ${this.number(value)}`;
      case PickleKind.text:
        return `the text ${JSON.stringify(this.text(value)!.slice(0, 40))}`;
      case PickleKind.tuple:
        return `a tuple of ${this.tupleLength(value)}`;
      case PickleKind.list:
        return `a list of ${this.list(value)!.length}`;
      case PickleKind.dict:
        return 'a dict';
      case PickleKind.object:
        return `an instance of ${this.className(value)}`;
      default:
        return value === NOTHING ? 'nothing' : value === NONE ? 'None' : (this.classOf(value) ?? 'True or False');
    }
  }

  /** Class that a value is (not of what), as `module.name`; null when it is none. */
  classOf(value: PickleValue): string | null {
    if ((value & KIND_MASK) !== OTHER) return null;
    return this.#classes[(value >>> KIND_BITS) - FIRST_CLASS] ?? null;
  }

  /** A number. */
  addNumber(value: number, isInteger = false): PickleValue {
    if (isInteger && value < SMALL_LIMIT && value >= -SMALL_LIMIT) return value << KIND_BITS;
    if (isInteger && !Number.isSafeInteger(value)) this.rounded++;
    if (this.#numberCount === this.#numbers.length) this.#numbers = growColumn(this.#numbers);
    this.#numbers[this.#numberCount] = value;
    return (this.#numberCount++ << KIND_BITS) | PickleKind.number;
  }

  /** A text at `start` .. `end` of the file. */
  addText(start: number, end: number, kind: number): PickleValue {
    if (this.textCount === this.#textStart.length) {
      this.#textStart = growColumn(this.#textStart);
      this.#textEnd = growColumn(this.#textEnd);
      this.#textKind = growColumn(this.#textKind);
    }
    this.#textStart[this.textCount] = start;
    this.#textEnd[this.textCount] = end;
    this.#textKind[this.textCount] = kind;
    return (this.textCount++ << KIND_BITS) | PickleKind.text;
  }

  /** A tuple of the values from `from` to `to` of `stack`. */
  addTuple(stack: Int32Array, from: number, to: number): PickleValue {
    const at = this.itemCount;
    const end = at + 1 + to - from;
    if (end > this.#items.length) this.#items = growColumn(this.#items, Math.max(end, this.#items.length * 2));
    const items = this.#items;
    items[at] = to - from;
    for (let item = from; item < to; item++) items[at + 1 + item - from] = stack[item]!;
    this.itemCount = end;
    return (at << KIND_BITS) | PickleKind.tuple;
  }

  /** An empty list or dict. */
  addList(kind: typeof PickleKind.list | typeof PickleKind.dict): PickleValue {
    this.containers++;
    return ((this.#lists.push(null) - 1) << KIND_BITS) | kind;
  }

  /** An instance of a class, without anything in it. */
  addInstance(className: string): PickleValue {
    this.containers++;
    return ((this.#instances.push({ className, state: NOTHING, entries: null }) - 1) << KIND_BITS) | PickleKind.object;
  }

  /** Appends values from `from` to `to` of `stack` to a list, or entries to a dict or an instance. */
  append(value: PickleValue, stack: Int32Array, from: number, to: number): void {
    const index = value >>> KIND_BITS;
    let target: PickleValue[];
    if ((value & KIND_MASK) === PickleKind.object) target = this.#instances[index]!.entries ??= [];
    else target = this.#lists[index] ??= [];
    for (let at = from; at < to; at++) target.push(stack[at]!);
    this.entryCount += to - from;
  }

  /** Gives an instance its attributes. */
  setState(value: PickleValue, state: PickleValue): void {
    this.#instances[value >>> KIND_BITS]!.state = state;
  }

  /** The class `index` as a value. */
  classValue(index: number): PickleValue {
    return ((index + FIRST_CLASS) << KIND_BITS) | OTHER;
  }

  #decode(index: number): string {
    const bytes = this.#bytes.subarray(this.#textStart[index]!, this.#textEnd[index]!);
    switch (this.#textKind[index]) {
      case PickleText.utf8:
        return decodeWithSurrogates(bytes);
      case PickleText.unicodeEscapes:
        return unescapeUnicode(bytes);
      case PickleText.pythonEscapes:
        return decodeAny(unescapePython(bytes));
      default:
        return decodeAny(bytes);
    }
  }
}

/** Text of Python 2: UTF-8, or else Latin-1. */
function decodeAny(bytes: Uint8Array): string {
  return isUtf8(bytes) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : decodeLatin1(bytes);
}
