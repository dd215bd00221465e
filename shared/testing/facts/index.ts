/** Checks of facts, by the format's name in the manifest of the corpus. */
import { checkCallgrind } from './callgrind.ts';
import { checkDot, checkGdf } from './drawings.ts';
import type { FactCheck } from './fact.ts';
import { checkGprof2dot } from './gprof2dot.ts';
import { checkImporttime } from './importtime.ts';
import { checkLprof, checkLprofText } from './line-profiler.ts';
import { checkMemoryTable, checkMprof, checkPsrecord } from './logs.ts';
import { checkPlop } from './plop.ts';
import { checkCallLists, checkReport } from './pstats-text.ts';
import { checkPySpyDump } from './py-spy-dump.ts';
import { checkFrameJson, checkPrintedTree, checkRenderedJson, checkSession } from './pyinstrument.ts';
import { checkIPythonTimeit, checkPyperf, checkTimeit } from './timings.ts';
import { checkTracemalloc } from './tracemalloc.ts';
import { checkVtune } from './vtune.ts';
import { checkYappiText, checkYstat } from './yappi.ts';

/** A check for every format. */
export const FACT_CHECKS: Readonly<Record<string, FactCheck>> = {
  callgrind: checkCallgrind,
  cachegrind: checkCallgrind,
  'gprof2dot-json': checkGprof2dot,
  pyisession: checkSession,
  'pyinstrument-json': checkRenderedJson,
  'pyinstrument-frame-json': checkFrameJson,
  'pyinstrument-text': checkPrintedTree,
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
};
