/** How profiles from before pprof's protobuf are known, apart from their reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';
import { VMPROF } from '../vmprof/format.ts';

/** Words of the header of gperftools' CPU profiles: 0, 3, version, period, padding. */
export interface WordForm {
  readonly size: 4 | 8;
  readonly isBigEndian: boolean;
  /** Version 1: Java's, with names behind the stacks. */
  readonly version: number;
}

const HEADER_WORDS = 5;
const TEXT_HEAD =
  /^(heap profile: |--- (heap|heapz|contention|contentionz|mutex|growthz|threadz|symbol|Memory map)|[\w./-]{1,80} profile: total \d)/;

/** How the words of a binary file are written; null when it is none. */
export function findWordForm(bytes: Uint8Array): WordForm | null {
  for (const size of [8, 4] as const) {
    if (bytes.length < size * HEADER_WORDS) continue;
    for (const isBigEndian of [false, true]) {
      const words = Array.from({ length: HEADER_WORDS }, (_, word) => readWord(bytes, word * size, size, isBigEndian));
      const [zero, three, version, period, padding] = words;
      if (zero === 0 && three === 3 && version! <= 1 && period! > 0 && period! < 2 ** 40 && padding === 0) {
        return { size, isBigEndian, version: version! };
      }
    }
  }
  return null;
}

function readWord(bytes: Uint8Array, at: number, size: number, isBigEndian: boolean): number {
  let value = 0;
  for (let byte = 0; byte < size; byte++) value = value * 256 + bytes[at + (isBigEndian ? byte : size - 1 - byte)]!;
  return value;
}

/** CPU profiles of gperftools and Java in binary, heap profiles and others in text. */
export const PPROF_LEGACY: Format = {
  id: 'pprof-legacy',
  title: 'gperftools and legacy pprof',
  extensions: ['.prof', '.cpu', '.heap'],
  spec: 'https://gperftools.github.io/gperftools/cpuprofile-fileformat.html',
  keeps: 'stacks with their counts; names where the file has them, addresses else',
  loses: 'the memory map; names of addresses, which only the program has',
  sniff(head: Head): Sniffed {
    if (TEXT_HEAD.test(head.text.slice(0, 100))) return 'yes';
    // vmprof's logs start with the same words, and go on with a marker.
    return head.lines.length === 0 && VMPROF.sniff(head) === 'no' && findWordForm(head.bytes) !== null ? 'yes' : 'no';
  },
};
