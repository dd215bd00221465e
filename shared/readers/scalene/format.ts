/** How a Scalene profile is known. */
import type { Format, Sniffed } from '../reader.ts';

/** What `scalene --json` writes. */
export const SCALENE: Format = {
  id: 'scalene-json',
  title: 'Scalene JSON',
  extensions: ['.json'],
  spec: 'https://github.com/plasma-umass/scalene',
  keeps: 'lines and functions with CPU (Python, C, system), memory, copies and GPU; memory over time; stacks; leaks',
  loses: 'memory over time of single lines',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer, inner } = keys;
    if (!outer.has('files')) return 'no';
    if (outer.has('elapsed_time_sec') || inner.has('percent_cpu_time')) return 'yes';
    return outer.has('alloc_samples') || outer.has('max_footprint_mb') ? 'yes' : 'no';
  },
};
