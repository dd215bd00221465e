/** Facts of py-spy's dumps: threads with their frames. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { FactCheck } from './fact.ts';

interface DumpFacts {
  readonly threads: readonly {
    readonly tid: string;
    readonly state: string;
    readonly name: string;
    readonly frames: readonly (readonly [string, string, number])[];
  }[];
}

/** Checks one. */
export const checkPySpyDump: FactCheck = (expected, group) => {
  const { threads } = expected as unknown as DumpFacts;
  const about = new Map(group.about);
  return [
    { fact: 'threads', want: threads.length, got: group.profiles.length },
    ...threads.flatMap(({ tid, state, name, frames }, at) => {
      const profile = group.profiles[at]!;
      return [
        { fact: `thread ${at + 1}`, want: `${name} ${tid}`, got: profile.name },
        { fact: `state of ${name}`, want: state, got: about.get(profile.name) },
        { fact: `frames of ${name}`, want: frames, got: listFrames(profile) },
      ];
    }),
  ];
};

/** The one stack of a profile, innermost frame first. */
function listFrames(profile: Profile): (readonly [string, string, number])[] {
  const { frame, self, parent } = profile.contexts!;
  const found: (readonly [string, string, number])[] = [];
  for (let at = self[0]!.indexOf(1); at >= 0; at = parent[at]!) {
    const of = frame[at]!;
    found.push([getFrameName(profile, of), getFrameFile(profile, of), profile.frames.line[of]!]);
  }
  return found;
}
