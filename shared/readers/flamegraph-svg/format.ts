/** How a flame graph picture is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

const LOOKED_AT = 64 * 1024;

/** Pictures of inferno (py-spy, cargo flamegraph) and of FlameGraph's script. */
export const FLAMEGRAPH_SVG: Format = {
  id: 'flamegraph-svg',
  title: 'flame graph (SVG)',
  extensions: ['.svg'],
  spec: 'https://github.com/brendangregg/FlameGraph',
  keeps: 'stacks with their counts',
  loses: 'boxes that were too narrow to be drawn, the order of time',
  sniff(head: Head): Sniffed {
    let at = 0;
    while (at < head.bytes.length && head.bytes[at]! <= 0x20) at++;
    if (head.bytes[at] !== 0x3c) return 'no';
    const text = new TextDecoder().decode(head.bytes.subarray(at, LOOKED_AT));
    if (!/<svg[\s>]/i.test(text) || /<html|<!doctype html/i.test(text)) return 'no';
    return /samples?, |func_g|fg:x|xmlns:fg=|flame ?graph|[\d,.]+ [a-z]{1,20}, [\d.]+%\)/i.test(text) ? 'yes' : 'no';
  },
};
