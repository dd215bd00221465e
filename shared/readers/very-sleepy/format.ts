/** How a capture of Very Sleepy is known. */
import type { Format, Sniffed } from '../reader.ts';

/** What Very Sleepy saves: a zip of text files. */
export const VERY_SLEEPY: Format = {
  id: 'very-sleepy',
  title: 'Very Sleepy capture (zip)',
  extensions: ['.sleepy'],
  spec: 'https://github.com/VerySleepy/verysleepy',
  keeps: 'stacks with their seconds, the source file or else the module of each function',
  loses: 'single addresses, threads',
  // The names of its files tell, and an archive has them at its end: see readers/archive.ts.
  sniff: (): Sniffed => 'no',
};
