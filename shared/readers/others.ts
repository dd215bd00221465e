/** Readers of all formats but pstats. */
import { callgrindReader } from './callgrind/index.ts';
import { dotReader } from './dot/index.ts';
import { gdfReader } from './gdf/index.ts';
import { gprofReader } from './gprof/index.ts';
import { gprof2dotReader } from './gprof2dot/index.ts';
import { importtimeReader } from './importtime/index.ts';
import { plopReader } from './plop/index.ts';
import { pstatsTextReader } from './pstats-text/index.ts';
import { pySpyDumpReader } from './py-spy-dump/index.ts';
import { pyinstrumentJsonReader, pyinstrumentTextReader, pyisessionReader } from './pyinstrument/index.ts';
import { pyperfReader } from './pyperf/index.ts';
import type { Reader } from './reader.ts';
import { timeitReader } from './timeit/index.ts';
import { vtuneReader } from './vtune/index.ts';

/** In no order: sniff.ts says which of them reads a file. */
export const OTHER_READERS: readonly Reader[] = [
  callgrindReader,
  gprof2dotReader,
  pyisessionReader,
  pyinstrumentJsonReader,
  pyinstrumentTextReader,
  pstatsTextReader,
  timeitReader,
  pyperfReader,
  importtimeReader,
  plopReader,
  pySpyDumpReader,
  dotReader,
  gdfReader,
  vtuneReader,
  gprofReader,
];
