/** How a .heapprofile is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** Sampling heap profiles of V8. */
export const HEAPPROFILE: Format = {
  id: 'heapprofile',
  title: 'V8 heap profile (JSON)',
  extensions: ['.heapprofile', '.json'],
  spec: 'https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile',
  keeps: 'bytes that were still in use, by the stack that allocated them',
  loses: 'sizes of single samples, their order',
  sniff({ keys }): Sniffed {
    if (keys === null) return 'no';
    return keys.outer.has('head') && keys.inner.has('selfSize') ? 'yes' : 'no';
  },
};
