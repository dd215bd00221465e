/** Facts of speedscope files, which tell functions by their names alone. */
import { getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareNamedStacks } from './named-stacks.ts';
import type { StackFacts } from './stacks.ts';

interface ProfileFacts extends StackFacts {
  readonly name: string;
  readonly type: 'sampled' | 'evented';
  readonly unit: string;
  readonly start: number;
  readonly end: number;
  readonly events?: number;
  readonly unclosed?: number;
}

function compareProfile(facts: ProfileFacts, profile: Profile, place: string, unclosed: number): Fact[] {
  const { samples: rows, contexts, metrics } = profile;
  const calls = contexts?.calls?.reduce((sum, count) => sum + count, 0) ?? 0;
  const found: Fact[] = [
    { fact: 'name', want: facts.name, got: profile.name },
    { fact: 'unit', want: facts.unit === 'none' ? 'count' : facts.unit, got: metrics[0]!.unit },
    { fact: 'type', want: facts.type === 'sampled', got: profile.traits.sampled },
    { fact: 'start', want: facts.start, got: rows?.start[0] },
    { fact: 'end', want: facts.end, got: rows?.end },
    ...compareNamedStacks(facts, [profile], getFrameName),
  ];
  if (facts.events !== undefined) found.push({ fact: 'events', want: facts.events, got: 2 * calls - unclosed });
  return found.map((each) => ({ ...each, fact: `${place} ${each.fact}` }));
}

/** All profiles of a file. */
export const checkSpeedscope: FactCheck = (expected, group) => {
  const unclosed = group.warnings.find(({ code }) => code === 'left-open')?.count ?? 0;
  const wanted = expected.profiles as ProfileFacts[];
  const left = wanted.reduce((sum, facts) => sum + (facts.unclosed ?? 0), 0);
  return [
    { fact: 'frames', want: expected.frames, got: Number(group.about?.find(([name]) => name === 'frames')?.[1]) },
    { fact: 'exporter', want: expected.exporter, got: group.writer?.replace(/ (?=\d)/, '@') ?? null },
    { fact: 'name', want: expected.name, got: group.about?.find(([name]) => name === 'name')?.[1] ?? null },
    { fact: 'profiles', want: wanted.length, got: group.profiles.length },
    { fact: 'unclosed', want: left, got: unclosed },
    ...wanted.flatMap((facts, at) =>
      compareProfile(facts, group.profiles[at]!, `profiles[${at}]`, facts.unclosed ?? 0),
    ),
  ];
};
