/** How snapshots of tracemalloc are known. */
import type { Head } from '../head.ts';
import { sniffPickle } from '../pickle-sniff.ts';
import type { Format, Sniffed } from '../reader.ts';

/** The class of the outermost value. */
export const SNAPSHOT = 'tracemalloc.Snapshot';
/** All classes in a snapshot. */
export const SNAPSHOT_CLASSES: ReadonlySet<string> = new Set([SNAPSHOT, 'tracemalloc._Traces']);

/** The pickle that `Snapshot.dump` writes. */
export const TRACEMALLOC: Format = {
  id: 'tracemalloc',
  title: 'tracemalloc snapshot',
  extensions: ['.tracemalloc', '.pickle', '.pkl', '.snapshot'],
  spec: 'https://docs.python.org/3/library/tracemalloc.html',
  keeps: 'size and number of the blocks of every traceback, by file and line, and by domain',
  loses: 'names of functions (not in the file), how long a traceback was before its limit cut it',
  sniff(head: Head): Sniffed {
    return sniffPickle(head, SNAPSHOT_CLASSES);
  },
};
