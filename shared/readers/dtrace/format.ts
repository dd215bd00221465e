/** How the stacks that DTrace prints are known. */
import type { Format, Sniffed } from '../reader.ts';

/** The count that ends a stack. */
export const COUNT = /^\s+(\d{1,15})\s*$/;

/** What `dtrace -n 'profile-97 { @[ustack()] = count(); }'` prints. */
export const DTRACE: Format = {
  id: 'dtrace',
  title: 'DTrace stacks (text)',
  extensions: ['.dtrace', '.user_stacks', '.txt'],
  spec: 'https://www.brendangregg.com/FlameGraphs/cpuflamegraphs.html#DTrace',
  keeps: 'stacks with their counts, the module of each function',
  loses: 'offsets within functions, keys beside the stacks',
  sniff({ lines }): Sniffed {
    const first = lines.findIndex((line) => (parseFrame(line)?.module ?? '') !== '');
    if (first < 0) return 'no';
    let last = first;
    while (last + 1 < lines.length && parseFrame(lines[last + 1]!) !== null) last++;
    return COUNT.test(lines[last + 1] ?? '') ? 'yes' : 'no';
  },
};

/** `module`symbol+0x1f`, indented, or an address without a symbol; null for any other line. */
export function parseFrame(line: string): { readonly module: string; readonly symbol: string } | null {
  if (line[0] !== ' ' && line[0] !== '\t') return null;
  const text = line.trim();
  if (/^0x[\da-f]{1,16}$/.test(text)) return { module: '', symbol: text };
  const tick = text.indexOf('`');
  const offset = text.lastIndexOf('+0x');
  const end = offset > tick && /^[\da-f]{1,16}$/.test(text.slice(offset + 3)) ? offset : text.length;
  return tick <= 0 || end <= tick + 1 ? null : { module: text.slice(0, tick), symbol: text.slice(tick + 1, end) };
}
