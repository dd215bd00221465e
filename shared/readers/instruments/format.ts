/** How a deep copy out of Instruments is known. */
import type { Format, Sniffed } from '../reader.ts';

/** Columns by what they hold; names differ between versions. */
export const COLUMNS = {
  weight: /^(?:Weight|Running Time|Bytes Used)(?: \((\w+)\))?$/,
  self: /^(?:Self Weight|Self)(?: \((\w+)\))?$/,
  count: /^Count$/,
  name: /^Symbol Names?$/,
  file: /^Source Path$/,
} as const;

/** Edit > Deep Copy in a call tree of Apple's Instruments, saved as text. */
export const INSTRUMENTS: Format = {
  id: 'instruments',
  title: 'Instruments deep copy (text)',
  extensions: ['.txt', '.tsv'],
  spec: 'https://github.com/jlfwong/speedscope/wiki/Importing-from-Instruments.app',
  keeps: 'the tree of calls with times, cycles or bytes and allocations',
  loses: 'digits that Instruments rounds away, shares of the whole',
  sniff({ lines }): Sniffed {
    const columns = (lines[0] ?? '').split('\t').map((column) => column.trim());
    return columns.some((column) => COLUMNS.weight.test(column)) && columns.some((column) => COLUMNS.name.test(column))
      ? 'yes'
      : 'no';
  },
};
