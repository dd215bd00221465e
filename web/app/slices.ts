/**
 * Work of the page's own thread in slices, so that a frame, a letter or a click never waits for all of it: the first slice
 * at once, the others as tasks of their own. What takes less than one slice is done before the call returns.
 */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Steps } from '../../shared/tree/steps.ts';

/** The first slice may take as long as a frame: what is done in it needs no second drawing. */
const FIRST_MS = 14;
/** Others leave a little of each frame for drawing. */
const SLICE_MS = 12;

const waiting: (() => void)[] = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => waiting.shift()?.();

/** Runs `steps` to their end unless it is ended first. `firstMs`: how long the first slice may take. */
export function runInSlices<T>(steps: Steps<T>, answer: (result: T) => void, firstMs = FIRST_MS): () => void {
  let isEnded = false;
  const go = (most: number): void => {
    if (isEnded) return;
    const until = performance.now() + most;
    do {
      const step = steps.next();
      if (step.done) {
        answer(step.value);
        return;
      }
    } while (performance.now() < until);
    waiting.push(() => go(SLICE_MS));
    channel.port2.postMessage(null);
  };
  go(firstMs);
  return () => {
    isEnded = true;
  };
}

/** A value that is worked out in slices, from the moment it is first asked for and again when what it is made of changes. */
export interface Sliced<T> {
  /** The newest that is finished; null before there is one. */
  readonly value: T | null;
  end(): void;
}

/**
 * `start` reads what the work depends on and begins it; null: there is nothing to do, and nothing to show. Until the work
 * is done there is the `last` value, or `none`.
 */
export function createSliced<T>(
  meanwhile: 'last' | 'none',
  start: () => Steps<T> | null,
  firstMs = FIRST_MS,
): Sliced<T> {
  const result = signal<T | null>(null);
  let cancel = () => {};
  let stop: (() => void) | null = null;
  const begin = () =>
    effect(() => {
      const steps = start();
      cancel();
      let isDone = false;
      if (steps !== null) {
        cancel = untracked(() =>
          runInSlices(
            steps,
            (value) => {
              isDone = true;
              result.value = value;
            },
            firstMs,
          ),
        );
      }
      if (steps === null || (meanwhile === 'none' && !isDone)) result.value = null;
    });
  return {
    get value() {
      stop ??= untracked(begin);
      return (result as ReadonlySignal<T | null>).value;
    },
    end() {
      stop?.();
      cancel();
    },
  };
}
