/** Facts of plop's files: those of stacks, with frames named `file:line:name`. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { FactCheck } from './fact.ts';
import { compareStacks, type StackFacts } from './stacks.ts';

/** Checks one. */
export const checkPlop: FactCheck = (expected, group) =>
  compareStacks(
    expected as StackFacts,
    group.profiles,
    (profile, frame) => `${getFrameFile(profile, frame)}:${profile.frames.line[frame]}:${getFrameName(profile, frame)}`,
  );
