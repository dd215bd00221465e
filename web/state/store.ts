/**
 * The state on screen and the browser's history, kept equal.
 *
 *   dispatch(action, 'step')   a new entry: the browser's back undoes it
 *   dispatch(action, 'typing') the same entry, written a moment after the last letter (browsers refuse to be told more
 *                              than about three times a second)
 *   back, forward              the entry's address is parsed into the state
 *
 * Browsers take some milliseconds for an entry, so it is written when the picture has begun to move.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Action } from './actions.ts';
import { type AppState, DEFAULT_STATE } from './app-state.ts';
import { isSamePlace, type Place, parsePlace, printPlace } from './place.ts';
import { parseState } from './url.ts';

/** What a change is to the history. */
export type Change = 'step' | 'typing';

/** The state and the place on screen, kept equal to the address. */
export interface Store {
  readonly place: ReadonlySignal<Place>;
  readonly state: ReadonlySignal<AppState>;
  dispatch(action: Action, change: Change): void;
  /** Goes elsewhere, with the default view of it. `replace`: in the same entry, for the same thing under a better name. */
  go(place: Place, options?: { readonly replace?: boolean; readonly state?: AppState }): void;
  /** Whether going back stays in this program: the first entry is where somebody came from elsewhere. */
  canGoBack(): boolean;
  /** The whole address of what is on screen. */
  getAddress(): string;
}

/** What the store needs of a window; tests give their own. */
export interface HistoryWindow {
  readonly history: Pick<History, 'pushState' | 'replaceState' | 'state'>;
  readonly location: Pick<Location, 'pathname' | 'search' | 'origin'>;
  addEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
  setTimeout(handler: () => void, ms: number): number;
  clearTimeout(timer: number): void;
}

/** When things come that can wait for the picture: see the app's turns. */
export interface StoreTurns {
  hold(): void;
  runFirst(job: () => void): void;
}

const TYPING_PAUSE_MS = 350;
const AT_ONCE: StoreTurns = { hold: () => undefined, runFirst: (job) => job() };

/** The store of this window, in the state of its address. */
export function createStore(window: HistoryWindow, turns: StoreTurns = AT_ONCE): Store {
  const place = signal(parsePlace(window.location.pathname, window.location.search));
  const state = signal(parseState(window.location.search));
  let pending = -1;

  /** What each entry carries: how many of ours are before it. Reloading keeps it. */
  const getStep = (): number => {
    const { step } = (window.history.state ?? {}) as { step?: unknown };
    return typeof step === 'number' ? step : 0;
  };
  /** Entries that wait for their turn, in order. */
  let entries: (() => void)[] = [];
  const writeEntries = () => {
    const due = entries;
    entries = [];
    for (const entry of due) write(entry);
  };
  const add = (entry: (path: string) => void) => {
    const path = getPath();
    entries.push(() => entry(path));
    turns.runFirst(writeEntries);
  };
  const push = () => add((path) => window.history.pushState({ step: getStep() + 1 }, '', path));
  const replace = () => add((path) => window.history.replaceState({ step: getStep() }, '', path));
  const getPath = () => printPlace(place.value, state.value);
  const settle = () => {
    if (pending < 0) return;
    window.clearTimeout(pending);
    pending = -1;
    replace();
  };
  window.addEventListener('pagehide', () => {
    settle();
    writeEntries();
  });
  window.addEventListener('popstate', () => {
    window.clearTimeout(pending);
    pending = -1;
    entries = [];
    turns.hold();
    batch(() => {
      const next = parsePlace(window.location.pathname, window.location.search);
      if (!isSamePlace(next, place.value)) place.value = next;
      state.value = { ...parseState(window.location.search), openGroups: state.value.openGroups };
    });
  });

  return {
    place,
    state,
    canGoBack() {
      writeEntries();
      return getStep() > 0;
    },
    getAddress: () => window.location.origin + getPath(),
    dispatch(action, change) {
      const next = action(state.value);
      if (next === state.value) return;
      if (change === 'step') {
        turns.hold();
        settle();
      }
      const before = getPath();
      state.value = next;
      if (getPath() === before) return;
      if (change === 'step') {
        push();
        return;
      }
      window.clearTimeout(pending);
      pending = window.setTimeout(settle, TYPING_PAUSE_MS);
    },
    go(next, options = {}) {
      settle();
      batch(() => {
        place.value = next;
        state.value = options.state ?? DEFAULT_STATE;
      });
      if (options.replace) replace();
      else push();
      // At once: whoever reloads or copies the address right away means what is on screen.
      writeEntries();
    },
  };
}

/** Safari refuses more than a hundred entries in ten seconds: the address is then behind until the next change. */
function write(entry: () => void): void {
  try {
    entry();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
