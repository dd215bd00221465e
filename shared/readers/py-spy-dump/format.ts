/** How a dump of py-spy is known. */
import type { Format, Sniffed } from '../reader.ts';

/** `Process 8238: python app.py`, which begins a process. */
export const PROCESS = /^Process (\d+): ?(.*)$/;
/** `Thread 8238 (active+gil): "MainThread"`. Threads of macOS have numbers like 0x7FFF. */
export const THREAD = /^\s{0,8}Thread (0[xX][\da-fA-F]+|\d+) \(([a-z][a-z+ -]*)\)(?::? "(.*)")?\s*$/;

/** What `py-spy dump` prints, as text and with `--json`. */
export const PY_SPY_DUMP: Format = {
  id: 'py-spy-dump',
  title: 'py-spy dump',
  extensions: ['.txt', '.json'],
  spec: 'https://github.com/benfred/py-spy#dump',
  keeps: 'the stack of each thread at one moment, with the lines that were running',
  loses: 'local variables',
  sniff({ lines, keys }): Sniffed {
    if (keys !== null) {
      return keys.outer.has('frames') && (keys.outer.has('thread_id') || keys.outer.has('owns_gil')) ? 'yes' : 'no';
    }
    const thread = lines.findIndex((line) => THREAD.test(line));
    if (thread < 0) return lines.some((line) => PROCESS.test(line)) && lines.some(isVersion) ? 'yes' : 'no';
    return lines.some((line) => PROCESS.test(line)) ||
      lines.some(isVersion) ||
      / \(\S+\)$/.test(lines[thread + 1] ?? '')
      ? 'yes'
      : 'maybe';
  },
};

function isVersion(line: string): boolean {
  return /^Python v\d/.test(line);
}
