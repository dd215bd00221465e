/** How CPU samples that XPerf exported are known. */
import type { Format, Sniffed } from '../reader.ts';

/** Columns that are needed. */
export const COLUMNS = ['Process', 'Stack', 'Module', 'Function', 'Weight', 'Count'] as const;

/** CSV of XPerf (Windows Performance Toolkit). */
export const XPERF: Format = {
  id: 'xperf',
  title: 'XPerf samples (CSV)',
  extensions: ['.xperf', '.csv'],
  spec: 'https://learn.microsoft.com/en-us/windows-hardware/test/wpt/',
  keeps: 'stacks of each process with their weight and count, the module of each function',
  loses: 'times, threads and CPUs of the samples, addresses',
  sniff({ lines }): Sniffed {
    const columns = (lines[0] ?? '').split(',').map((column) => column.trim());
    return COLUMNS.every((column) => columns.includes(column)) ? 'yes' : 'no';
  },
};
