import { describe, expect, it } from 'vitest';
import { setFilter, setSearch, setView, setZoom } from './actions.ts';
import { createStore, type HistoryWindow, type Store } from './store.ts';

/** A window's history without a window: entries, and timers that run when told to. */
class TestWindow implements HistoryWindow {
  entries: string[];
  at = 0;
  isRefusing = false;
  readonly #listeners = new Map<string, () => void>();
  #timers = new Map<number, () => void>();
  #lastTimer = 0;
  constructor(address: string) {
    this.entries = [address];
  }
  get location() {
    const { pathname, search, origin } = new URL(this.entries[this.at]!, 'http://127.0.0.1:8080');
    return { pathname, search, origin };
  }
  #states: unknown[] = [null];
  get history(): HistoryWindow['history'] {
    return {
      state: this.#states[this.at],
      pushState: (data, _unused, url) => {
        if (this.isRefusing) throw new DOMException('Too many calls', 'SecurityError');
        this.entries = [...this.entries.slice(0, this.at + 1), String(url)];
        this.#states[++this.at] = data;
      },
      replaceState: (data, _unused, url) => {
        this.entries[this.at] = String(url);
        this.#states[this.at] = data;
      },
    };
  }
  addEventListener(type: string, listener: () => void): void {
    this.#listeners.set(type, listener);
  }
  setTimeout(handler: () => void): number {
    this.#timers.set(++this.#lastTimer, handler);
    return this.#lastTimer;
  }
  clearTimeout(timer: number): void {
    this.#timers.delete(timer);
  }
  pause(): void {
    for (const handler of this.#timers.values()) handler();
    this.#timers.clear();
  }
  go(step: number): void {
    this.at += step;
    this.#listeners.get('popstate')?.();
  }
}

const ID = '0123456789abcdef';

function open(address = `/p/${ID}`): { window: TestWindow; store: Store } {
  const window = new TestWindow(address);
  return { window, store: createStore(window) };
}

describe('the store and the browser’s history', () => {
  it('goes back as far as its own steps, not to where somebody came from', () => {
    const { window, store } = open();
    expect(store.canGoBack()).toBe(false);
    store.dispatch(setSearch('parse'), 'typing');
    window.pause();
    expect(store.canGoBack()).toBe(false);
    store.dispatch(setView('flame'), 'step');
    expect(store.canGoBack()).toBe(true);
    store.dispatch(setSearch('p'), 'typing');
    window.pause();
    expect(store.canGoBack()).toBe(true);
    window.go(-1);
    expect(store.canGoBack()).toBe(false);
  });

  it('goes on when the browser refuses another entry', () => {
    const { window, store } = open();
    window.isRefusing = true;
    store.dispatch(setView('flame'), 'step');
    expect(store.state.value.view).toBe('flame');
  });

  it('starts as the address says', () => {
    const { store } = open(`/p/${ID}?view=sunburst&search=parse`);
    expect(store.place.value).toEqual({ kind: 'profile', id: ID });
    expect(store.state.value).toMatchObject({ view: 'sunburst', search: 'parse' });
  });

  it('undoes a zoom by going back, and does it again by going forward', () => {
    const { window, store } = open();
    store.dispatch(setZoom('AAAAA'), 'step');
    store.dispatch(setZoom('AAAAABBBBB'), 'step');
    window.go(-1);
    expect(store.state.value.zoom).toBe('AAAAA');
    window.go(-1);
    expect(store.state.value.zoom).toBe('');
    window.go(2);
    expect(store.state.value.zoom).toBe('AAAAABBBBB');
  });

  it('writes typing into the same entry, once it pauses', () => {
    const { window, store } = open();
    for (const text of ['p', 'pa', 'par']) store.dispatch(setSearch(text), 'typing');
    expect(window.entries).toEqual([`/p/${ID}`]);
    window.pause();
    expect(window.entries).toEqual([`/p/${ID}?search=par`]);
  });

  it('does not lose what was typed right before a step', () => {
    const { window, store } = open();
    store.dispatch(setSearch('par'), 'typing');
    store.dispatch(setView('flame'), 'step');
    expect(window.entries).toEqual([`/p/${ID}?search=par`, `/p/${ID}?view=flame&search=par`]);
  });

  it('keeps both of two changes to the filter that know nothing of each other', () => {
    const store = createStore(new TestWindow('/p/0123456789abcdef'));
    store.dispatch(setFilter({ regex: true }), 'typing');
    store.dispatch(setFilter({ text: 'render_' }), 'typing');
    const { filter, filterRegex } = store.state.value;
    expect([filter, filterRegex]).toEqual(['render_', true]);
  });

  it('makes no entry for a step that changes nothing', () => {
    const { window, store } = open();
    store.dispatch(setView('icicle'), 'step');
    expect(window.entries).toHaveLength(1);
  });

  it('opens another profile with the default view of it', () => {
    const { window, store } = open(`/p/${ID}?view=flame`);
    store.go({ kind: 'sample', file: 'app.prof' });
    expect(window.entries[1]).toBe('/?sample=app.prof');
    window.go(-1);
    expect(store.place.value).toEqual({ kind: 'profile', id: ID });
    expect(store.state.value.view).toBe('flame');
  });

  it('writes the address of another profile at once, after the steps that still wait for their turn', () => {
    const window = new TestWindow(`/p/${ID}`);
    const store = createStore(window, { hold() {}, runFirst() {} });
    store.dispatch(setView('flame'), 'step');
    expect(window.entries).toEqual([`/p/${ID}`]);
    store.go({ kind: 'sample', file: 'app.prof' });
    expect(window.entries).toEqual([`/p/${ID}`, `/p/${ID}?view=flame`, '/?sample=app.prof']);
  });

  it('puts the state of a sample behind its name', () => {
    const { store } = open('/?sample=app.prof&view=flame');
    expect(store.getAddress()).toBe('http://127.0.0.1:8080/?sample=app.prof&view=flame');
  });

  it('takes an address that it does not know for the start page', () => {
    for (const address of ['/x', '/p/', '/p/..%2f..', '/p/UPPERCASE', '/?sample=../secret']) {
      expect(open(address).store.place.value).toEqual({ kind: 'home' });
    }
  });
});
