/** Sums by a name that several frames may share. */
import type { FrameIndex, Profile } from '../../model/profile.ts';

/** Sums of a profile's contexts; a name that occurs several times in one stack counts once in `total`. */
export interface NameSums {
  readonly self: ReadonlyMap<string, number>;
  readonly total: ReadonlyMap<string, number>;
  /** Distinct paths of names that have a value of their own. */
  readonly stacks: number;
}

/** Sums by name, in one metric. Names of frames that are in no context are left out. */
export function sumByName(profile: Profile, nameFrame: (frame: FrameIndex) => string, metric = 0): NameSums {
  const contexts = profile.contexts!;
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const paths: string[][] = [];
  const stacks = new Set<string>();
  for (let context = 0; context < contexts.length; context++) {
    const above = contexts.parent[context]!;
    const name = nameFrame(contexts.frame[context]!);
    const path = [...(above < 0 ? [] : paths[above]!), name];
    paths[context] = path;
    const own = contexts.self[metric]![context]!;
    if (own !== 0) {
      self.set(name, (self.get(name) ?? 0) + own);
      stacks.add(path.join('\n'));
    }
    if (path.indexOf(name) === path.length - 1) {
      total.set(name, (total.get(name) ?? 0) + contexts.total[metric]![context]!);
    }
  }
  return { self, total, stacks: stacks.size };
}
