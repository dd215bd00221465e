/**
 * Python's marshal format, read value by value by somebody who knows what should come next.
 *
 * All versions (0 to 6) are read alike, since the stream does not say its version. Strings come out as numbers of a
 * string table, numbers as doubles; nothing else is ever built, and nothing is called. Code objects are refused.
 *
 *   reference list (version 3+): one slot per value whose type byte has bit 0x80, in order of their *start*
 *
 *   slot     number | string | tuple | dict | other | known | pending
 *   value    itself | its id | offset of its type byte ...  | a number the caller gave it (`markKnown`)
 *
 * A reference to a container is read by going back to its offset ("replay"); its flags then take no slots again. Who
 * reads a replayed value has to bound how often (`beginReplay` counts).
 *
 * Source: CPython Python/marshal.c (2.7 to 3.15). Lost: the difference between int and float, str and bytes.
 */
import { FormatError } from '../errors.ts';
import { ByteStrings, growColumn, type TextEncoding } from './byte-strings.ts';
import { describeMarshalType, MarshalType as T } from './marshal-types.ts';

/** What a slot of the reference list holds. */
export const RefKind = { pending: 0, number: 1, string: 2, tuple: 3, dict: 4, other: 5, known: 6 } as const;

/** Nesting that is followed, as in CPython. */
const MAX_DEPTH = 2000;
// 15 bits a digit: 69 digits are beyond 1.8e308, the largest double.
const MAX_LONG_DIGITS = 69;
const LONG_BASE = 1 << 15;
const FLAG_REF = 0x80;
const TYPE_MASK = 0x7f;

/** Reads one marshal stream from front to back. `pos` is the offset of the next value. */
export class MarshalReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly strings: ByteStrings;
  pos = 0;
  /** Integers that a double cannot hold exactly; they were rounded. */
  roundedCount = 0;
  /** Names stored as bytes: only Python 2 does that. */
  byteNameCount = 0;
  /** Types that only Python 3 writes for names and tuples (Unicode, short forms, references). */
  modernCount = 0;
  private readonly format: string;
  private readonly view: DataView;
  private refKind = new Uint8Array(1024);
  private refValue = new Float64Array(1024);
  private refCount = 0;
  private interned = new Int32Array(256);
  private internedCount = 0;
  private replayDepth = 0;

  /** `format` names the file in messages; `expectedStrings` saves growing. */
  constructor(bytes: Uint8Array, format: string, expectedStrings = 256) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.format = format;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.strings = new ByteStrings(bytes, format, expectedStrings);
  }

  /** Type code of the next value without its flag, or -1 at the end of the file. */
  peekType(): number {
    return this.pos < this.end ? this.bytes[this.pos]! & TYPE_MASK : -1;
  }

  /** True when a reference to a number is next. */
  isNumberNext(): boolean {
    if (this.peekType() !== T.ref || this.pos + 5 > this.end) return false;
    const slot = this.view.getInt32(this.pos + 1, true);
    return slot >= 0 && slot < this.refCount && this.refKind[slot] === RefKind.number;
  }

  /** True while a referenced value is read a second time. */
  get isReplaying(): boolean {
    return this.replayDepth > 0;
  }

  /** Number of a string; `what` says in messages what was expected. */
  readString(what: string): number {
    const at = this.pos;
    const code = at < this.end ? this.bytes[at]! : 0;
    const type = code & TYPE_MASK;
    let start = at + 5;
    let length: number;
    let encoding: TextEncoding;
    switch (type) {
      case T.shortAscii:
      case T.shortAsciiInterned:
        if (at + 2 > this.end) throw this.cutShort(what);
        start = at + 2;
        length = this.bytes[at + 1]!;
        encoding = 'latin-1';
        this.modernCount++;
        break;
      case T.ascii:
      case T.asciiInterned:
        length = this.readLength(at, what);
        encoding = 'latin-1';
        break;
      case T.unicode:
        length = this.readLength(at, what);
        encoding = 'utf-8';
        break;
      case T.interned:
      case T.string:
        length = this.readLength(at, what);
        encoding = 'unknown';
        break;
      case T.ref:
        return this.takeReference(RefKind.string, what);
      case T.stringRef:
        return this.takeInterned(what);
      default:
        throw this.unexpected(what);
    }
    if (start + length > this.end) throw this.tooLong(at, length, 'byte', what);
    this.pos = start + length;
    const id = this.strings.add(start, this.pos, encoding);
    if (code & FLAG_REF) this.addRef(RefKind.string, id);
    if (type === T.interned) this.addInterned(id);
    if (type === T.string) this.byteNameCount++;
    else if (type === T.unicode) this.modernCount++;
    return id;
  }

  /** An int, long, float or bool as a double; integers that do not fit are rounded and counted. */
  readNumber(what: string): number {
    const at = this.pos;
    const code = at < this.end ? this.bytes[at]! : 0;
    let value: number;
    switch (code & TYPE_MASK) {
      case T.int:
        if (at + 5 > this.end) throw this.cutShort(what);
        value = this.view.getInt32(at + 1, true);
        this.pos = at + 5;
        break;
      case T.float:
        if (at + 9 > this.end) throw this.cutShort(what);
        value = this.view.getFloat64(at + 1, true);
        this.pos = at + 9;
        break;
      case T.ref:
        return this.takeReference(RefKind.number, what);
      case T.int64:
        if (at + 9 > this.end) throw this.cutShort(what);
        value = this.narrow(this.view.getBigInt64(at + 1, true));
        this.pos = at + 9;
        break;
      case T.long:
        value = this.readLong(what);
        break;
      case T.floatText:
        value = this.readFloatText(what);
        break;
      case T.true:
      case T.false:
        value = (code & TYPE_MASK) === T.true ? 1 : 0;
        this.pos = at + 1;
        break;
      default:
        throw this.unexpected(what);
    }
    if (code & FLAG_REF) this.addRef(RefKind.number, value);
    return value;
  }

  /**
   * Opens a tuple (or list): returns how many items follow. Check `takeSlot` first, and for references `followReference`.
   */
  openTuple(what: string): number {
    const at = this.pos;
    const type = this.peekType();
    if (type === T.smallTuple) {
      if (at + 2 > this.end) throw this.cutShort(what);
      this.pos = at + 2;
      this.modernCount++;
      return this.bytes[at + 1]!;
    }
    if (type !== T.tuple && type !== T.list) throw this.unexpected(what);
    const count = this.readLength(at, what);
    // Every item takes a byte at least, so a larger count is a lie or the file is cut.
    if (count > this.end - at - 5) throw this.tooLong(at, count, 'item', what);
    this.pos = at + 5;
    return count;
  }

  /** Opens a dict (or frozendict); its end is told by `closesDict`. */
  openDict(what: string): void {
    const type = this.peekType();
    if (type !== T.dict && type !== T.frozenDict) throw this.unexpected(what);
    this.pos++;
  }

  /** Steps over the end mark of a dict if it is next. */
  closesDict(what: string): boolean {
    if (this.pos >= this.end) throw this.cutShort(what);
    if ((this.bytes[this.pos]! & TYPE_MASK) !== T.null) return false;
    this.pos++;
    return true;
  }

  /** Reserves a reference slot when the next value is flagged; -1 when it needs none. Fill it with `fillSlot`. */
  takeSlot(): number {
    if (this.pos >= this.end || (this.bytes[this.pos]! & FLAG_REF) === 0 || this.replayDepth > 0) return -1;
    this.addRef(RefKind.pending, 0);
    return this.refCount - 1;
  }

  /** Says what the value is whose slot was taken; -1 is ignored. */
  fillSlot(slot: number, kind: number, value: number): void {
    if (slot < 0) return;
    this.refKind[slot] = kind;
    this.refValue[slot] = value;
  }

  /**
   * If a reference to something `known` is next, steps over it and returns its number; -1 if not. A reference to a
   * container is left for `beginReplay`.
   */
  takeKnown(what: string): number {
    const at = this.pos;
    if (at >= this.end || (this.bytes[at]! & TYPE_MASK) !== T.ref) return -1;
    const slot = this.getSlot(what);
    if (this.refKind[slot] !== RefKind.known) return -1;
    this.pos = at + 5;
    return this.refValue[slot]!;
  }

  /**
   * If a reference to a container is next, goes to the container and returns the offset to come back to with
   * `endReplay`; -1 if not.
   */
  beginReplay(what: string): number {
    if (this.peekType() !== T.ref) return -1;
    const slot = this.getSlot(what);
    const kind = this.refKind[slot];
    if (kind !== RefKind.tuple && kind !== RefKind.dict) throw this.unexpected(what);
    const back = this.pos + 5;
    this.pos = this.refValue[slot]!;
    this.replayDepth++;
    return back;
  }

  /** Comes back from a replayed container. */
  endReplay(back: number): void {
    if (back < 0) return;
    this.pos = back;
    this.replayDepth--;
  }

  /** Steps over any value, however deep, with its references counted. Returns false for False, None and 0, else true. */
  skip(what: string): boolean {
    // Open containers: items still to come (dicts: Infinity), and what their slot becomes.
    const left: number[] = [];
    const slots: number[] = [];
    const kinds: number[] = [];
    const starts: number[] = [];
    let isTrue = true;
    for (let isFirst = true; isFirst || left.length > 0; isFirst = false) {
      while (left.length > 0 && left[left.length - 1] === 0) {
        this.fillSlot(slots.pop()!, kinds.pop()!, starts.pop()!);
        left.pop();
      }
      if (left.length === 0 && !isFirst) break;
      const top = left.length - 1;
      if (top >= 0) {
        if (left[top] === Number.POSITIVE_INFINITY) {
          if (this.closesDict(what)) {
            left[top] = 0;
            continue;
          }
        } else left[top]!--;
      }
      const at = this.pos;
      const kind = getContainerKind(this.peekType());
      if (kind < 0) {
        const isScalarTrue = this.skipScalar(what);
        if (isFirst) isTrue = isScalarTrue;
        continue;
      }
      if (left.length >= MAX_DEPTH) {
        throw this.error(at, `values nested deeper than ${MAX_DEPTH}`, what);
      }
      slots.push(this.takeSlot());
      kinds.push(kind);
      starts.push(at);
      left.push(this.openContainer(what));
    }
    return isTrue;
  }

  /** An error that names the place, what was found there and what was expected. */
  error(offset: number, found: string, expected: string): FormatError {
    return new FormatError(`${this.format} byte ${offset}: expected ${expected}, found ${found}`, {
      format: this.format,
      offset,
    });
  }

  /** The error for a next value of the wrong type, a bad reference, or the end of the file. */
  unexpected(what: string): FormatError {
    if (this.pos >= this.end) return this.cutShort(what);
    const code = this.bytes[this.pos]!;
    if ((code & TYPE_MASK) === T.ref && this.pos + 5 <= this.end) {
      const index = this.view.getInt32(this.pos + 1, true);
      if (index < 0 || index >= this.refCount) {
        return this.error(this.pos, `a reference to value ${index} of ${this.refCount}`, what);
      }
      const kind = this.refKind[index];
      if (kind === RefKind.pending) return this.error(this.pos, 'a reference to the value that it is part of', what);
      return this.error(this.pos, `a reference to a value of another kind`, what);
    }
    return this.error(this.pos, describeMarshalType(code & TYPE_MASK), what);
  }

  /** The error for a file that ends too early. */
  cutShort(what: string): FormatError {
    return new FormatError(
      `${this.format} byte ${this.end}: the file ends here, but ${what} was expected; it was cut short`,
      { format: this.format, offset: this.end },
    );
  }

  private tooLong(at: number, count: number, unit: string, what: string): FormatError {
    const left = Math.max(0, this.end - at - 5);
    return this.error(
      at,
      `the start of a value of ${count} ${count === 1 ? unit : `${unit}s`} where ${left} bytes are left: the file was cut short or is damaged`,
      what,
    );
  }

  private readLength(at: number, what: string): number {
    if (at + 5 > this.end) throw this.cutShort(what);
    const length = this.view.getInt32(at + 1, true);
    if (length < 0) throw this.error(at, `a length of ${length}`, what);
    return length;
  }

  private addRef(kind: number, value: number): void {
    if (this.replayDepth > 0) return;
    this.modernCount++;
    const slot = this.refCount++;
    if (slot >= this.refKind.length) {
      this.refKind = growColumn(this.refKind, slot + 1);
      this.refValue = growColumn(this.refValue, slot + 1);
    }
    this.refKind[slot] = kind;
    this.refValue[slot] = value;
  }

  private getSlot(what: string): number {
    if (this.pos + 5 > this.end) throw this.cutShort(what);
    const slot = this.view.getInt32(this.pos + 1, true);
    if (slot < 0 || slot >= this.refCount) throw this.unexpected(what);
    return slot;
  }

  private takeReference(kind: number, what: string): number {
    const slot = this.getSlot(what);
    if (this.refKind[slot] !== kind) throw this.unexpected(what);
    this.pos += 5;
    return this.refValue[slot]!;
  }

  private addInterned(id: number): void {
    if (this.replayDepth > 0) return;
    if (this.internedCount >= this.interned.length) this.interned = growColumn(this.interned, this.internedCount + 1);
    this.interned[this.internedCount++] = id;
  }

  private takeInterned(what: string): number {
    const at = this.pos;
    if (at + 5 > this.end) throw this.cutShort(what);
    const index = this.view.getInt32(at + 1, true);
    if (index < 0 || index >= this.internedCount) {
      throw this.error(at, `a reference to interned string ${index} of ${this.internedCount}`, what);
    }
    this.pos = at + 5;
    this.byteNameCount++;
    return this.interned[index]!;
  }

  private narrow(exact: bigint): number {
    const value = Number(exact);
    if (!Number.isSafeInteger(value) && BigInt(value) !== exact) this.roundedCount++;
    return value;
  }

  private readLong(what: string): number {
    const at = this.pos;
    if (at + 5 > this.end) throw this.cutShort(what);
    const size = this.view.getInt32(at + 1, true);
    const digits = Math.abs(size);
    if (digits * 2 > this.end - at - 5) throw this.tooLong(at, digits, 'digit', what);
    let exact = 0n;
    for (let i = digits - 1; i >= 0; i--) {
      const digit = this.view.getUint16(at + 5 + i * 2, true);
      if (digit >= LONG_BASE) throw this.error(at + 5 + i * 2, `digit ${digit} of a long, which is over 32767`, what);
      if (digit === 0 && i === digits - 1) throw this.error(at + 5 + i * 2, 'a long with a leading zero', what);
      if (digits <= MAX_LONG_DIGITS) exact = (exact << 15n) | BigInt(digit);
    }
    this.pos = at + 5 + digits * 2;
    if (digits > MAX_LONG_DIGITS) return size < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return this.narrow(size < 0 ? -exact : exact);
  }

  private readFloatText(what: string): number {
    const at = this.pos;
    if (at + 2 > this.end) throw this.cutShort(what);
    const length = this.bytes[at + 1]!;
    if (at + 2 + length > this.end) throw this.cutShort(what);
    let text = '';
    for (let i = at + 2; i < at + 2 + length; i++) text += String.fromCharCode(this.bytes[i]!);
    const value = parsePythonFloat(text);
    if (value === null) throw this.error(at, `a float written as ${JSON.stringify(text)}`, what);
    this.pos = at + 2 + length;
    return value;
  }

  /** Opens the container that is next; returns how many values follow, Infinity for dicts. */
  private openContainer(what: string): number {
    const type = this.peekType();
    if (type === T.dict || type === T.frozenDict) {
      this.pos++;
      return Number.POSITIVE_INFINITY;
    }
    if (type === T.slice) {
      this.pos++;
      return 3;
    }
    if (type === T.set || type === T.frozenSet) {
      const count = this.readLength(this.pos, what);
      if (count > this.end - this.pos - 5) throw this.tooLong(this.pos, count, 'item', what);
      this.pos += 5;
      return count;
    }
    return this.openTuple(what);
  }

  /** Steps over a value that holds no others; returns its truth. */
  private skipScalar(what: string): boolean {
    const at = this.pos;
    switch (this.peekType()) {
      case T.none:
      case T.stopIteration:
      case T.ellipsis: {
        const isNone = this.peekType() === T.none;
        if (this.bytes[at]! & FLAG_REF) this.addRef(RefKind.other, 0);
        this.pos = at + 1;
        return !isNone;
      }
      case T.complex:
      case T.complexText: {
        const flagged = (this.bytes[at]! & FLAG_REF) !== 0;
        if (this.peekType() === T.complex) this.pos = at + 17;
        else {
          const first = this.bytes[at + 1] ?? 0;
          this.pos = at + 3 + first + (this.bytes[at + 2 + first] ?? 0);
        }
        if (this.pos > this.end) throw this.cutShort(what);
        if (flagged) this.addRef(RefKind.other, 0);
        return true;
      }
      case T.ref:
        this.getSlot(what);
        this.pos = at + 5;
        return true;
      case T.string:
      case T.interned:
      case T.stringRef:
      case T.unicode:
      case T.ascii:
      case T.asciiInterned:
      case T.shortAscii:
      case T.shortAsciiInterned:
        this.readString(what);
        return true;
      default:
        return this.readNumber(what) !== 0;
    }
  }
}

/** Kind of slot a container gets, or -1 for what is no container. */
function getContainerKind(type: number): number {
  switch (type) {
    case T.tuple:
    case T.smallTuple:
    case T.list:
      return RefKind.tuple;
    case T.dict:
    case T.frozenDict:
      return RefKind.dict;
    case T.set:
    case T.frozenSet:
    case T.slice:
      return RefKind.other;
    default:
      return -1;
  }
}

/** Value of a float as Python prints it, or null. */
function parsePythonFloat(text: string): number | null {
  const plain = text.toLowerCase().replace(/^[+-]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (plain === 'nan') return Number.NaN;
  if (plain === 'inf' || plain === 'infinity') return sign * Number.POSITIVE_INFINITY;
  return /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain) ? sign * Number(plain) : null;
}
