/** Readers of all formats but pstats. */
import type { Reader } from './reader.ts';

/** In no order: sniff.ts says which of them reads a file. */
export const OTHER_READERS: readonly Reader[] = [];
