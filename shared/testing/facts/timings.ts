/** Facts of timed statements: timeit's text, IPython's, pyperf's JSON. */
import type { Measurement, ProfileGroup } from '../../model/profile.ts';
import type { FactCheck } from './fact.ts';

interface TimeitFacts {
  readonly loops: number;
  readonly repeat: number;
  readonly best: string;
  readonly unit: string;
  readonly raw?: readonly string[];
  readonly calibration?: readonly (readonly string[])[];
}

/** timeit's units with ours, and how many make a second. */
const UNITS = new Map<string, readonly [unit: string, perSecond: number]>([
  ['nsec', ['nanoseconds', 1e9]],
  ['usec', ['microseconds', 1e6]],
  ['msec', ['milliseconds', 1e3]],
  ['sec', ['seconds', 1]],
]);

function listMeasurements(group: ProfileGroup): readonly Measurement[] {
  return group.profiles[0]?.measurements ?? [];
}

/** Checks the text of `python -m timeit`. */
export const checkTimeit: FactCheck = (expected, group) => {
  const facts = expected as unknown as TimeitFacts;
  const measurement = listMeasurements(group)[0]!;
  const [unit, perSecond] = UNITS.get(facts.unit)!;
  const calibration = new Map(group.about).get('calibration');
  return [
    { fact: 'loops', want: facts.loops, got: measurement.loops },
    { fact: 'repeat', want: facts.repeat, got: measurement.stated?.repeats },
    { fact: 'best', want: Number(facts.best), got: measurement.stated?.best },
    { fact: 'unit', want: unit, got: measurement.unit as string },
    { fact: 'raw', want: facts.raw?.length, got: measurement.values.length },
    ...(facts.raw ?? []).map((raw, at) => {
      const [value, rawUnit] = raw.split(' ');
      const scale = UNITS.get(rawUnit!)![1] / perSecond;
      return { fact: `raw ${at + 1}`, want: Number(value), got: measurement.values[at]! * measurement.loops * scale };
    }),
    {
      fact: 'calibration',
      want: (facts.calibration ?? []).map(([loops, time, of]) => [loops, time, of]),
      got: (calibration?.split(', ') ?? []).map((step) => step.split(/ loops?: | /)),
    },
  ];
};

/** Checks IPython's text: its last line said again with what was read. */
export const checkIPythonTimeit: FactCheck = (expected, group) => {
  const { text } = expected as { text: string };
  const { stated, loops, unit } = listMeasurements(group)[0]!;
  const short = new Map([
    ['nanoseconds', 'ns'],
    ['microseconds', 'µs'],
    ['milliseconds', 'ms'],
    ['seconds', 's'],
  ]).get(unit);
  const got =
    `${stated?.mean} ${short} ± ${stated?.deviation} ${short} per loop ` +
    `(mean ± std. dev. of ${stated?.repeats} runs, ${loops.toLocaleString('en')} loops each)`;
  return [{ fact: 'result', want: text.trimEnd().split('\n').at(-1), got }];
};

interface BenchmarkFacts {
  readonly name: string;
  readonly unit: string;
  readonly runs: number;
  readonly calibration_runs: number;
  readonly values: number;
  readonly warmups: number;
  readonly mean: number;
  readonly stdev: number;
  readonly min: number;
  readonly max: number;
  readonly median: number;
  readonly loops: number;
  readonly inner_loops: number | null;
}

/** Checks pyperf's JSON. */
export const checkPyperf: FactCheck = (expected, group) => {
  const { version, benchmarks } = expected as { version: string; benchmarks: readonly BenchmarkFacts[] };
  const measurements = listMeasurements(group);
  const about = new Map(group.about);
  return [
    { fact: 'version', want: version, got: about.get('version') },
    { fact: 'benchmarks', want: benchmarks.length, got: measurements.length },
    ...benchmarks.flatMap((facts, at) => {
      const { name, unit, loops, values } = measurements[at]!;
      const prefix = benchmarks.length === 1 ? '' : `${name}: `;
      const count = (what: string) => Number(about.get(`${prefix}${what}`));
      const sorted = [...values].sort((a, b) => a - b);
      const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
      const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const middle = sorted.length / 2;
      const got: Record<string, unknown> = {
        name,
        unit: unit === 'seconds' ? 'second' : unit,
        runs: count('runs'),
        calibration_runs: count('calibration runs'),
        values: values.length,
        warmups: count('warmups'),
        mean,
        stdev: Math.sqrt(squares / (sorted.length - 1)),
        min: sorted[0],
        max: sorted.at(-1),
        median: (sorted[Math.ceil(middle - 0.5)]! + sorted[Math.floor(middle - 0.5)]!) / 2,
        loops,
        inner_loops: about.has(`${prefix}inner loops`) ? count('inner loops') : null,
      };
      return Object.entries(facts).map(([fact, want]) => ({ fact: `${facts.name} ${fact}`, want, got: got[fact] }));
    }),
  ];
};
