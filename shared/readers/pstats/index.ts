/**
 * pstats files: what cProfile, profile, %prun -D, PyCharm, yappi, pyinstrument and Python 3.15's sampling profiler
 * write for Python's `pstats` module. One marshalled dict, no header, no version, no date:
 *
 *   { (file, line, name): (primitive calls, calls, self, total, { caller key: numbers or count }) }
 *
 * Lost: whether a number was an int or a float, whether a name was bytes or text. Not in the file at all: threads,
 * dates, the order of calls.
 */
import type { Source } from '../../decode/source.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Reader, Sniffed } from '../reader.ts';
import { readPstats } from './read.ts';

// Types that the first key may have: tuples; the end mark of an empty dict; and, to say clearly what is wrong with
// them, all that can only be a marshalled dict with keys of another kind.
const SECOND_BYTES = new Set([...'()[stuzZaARNriIlfgTF0{}'].map((letter) => letter.charCodeAt(0)));

/** Reads pstats files of every dialect. */
export const pstatsReader: Reader = {
  id: 'pstats',
  title: 'pstats (cProfile)',
  extensions: ['.prof', '.pstats', '.pstat', '.cprof', '.profile'],
  spec: 'https://docs.python.org/3/library/profile.html',
  sniff(head: Uint8Array): Sniffed {
    const first = (head[0] ?? 0) & 0x7f;
    if (first !== 0x7b && first !== 0x7d) return 'no';
    // A file of one byte `{` may be text as well.
    if (head.length < 2) return head[0]! >= 0x80 ? 'yes' : 'maybe';
    const second = head[1]!;
    return SECOND_BYTES.has(second & 0x7f) ? 'yes' : 'no';
  },
  read(source: Source): ProfileGroup {
    return readPstats(source);
  },
};
