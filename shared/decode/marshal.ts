/**
 * Python's marshal format, read value by value by somebody who knows what should come next.
 *
 * All versions (0 to 6) are read alike, since the stream does not say its version. Strings come out as numbers of a
 * string table, numbers as doubles; nothing else is ever built, and nothing is called. Code objects are refused.
 *
 * Source: CPython Python/marshal.c (2.7 to 3.15). Lost: the difference between int and float, str and bytes.
 */
import { ByteStrings, type TextEncoding } from './byte-strings.ts';
import { growColumn } from './columns.ts';
import { FLAG_REF, KIND_BITS, KIND_MASK, MarshalCursor, RefKind, TYPE_MASK } from './marshal-cursor.ts';
import { MarshalType as T } from './marshal-types.ts';

// 15 bits a digit: 69 digits are beyond 1.8e308, the largest double.
const MAX_LONG_DIGITS = 69;
const LONG_BASE = 1 << 15;

/** Reads one marshal stream from front to back. */
export class MarshalReader extends MarshalCursor {
  readonly strings: ByteStrings;
  /** Integers that a double cannot hold exactly; they were rounded. */
  roundedCount = 0;
  /** Names stored as bytes: only Python 2 does that. */
  byteNameCount = 0;
  /** Strings of Python 2 that `R` refers to, a list of their own. */
  private interned = new Int32Array(256);
  private internedCount = 0;

  /** `format` names the file in messages; `expectedStrings` saves growing. */
  constructor(bytes: Uint8Array, format: string, expectedStrings = 256) {
    super(bytes, format);
    this.strings = new ByteStrings(format, expectedStrings);
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
      case T.ref: {
        const ref = at + 5 <= this.end ? this.refs[this.view.getInt32(at + 1, true)]! : 0;
        if ((ref & KIND_MASK) !== RefKind.string) {
          this.getSlot(what);
          throw this.unexpected(what);
        }
        this.pos = at + 5;
        return ref >>> KIND_BITS;
      }
      case T.stringRef:
        return this.takeInterned(what);
      default:
        throw this.unexpected(what);
    }
    if (start + length > this.end) throw this.tooLong(at, length, 'byte', what);
    this.pos = start + length;
    const id = this.strings.add(this.bytes, start, this.pos, encoding);
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
        return this.takeNumberRef(what);
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
    if (code & FLAG_REF) this.addNumberRef(value);
    return value;
  }

  /**
   * Reads a number into each entry of `into`; true when all are between 0 and `limit`. `whats` says in messages what was
   * expected. The same as `readNumber` for each, with a short-cut for how nearly all are written: this is half of the
   * work on a profile.
   */
  readNumbers(into: Float64Array, limit: number, whats: readonly string[]): boolean {
    const { bytes, view, refs, end } = this;
    let at = this.pos;
    let areWithin = true;
    for (let i = 0; i < into.length; i++) {
      const type = bytes[at];
      if (type === T.float && at + 9 <= end) {
        into[i] = view.getFloat64(at + 1, true);
        at += 9;
      } else {
        const ref = type === T.ref && at + 5 <= end ? refs[view.getInt32(at + 1, true)]! : 0;
        if ((ref & KIND_MASK) === RefKind.small) {
          into[i] = ref >> KIND_BITS;
          at += 5;
        } else {
          this.pos = at;
          into[i] = this.readNumber(whats[i]!);
          at = this.pos;
        }
      }
      // A NaN fails both comparisons.
      if (!(into[i]! >= 0 && into[i]! <= limit)) areWithin = false;
    }
    this.pos = at;
    return areWithin;
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

  private addInterned(id: number): void {
    if (this.isReplaying) return;
    if (this.internedCount >= this.interned.length) this.interned = growColumn(this.interned);
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
}

/** Value of a float as Python prints it, or null. */
function parsePythonFloat(text: string): number | null {
  const plain = text.toLowerCase().replace(/^[+-]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (plain === 'nan') return Number.NaN;
  if (plain === 'inf' || plain === 'infinity') return sign * Number.POSITIVE_INFINITY;
  return /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain) ? sign * Number(plain) : null;
}
