/**
 * Scalene's JSON:
 *
 *   { elapsed_time_sec, files: { path: { lines: [row …], functions: [row …], percent_cpu_time, leaks } },
 *     max_footprint_mb, samples: [[when, MB] …], stacks: [[[frame …], counts] …], gpu, memory, program … }
 *   row   { lineno, line, n_cpu_percent_python, n_cpu_percent_c, n_sys_percent, n_peak_mb, n_malloc_mb, n_copy_mb_s … }
 *
 * Percents are of the whole run. A megabyte is 1,048,576 bytes. What a version does not write is left out.
 */
import type { Source } from '../../decode/source.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { Profile, ProfileGroup, Series } from '../../model/profile.ts';
import { asNumber, getField, JsonFaults, type JsonObject } from '../json-values.ts';
import type { Reader, StageHook } from '../reader.ts';
import { describeRun } from './about.ts';
import { SCALENE } from './format.ts';
import { readFiles } from './rows.ts';
import { readStacks } from './stacks.ts';

const MEGABYTE = 1024 * 1024;

/** Reads `scalene --json` files. */
export const scaleneReader: Reader = {
  ...SCALENE,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const faults = new JsonFaults(SCALENE.id, 'Make the profile again: scalene --json --outfile app.json app.py');
    const file = faults.object(source.json(SCALENE.id), 'the file');
    onStage('build');
    const book = new FrameBook();
    const { metrics, lines, functions } = readFiles(file, faults.object(getField(file, 'files'), 'files'), book);
    const stacks = readStacks(file, book);
    const series = readSeries(file);
    const profiles: Profile[] = [
      buildPlainProfile(book, {
        name: stacks === null ? '' : 'lines',
        metrics,
        lines,
        functions,
        series: series === null ? [] : [series],
      }),
    ];
    if (stacks !== null) profiles.push(stacks.build());
    return { format: SCALENE.id, writer: 'Scalene', profiles, warnings: [], about: describeRun(file) };
  },
};

/** Memory of the process: seconds, or nanoseconds where the numbers are far too large for the run. */
function readSeries(file: JsonObject): Series | null {
  const list = getField(file, 'samples');
  const elapsed = asNumber(getField(file, 'elapsed_time_sec')) || 0;
  const points: { time: number; value: number }[] = [];
  for (const point of Array.isArray(list) ? list : []) {
    if (!Array.isArray(point)) continue;
    const [time, value] = [asNumber(point[0]), asNumber(point[1])];
    if (!Number.isNaN(time) && !Number.isNaN(value)) points.push({ time, value });
  }
  if (points.length === 0) return null;
  points.sort((a, b) => a.time - b.time);
  const scale = points.at(-1)!.time > 1e6 * Math.max(1, elapsed) ? 1e9 : 1;
  return {
    name: 'memory',
    unit: 'bytes',
    group: '',
    time: Float64Array.from(points, ({ time }) => time / scale),
    value: Float64Array.from(points, ({ value }) => value * MEGABYTE),
  };
}
