/**
 * Which profile format a JSON file is in, by its keys.
 */
import { type JsonKeys, scanJsonKeys } from '../../decode/json-keys.ts';
import { otherKind, profileKind, type Recognized } from './recognized.ts';

/** A rule: which kind a file is when the test holds. In order; the first that holds decides. */
const RULES: readonly [(keys: JsonKeys) => boolean, Recognized][] = [
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
  const keys = scanJsonKeys(bytes, start);
  const rule = RULES.find(([holds]) => holds(keys));
  if (rule !== undefined) return { ...rule[1], found: keys.fault };
  const names = [...keys.outer].slice(0, 5);
  const found =
    names.length > 0
      ? ` with the ${names.length === 1 ? 'key' : 'keys'} ${names.map((name) => JSON.stringify(name)).join(', ')}`
      : '';
  return { ...otherKind('json', 'JSON'), found: `${found}${keys.fault}` };
}
