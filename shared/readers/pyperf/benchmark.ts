/** One benchmark of a pyperf file. */
import type { Measurement, Unit } from '../../model/profile.ts';
import type { Notes } from '../notes.ts';
import { describeMetadata, getOwn, isRecord, type JsonObject } from './metadata.ts';

const UNITS: ReadonlyMap<unknown, Unit> = new Map([
  ['second', 'seconds'],
  ['byte', 'bytes'],
  ['integer', 'count'],
]);

/** A benchmark: its values, and what else is said of it. */
export interface Benchmark {
  readonly measurement: Measurement;
  readonly about: readonly (readonly [name: string, value: string])[];
}

/** Reads a benchmark; null when it has no list of runs. `file`: the metadata of all benchmarks. */
export function readBenchmark(benchmark: unknown, file: JsonObject, at: number, notes: Notes): Benchmark | null {
  const runs = isRecord(benchmark) ? getOwn(benchmark, 'runs') : null;
  if (!isRecord(benchmark) || !Array.isArray(runs)) return null;
  const own = firstRecord(getOwn(benchmark, 'metadata'), getOwn(benchmark, 'common_metadata'));
  const values: number[] = [];
  const loops = new Set<number>();
  const innerLoops = new Set<number>();
  let [calibrations, warmups, loopSum, valued] = [0, 0, 0, 0];
  let name: unknown;
  let unit: unknown;
  for (const [index, run] of runs.entries()) {
    const inRun = isRecord(run) ? firstRecord(getOwn(run, 'metadata')) : {};
    const get = (key: string) => getOwn(inRun, key) ?? getOwn(own, key) ?? getOwn(file, key);
    // Only the first run is asked: all of a benchmark are of one name and unit.
    name ??= get('name');
    unit ??= get('unit');
    const found = isRecord(run) ? (getOwn(run, 'values') ?? getOwn(run, 'samples')) : undefined;
    const skipped = isRecord(run) ? getOwn(run, 'warmups') : undefined;
    if (Array.isArray(skipped)) warmups += skipped.length;
    if (!Array.isArray(found) || found.length === 0) {
      calibrations++;
      continue;
    }
    valued++;
    for (const value of found) {
      if (typeof value === 'number' && Number.isFinite(value)) values.push(value);
      else {
        notes.add(
          'odd-value',
          (count) => `${count} ${count === 1 ? 'value is' : 'values are'} no number: left out.`,
          () => `benchmark ${at + 1}, run ${index + 1}`,
        );
      }
    }
    const count = get('loops') ?? 1;
    if (typeof count === 'number') {
      loops.add(count);
      loopSum += count;
    }
    const inner = get('inner_loops');
    if (typeof inner === 'number') innerLoops.add(inner);
  }
  const known = UNITS.get(unit ?? 'second');
  if (known === undefined) {
    notes.add(
      'unknown-unit',
      () => 'The file counts in a unit that is not known: its values are shown as plain numbers.',
      () => String(unit),
    );
  }
  return {
    measurement: {
      name: typeof name === 'string' ? name : `benchmark ${at + 1}`,
      unit: known ?? 'count',
      // Runs may differ: pyperf tells the mean then.
      loops: loops.size === 0 ? Number.NaN : loopSum / valued,
      values: Float64Array.from(values),
    },
    about: [
      ...describeMetadata(own, ''),
      ['runs', String(runs.length)],
      ['calibration runs', String(calibrations)],
      ['warmups', String(warmups)],
      ...(innerLoops.size === 0 ? [] : [['inner loops', [...innerLoops].join(', ')] as const]),
    ],
  };
}

function firstRecord(...candidates: readonly unknown[]): JsonObject {
  return candidates.find(isRecord) ?? {};
}
