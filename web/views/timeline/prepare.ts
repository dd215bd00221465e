/** Makes threads ready to be drawn: once per thread, in slices between frames where there is much of it. */
import { indexTimeline, type TimelineIndex } from '../../../shared/layout/timeline-index.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { Steps } from '../../../shared/tree/steps.ts';
import type { IndexedThread } from './lanes.ts';

/** Work before the first picture, and between two frames after that. */
const FIRST_MS = 60;
const SLICE_MS = 8;
const AFTER_PAINT_MS = 2;

const known = new WeakMap<Profile, TimelineIndex | null>();

/** Threads that have samples, ready. */
export function* prepareThreads(threads: readonly Profile[]): Steps<IndexedThread[]> {
  const ready: IndexedThread[] = [];
  for (const profile of threads) {
    let index = known.get(profile);
    if (index === undefined) {
      index = yield* indexTimeline(profile);
      known.set(profile, index);
    }
    if (index !== null) ready.push({ profile, index });
  }
  return ready;
}

/** Runs work: what is quickly done before this returns, else in slices between frames. Returns how to give it up. */
export function runBetweenFrames<T>(steps: Steps<T>, answer: (result: T) => void, firstMs = FIRST_MS): () => void {
  let timer = 0;
  const work = (most: number): void => {
    const until = performance.now() + most;
    do {
      const step = steps.next();
      if (step.done) {
        answer(step.value);
        return;
      }
    } while (performance.now() < until);
    timer = window.setTimeout(() => work(SLICE_MS), AFTER_PAINT_MS);
  };
  work(firstMs);
  return () => window.clearTimeout(timer);
}
