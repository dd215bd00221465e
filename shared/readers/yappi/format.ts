/** How the files of yappi are known: its own pickle, and what it prints. (Its pstats and callgrind are just those.) */
import type { Head } from '../head.ts';
import { sniffPickle } from '../pickle-sniff.ts';
import type { Format, Sniffed } from '../reader.ts';

/** All classes in a file; the module was a package in between. */
export const YAPPI_CLASSES: ReadonlySet<string> = new Set(
  ['yappi', 'yappi.yappi'].flatMap((module) =>
    ['YFuncStats', 'YFuncStat', 'YChildFuncStats', 'YChildFuncStat'].map((name) => `${module}.${name}`),
  ),
);

const SPEC = 'https://github.com/sumerc/yappi';

/** The pickle. */
export const YAPPI_YSTAT: Format = {
  id: 'yappi-ystat',
  title: 'yappi',
  extensions: ['.ystat', '.ys'],
  spec: SPEC,
  keeps: 'functions, callers and callees with their calls and times',
  loses: 'the paths of calls (rebuilt, and marked where estimated), which thread ran what',
  sniff(head: Head): Sniffed {
    return sniffPickle(head, YAPPI_CLASSES);
  },
};

/** The report. */
export const YAPPI_TEXT: Format = {
  id: 'yappi-text',
  title: 'yappi report (text)',
  extensions: ['.txt'],
  spec: SPEC,
  keeps: 'functions with their calls and times; threads, as notes on the file',
  loses: 'who called whom, the beginning of long names, digits that were not printed',
  sniff({ lines }: Head): Sniffed {
    if (lines.some((line) => /^name +ncall +tsub +ttot/.test(line))) return 'yes';
    if (lines.some((line) => /^Clock type: /.test(line)) && lines.some((line) => /^name +/.test(line))) return 'yes';
    return lines.some((line) => /^name +id +(tid +)?ttot +scnt/.test(line)) ? 'yes' : 'no';
  },
};
