/** How a report of gprof is known. */
import type { Format, Sniffed } from '../reader.ts';

/** Heads of the table of functions by own time. */
export const FLAT_HEAD = /^\s*time\s+seconds\s+seconds\s+calls\s+(\S+)\/call\s+\S+\/call\s+name\s*$/;
/** Heads of the call graph, of GNU and of BSD. */
export const GRAPH_HEAD = /^\s*index\s+%\s?(?:time)?\s+self\s+(?:children|descend[ea]nts)\s+called\S*\s+name/;

/** What `gprof program gmon.out` prints. */
export const GPROF: Format = {
  id: 'gprof-text',
  title: 'gprof report (text)',
  extensions: ['.txt', '.prof', '.gprof'],
  spec: 'https://sourceware.org/binutils/docs/gprof/Output.html',
  keeps: 'functions with their calls, own and whole times; callers and callees with theirs',
  loses: 'times below a hundredth of a second, files and lines',
  sniff({ lines }): Sniffed {
    return lines.some((line) => line.trim() === 'Flat profile:' || GRAPH_HEAD.test(line) || FLAT_HEAD.test(line))
      ? 'yes'
      : 'no';
  },
};
