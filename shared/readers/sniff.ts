/** Which readable format a file is, by its first bytes. Loads no reader: a server starts without them. */

import { AUSTIN } from './austin/format.ts';
import { AUSTIN_MOJO } from './austin-mojo/format.ts';
import { CALLGRIND } from './callgrind/format.ts';
import { CHROME_TRACE } from './chrome-trace/format.ts';
import { COLLAPSED } from './collapsed/format.ts';
import { CPUPROFILE } from './cpuprofile/format.ts';
import { DOT } from './dot/format.ts';
import { DTRACE } from './dtrace/format.ts';
import { FLAMEGRAPH_SVG } from './flamegraph-svg/format.ts';
import { GDF } from './gdf/format.ts';
import { GECKO } from './gecko/format.ts';
import { GHC_JSON } from './ghc-json/format.ts';
import { GPROF } from './gprof/format.ts';
import { GPROF2DOT } from './gprof2dot/format.ts';
import { Head } from './head.ts';
import { HEAPPROFILE } from './heapprofile/format.ts';
import { HPROF } from './hprof/format.ts';
import { IMPORTTIME } from './importtime/format.ts';
import { INSTRUMENTS } from './instruments/format.ts';
import { LPROF, LPROF_TEXT } from './line-profiler/format.ts';
import { MEMORY_PROFILER_TEXT, MPROF } from './memory-profiler/format.ts';
import { MEMRAY_CSV, MEMRAY_HTML, MEMRAY_STATS } from './memray/format.ts';
import { OPROFILE } from './oprofile/format.ts';
import { PAPYRUS } from './papyrus/format.ts';
import { PERF_SCRIPT } from './perf-script/format.ts';
import { PLOP } from './plop/format.ts';
import { PPROF } from './pprof/format.ts';
import { PPROF_LEGACY } from './pprof-legacy/format.ts';
import { PSRECORD } from './psrecord/format.ts';
import { PSTATS } from './pstats/format.ts';
import { PSTATS_TEXT } from './pstats-text/format.ts';
import { PY_SPY_DUMP } from './py-spy-dump/format.ts';
import { PYFLAME_FLAMECHART } from './pyflame-flamechart/format.ts';
import { PYINSTRUMENT_JSON, PYINSTRUMENT_TEXT, PYISESSION } from './pyinstrument/format.ts';
import { PYPERF } from './pyperf/format.ts';
import type { Format } from './reader.ts';
import { SCALENE } from './scalene/format.ts';
import { SPEEDSCOPE } from './speedscope/format.ts';
import { STACKPROF } from './stackprof/format.ts';
import { SYSPROF } from './sysprof/format.ts';
import { TACHYON_BINARY } from './tachyon-binary/format.ts';
import { TACHYON_HTML } from './tachyon-html/format.ts';
import { TACHYON_JSONL } from './tachyon-jsonl/format.ts';
import { TACHYON_TEXT } from './tachyon-text/format.ts';
import { TIMEIT } from './timeit/format.ts';
import { TRACEMALLOC } from './tracemalloc/format.ts';
import { V8_LOG } from './v8-log/format.ts';
import { VERY_SLEEPY } from './very-sleepy/format.ts';
import { VMPROF } from './vmprof/format.ts';
import { VPROF } from './vprof/format.ts';
import { VTUNE } from './vtune/format.ts';
import { WEB_INSPECTOR } from './web-inspector/format.ts';
import { XPERF } from './xperf/format.ts';
import { YAPPI_TEXT, YAPPI_YSTAT } from './yappi/format.ts';

/** All formats that can be read, in the order in which they are asked. */
export const FORMATS: readonly Format[] = [
  PSTATS,
  AUSTIN_MOJO,
  TACHYON_BINARY,
  VMPROF,
  PPROF_LEGACY,
  PPROF,
  TACHYON_JSONL,
  TACHYON_HTML,
  TACHYON_TEXT,
  GECKO,
  LPROF,
  TRACEMALLOC,
  YAPPI_YSTAT,
  GPROF2DOT,
  PYISESSION,
  PYINSTRUMENT_JSON,
  PYINSTRUMENT_TEXT,
  SCALENE,
  MEMRAY_STATS,
  MEMRAY_HTML,
  MEMRAY_CSV,
  VPROF,
  LPROF_TEXT,
  MEMORY_PROFILER_TEXT,
  MPROF,
  PSRECORD,
  YAPPI_TEXT,
  CALLGRIND,
  PSTATS_TEXT,
  TIMEIT,
  PYPERF,
  IMPORTTIME,
  PLOP,
  PY_SPY_DUMP,
  DOT,
  GDF,
  VTUNE,
  GPROF,
  OPROFILE,
  CHROME_TRACE,
  SPEEDSCOPE,
  STACKPROF,
  GHC_JSON,
  CPUPROFILE,
  HEAPPROFILE,
  V8_LOG,
  WEB_INSPECTOR,
  AUSTIN,
  PERF_SCRIPT,
  PYFLAME_FLAMECHART,
  FLAMEGRAPH_SVG,
  DTRACE,
  PAPYRUS,
  HPROF,
  XPERF,
  INSTRUMENTS,
  SYSPROF,
  VERY_SLEEPY,
  COLLAPSED,
];

/** A format by a look at the first bytes. */
export interface SniffedFormat {
  readonly id: string;
  /** What people call it, without an article. */
  readonly title: string;
  /** False for profiles that are known by name only, and for gzip, which may hold anything. */
  readonly isReadable: boolean;
}

/** The readable format of a file by its head; null when it is none of them. Never throws. */
export function sniffReadable(head: Uint8Array): SniffedFormat | null {
  const format = findFormat(head);
  return format && { id: format.id, title: format.title, isReadable: true };
}

/** Bytes of JSON whose keys are looked at first: they mostly tell, and walking a large file takes its time. */
const FIRST_KEY_BYTES = 512 * 1024;

/** The readable format of the bytes: the first that is sure, else the first that may be; null when none is. */
export function findFormat(bytes: Uint8Array): Format | null {
  const head = new Head(bytes, FIRST_KEY_BYTES);
  const { format, isSure } = findFirst(head);
  if (isSure || head.keys === null || head.bytes.length <= FIRST_KEY_BYTES) return format;
  return findFirst(new Head(head.bytes)).format;
}

function findFirst(head: Head): { readonly format: Format | null; readonly isSure: boolean } {
  let possible: Format | null = null;
  for (const format of FORMATS) {
    const sniffed = format.sniff(head);
    if (sniffed === 'yes') return { format, isSure: true };
    if (sniffed === 'maybe') possible ??= format;
  }
  return { format: possible, isSure: false };
}
