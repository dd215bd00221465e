/**
 * A place in a marshal stream, and the list of values that later ones refer to.
 *
 *   reference list (version 3+): one slot per value whose type byte has bit 0x80, in order of their *start*
 *
 *   slot     kind in the three lowest bits, what it is in the others
 *
 *   small    an int of less than 29 bits, itself      known         a number the caller gave it
 *   string   its number in the string table           other         nothing
 *   number, tuple, dict                               pending       nothing yet
 *            place in a list of doubles: any number, offset of the type byte
 *
 * A reference to a container is read by going back to its offset ("replay"); its flags then take no slots again. Who
 * replays values has to bound how often.
 */
import { FormatError } from '../errors.ts';
import { growColumn } from './columns.ts';
import { describeMarshalType, MarshalType as T } from './marshal-types.ts';

/** What a slot of the reference list holds. */
export const RefKind = { pending: 0, small: 1, number: 2, string: 3, tuple: 4, dict: 5, other: 6, known: 7 } as const;

/** Bits of a slot that hold its kind. */
export const KIND_BITS = 3;
/** The kind in a slot. */
export const KIND_MASK = 7;
/** Ints below this, and not below its negative, are small. */
const SMALL_LIMIT = 2 ** 28;

/** Bit of a type byte that gives the value a slot. */
export const FLAG_REF = 0x80;
/** The rest of a type byte: the type code. */
export const TYPE_MASK = 0x7f;

/** Position, references and errors; what the values mean is the reader's business. `pos` is the offset of the next value. */
export class MarshalCursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  pos = 0;
  /** Types that only Python 3 writes for names and tuples (Unicode, short forms, references). */
  modernCount = 0;
  readonly view: DataView;
  /** Slots of the reference list; what is beyond its end is pending, and so refers to nothing. */
  refs = new Int32Array(1024);
  /** True while a referenced value is read a second time. */
  isReplaying = false;
  private readonly format: string;
  private refCount = 0;
  private wide = new Float64Array(64);
  private wideCount = 0;
  private replayDepth = 0;

  /** `format` names the file in messages. */
  constructor(bytes: Uint8Array, format: string) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.format = format;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Type code of the next value without its flag, or -1 at the end of the file. */
  peekType(): number {
    return this.pos < this.end ? this.bytes[this.pos]! & TYPE_MASK : -1;
  }

  /** Reserves a reference slot when the next value is flagged; -1 when it needs none. Fill it with `fillSlot`. */
  takeSlot(): number {
    if (this.pos >= this.end || (this.bytes[this.pos]! & FLAG_REF) === 0 || this.isReplaying) return -1;
    this.addRef(RefKind.pending, 0);
    return this.refCount - 1;
  }

  /** Says what the value is whose slot was taken; -1 is ignored. */
  fillSlot(slot: number, kind: number, value: number): void {
    if (slot < 0) return;
    const isWide = kind === RefKind.tuple || kind === RefKind.dict;
    this.refs[slot] = ((isWide ? this.addWide(value) : value) << KIND_BITS) | kind;
  }

  /** Gives the value that was just read, which is no container, a slot. */
  addRef(kind: number, value: number): void {
    if (this.isReplaying) return;
    this.modernCount++;
    if (this.refCount >= this.refs.length) this.refs = growColumn(this.refs);
    this.refs[this.refCount++] = (value << KIND_BITS) | kind;
  }

  /** Gives the number that was just read a slot. */
  addNumberRef(value: number): void {
    if (value < SMALL_LIMIT && value >= -SMALL_LIMIT && Object.is(value | 0, value)) this.addRef(RefKind.small, value);
    else if (!this.isReplaying) this.addRef(RefKind.number, this.addWide(value));
  }

  /** True when a reference to a number is next. */
  isNumberNext(): boolean {
    if (this.peekType() !== T.ref || this.pos + 5 > this.end) return false;
    const slot = this.view.getInt32(this.pos + 1, true);
    if (slot < 0 || slot >= this.refCount) return false;
    const kind = this.refs[slot]! & KIND_MASK;
    return kind === RefKind.small || kind === RefKind.number;
  }

  /**
   * If a reference to a container is next, goes to the container and returns the offset to come back to with
   * `endReplay`; -1 if not.
   */
  beginReplay(what: string): number {
    if (this.peekType() !== T.ref) return -1;
    const ref = this.refs[this.getSlot(what)]!;
    const kind = ref & KIND_MASK;
    if (kind !== RefKind.tuple && kind !== RefKind.dict) throw this.unexpected(what);
    const back = this.pos + 5;
    this.pos = this.wide[ref >>> KIND_BITS]!;
    this.replayDepth++;
    this.isReplaying = true;
    return back;
  }

  /** Comes back from a replayed container. */
  endReplay(back: number): void {
    if (back < 0) return;
    this.pos = back;
    this.replayDepth--;
    this.isReplaying = this.replayDepth > 0;
  }

  /** Slot that the reference here names. @throws FormatError when there is none. */
  getSlot(what: string): number {
    if (this.pos + 5 > this.end) throw this.cutShort(what);
    const slot = this.view.getInt32(this.pos + 1, true);
    if (slot < 0 || slot >= this.refCount) throw this.unexpected(what);
    return slot;
  }

  /** Length or count behind the type byte at `at`. @throws FormatError when it is negative or cut off. */
  readLength(at: number, what: string): number {
    if (at + 5 > this.end) throw this.cutShort(what);
    const length = this.view.getInt32(at + 1, true);
    if (length < 0) throw this.error(at, `a length of ${length}`, what);
    return length;
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
      const kind = this.refs[index]! & KIND_MASK;
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

  /** The error for a value that claims to be longer than the file. */
  tooLong(at: number, count: number, unit: string, what: string): FormatError {
    const left = Math.max(0, this.end - at - 5);
    return this.error(
      at,
      `the start of a value of ${count} ${count === 1 ? unit : `${unit}s`} where ${left} bytes are left: the file was cut short or is damaged`,
      what,
    );
  }

  /** The number that the reference here names. */
  protected takeNumberRef(what: string): number {
    const ref = this.refs[this.getSlot(what)]!;
    const kind = ref & KIND_MASK;
    if (kind !== RefKind.small && kind !== RefKind.number) throw this.unexpected(what);
    this.pos += 5;
    return kind === RefKind.small ? ref >> KIND_BITS : this.wide[ref >>> KIND_BITS]!;
  }

  private addWide(value: number): number {
    if (this.wideCount >= this.wide.length) this.wide = growColumn(this.wide);
    this.wide[this.wideCount] = value;
    return this.wideCount++;
  }
}
