/**
 * Which profile format a JSON file is in, by its keys.
 *
 * The text is walked once, byte by byte, with nothing built: only the names of keys near the top are kept. So a file
 * of any depth or size, cut anywhere, gets an answer, and nothing in it can touch a prototype.
 */
import { otherKind, profileKind, type Recognized } from './recognized.ts';

/** Bytes that are walked: keys that tell the format stand in the first few kB. */
const MAX_SCAN_BYTES = 32 * 1024 * 1024;
/** Nesting that is followed; real profiles of nested frames stay below. */
const MAX_DEPTH = 10_000;
const MAX_KEY_BYTES = 64;
const MAX_KEYS = 256;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;

/** Keys of the outermost objects, and of the objects in those; arrays do not count as a level. */
interface JsonKeys {
  readonly outer: Set<string>;
  readonly inner: Set<string>;
  /** What is wrong with the nesting, and where; empty when nothing is. */
  readonly fault: string;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function scanKeys(bytes: Uint8Array, start: number): JsonKeys {
  const outer = new Set<string>();
  const inner = new Set<string>();
  const decoder = new TextDecoder();
  const end = Math.min(bytes.length, MAX_SCAN_BYTES);
  const open: number[] = [];
  let objects = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      const from = at + 1;
      for (at = from; at < end && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
      if (at >= end) {
        return { outer, inner, fault: end === bytes.length ? ` that breaks off at byte ${end}, inside a string` : '' };
      }
      if (objects === 0 || objects > 2 || open[open.length - 1] !== OPEN_BRACE || at - from > MAX_KEY_BYTES) continue;
      let next = at + 1;
      while (next < end && isBlank(bytes[next]!)) next++;
      const keys = objects === 1 ? outer : inner;
      if (bytes[next] === COLON && keys.size < MAX_KEYS) keys.add(decoder.decode(bytes.subarray(from, at)));
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open.push(byte);
      if (byte === OPEN_BRACE) objects++;
      if (open.length > MAX_DEPTH) {
        return { outer, inner, fault: ` that is nested deeper than ${MAX_DEPTH} at byte ${at}` };
      }
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      const opened = open.pop();
      if (opened === OPEN_BRACE) objects--;
      if (opened !== (byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET)) {
        return { outer, inner, fault: ` that is damaged at byte ${at} (a bracket closes what was not opened)` };
      }
    }
  }
  const isCut = open.length > 0 && end === bytes.length;
  return {
    outer,
    inner,
    fault: isCut
      ? ` that breaks off at byte ${end}, ${open.length} ${open.length === 1 ? 'bracket' : 'brackets'} open`
      : '',
  };
}

/** A rule: which kind a file is when the test holds. In order; the first that holds decides. */
const RULES: readonly [(keys: JsonKeys) => boolean, Recognized][] = [
  [
    ({ outer }) => outer.has('$schema') && (outer.has('profiles') || outer.has('shared')),
    profileKind('speedscope', 'a speedscope profile (JSON)'),
  ],
  [({ outer }) => outer.has('traceEvents'), profileKind('chrome-trace', 'a Chrome trace (JSON)')],
  [
    ({ outer }) => outer.has('ph') && (outer.has('ts') || outer.has('pid') || outer.has('name')),
    profileKind('chrome-trace', 'a Chrome trace (JSON)'),
  ],
  [
    ({ outer }) => outer.has('run_id') && outer.has('type'),
    profileKind(
      'tachyon-jsonl',
      'a JSON Lines profile of Python’s sampling profiler',
      'Let it write pstats: python3.15 -m profiling.sampling run --pstats -o app.prof app.py',
    ),
  ],
  [
    ({ outer }) => outer.has('frame_records'),
    profileKind(
      'pyisession',
      'a pyinstrument session (JSON)',
      'Convert it: pyinstrument --load FILE -r pstats -o app.prof',
    ),
  ],
  [
    ({ outer }) => outer.has('root_frame'),
    profileKind(
      'pyinstrument-json',
      'a pyinstrument profile (JSON)',
      'Let pyinstrument write pstats: pyinstrument -r pstats -o app.prof app.py',
    ),
  ],
  [
    ({ outer }) => outer.has('session') && outer.has('frame_tree'),
    profileKind(
      'pyinstrument-json',
      'a pyinstrument profile (JSON)',
      'Let pyinstrument write pstats: pyinstrument -r pstats -o app.prof app.py',
    ),
  ],
  [
    ({ outer, inner }) => outer.has('head') && inner.has('selfSize'),
    profileKind('heapprofile', 'a V8 heap profile (JSON)'),
  ],
  [({ outer }) => outer.has('head'), profileKind('cpuprofile', 'a V8 CPU profile (JSON)')],
  [
    ({ outer, inner }) => outer.has('nodes') && (inner.has('callFrame') || outer.has('timeDeltas')),
    profileKind('cpuprofile', 'a V8 CPU profile (JSON)'),
  ],
  [
    ({ outer, inner }) => outer.has('threads') && (outer.has('meta') || inner.has('stackTable')),
    profileKind('gecko', 'a Firefox profile (JSON)'),
  ],
  [
    ({ outer, inner }) =>
      (outer.has('profile') || outer.has('meta')) &&
      (inner.has('threads') || inner.has('stackwalk') || inner.has('interval')),
    profileKind('gecko', 'a Firefox profile (JSON)'),
  ],
  [
    ({ outer }) => outer.has('costs') && outer.has('version'),
    profileKind('gprof2dot-json', 'a gprof2dot profile (JSON)'),
  ],
  [
    ({ outer }) => outer.has('benchmarks'),
    profileKind('pyperf-json', 'a pyperf result (JSON)', 'Show it with: python -m pyperf stats FILE'),
  ],
  [
    ({ outer, inner }) =>
      outer.has('alloc_samples') ||
      outer.has('elapsed_time_sec') ||
      (outer.has('files') && inner.has('percent_cpu_time')),
    profileKind('scalene-json', 'a Scalene profile (JSON)'),
  ],
  [
    ({ outer }) => outer.has('total_num_allocations'),
    profileKind('memray-stats-json', 'a file of memray statistics (JSON)'),
  ],
  [
    ({ outer, inner }) => inner.has('objectName') && ['c', 'h', 'm', 'p'].some((key) => outer.has(key)),
    profileKind('vprof-json', 'a vprof profile (JSON)'),
  ],
  [
    ({ outer }) => outer.has('nbformat'),
    otherKind('notebook', 'a Jupyter notebook (JSON)', 'Profile a cell with %prun -D app.prof and open app.prof'),
  ],
];

/** The kind of JSON in `bytes` from `start` on, which is where the first bracket stands. */
export function recognizeJson(bytes: Uint8Array, start: number): Recognized {
  const keys = scanKeys(bytes, start);
  const rule = RULES.find(([holds]) => holds(keys));
  if (rule !== undefined) return { ...rule[1], found: keys.fault };
  const names = [...keys.outer].slice(0, 5);
  const found =
    names.length > 0
      ? ` with the ${names.length === 1 ? 'key' : 'keys'} ${names.map((name) => JSON.stringify(name)).join(', ')}`
      : '';
  return { ...otherKind('json', 'JSON'), found: `${found}${keys.fault}` };
}
