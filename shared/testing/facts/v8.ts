/** Facts of V8's CPU and heap profiles, which tell functions by their names alone. */
import { getFrameName } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';
import { sumNamedStacks } from './named-stacks.ts';
import { compareTop, type NameFrame } from './stacks.ts';

type Top = readonly (readonly [string, number])[];

/** The name without the column that tells functions of one line apart. */
const nameAlone: NameFrame = (profile, frame) => getFrameName(profile, frame).replace(/ \[column \d+\]$/, '');

/** .cpuprofile: metrics are time and samples. */
export const checkCpuprofile: FactCheck = (expected, group) => {
  const { profiles, warnings, about = [] } = group;
  const tell = (name: string) => Number(about.find(([each]) => each === name)?.[1]);
  const time = sumNamedStacks(profiles, nameAlone, 0);
  const samples = sumNamedStacks(profiles, nameAlone, profiles[0]!.metrics.length - 1);
  const facts: Fact[] = [
    { fact: 'nodes', want: expected.nodes, got: tell('nodes') },
    { fact: 'samples', want: expected.samples, got: samples.weight },
    { fact: 'startTime', want: expected.startTime, got: tell('start time') },
    { fact: 'endTime', want: expected.endTime, got: tell('end time') },
    { fact: 'hitCount_sum', want: expected.hitCount_sum, got: tell('hit counts') },
    ...compareTop('top10_self_samples', expected.top10_self_samples as Top, samples.self),
    ...compareTop('top10_total_samples', expected.top10_total_samples as Top, samples.total),
    ...compareTop('top10_self_us_next_delta', expected.top10_self_us_next_delta as Top, time.self),
  ];
  if (typeof expected.negative_deltas === 'number') {
    const backwards = warnings.find(({ code }) => code === 'time-backwards')?.count ?? 0;
    facts.push({ fact: 'negative_deltas', want: expected.negative_deltas, got: backwards });
    if (backwards === 0) {
      facts.push({ fact: 'sum_timeDeltas', want: expected.sum_timeDeltas, got: profiles[0]!.samples!.start.at(-1) });
    }
  }
  return facts;
};

/** .heapprofile: bytes. */
export const checkHeapprofile: FactCheck = (expected, { profiles, about = [] }) => {
  const bytes = sumNamedStacks(profiles, nameAlone);
  const top = (expected.top10_self_bytes as Top).map(([name, size]) => [name || '(anonymous)', size] as const);
  return [
    { fact: 'nodes', want: expected.nodes, got: Number(about.find(([name]) => name === 'nodes')?.[1]) },
    { fact: 'total_selfSize', want: expected.total_selfSize, got: bytes.weight },
    { fact: 'samples', want: expected.samples, got: bytes.samples || 0 },
    ...compareTop('top10_self_bytes', top, bytes.self),
  ];
};
