/** How the files of line_profiler are known: the pickle that kernprof writes, and the report it prints. */
import type { Head } from '../head.ts';
import { sniffPickle } from '../pickle-sniff.ts';
import type { Format, Sniffed } from '../reader.ts';

/** The class of the outermost value, which moved from version to version. */
export const LPROF_CLASSES: ReadonlyMap<string, string> = new Map([
  ['_line_profiler.LineStats', 'line_profiler 2 or older'],
  ['line_profiler._line_profiler.LineStats', 'line_profiler 3 or 4'],
  ['line_profiler.line_profiler.LineStats', 'line_profiler 5 or newer'],
]);

const SPEC = 'https://github.com/pyutils/line_profiler';

/** The pickle. */
export const LPROF: Format = {
  id: 'lprof',
  title: 'line_profiler',
  extensions: ['.lprof'],
  spec: SPEC,
  keeps: 'hits and time of every line, functions that were never called',
  loses: 'the source (read from the file, where it is), who called whom',
  sniff(head: Head): Sniffed {
    return sniffPickle(head, new Set(LPROF_CLASSES.keys()));
  },
};

/** The report. */
export const LPROF_TEXT: Format = {
  id: 'lprof-text',
  title: 'line_profiler report (text)',
  extensions: ['.txt'],
  spec: SPEC,
  keeps: 'hits, time and source of every line, the total of every function',
  loses: 'digits that were not printed',
  sniff({ text, lines }: Head): Sniffed {
    if (lines.some((line) => line.includes('Line #') && line.includes('Per Hit'))) return 'yes';
    if (!/^Timer unit: \S{1,40} s\s*$/m.test(text)) return 'no';
    // Without a function there is nothing but the unit.
    return /^Total time: /m.test(text) ? 'yes' : 'maybe';
  },
};
