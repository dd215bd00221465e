/**
 * Stacks of a profile as rows of names, for facts that tell frames by less than the profile does: a name alone, a base
 * name of a file. Frames of one name count once in its total.
 */
import type { Profile } from '../../model/profile.ts';
import type { Fact } from './fact.ts';
import { compareTop, type NameFrame, type StackFacts } from './stacks.ts';

/** A stack that was seen, root first, and what it counts. */
export interface NamedRow {
  readonly path: readonly string[];
  readonly weight: number;
}

/** Distinct stacks of a profile that count anything; an empty one for samples without a stack. */
export function listRows(profile: Profile, nameFrame: NameFrame, metric = 0): NamedRow[] {
  const { contexts, samples } = profile;
  if (contexts === undefined) return [];
  const paths: string[][] = [];
  const rows: NamedRow[] = [];
  for (let context = 0; context < contexts.length; context++) {
    const above = contexts.parent[context]!;
    paths.push([...(above < 0 ? [] : paths[above]!), nameFrame(profile, contexts.frame[context]!)]);
    if (contexts.self.some((column) => column[context] !== 0)) {
      rows.push({ path: paths[context]!, weight: contexts.self[metric]![context]! });
    }
  }
  let empty = Number.NaN;
  for (let row = 0; row < (samples?.length ?? 0); row++) {
    if (samples!.context[row]! < 0) empty = (Number.isNaN(empty) ? 0 : empty) + samples!.values[metric]![row]!;
  }
  return Number.isNaN(empty) ? rows : [...rows, { path: [], weight: empty }];
}

/** Facts about stacks, from rows; `samples` are counted by the caller. */
export function compareRows(facts: StackFacts, rows: readonly NamedRow[], samples: number): Fact[] {
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const stacks = new Set<string>();
  let [weight, depth] = [0, 0];
  for (const row of rows) {
    weight += row.weight;
    depth = Math.max(depth, row.path.length);
    stacks.add(row.path.join('\0'));
    for (const name of new Set(row.path)) total.set(name, (total.get(name) ?? 0) + row.weight);
    const leaf = row.path.at(-1);
    if (leaf !== undefined) self.set(leaf, (self.get(leaf) ?? 0) + row.weight);
  }
  const known: Record<string, unknown> = {
    samples,
    total_weight: weight,
    distinct_frames: total.size,
    distinct_stacks: stacks.size,
    max_depth: depth,
  };
  return [
    ...Object.keys(known)
      .filter((fact) => facts[fact as keyof StackFacts] !== undefined)
      .map((fact): Fact => ({ fact, want: facts[fact as keyof StackFacts], got: known[fact] })),
    ...compareTop('top10_self', facts.top10_self, self),
    ...compareTop('top10_total', facts.top10_total, total),
  ];
}
