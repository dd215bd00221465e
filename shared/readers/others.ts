/** Readers of all formats but pstats. */

import { austinMojoReader } from './austin-mojo/index.ts';
import { callgrindReader } from './callgrind/index.ts';
import { dotReader } from './dot/index.ts';
import { gdfReader } from './gdf/index.ts';
import { geckoReader } from './gecko/index.ts';
import { gprofReader } from './gprof/index.ts';
import { gprof2dotReader } from './gprof2dot/index.ts';
import { importtimeReader } from './importtime/index.ts';
import { lprofReader, lprofTextReader } from './line-profiler/index.ts';
import { memoryTableReader, mprofReader } from './memory-profiler/index.ts';
import { plopReader } from './plop/index.ts';
import { pprofReader } from './pprof/index.ts';
import { psrecordReader } from './psrecord/index.ts';
import { pstatsTextReader } from './pstats-text/index.ts';
import { pySpyDumpReader } from './py-spy-dump/index.ts';
import { pyinstrumentJsonReader, pyinstrumentTextReader, pyisessionReader } from './pyinstrument/index.ts';
import { pyperfReader } from './pyperf/index.ts';
import type { Reader } from './reader.ts';
import { tachyonBinaryReader } from './tachyon-binary/index.ts';
import { tachyonHtmlReader } from './tachyon-html/index.ts';
import { tachyonJsonlReader } from './tachyon-jsonl/index.ts';
import { tachyonTextReader } from './tachyon-text/index.ts';
import { timeitReader } from './timeit/index.ts';
import { tracemallocReader } from './tracemalloc/index.ts';
import { vmprofReader } from './vmprof/index.ts';
import { vtuneReader } from './vtune/index.ts';
import { yappiTextReader, ystatReader } from './yappi/index.ts';

/** In no order: sniff.ts says which of them reads a file. */
export const OTHER_READERS: readonly Reader[] = [
  austinMojoReader,
  geckoReader,
  pprofReader,
  tachyonBinaryReader,
  tachyonHtmlReader,
  tachyonJsonlReader,
  tachyonTextReader,
  vmprofReader,
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
  lprofReader,
  lprofTextReader,
  memoryTableReader,
  mprofReader,
  psrecordReader,
  tracemallocReader,
  yappiTextReader,
  ystatReader,
];
