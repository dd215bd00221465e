/** How a trace is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** Trace events of Chrome, VizTracer, py-spy, Perfetto and many more. */
export const CHROME_TRACE: Format = {
  id: 'chrome-trace',
  title: 'Chrome trace events (JSON)',
  extensions: ['.json', '.trace', '.trace.json'],
  spec: 'https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU',
  keeps: 'calls with begin and end per thread, V8’s samples, counters, asynchronous spans',
  loses: 'instants, flows, objects (counted), arguments of calls',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer } = keys;
    if (outer.has('traceEvents')) return 'yes';
    return outer.has('ph') && (outer.has('ts') || outer.has('pid') || outer.has('name')) ? 'yes' : 'no';
  },
};
