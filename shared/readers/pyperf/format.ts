/** How pyperf's JSON is known. */
import type { Format, Sniffed } from '../reader.ts';

/** What `pyperf` and `pyperformance` write with `-o`. */
export const PYPERF: Format = {
  id: 'pyperf',
  title: 'pyperf result (JSON)',
  extensions: ['.json', '.json.gz'],
  spec: 'https://pyperf.readthedocs.io/en/latest/api.html',
  keeps: 'every benchmark with each of its values, loops, metadata',
  loses: 'values of warmups and calibration (counted), which run a value is of',
  sniff({ keys }): Sniffed {
    if (keys === null || !keys.outer.has('benchmarks')) return 'no';
    if (keys.inner.has('runs')) return 'yes';
    // pytest-benchmark has benchmarks as well, of another kind.
    return keys.inner.has('stats') || keys.outer.has('machine_info') ? 'no' : 'maybe';
  },
};
