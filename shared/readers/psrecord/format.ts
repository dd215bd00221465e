/** How the logs of psrecord are known. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** Plain logs and CSV. */
export const PSRECORD: Format = {
  id: 'psrecord',
  title: 'psrecord log',
  extensions: ['.log', '.txt', '.csv'],
  spec: 'https://github.com/astrofrog/psrecord',
  keeps: 'CPU, memory, processes and input/output over time',
  loses: '',
  sniff({ text }: Head): Sniffed {
    return /^# Elapsed time +CPU/.test(text) || /^"?elapsed_time"?,/.test(text) ? 'yes' : 'no';
  },
};
