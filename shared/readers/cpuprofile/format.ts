/** How a .cpuprofile is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** CPU profiles of V8: Node, Chrome, Deno, React Native; pyflame's flame-chart-json. */
export const CPUPROFILE: Format = {
  id: 'cpuprofile',
  title: 'V8 CPU profile (JSON)',
  extensions: ['.cpuprofile', '.json'],
  spec: 'https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile',
  keeps: 'stacks in the order of time, samples and microseconds',
  loses: 'ticks of single lines, reasons of deoptimization',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer, inner } = keys;
    // An answer of the protocol, as programs that drive a browser save it.
    if (outer.has('profile') && inner.has('nodes') && inner.has('startTime')) return 'yes';
    if (outer.has('nodes') && (inner.has('callFrame') || outer.has('timeDeltas'))) return 'yes';
    return outer.has('head') && !inner.has('selfSize') && (inner.has('functionName') || outer.has('samples'))
      ? 'yes'
      : 'no';
  },
};
