/** How a report of Python's sampling profiler is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** What `profiling.sampling` prints. */
export const TACHYON_TEXT: Format = {
  id: 'tachyon-text',
  title: 'Python 3.15 sampling profiler (text report)',
  extensions: ['.txt'],
  spec: 'https://docs.python.org/3.15/library/profiling.sampling.html',
  keeps: 'the functions that were printed, by the line that ran, with samples and times',
  loses: 'nothing of the report, which has no stacks and mostly the first functions only',
  sniff(head: Head): Sniffed {
    return head.text.includes('Profile Stats:') && head.text.includes('nsamples') ? 'yes' : 'no';
  },
};
