/**
 * Which profile format a JSON file is in, by its keys.
 */
import { type JsonKeys, scanJsonKeys } from '../../decode/json-keys.ts';
import { otherKind, profileKind, type Recognized } from './recognized.ts';

/** A rule: which kind a file is when the test holds. In order; the first that holds decides. */
const RULES: readonly [(keys: JsonKeys) => boolean, Recognized][] = [
  [
    ({ outer }) => outer.has('snapshot') && outer.has('edges'),
    profileKind('heapsnapshot', 'a heap snapshot of V8 (JSON)', 'Record allocations instead: node --heap-prof app.js'),
  ],
  [
    ({ outer }) => outer.has('linux-perf-json-version'),
    profileKind('perf-json', 'perf data as JSON', 'Print the samples as text: perf script > app.perf.txt'),
  ],
  [
    ({ outer }) => outer.has('dhatFileVersion'),
    profileKind('dhat', 'a DHAT profile (JSON)', 'Look at it with Valgrind’s dh_view.html'),
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
