/**
 * Facts of stacks whose frames are told by less than what was read of them, such as a name without its line: a stack
 * counts once for a name, however often that is in it. Samples without a stack count as well.
 */
import type { Profile } from '../../model/profile.ts';
import type { Fact } from './fact.ts';
import { compareTop, type NameFrame, nameWithPlace, type StackFacts } from './stacks.ts';

/** What stacks add up to, by name. */
export interface NamedStacks {
  readonly samples: number;
  readonly weight: number;
  readonly depth: number;
  readonly self: ReadonlyMap<string, number>;
  readonly total: ReadonlyMap<string, number>;
  readonly stacks: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** Adds up one metric of profiles. */
export function sumNamedStacks(
  profiles: readonly Profile[],
  nameFrame: NameFrame = nameWithPlace,
  metric = 0,
): NamedStacks {
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const stacks = new Set<string>();
  const names = new Set<string>();
  const add = (sums: Map<string, number>, name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value);
  let [samples, weight, depth] = [0, 0, 0];
  for (const profile of profiles) {
    const { contexts, samples: rows } = profile;
    if (rows !== undefined) {
      for (let row = 0; row < rows.length; row++) {
        if (rows.context[row]! >= 0) continue;
        weight += rows.values[metric]![row]!;
        stacks.add('');
      }
    }
    if (contexts === undefined) continue;
    samples += contexts.samples;
    const paths: string[][] = [];
    // A sample may weigh nothing; its stack was seen all the same.
    const seen = new Set(rows?.context);
    for (let context = 0; context < contexts.length; context++) {
      const above = contexts.parent[context]!;
      const name = nameFrame(profile, contexts.frame[context]!);
      const path = [...(above < 0 ? [] : paths[above]!), name];
      const value = contexts.self[metric]![context]!;
      paths[context] = path;
      names.add(name);
      depth = Math.max(depth, path.length);
      weight += value;
      add(self, name, value);
      for (const each of new Set(path)) add(total, each, value);
      if (value !== 0 || seen.has(context)) stacks.add(path.join(';'));
    }
  }
  return { samples, weight, depth, self, total, stacks, names };
}

/** All facts of stacks, in one metric. */
export function compareNamedStacks(
  facts: StackFacts,
  profiles: readonly Profile[],
  nameFrame: NameFrame = nameWithPlace,
  metric = 0,
): Fact[] {
  const sums = sumNamedStacks(profiles, nameFrame, metric);
  const known: Record<string, unknown> = {
    samples: sums.samples,
    total_weight: sums.weight,
    distinct_frames: sums.names.size,
    distinct_stacks: sums.stacks.size,
    max_depth: sums.depth,
  };
  return [
    ...Object.keys(known)
      .filter((fact) => facts[fact as keyof StackFacts] !== undefined)
      .map((fact): Fact => ({ fact, want: facts[fact as keyof StackFacts], got: known[fact] })),
    ...compareTop('top10_self', facts.top10_self, sums.self),
    ...compareTop('top10_total', facts.top10_total, sums.total),
  ];
}
