/** How a log of imports is known. */
import type { Format, Sniffed } from '../reader.ts';

/** First line of the log of a process. */
export const HEAD = 'import time: self [us] | cumulative | imported package';
/**
 * A row, perhaps behind what another thread has written: own time, time with all below, indent, module. Imports of
 * several threads at once are taken off each other's own times, which can fall below 0 so.
 */
export const ROW =
  /import time:\s{1,40}(?:(-?\d+) \|\s{1,40}(-?\d+)|cached\s{0,40}\|\s{0,40}cached\s{0,40}) \|( +)(\S.*)$/;

/** What `python -X importtime` writes to its error output. */
export const IMPORTTIME: Format = {
  id: 'importtime',
  title: 'import time log (-X importtime)',
  extensions: ['.log', '.txt'],
  spec: 'https://docs.python.org/3/using/cmdline.html#cmdoption-X',
  keeps: 'every import below the one that asked for it, its own and whole time, their order',
  loses:
    'when within a module its imports ran (drawn before its own time), parts of a microsecond (rounded up row by row)',
  sniff({ lines }): Sniffed {
    return lines.some((line) => line.includes(HEAD) || ROW.test(line)) ? 'yes' : 'no';
  },
};
