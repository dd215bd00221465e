/** Readers of all formats but pstats. */
import { callgrindReader } from './callgrind/index.ts';
import { gprof2dotReader } from './gprof2dot/index.ts';
import { pyinstrumentJsonReader, pyinstrumentTextReader, pyisessionReader } from './pyinstrument/index.ts';
import type { Reader } from './reader.ts';

/** In no order: sniff.ts says which of them reads a file. */
export const OTHER_READERS: readonly Reader[] = [
  callgrindReader,
  gprof2dotReader,
  pyisessionReader,
  pyinstrumentJsonReader,
  pyinstrumentTextReader,
];
