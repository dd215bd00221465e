/** How a dump of stackprof is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** Samples of Ruby programs, as stackprof writes them as JSON. */
export const STACKPROF: Format = {
  id: 'stackprof',
  title: 'stackprof (JSON)',
  extensions: ['.stackprof.json', '.json'],
  spec: 'https://github.com/tmm1/stackprof#all-options',
  keeps: 'stacks in the order of time, samples and microseconds; of aggregated dumps functions, calls, samples',
  loses: 'samples of single lines, recursion in the calls of aggregated dumps',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer } = keys;
    if (!outer.has('frames') || !outer.has('mode')) return 'no';
    return outer.has('missed_samples') || outer.has('raw_timestamp_deltas') ? 'yes' : 'no';
  },
};
