/** How a vmprof file is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** Markers that a file begins with behind its static header: a header of its own, and the name of an interpreter. */
const FIRST_MARKERS: ReadonlySet<number> = new Set([0x04, 0x05]);

function readWord(bytes: Uint8Array, at: number): number {
  return bytes[at]! + bytes[at + 1]! * 256 + bytes[at + 2]! * 65536 + bytes[at + 3]! * 16777216;
}

/**
 * Bytes of a word in the static header, 0 when there is none: words 0, 3, 0, period, 0 (1: Windows with 64 bits).
 * gperftools' CPU profiles start with the same words.
 */
export function findWordSize(bytes: Uint8Array): 0 | 4 | 8 {
  for (const size of [8, 4] as const) {
    if (bytes.length < size * 5) continue;
    const isHeader =
      readWord(bytes, 0) === 0 &&
      readWord(bytes, size) === 3 &&
      readWord(bytes, size * 2) === 0 &&
      readWord(bytes, size * 4) <= 1;
    if (isHeader && (size === 4 || [4, 12, 20, 36].every((at) => readWord(bytes, at) === 0))) return size;
  }
  return 0;
}

/** vmprof's binary logs. */
export const VMPROF: Format = {
  id: 'vmprof',
  title: 'vmprof',
  extensions: ['.vmprof', '.prof'],
  spec: 'https://vmprof.readthedocs.io/en/latest/data.html',
  keeps: 'stacks in their order, threads, lines and memory where they were recorded',
  loses: 'addresses without a name (counted), what the JIT compiled',
  sniff({ bytes }: Head): Sniffed {
    const size = findWordSize(bytes);
    if (size === 0) return 'no';
    const at = size * 5;
    // A record of gperftools goes on with a word of few stacks, so with zeros.
    return FIRST_MARKERS.has(bytes[at] ?? 0) && bytes[at + 1] !== undefined && bytes[at + 2] !== 0 ? 'yes' : 'no';
  },
};
