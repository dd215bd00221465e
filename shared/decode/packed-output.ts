/**
 * What a packed file unpacks to, growing, within the caps that keep a small file from filling the memory.
 */
import { FormatError } from '../errors.ts';

/** Bytes that may be unpacked before the ratio is looked at. */
export const RATIO_FREE_BYTES = 10 * 1024 * 1024;
/** Unpacked bytes per packed byte beyond which a file is a bomb: real profiles stay below 30. */
const MAX_RATIO = 200;
/** Room for the output to begin with: most profiles are smaller. */
const FIRST_OUTPUT_BYTES = 64 * 1024;

/** A file, or what it unpacks to, is larger than what is opened. */
export class CapError extends FormatError {}

/** The unpacked bytes so far. */
export class PackedOutput {
  bytes = new Uint8Array(FIRST_OUTPUT_BYTES);
  length = 0;
  readonly #format: string;
  readonly #maxBytes: number;

  /** `format` names the packing in messages. */
  constructor(format: string, maxBytes: number) {
    this.#format = format;
    this.#maxBytes = maxBytes;
  }

  /** @throws FormatError when the output passes a cap; `packedBytes` of the file made it. */
  append(chunk: Uint8Array, packedBytes: number): void {
    const start = this.length;
    this.reserve(chunk.length, packedBytes);
    this.bytes.set(chunk, start);
  }

  /** Room for `count` more bytes, which the caller fills. @throws FormatError when they pass a cap */
  reserve(count: number, packedBytes: number): Uint8Array {
    const length = this.length + count;
    this.refuse(count, packedBytes);
    if (length > this.bytes.length) {
      const grown = new Uint8Array(Math.min(Math.max(length, this.bytes.length * 2), this.#maxBytes));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.length = length;
    return this.bytes.subarray(length - count, length);
  }

  /** @throws FormatError when `count` more bytes pass a cap */
  refuse(count: number, packedBytes: number): void {
    const length = this.length + count;
    if (length > this.#maxBytes) {
      throw new CapError(
        `The ${this.#format} file unpacks to more than ${this.#maxBytes} bytes, the most that is opened`,
        { format: this.#format, offset: packedBytes },
      );
    }
    if (length > RATIO_FREE_BYTES && length > MAX_RATIO * packedBytes) {
      throw new CapError(
        `${this.#format} byte ${packedBytes}: the file unpacks to more than ${MAX_RATIO} times its size, which no profile does; it is not opened`,
        { format: this.#format, offset: packedBytes },
      );
    }
  }

  take(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
