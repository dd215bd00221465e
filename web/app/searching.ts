/**
 * Searches under a state that changes. Text and words are looked for here, in slices, in the profile's own bytes; an
 * expression may never end, so it runs in a worker that can be ended. Answers arrive at once or later, the newest wins.
 */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Profile } from '../../shared/model/profile.ts';
import { checkQuery, type FrameMatches, type FrameQuery, searchInSteps } from '../../shared/tree/search.ts';
import { NameSearch } from '../client/name-search.ts';
import { runInSlices } from './slices.ts';
import { createSearchWorker } from './workers.ts';

/** A query that runs or has run. */
export interface SearchState {
  readonly query: FrameQuery | null;
  /** Null: no query, not answered yet, or an error. */
  readonly found: FrameMatches | null;
  readonly error: string | null;
}

const NO_SEARCH: SearchState = { query: null, found: null, error: null };

/**
 * What the query of the moment finds; until that is known, what the one before found. `listed`: frames that count, as
 * `FunctionRows` has them.
 */
export function createSearch(
  profile: Profile,
  listed: Uint8Array | null,
  query: ReadonlySignal<FrameQuery>,
): { readonly result: ReadonlySignal<SearchState>; close(): void } {
  const names = new NameSearch(profile, createSearchWorker);
  const result = signal<SearchState>(NO_SEARCH);
  let last = '';
  let cancel = () => {};
  const search = (next: FrameQuery): void => {
    const error = next.text === '' ? null : checkQuery(next);
    if (next.mode !== 'regex' || next.text === '' || error !== null) names.end();
    if (error !== null) result.value = { query: next, found: null, error };
    else if (next.text === '') result.value = NO_SEARCH;
    else if (next.mode === 'regex') {
      names.run(next, ({ found, error: failed }) => {
        result.value = { query: next, found: found && keepListed(found, listed), error: failed };
      });
    } else {
      cancel = runInSlices(searchInSteps(profile, next), (found) => {
        result.value = { query: next, found: keepListed(found, listed), error: null };
      });
    }
  };
  const stop = effect(() => {
    const next = query.value;
    const key = `${next.mode} ${next.text}`;
    if (key === last) return;
    last = key;
    cancel();
    untracked(() => search(next));
  });
  return {
    result,
    close() {
      stop();
      cancel();
      names.end();
    },
  };
}

/** Without matches that only another thread of the file has. */
function keepListed(found: FrameMatches, listed: Uint8Array | null): FrameMatches {
  if (listed === null) return found;
  const matches = found.matches.map((match, frame) => match & listed[frame]!);
  return { ...found, matches, count: matches.reduce((sum, match) => sum + match, 0) };
}
