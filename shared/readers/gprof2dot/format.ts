/** How gprof2dot's JSON is known. */
import type { Format, Sniffed } from '../reader.ts';

/** gprof2dot's own JSON: what memray and others export. */
export const GPROF2DOT: Format = {
  id: 'gprof2dot-json',
  title: 'gprof2dot JSON',
  extensions: ['.json'],
  spec: 'https://github.com/jrfonseca/gprof2dot#json',
  keeps: 'call paths with every cost',
  loses: 'lines',
  sniff({ keys }): Sniffed {
    if (keys === null || !keys.outer.has('costs')) return 'no';
    if (keys.outer.has('functions') && keys.outer.has('events')) return 'yes';
    return keys.outer.has('version') ? 'maybe' : 'no';
  },
};
