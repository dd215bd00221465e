/** How a binary file of Python's sampling profiler is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** `profiling.sampling --binary`; the first four bytes tell the order of bytes. */
export const TACHYON_BINARY: Format = {
  id: 'tachyon-binary',
  title: 'Python 3.15 sampling profiler (binary)',
  extensions: ['.bin'],
  spec: 'https://github.com/python/cpython/blob/main/InternalDocs/profiling_binary_format.md',
  keeps: 'stacks and their lines in order of time, threads',
  loses: 'columns, opcodes, the state of threads (GIL, CPU)',
  sniff(head: Head): Sniffed {
    const isTachyon = head.startsWith(0x48, 0x43, 0x41, 0x54) || head.startsWith(0x54, 0x41, 0x43, 0x48);
    // Text that starts with these letters has no zero behind them.
    return isTachyon && head.lines.length === 0 ? 'yes' : 'no';
  },
};
