/** How pycallgraph's GDF is known. */
import type { Format, Sniffed } from '../reader.ts';

/** The graph format of GUESS and Gephi, as pycallgraph writes it. */
export const GDF: Format = {
  id: 'gdf',
  title: 'call graph for Gephi (pycallgraph, GDF)',
  extensions: ['.gdf'],
  spec: 'https://gephi.org/users/supported-graph-formats/gdf-format/',
  keeps: 'functions with their calls, times and memory; calls between them',
  loses: 'own times, times of calls (neither is in the file), colours',
  sniff({ text }): Sniffed {
    return /^nodedef>/i.test(text) ? 'yes' : 'no';
  },
};
