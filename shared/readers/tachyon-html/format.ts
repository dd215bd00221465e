/** How a flame graph page of Python's sampling profiler is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** `profiling.sampling --flamegraph`. */
export const TACHYON_HTML: Format = {
  id: 'tachyon-html',
  title: 'Python 3.15 sampling profiler (flame graph page)',
  extensions: ['.html'],
  spec: 'https://docs.python.org/3.15/library/profiling.sampling.html',
  keeps: 'stacks and their lines with samples',
  loses: 'threads of a stack, opcodes; the page leaves out what has less than 0.1 % of the samples',
  sniff(head: Head): Sniffed {
    const { text } = head;
    if (!text.startsWith('<') || !/<(!doctype html|html)/i.test(text.slice(0, 1000))) return 'no';
    return text.includes('Tachyon Profiler') ? 'yes' : 'no';
  },
};
