/** How a preprocessed log of V8 is known, apart from its reader. */
import type { Format, Sniffed } from '../reader.ts';

/** Logs of `node --prof`, preprocessed. */
export const V8_LOG: Format = {
  id: 'v8-log',
  title: 'V8 log, preprocessed (JSON)',
  extensions: ['.v8log.json', '.json'],
  spec: 'https://nodejs.org/en/learn/getting-started/profiling',
  keeps: 'stacks in the order of time, of JavaScript and C++, ticks and microseconds',
  loses: 'addresses, which compiler made the code that ran',
  sniff(head): Sniffed {
    const { keys } = head;
    if (keys === null || !keys.outer.has('code')) return 'no';
    if (keys.outer.has('ticks') && keys.outer.has('functions')) return 'yes';
    // The list of code comes first and takes megabytes.
    return /^\{\s*"code":\s*\[\s*\{[^{}]{0,2000}"type":\s*"(?:SHARED_LIB|CPP|CODE|JS)"/.test(head.text)
      ? 'maybe'
      : 'no';
  },
};
