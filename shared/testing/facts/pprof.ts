/** Facts about pprof files: each sample type by its name, functions by theirs. */
import { getFrameName } from '../../model/frame-key.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareRows, listRows } from './named-rows.ts';
import type { NameFrame, StackFacts } from './stacks.ts';

interface PprofFacts {
  readonly sample_types: readonly (readonly [string, string])[];
  readonly samples: number;
  readonly functions: number;
  readonly locations: number;
  readonly labels: number;
  readonly header: { readonly time_nanos?: number; readonly duration_nanos?: number; readonly period?: number };
  readonly per_type: readonly (StackFacts & { readonly type: string; readonly unit: string })[];
}

const byName: NameFrame = (profile, frame) => getFrameName(profile, frame);

/** Compares all sample types; the one shown first is the last of the file, or the one that it names. */
export const checkPprofFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as PprofFacts;
  const { metrics } = group.profiles[0]!;
  const labels = [...(findAbout(group, 'labels') ?? '').matchAll(/\((\d+)\)/g)];
  const { time_nanos, duration_nanos, period } = facts.header;
  const found: Fact[] = [
    {
      fact: 'sample_types',
      want: facts.sample_types.map((type) => type.join(' ')).sort(),
      got: metrics.map(({ name, unit }) => `${name} ${unit}`).sort(),
    },
    { fact: 'first sample type', want: facts.sample_types.at(-1)![0], got: metrics[0]!.name },
    { fact: 'samples', want: facts.samples, got: Number(findAbout(group, 'samples')) },
    { fact: 'functions', want: facts.functions, got: group.profiles[0]!.frames.length },
    { fact: 'locations', want: facts.locations, got: Number(findAbout(group, 'locations')) },
    { fact: 'labels', want: facts.labels, got: labels.reduce((sum, [, count]) => sum + Number(count), 0) },
    { fact: 'period', want: period, got: Number.parseFloat(findAbout(group, 'period') ?? '') },
    {
      fact: 'time_nanos',
      want: Math.floor((time_nanos ?? Number.NaN) / 1e6),
      got: Date.parse(findAbout(group, 'started') ?? ''),
    },
  ];
  if (duration_nanos !== undefined) {
    const got = Number.parseFloat(findAbout(group, 'duration') ?? '');
    found.push({ fact: 'duration_nanos', want: duration_nanos, got });
  }
  for (const type of facts.per_type) {
    const metric = metrics.findIndex(({ name }) => name === type.type);
    const rows = group.profiles.flatMap((profile) => listRows(profile, byName, metric));
    const samples = group.profiles.reduce((sum, { contexts }) => sum + (contexts?.samples ?? 0), 0);
    found.push({ fact: `${type.type} unit`, want: type.unit, got: metrics[metric]?.unit });
    found.push(...compareRows(type, rows, samples).map((one) => ({ ...one, fact: `${type.type} ${one.fact}` })));
  }
  return found;
};

/** Legacy files have no facts of other programs: they open, and have stacks. */
export const checkPprofLegacyFacts: FactCheck = (_, { profiles }) => [
  { fact: 'has stacks', want: true, got: profiles.every(({ contexts }) => (contexts?.length ?? 0) > 0) },
];

/** What a group says of the run under a name. */
export function findAbout({ about = [] }: ProfileGroup, name: string): string | undefined {
  return about.find(([key]) => key === name)?.[1];
}
