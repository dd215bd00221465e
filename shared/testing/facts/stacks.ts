/**
 * Facts that are computed alike of every file of stacks: samples, weight, distinct frames and stacks, depth, the frames
 * with the largest self and total.
 */

import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { FrameIndex, Profile } from '../../model/profile.ts';
import type { Fact } from './fact.ts';

/** What other programs say of stacks. */
export interface StackFacts {
  readonly samples?: number;
  readonly total_weight?: number;
  readonly distinct_frames?: number;
  readonly distinct_stacks?: number;
  readonly max_depth?: number;
  readonly top10_self?: readonly (readonly [string, number])[];
  readonly top10_total?: readonly (readonly [string, number])[];
}

/** How a frame is called in the facts. */
export type NameFrame = (profile: Profile, frame: FrameIndex) => string;

/** Name, file and line in the way most text formats have them. */
export const nameWithPlace: NameFrame = (profile, frame) => {
  const file = getFrameFile(profile, frame);
  const line = profile.frames.line[frame] ?? 0;
  const name = getFrameName(profile, frame);
  return file === '' ? name : `${name} (${file}${line > 0 ? `:${line}` : ''})`;
};

/** Facts of all profiles of a file together, in one metric: threads of a file are told as one. */
export function compareStacks(
  facts: StackFacts,
  profiles: readonly Profile[],
  nameFrame: NameFrame = nameWithPlace,
  metric = 0,
): Fact[] {
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const stacks = new Set<string>();
  let [samples, weight, depth] = [0, 0, 0];
  for (const profile of profiles) {
    const contexts = profile.contexts;
    if (contexts === undefined) continue;
    samples += contexts.samples;
    const depths = new Int32Array(contexts.length);
    const paths: string[] = [];
    const { self: selfs, total: totals } = profile.functions;
    for (let frame = 0; frame < profile.frames.length; frame++) {
      if (Number.isNaN(selfs[metric]![frame]!)) continue;
      const name = nameFrame(profile, frame);
      self.set(name, (self.get(name) ?? 0) + selfs[metric]![frame]!);
      total.set(name, (total.get(name) ?? 0) + totals[metric]![frame]!);
    }
    for (let context = 0; context < contexts.length; context++) {
      const above = contexts.parent[context]!;
      depths[context] = above < 0 ? 1 : depths[above]! + 1;
      depth = Math.max(depth, depths[context]!);
      paths[context] = `${above < 0 ? '' : paths[above]};${nameFrame(profile, contexts.frame[context]!)}`;
      weight += contexts.self[metric]![context]!;
      if (contexts.self[metric]![context] !== 0) stacks.add(paths[context]!);
    }
  }
  const known: Record<string, unknown> = {
    samples,
    total_weight: weight,
    distinct_frames: self.size,
    distinct_stacks: stacks.size,
    max_depth: depth,
  };
  const found = Object.keys(known)
    .filter((fact) => facts[fact as keyof StackFacts] !== undefined)
    .map((fact): Fact => ({ fact, want: facts[fact as keyof StackFacts], got: known[fact] }));
  return [
    ...found,
    ...compareTop('top10_self', facts.top10_self, self),
    ...compareTop('top10_total', facts.top10_total, total),
  ];
}

/** The named values one by one, and that no other value is larger than the last of them. */
export function compareTop(
  fact: string,
  rows: readonly (readonly [string, number])[] = [],
  values: ReadonlyMap<string, number>,
): Fact[] {
  const ranked = [...values.values()].sort((a, b) => b - a);
  return rows.flatMap(([name, value], rank) => [
    { fact: `${fact} ${name}`, want: value, got: values.get(name) },
    { fact: `${fact} rank ${rank + 1}`, want: value, got: ranked[rank] },
  ]);
}
