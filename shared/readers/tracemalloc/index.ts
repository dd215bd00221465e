/** tracemalloc: what a Python program held allocated, with the tracebacks of where it was. */
import type { Reader } from '../reader.ts';
import { TRACEMALLOC } from './format.ts';
import { readTracemalloc } from './read.ts';

/** Reads snapshots. */
export const tracemallocReader: Reader = { ...TRACEMALLOC, read: readTracemalloc };
