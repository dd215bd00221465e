/** How a flame chart of pyflame is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** What `pyflame -x` (`--flamechart`) writes. */
export const PYFLAME_FLAMECHART: Format = {
  id: 'pyflame-flamechart',
  title: 'pyflame flame chart (text)',
  extensions: ['.txt'],
  spec: 'https://pyflame.readthedocs.io/en/latest/usage.html#creating-flame-charts',
  keeps: 'stacks in the order of time',
  loses: '',
  sniff({ lines }): Sniffed {
    const isStack = (line = '') => /;$/.test(line) || line === '(idle)';
    return /^\d{13,17}$/.test(lines[0] ?? '') && isStack(lines[1]) ? 'yes' : 'no';
  },
};
