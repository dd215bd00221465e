/** Checks of facts, by the format's name in the manifest of the corpus. */
import { checkMojoFacts } from './austin-mojo.ts';

import { checkCallgrind } from './callgrind.ts';
import { checkChromeTrace } from './chrome-trace.ts';
import { checkDot, checkGdf } from './drawings.ts';
import type { FactCheck } from './fact.ts';
import { checkFlamegraphSvg } from './flamegraph-svg.ts';
import { checkGeckoFacts } from './gecko.ts';
import { checkGprof2dot } from './gprof2dot.ts';
import { checkImporttime } from './importtime.ts';
import { checkLprof, checkLprofText } from './line-profiler.ts';
import { checkAustin, checkCollapsed, checkPerf, checkPyflame } from './line-stacks.ts';
import { checkMemoryTable, checkMprof, checkPsrecord } from './logs.ts';
import { checkMemrayCsv, checkMemrayHtml, checkMemrayStats } from './memray.ts';
import { checkPlop } from './plop.ts';
import { checkPprofFacts, checkPprofLegacyFacts } from './pprof.ts';
import { checkPstats } from './pstats.ts';
import { checkCallLists, checkReport } from './pstats-text.ts';
import { checkPySpyDump } from './py-spy-dump.ts';
import { checkFrameJson, checkPrintedTree, checkRenderedJson, checkSession } from './pyinstrument.ts';
import { checkScalene } from './scalene.ts';
import { checkSpeedscope } from './speedscope.ts';
import {
  checkTachyonBinaryFacts,
  checkTachyonHtmlFacts,
  checkTachyonJsonlFacts,
  checkTachyonTextFacts,
} from './tachyon.ts';
import { checkIPythonTimeit, checkPyperf, checkTimeit } from './timings.ts';
import { checkTracemalloc } from './tracemalloc.ts';
import { checkCpuprofile, checkHeapprofile } from './v8.ts';
import { checkVmprofFacts } from './vmprof.ts';
import { checkVprof } from './vprof.ts';
import { checkVtune } from './vtune.ts';
import { checkYappiText, checkYstat } from './yappi.ts';

/** A check for every format. */
export const FACT_CHECKS: Readonly<Record<string, FactCheck>> = {
  pstats: checkPstats,
  'austin-mojo': checkMojoFacts,
  gecko: checkGeckoFacts,
  'firefox-processed': checkGeckoFacts,
  pprof: checkPprofFacts,
  'pprof-legacy-cpu': checkPprofLegacyFacts,
  'pprof-legacy-java': checkPprofLegacyFacts,
  'tachyon-binary': checkTachyonBinaryFacts,
  'tachyon-html': checkTachyonHtmlFacts,
  'tachyon-jsonl': checkTachyonJsonlFacts,
  'tachyon-text': checkTachyonTextFacts,
  vmprof: checkVmprofFacts,
  callgrind: checkCallgrind,
  cachegrind: checkCallgrind,
  'gprof2dot-json': checkGprof2dot,
  pyisession: checkSession,
  'pyinstrument-json': checkRenderedJson,
  'pyinstrument-frame-json': checkFrameJson,
  'pyinstrument-text': checkPrintedTree,
  'scalene-json': checkScalene,
  'memray-stats-json': checkMemrayStats,
  'memray-csv': checkMemrayCsv,
  'memray-html': checkMemrayHtml,
  'vprof-json': checkVprof,
  lprof: checkLprof,
  'lprof-text': checkLprofText,
  'memory_profiler-text': checkMemoryTable,
  mprof: checkMprof,
  psrecord: checkPsrecord,
  tracemalloc: checkTracemalloc,
  'yappi-text': checkYappiText,
  'yappi-ystat': checkYstat,
  'pstats-text': checkReport,
  'pstats-callers-text': checkCallLists,
  'pstats-callees-text': checkCallLists,
  'timeit-text': checkTimeit,
  'ipython-timeit-text': checkIPythonTimeit,
  'pyperf-json': checkPyperf,
  importtime: checkImporttime,
  plop: checkPlop,
  'py-spy-dump': checkPySpyDump,
  dot: checkDot,
  gdf: checkGdf,
  'vtune-gprof-cc': checkVtune,
  austin: checkAustin,
  'chrome-trace': checkChromeTrace,
  collapsed: checkCollapsed,
  cpuprofile: checkCpuprofile,
  'flamegraph-svg': checkFlamegraphSvg,
  heapprofile: checkHeapprofile,
  'perf-script': checkPerf,
  'pyflame-flamechart': checkPyflame,
  speedscope: checkSpeedscope,
};
