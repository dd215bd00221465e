/** How a JSON Lines file of Python's sampling profiler is known, apart from its reader. */
import type { Head } from '../head.ts';
import type { Format, Sniffed } from '../reader.ts';

/** `profiling.sampling --jsonl`. */
export const TACHYON_JSONL: Format = {
  id: 'tachyon-jsonl',
  title: 'Python 3.15 sampling profiler (JSON Lines)',
  extensions: ['.jsonl'],
  spec: 'https://docs.python.org/3.15/library/profiling.sampling.html',
  keeps: 'functions by the line that ran, self and total samples',
  loses: 'nothing of the file, which has no stacks, threads or times',
  sniff({ keys }: Head): Sniffed {
    if (keys === null) return 'no';
    return keys.outer.has('run_id') && keys.outer.has('type') ? 'yes' : 'no';
  },
};
