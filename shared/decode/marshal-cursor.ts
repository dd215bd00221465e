/**
 * A place in a marshal stream, and the list of values that later ones refer to.
 *
 *   reference list (version 3+): one slot per value whose type byte has bit 0x80, in order of their *start*
 *
 *   slot     number | string | tuple | dict | other | known | pending
 *   value    itself | its id | offset of its type byte ...  | a number the caller gave it
 *
 * A reference to a container is read by going back to its offset ("replay"); its flags then take no slots again. Who
 * replays values has to bound how often.
 */
import { FormatError } from '../errors.ts';
import { growColumn } from './byte-strings.ts';
import { describeMarshalType, MarshalType as T } from './marshal-types.ts';

/** What a slot of the reference list holds. */
export const RefKind = { pending: 0, number: 1, string: 2, tuple: 3, dict: 4, other: 5, known: 6 } as const;

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
  protected readonly view: DataView;
  private readonly format: string;
  private refKind = new Uint8Array(1024);
  private refValue = new Float64Array(1024);
  private refCount = 0;
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

  /** True while a referenced value is read a second time. */
  get isReplaying(): boolean {
    return this.replayDepth > 0;
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

  /** Gives the value that was just read a slot. */
  addRef(kind: number, value: number): void {
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

  /** True when a reference to a number is next. */
  isNumberNext(): boolean {
    if (this.peekType() !== T.ref || this.pos + 5 > this.end) return false;
    const slot = this.view.getInt32(this.pos + 1, true);
    return slot >= 0 && slot < this.refCount && this.refKind[slot] === RefKind.number;
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

  /** The error for a value that claims to be longer than the file. */
  tooLong(at: number, count: number, unit: string, what: string): FormatError {
    const left = Math.max(0, this.end - at - 5);
    return this.error(
      at,
      `the start of a value of ${count} ${count === 1 ? unit : `${unit}s`} where ${left} bytes are left: the file was cut short or is damaged`,
      what,
    );
  }

  protected takeReference(kind: number, what: string): number {
    const slot = this.getSlot(what);
    if (this.refKind[slot] !== kind) throw this.unexpected(what);
    this.pos += 5;
    return this.refValue[slot]!;
  }
}
