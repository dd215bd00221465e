/**
 * pyperf's JSON: benchmarks of runs, each with values per loop.
 *
 *   { version: "1.0", benchmarks: [{ metadata, runs: [{ metadata, values, warmups: [[loops, value]] }] }], metadata }
 *
 * Metadata of a run is that of the file, then of the benchmark, then its own. A run without values calibrated.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { Metric, ProfileGroup, Unit } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { readBenchmark } from './benchmark.ts';
import { PYPERF } from './format.ts';
import { describeMetadata, isRecord } from './metadata.ts';

/** Reads pyperf's JSON. */
export const pyperfReader: Reader = {
  ...PYPERF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const file = source.json(PYPERF.id);
    const benchmarks = isRecord(file) ? file.benchmarks : null;
    if (!isRecord(file) || !Array.isArray(benchmarks)) {
      throw refuse('"benchmarks" should be a list of benchmarks');
    }
    const notes = new Notes();
    const metadata = isRecord(file.metadata) ? file.metadata : {};
    const read = benchmarks.map((benchmark: unknown, at) => {
      const result = readBenchmark(benchmark, metadata, at, notes);
      if (result === null) throw refuse(`benchmarks[${at}] should have a list of runs`);
      return result;
    });
    onStage('build');
    const isOnly = read.length === 1;
    const measurements = read.map(({ measurement }) => measurement);
    const version = typeof metadata.pyperf_version === 'string' ? metadata.pyperf_version : metadata.perf_version;
    return {
      format: PYPERF.id,
      writer: typeof version === 'string' ? `pyperf ${version}` : 'pyperf',
      profiles: [
        buildPlainProfile(new FrameBook(), {
          metrics: [nameMetric(measurements[0]?.unit ?? 'seconds')],
          measurements,
        }),
      ],
      warnings: notes.list(),
      about: [
        ...(file.version === undefined ? [] : [['version', String(file.version)] as const]),
        ...describeMetadata(metadata, ''),
        ...read.flatMap(({ measurement, about }) =>
          about.map(([name, value]) => [isOnly ? name : `${measurement.name}: ${name}`, value] as const),
        ),
      ],
    };
  },
};

function nameMetric(unit: Unit): Metric {
  return { name: unit === 'seconds' ? 'time' : unit === 'bytes' ? 'memory' : 'value', unit };
}

function refuse(what: string): FormatError {
  return new FormatError(`pyperf: ${what}`, {
    format: PYPERF.id,
    advice: 'Write it again: python -m pyperf timeit -o bench.json STATEMENT',
  });
}
