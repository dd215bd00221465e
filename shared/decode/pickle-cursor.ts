/**
 * Steps through the opcodes of a pickle and finds where the bytes of each lie. Carries out nothing, allocates nothing:
 * a length is compared with what is left of the file before anybody uses it.
 */
import { PICKLE_ARGUMENTS, PickleArgument } from './pickle-opcodes.ts';

const LINE_FEED = 0x0a;

/** What `next` returns where there is no opcode: the file ends, or a byte is none. */
export const PickleFault = { cut: -1, unknown: -2 } as const;

/** A place in a pickle. */
export class PickleCursor {
  readonly bytes: Uint8Array;
  /** Offset of the opcode that was read last. */
  at = 0;
  /** Its argument, without the length in front and the line feed behind. */
  start = 0;
  end = 0;
  /** Offset of the next opcode. */
  pos = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next opcode, or a `PickleFault`. */
  next(): number {
    const { bytes } = this;
    this.at = this.pos;
    if (this.pos >= bytes.length) return PickleFault.cut;
    const code = bytes[this.pos]!;
    const argument = PICKLE_ARGUMENTS[code]!;
    this.start = this.pos + 1;
    if (argument >= 0) {
      this.end = this.start + argument;
      this.pos = this.end;
      return this.end > bytes.length ? PickleFault.cut : code;
    }
    switch (argument) {
      case PickleArgument.line:
      case PickleArgument.lines: {
        let end = bytes.indexOf(LINE_FEED, this.start);
        if (argument === PickleArgument.lines && end >= 0) end = bytes.indexOf(LINE_FEED, end + 1);
        if (end < 0) return PickleFault.cut;
        this.end = end;
        this.pos = end + 1;
        return code;
      }
      case PickleArgument.length1:
        return this.#stepOver(code, 1);
      case PickleArgument.length4:
        return this.#stepOver(code, 4);
      case PickleArgument.length8:
        return this.#stepOver(code, 8);
      default:
        return PickleFault.unknown;
    }
  }

  /** The argument as an unsigned number, least byte first. Exact below 2^53. */
  unsigned(): number {
    let value = 0;
    for (let i = this.end - 1; i >= this.start; i--) value = value * 256 + this.bytes[i]!;
    return value;
  }

  /** The argument as a signed number in two's complement, least byte first. Exact below 2^53. */
  signed(): number {
    const last = this.end - 1;
    if (last < this.start || this.bytes[last]! < 0x80) return this.unsigned();
    let inverse = 0;
    for (let i = last; i >= this.start; i--) inverse = inverse * 256 + (255 - this.bytes[i]!);
    return -inverse - 1;
  }

  /** The argument as text of one byte per character, `limit` characters at most. */
  latin1(limit = 4096): string {
    let text = '';
    const end = Math.min(this.end, this.start + limit);
    for (let i = this.start; i < end; i++) text += String.fromCharCode(this.bytes[i]!);
    return text;
  }

  /** Module and name of a GLOBAL or INST, as `module.name`. */
  globalName(): string {
    return this.latin1().replace('\n', '.');
  }

  /** The length is in the `size` bytes behind the opcode. */
  #stepOver(code: number, size: number): number {
    const start = this.start + size;
    if (start > this.bytes.length) return PickleFault.cut;
    this.end = start;
    const length = this.unsigned();
    // A length of 2^60 must not become one that wraps: compared as a double, before anything is added to an offset.
    if (length > this.bytes.length - start) return PickleFault.cut;
    this.start = start;
    this.end = start + length;
    this.pos = this.end;
    return code;
  }
}
