/** Readers of all formats but pstats. */

import { austinReader } from './austin/index.ts';
import { austinMojoReader } from './austin-mojo/index.ts';
import { callgrindReader } from './callgrind/index.ts';
import { chromeTraceReader } from './chrome-trace/index.ts';
import { collapsedReader } from './collapsed/index.ts';
import { cpuprofileReader } from './cpuprofile/index.ts';
import { dotReader } from './dot/index.ts';
import { dtraceReader } from './dtrace/index.ts';
import { flamegraphSvgReader } from './flamegraph-svg/index.ts';
import { gdfReader } from './gdf/index.ts';
import { geckoReader } from './gecko/index.ts';
import { ghcJsonReader } from './ghc-json/index.ts';
import { gprofReader } from './gprof/index.ts';
import { gprof2dotReader } from './gprof2dot/index.ts';
import { heapprofileReader } from './heapprofile/index.ts';
import { hprofReader } from './hprof/index.ts';
import { importtimeReader } from './importtime/index.ts';
import { instrumentsReader } from './instruments/index.ts';
import { lprofReader, lprofTextReader } from './line-profiler/index.ts';
import { memoryTableReader, mprofReader } from './memory-profiler/index.ts';
import { memrayCsvReader, memrayHtmlReader, memrayStatsReader } from './memray/index.ts';
import { oprofileReader } from './oprofile/index.ts';
import { papyrusReader } from './papyrus/index.ts';
import { perfScriptReader } from './perf-script/index.ts';
import { plopReader } from './plop/index.ts';
import { pprofReader } from './pprof/index.ts';
import { pprofLegacyReader } from './pprof-legacy/index.ts';
import { psrecordReader } from './psrecord/index.ts';
import { pstatsTextReader } from './pstats-text/index.ts';
import { pySpyDumpReader } from './py-spy-dump/index.ts';
import { pyflameFlamechartReader } from './pyflame-flamechart/index.ts';
import { pyinstrumentJsonReader, pyinstrumentTextReader, pyisessionReader } from './pyinstrument/index.ts';
import { pyperfReader } from './pyperf/index.ts';
import type { Reader } from './reader.ts';
import { scaleneReader } from './scalene/index.ts';
import { speedscopeReader } from './speedscope/index.ts';
import { stackprofReader } from './stackprof/index.ts';
import { sysprofReader } from './sysprof/index.ts';
import { tachyonBinaryReader } from './tachyon-binary/index.ts';
import { tachyonHtmlReader } from './tachyon-html/index.ts';
import { tachyonJsonlReader } from './tachyon-jsonl/index.ts';
import { tachyonTextReader } from './tachyon-text/index.ts';
import { timeitReader } from './timeit/index.ts';
import { tracemallocReader } from './tracemalloc/index.ts';
import { v8LogReader } from './v8-log/index.ts';
import { verySleepyReader } from './very-sleepy/index.ts';
import { vmprofReader } from './vmprof/index.ts';
import { vprofReader } from './vprof/index.ts';
import { vtuneReader } from './vtune/index.ts';
import { webInspectorReader } from './web-inspector/index.ts';
import { xperfReader } from './xperf/index.ts';
import { yappiTextReader, ystatReader } from './yappi/index.ts';

/** In no order: sniff.ts says which of them reads a file. */
export const OTHER_READERS: readonly Reader[] = [
  austinMojoReader,
  geckoReader,
  pprofLegacyReader,
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
  scaleneReader,
  memrayStatsReader,
  memrayHtmlReader,
  memrayCsvReader,
  vprofReader,
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
  oprofileReader,
  lprofReader,
  lprofTextReader,
  memoryTableReader,
  mprofReader,
  psrecordReader,
  tracemallocReader,
  yappiTextReader,
  ystatReader,
  austinReader,
  chromeTraceReader,
  collapsedReader,
  cpuprofileReader,
  flamegraphSvgReader,
  heapprofileReader,
  v8LogReader,
  webInspectorReader,
  perfScriptReader,
  pyflameFlamechartReader,
  speedscopeReader,
  stackprofReader,
  ghcJsonReader,
  dtraceReader,
  papyrusReader,
  hprofReader,
  xperfReader,
  instrumentsReader,
  sysprofReader,
  verySleepyReader,
];
