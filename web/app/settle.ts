/**
 * What showing a document asks for at once, worked out in slices before it is shown, so that the page goes on meanwhile.
 * In one piece it would hold the page for 150 ms at a million functions.
 */
import { packageInSteps } from '../../shared/color/packages.ts';
import { getCallSums } from '../../shared/tree/function-rows.ts';
import type { Steps } from '../../shared/tree/steps.ts';
import type { OpenDocument } from '../state/document.ts';
import { openLevels } from './chart-size.ts';
import { runInSlices } from './slices.ts';

/** Resolves when nothing of a document is left that takes longer than a frame. Its results are kept where they belong. */
export function settle(document: OpenDocument): Promise<void> {
  return new Promise((resolve) => {
    // Whoever goes on then draws: a task of its own.
    runInSlices(settleInSteps(document), () => setTimeout(resolve, 0));
  });
}

function* settleInSteps({ profile, tree }: OpenDocument): Steps<void> {
  yield* packageInSteps(profile);
  yield;
  getCallSums(profile);
  yield;
  yield* openLevels(tree);
}
