/** How a pstats file is known, apart from its reader: whoever only lists files need not load that. */
import type { Format, Sniffed } from '../reader.ts';

// Types that the first key may have: a tuple, the end mark of an empty dict, and all that a marshalled dict with keys
// of another kind would start with, so that those are told clearly what is wrong with them.
const SECOND_BYTES = new Set([...'()[stuzZaARNriIlfgTF0'].map((letter) => letter.charCodeAt(0)));
// After a type byte come a count or a length, whose bytes are hardly all letters.
const TEXT_BYTES = 6;

/** True when the bytes from 2 on look like text: a dict written out in Python or JavaScript starts like marshal too. */
function goesOnAsText(head: Uint8Array): boolean {
  if (head[0]! >= 0x80 || head.length <= 2) return false;
  return head
    .subarray(2, TEXT_BYTES)
    .every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

/** pstats, in every dialect. */
export const PSTATS: Format = {
  id: 'pstats',
  title: 'pstats (cProfile)',
  extensions: ['.prof', '.pstats', '.pstat', '.cprof', '.profile'],
  spec: 'https://docs.python.org/3/library/profile.html',
  keeps: 'functions, callers and callees with their calls and times',
  loses: 'the paths of calls (rebuilt, and marked where estimated), threads, the order of calls',
  sniff: ({ bytes }) => sniffPstats(bytes),
};

/** True for what is pstats for sure, which no format that is asked later could be too. */
export function isPstats(head: Uint8Array): boolean {
  return sniffPstats(head) === 'yes';
}

function sniffPstats(head: Uint8Array): Sniffed {
  const first = (head[0] ?? 0) & 0x7f;
  if (first !== 0x7b && first !== 0x7d) return 'no';
  // A file of one byte `{` may be text as well.
  if (head.length < 2) return head[0]! >= 0x80 ? 'yes' : 'maybe';
  return SECOND_BYTES.has(head[1]! & 0x7f) && !goesOnAsText(head) ? 'yes' : 'no';
}
