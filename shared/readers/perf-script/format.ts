/** How the text of `perf script` is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';
import { parseHeader, parseIndentedHeader } from './header.ts';

/** True for a line of `--show-task-events` and its like: a process begins, a library is loaded. */
export function isRecordLine(line: string): boolean {
  return line.includes(': PERF_RECORD_');
}

/** What `perf script` prints. */
export const PERF_SCRIPT: Format = {
  id: 'perf-script',
  title: 'perf script (text)',
  extensions: ['.perf', '.linux-perf.txt', '.txt'],
  spec: 'https://man7.org/linux/man-pages/man1/perf-script.1.html',
  keeps: 'stacks in the order of time per thread, events and their periods, libraries as files',
  loses: 'addresses, CPUs of threads that moved',
  sniff({ lines }): Sniffed {
    // Of raw dumps (-D) nothing is read.
    if (lines.some((line) => / \[0x[\da-f]+\]: PERF_RECORD_/.test(line))) return 'no';
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!;
      if (isRecordLine(line)) return 'yes';
      const header = /^\s/.test(line) ? parseIndentedHeader(line) : parseHeader(line);
      const isBegin = header !== null && (header.frame !== '' || isLongStackLine(lines[at + 1] ?? ''));
      if (isBegin) return header.time >= 0 && header.event !== '' ? 'yes' : 'maybe';
      // Tracepoints, of which each tells something else.
      if (header !== null && header.time >= 0 && /^[a-z]\w*:[a-z]\w*$/.test(header.event)) return 'yes';
    }
    return isBare(lines) ? 'maybe' : 'no';
  },
};

/** `-F ip,sym`: nothing but blocks of tabs, addresses and symbols, perhaps each below the name of a program. */
function isBare(lines: readonly string[]): boolean {
  // Addresses fill 16 columns.
  const isStack = (line: string) => /^\t *[\da-f]{1,16} \S/.test(line) && line[17] === ' ';
  const whole = lines.slice(0, -1);
  return (
    whole.some(isStack) &&
    whole.every((line, at) => line === '' || line[0] === '#' || isStack(line) || isStack(lines[at + 1]!))
  );
}

function isLongStackLine(line: string): boolean {
  return /^\s+[\da-f]{3,16} \S/.test(line);
}
