/** How a vprof profile is known. */
import type { Format, Sniffed } from '../reader.ts';

/** What `vprof -c cmhp app.py --output-file out.json` writes. */
export const VPROF: Format = {
  id: 'vprof-json',
  title: 'vprof JSON',
  extensions: ['.json'],
  spec: 'https://github.com/nvdv/vprof',
  keeps: 'the flame graph, functions, memory per executed line, lines with times, counts and text; one profile each',
  loses: 'callers',
  sniff({ keys }): Sniffed {
    if (keys === null || !['c', 'm', 'h', 'p'].some((key) => keys.outer.has(key))) return 'no';
    if (keys.inner.has('objectName')) return 'yes';
    return keys.outer.has('version') && keys.inner.has('runTime') ? 'maybe' : 'no';
  },
};
