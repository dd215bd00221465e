/** How Austin's text is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** Austin's text, versions 1 to 3. */
export const AUSTIN: Format = {
  id: 'austin',
  title: 'Austin (text)',
  extensions: ['.austin', '.aprof', '.txt'],
  spec: 'https://github.com/P403n1x87/austin#format',
  keeps: 'stacks in the order of time per thread; time, CPU time, memory',
  loses: '',
  sniff({ lines }): Sniffed {
    if (/^# austin: /.test(lines[0] ?? '')) return 'yes';
    return lines.some((line) => isAustinLine(line)) ? 'yes' : 'no';
  },
};

function isAustinLine(line: string): boolean {
  return /^P\d+;T[\da-f]+(:[\da-f]+)?[; ]/.test(line) || /^(Process \d+;)?Thread [\da-f]{6,}[; ]/.test(line);
}
