/** How what memray exports is known. Its captures (`.bin`) are private to each version and not read. */
import type { Format, Sniffed } from '../reader.ts';

const SPEC = 'https://bloomberg.github.io/memray/';

/** `memray stats --json`. */
export const MEMRAY_STATS: Format = {
  id: 'memray-stats-json',
  title: 'memray statistics',
  extensions: ['.json'],
  spec: SPEC,
  keeps: 'the largest and most frequent allocations by line, sizes, allocators, the peak',
  loses: 'paths of calls, all other allocations',
  sniff({ keys }): Sniffed {
    if (!keys?.outer.has('total_num_allocations')) return 'no';
    return keys.outer.has('total_bytes_allocated') || keys.outer.has('metadata') ? 'yes' : 'maybe';
  },
};

/** `memray transform csv`. */
export const MEMRAY_CSV: Format = {
  id: 'memray-csv',
  title: 'memray CSV',
  extensions: ['.csv'],
  spec: SPEC,
  keeps: 'call paths with bytes and allocations, threads',
  loses: 'allocators',
  sniff({ lines }): Sniffed {
    const head = lines.find((line) => line.trim() !== '') ?? '';
    return /^"?allocator"?,.{0,200}stack_trace/.test(head) ? 'yes' : 'no';
  },
};

/** `memray flamegraph` and `memray table`. */
export const MEMRAY_HTML: Format = {
  id: 'memray-html',
  title: 'memray report (HTML)',
  extensions: ['.html'],
  spec: SPEC,
  keeps: 'call paths with bytes and allocations, lines with their text, memory over time',
  loses: 'allocations over time',
  sniff({ text }): Sniffed {
    return text.startsWith('<') && /<title>\s{0,20}memray/i.test(text) ? 'yes' : 'no';
  },
};
