/**
 * A file's bytes as readers see them: unpacked, with cached views.
 *
 * One layer of gzip or zstd is taken off; a second one is refused, as is anything beyond the caps. Nothing here knows a
 * profile format.
 */
import { FormatError } from '../errors.ts';
import { scanJsonKeys } from './json-keys.ts';
import { isGzip, isPacked, isZstd } from './magic.ts';
import { splitLines } from './text.ts';

/** Most bytes that are read unless told otherwise, before and after unpacking: 512 MiB. */
export const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

/** What may be chosen about opening a file. */
export interface SourceOptions {
  /** Most bytes of the file, and of what it unpacks to. */
  readonly maxBytes?: number;
}

/** Bytes of one file, unpacked. */
export class Source {
  readonly bytes: Uint8Array;
  /** Base name, for messages only: content decides what a file is. */
  readonly name: string;
  /** Bytes that followed the last packed member and were left out; 0 for a file that was not packed. */
  readonly trailingBytes: number;
  private cachedText: string | null = null;
  private cachedLines: readonly string[] | null = null;

  constructor(bytes: Uint8Array, name = '', trailingBytes = 0) {
    this.bytes = bytes;
    this.name = name;
    this.trailingBytes = trailingBytes;
  }

  /** The first `count` bytes, or all when there are fewer. Shares memory with `bytes`. */
  head(count: number): Uint8Array {
    return this.bytes.subarray(0, count);
  }

  /** The whole file as text; decoded once. What is not UTF-8 becomes U+FFFD. */
  text(): string {
    this.cachedText ??= decodeText(this.bytes);
    return this.cachedText;
  }

  /** Lines of the text, without their ends and without escape sequences of terminals; split once. */
  lines(): readonly string[] {
    this.cachedLines ??= splitLines(this.text());
    return this.cachedLines;
  }

  /**
   * The file as JSON. Built anew each time: whoever reads it walks it once and lets it go.
   * @throws FormatError that says where it breaks off or is damaged.
   */
  json(format: string): unknown {
    const text = this.text();
    try {
      return JSON.parse(text);
    } catch (cause) {
      const fault =
        scanJsonKeys(this.bytes, 0).fault ||
        ` that is damaged: ${cause instanceof Error ? cause.message : String(cause)}`;
      const offset = Number(
        /at byte (\d+)|position (\d+)/
          .exec(fault)
          ?.slice(1)
          .find((at) => at !== undefined) ?? Number.NaN,
      );
      throw new FormatError(`${format}: this is JSON${fault}`, {
        format,
        ...(Number.isNaN(offset) ? {} : { offset }),
        advice: 'Make the profile again, or copy it again: it is not whole',
        cause,
      });
    }
  }
}

/** Text of bytes that start a file: a byte order mark is honoured and left out. */
export function decodeText(bytes: Uint8Array): string {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

/** Text in UTF-16 with a byte order mark as UTF-8, and UTF-8 without its mark; other bytes as they are. */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 ? new TextEncoder().encode(decodeText(bytes)) : bytes;
}

/** For whoever knows a file's size before its bytes are in memory. @throws FormatError when it is too large. */
export function refuseTooLarge(size: number, maxBytes = DEFAULT_MAX_BYTES): void {
  if (size <= maxBytes) return;
  const say = (bytes: number) => (bytes < 1e6 ? `${bytes} bytes` : `${Math.ceil(bytes / 1e6)} MB`);
  throw new FormatError(`The file has ${say(size)}; at most ${say(maxBytes)} are opened`, {
    offset: maxBytes,
    advice: 'The command opens larger ones: tsviz --max-size 2GB FILE',
  });
}

/**
 * Makes a source of a file's bytes, unpacking gzip and zstd.
 *
 * Asynchronous by contract, so that a host's own decompressor can take over without a change for callers.
 *
 * @throws FormatError when the file is too large, damaged, or packed twice.
 */
export async function openSource(bytes: Uint8Array, name: string, options: SourceOptions = {}): Promise<Source> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  refuseTooLarge(bytes.length, maxBytes);
  if (!isPacked(bytes)) return new Source(toUtf8(bytes), name);
  // Loaded when wanted: most files are not packed, and the tables of either take their time.
  const unpacked = isGzip(bytes)
    ? (await import('./gzip.ts')).gunzip(bytes, maxBytes)
    : (await import('./zstd.ts')).unzstd(bytes, maxBytes);
  if (isPacked(unpacked.bytes)) {
    const [outer, inner] = [bytes, unpacked.bytes].map((packed) => (isZstd(packed) ? 'zstd' : 'gzip'));
    throw new FormatError(`${outer} byte 0: the file is ${inner} inside ${outer}; only one layer is taken off`, {
      format: outer!,
      offset: 0,
      advice: outer === 'gzip' ? 'Unpack it once: gunzip < FILE > app.prof.gz' : 'Unpack it once: zstd -d FILE',
    });
  }
  return new Source(toUtf8(unpacked.bytes), name, unpacked.trailing);
}
