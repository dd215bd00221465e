/** How the text of `perf script` is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';
import { parseHeader } from './header.ts';

/** What `perf script` prints. */
export const PERF_SCRIPT: Format = {
  id: 'perf-script',
  title: 'perf script (text)',
  extensions: ['.perf', '.linux-perf.txt', '.txt'],
  spec: 'https://man7.org/linux/man-pages/man1/perf-script.1.html',
  keeps: 'stacks in the order of time per thread, events and their periods, libraries as files',
  loses: 'addresses, CPUs of threads that moved',
  sniff({ lines }): Sniffed {
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!;
      if (!isStackLine(lines[at + 1] ?? '')) continue;
      const header = parseHeader(line);
      if (header !== null) return header.time >= 0 && header.event !== '' ? 'yes' : 'maybe';
    }
    return 'no';
  },
};

function isStackLine(line: string): boolean {
  return /^\s+[\da-f]{3,16} \S/.test(line);
}
