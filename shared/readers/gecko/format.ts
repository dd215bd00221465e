/** How a Firefox profile is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** Profiles of Firefox, raw or processed, and of all who write for its viewer (samply, Python's sampling profiler). */
export const GECKO: Format = {
  id: 'gecko',
  title: 'Firefox profile (raw or processed; samply)',
  extensions: ['.json', '.json.gz'],
  spec: 'https://github.com/firefox-devtools/profiler/blob/main/docs-developer/processed-profile-format.md',
  keeps: 'stacks in order of time, weights, lines, threads, processes, allocations',
  loses: 'markers (counted), counters, categories, columns',
  sniff({ keys }: Head): Sniffed {
    if (keys === null) return 'no';
    const { outer, inner } = keys;
    if (outer.has('traceEvents') || outer.has('$schema')) return 'no';
    const hasThreads = outer.has('threads') && (outer.has('meta') || inner.has('stackTable') || inner.has('samples'));
    if (hasThreads) return 'yes';
    if (outer.has('profile') && inner.has('threads')) return 'yes';
    // What the developer tools of older versions saved: the profile comes far behind.
    if (outer.has('label') && outer.has('duration') && outer.has('markers') && outer.has('frames')) return 'maybe';
    // The head may end before the threads come.
    return outer.has('meta') && (inner.has('stackwalk') || inner.has('preprocessedProfileVersion')) ? 'yes' : 'no';
  },
};
