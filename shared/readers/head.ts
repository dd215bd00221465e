/** The beginning of a file as sniffers see it, with cached views. */
import { type JsonKeys, MAX_SCAN_BYTES, scanJsonKeys } from '../decode/json-keys.ts';
import { decodeText, toUtf8 } from '../decode/source.ts';
import { splitLines } from '../decode/text.ts';

/** Bytes at the start that are looked at as text. */
const TEXT_HEAD_BYTES = 64 * 1024;
const MAX_LINES = 400;
const MAX_LINE = 4000;

/** First bytes of a file; `bytes` may be all of it. */
export class Head {
  /** Without a byte order mark, text in UTF-8. */
  readonly bytes: Uint8Array;
  readonly #keyBytes: number;
  #lines: readonly string[] | null = null;
  #keys: JsonKeys | null | undefined;

  /** `keyBytes`: how far keys of JSON are looked for. */
  constructor(bytes: Uint8Array, keyBytes = MAX_SCAN_BYTES) {
    this.bytes = toUtf8(bytes);
    this.#keyBytes = keyBytes;
  }

  /** True when the first bytes are these. */
  startsWith(...magic: readonly number[]): boolean {
    return this.bytes.length >= magic.length && magic.every((byte, at) => this.bytes[at] === byte);
  }

  /** First lines as text, without escape sequences, each cut at 4,000 characters; none of a binary file. */
  get lines(): readonly string[] {
    this.#lines ??= splitHead(this.bytes);
    return this.#lines;
  }

  /** Keys near the top of a JSON file; null when it does not start like one. */
  get keys(): JsonKeys | null {
    if (this.#keys === undefined) {
      const start = findFirst(this.bytes);
      const second = this.bytes[start + 1] ?? 0x20;
      const isJson =
        this.bytes[start] === 0x5b ||
        (this.bytes[start] === 0x7b && (second <= 0x20 || second === 0x22 || second === 0x7d));
      this.#keys = isJson ? scanJsonKeys(this.bytes, start, this.#keyBytes) : null;
    }
    return this.#keys;
  }

  /** First characters, blanks in front left out. */
  get text(): string {
    return this.lines.join('\n').trimStart();
  }
}

function splitHead(bytes: Uint8Array): string[] {
  const head = bytes.subarray(0, TEXT_HEAD_BYTES);
  // A binary file has bytes that no text has, long before its 64th kilobyte.
  if (
    head.some(
      (byte) =>
        byte < 0x20 &&
        byte !== 0x09 &&
        byte !== 0x0a &&
        byte !== 0x0d &&
        byte !== 0x1b &&
        byte !== 0x07 &&
        byte !== 0x0c &&
        byte !== 0x08,
    )
  )
    return [];
  return splitLines(decodeText(head))
    .slice(0, MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE));
}

/** Place of the first byte that is no blank. */
function findFirst(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && bytes[at]! <= 0x20 && bytes[at] !== 0) at++;
  return at;
}
