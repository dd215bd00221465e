/**
 * The part of the open file that the state asks for. Call graphs of other threads and metrics are prepared in a worker;
 * until one is there, what was on screen stays.
 */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { AppState } from '../state/app-state.ts';
import { findPrepared, makeSlice, type OpenDocument } from '../state/document.ts';
import { findSlice } from '../state/slice.ts';
import { prepareInWorker } from './read-in-worker.ts';

/** Parts of one file that are kept: going back and forth between two threads makes none anew. */
const MOST_KEPT = 4;

/** What is shown of a file: follows the file on screen and the state. */
export function createSlicing(
  document: ReadonlySignal<OpenDocument | null>,
  state: ReadonlySignal<AppState>,
): ReadonlySignal<OpenDocument | null> {
  const shown = signal<OpenDocument | null>(null);
  let kept: { readonly of: OpenDocument; readonly key: string; readonly slice: OpenDocument }[] = [];
  let running = new AbortController();
  effect(() => {
    const whole = document.value;
    const { thread, metric, range } = state.value;
    untracked(() => {
      running.abort();
      if (whole === null) {
        shown.value = null;
        return;
      }
      const key = JSON.stringify([thread, metric, range]);
      const known = kept.find((each) => each.of === whole && each.key === key);
      const show = (slice: OpenDocument) => {
        kept = [{ of: whole, key, slice }, ...kept.filter((each) => each !== known)].slice(0, MOST_KEPT);
        shown.value = slice;
      };
      if (known !== undefined) return show(known.slice);
      const slice = findSlice(whole.group, { thread, metric, range });
      if (slice.profile === whole.profile && slice.metric === whole.metric) return show(whole);
      const prepared = findPrepared(whole.file, slice);
      if (prepared !== null || slice.profile.contexts !== undefined) return show(makeSlice(whole, slice, prepared));
      running = new AbortController();
      const { signal: aborted } = running;
      // Until then the file itself is there: a link to another thread has to open with something.
      shown.value ??= whole;
      if (shown.value.file !== whole.file) shown.value = whole;
      prepareInWorker(slice.profile, slice.metric, aborted).then(
        (done) => show(makeSlice(whole, slice, done)),
        (error: unknown) => {
          if (!aborted.aborted) throw error;
        },
      );
    });
  });
  return shown;
}
