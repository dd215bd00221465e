/** How a call graph that was drawn for Graphviz is known. */
import type { Format, Sniffed } from '../reader.ts';

/** Start of a graph; comments may stand before it. */
const GRAPH = /^\s*(?:strict\s+)?(?:di)?graph\b(?:\s+(?:[\w.-]{1,200}|"[^"\n]{0,200}"))?\s*(?:\{|$)/im;
/** A line of a label that is a percentage, a number of calls or a time, as profilers' drawings have them. */
const MEASURED = /\\n(?:\(?\d[\d.]{0,20}%|\d{1,20}\u00d7|calls: |time: )/;

/** Drawings of gprof2dot and pycallgraph. */
export const DOT: Format = {
  id: 'dot',
  title: 'call graph for Graphviz (gprof2dot, pycallgraph)',
  extensions: ['.dot', '.gv'],
  spec: 'https://graphviz.org/doc/info/lang.html',
  keeps: 'functions and calls with the percentages, times and counts of their labels',
  loses: 'seconds where the drawing has percentages, what it left out as too small',
  sniff({ lines, text }): Sniffed {
    if (text === '' || !GRAPH.test(text.slice(0, 4000))) return 'no';
    if (!/^(?:\/\/|\/\*|#|strict|di?graph|graph)/i.test(text)) return 'no';
    return lines.some((line) => MEASURED.test(line)) ? 'yes' : 'maybe';
  },
};
