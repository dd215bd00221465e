/** How plop's files are known. */
import type { Format, Sniffed } from '../reader.ts';

/** A dict whose first key is a tuple of tuples, or an empty one. */
const START = /^\{\s*\(\s*(?:\(\s*[uUbB]?['"]|\)\s*:\s*\d)/;

/** What plop's collector writes. */
export const PLOP: Format = {
  id: 'plop',
  title: 'plop profile',
  extensions: ['.plop', '.out'],
  spec: 'https://github.com/bdarnell/plop',
  keeps: 'stacks with their samples',
  loses: 'the time between samples, the order of samples, threads',
  sniff({ text }): Sniffed {
    return START.test(text) ? 'yes' : 'no';
  },
};
