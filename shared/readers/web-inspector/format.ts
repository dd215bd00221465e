/** How a recording of Web Inspector is known. */
import type { Format, Sniffed } from '../reader.ts';

/** A timeline recording that Safari's Web Inspector exported. */
export const WEB_INSPECTOR: Format = {
  id: 'web-inspector',
  title: 'Safari timeline recording (JSON)',
  extensions: ['.json'],
  spec: 'https://webkit.org/web-inspector/timelines-tab/',
  keeps: 'stacks of JavaScript in the order of time, with what each took',
  loses: 'network, layout, CPU and memory, markers, columns of functions',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    const { outer, inner } = keys;
    return outer.has('recording') && (inner.has('sampleStackTraces') || inner.has('instrumentTypes')) ? 'yes' : 'no';
  },
};
