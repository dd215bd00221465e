/** How a binary Austin profile is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** Austin's MOJO. */
export const AUSTIN_MOJO: Format = {
  id: 'austin-mojo',
  title: 'Austin (MOJO)',
  extensions: ['.mojo'],
  spec: 'https://github.com/P403n1x87/austin/wiki/The-MOJO-file-format',
  keeps: 'stacks and their lines in order of time, threads and processes, time, memory, idle and garbage collection',
  loses: 'columns and last lines of statements',
  sniff(head: Head): Sniffed {
    return head.startsWith(0x4d, 0x4f, 0x4a) && (head.bytes[3] ?? 0x20) < 0x20 ? 'yes' : 'no';
  },
};
