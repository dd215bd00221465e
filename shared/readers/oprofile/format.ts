/** How a call graph of OProfile is known. */
import type { Format, Sniffed } from '../reader.ts';

/** Heads of the columns; samples and their share once per event. */
export const HEAD =
  /^((?:samples\s{1,40}%\s{1,40}){1,16})(linenr info\s{1,80})?image name\s{1,80}(app name\s{1,80})?symbol name\s{0,80}$/;
/** What stands between the blocks. */
export const RULE = /^-{20,}\s*$/;

/** What `opreport --callgraph` prints. */
export const OPROFILE: Format = {
  id: 'oprofile',
  title: 'OProfile call graph (text)',
  extensions: ['.oprofile', '.txt'],
  spec: 'https://oprofile.sourceforge.io/doc/opreport.html',
  keeps: 'functions with their own and whole samples, callers and callees with theirs, files and lines',
  loses: 'the program of functions in shared libraries, paths of calls, samples of each line',
  sniff({ lines }): Sniffed {
    const head = lines.slice(0, 40).findIndex((line) => HEAD.test(line));
    return head >= 0 && RULE.test(lines[head + 1] ?? '') ? 'yes' : 'no';
  },
};
