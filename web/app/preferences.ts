/** What is remembered in this browser whatever is open: theme and single-letter keys. Never in an address. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

/** `system` follows the browser. */
export type ThemeWish = 'system' | 'light' | 'dark';

/** What a person chose or their system asks for; kept in the browser, never in a link. */
export interface Preferences {
  readonly themeWish: Signal<ThemeWish>;
  /** The theme on screen. */
  readonly theme: ReadonlySignal<'light' | 'dark'>;
  /** False: single letters do nothing, for people whose speech or switch software types them. */
  readonly letterKeys: Signal<boolean>;
  /** False: no animation. */
  readonly motion: ReadonlySignal<boolean>;
  /** True while the page is put on paper, which is white and has no sizes to drag. */
  readonly isPrinting: ReadonlySignal<boolean>;
  /** Width classes of the page, as in its style sheet. */
  readonly isMedium: ReadonlySignal<boolean>;
  readonly isNarrow: ReadonlySignal<boolean>;
}

const THEME_KEY = 'tsviz-theme';
const LETTERS_KEY = 'tsviz-letter-keys';

/** The preferences of this browser, applied to the page and kept up to date. */
export function createPreferences(): Preferences {
  const stored = read(THEME_KEY);
  const themeWish = signal<ThemeWish>(stored === 'light' || stored === 'dark' ? stored : 'system');
  const letterKeys = signal(read(LETTERS_KEY) !== 'off');
  const systemDark = watchMedia('(prefers-color-scheme: dark)');
  const still = watchMedia('(prefers-reduced-motion: reduce)');
  const isPrinting = watchPrinting();
  const shownWish = computed(() => (isPrinting.value ? 'light' : themeWish.value));
  const theme = computed(() =>
    shownWish.value === 'system' ? (systemDark.value ? 'dark' : 'light') : shownWish.value,
  );
  effect(() => {
    const root = document.documentElement;
    if (shownWish.value === 'system') delete root.dataset.theme;
    else root.dataset.theme = shownWish.value;
  });
  effect(() => write(THEME_KEY, themeWish.value));
  effect(() => write(LETTERS_KEY, letterKeys.value ? 'on' : 'off'));
  return {
    themeWish,
    theme,
    letterKeys,
    motion: computed(() => !still.value),
    isPrinting,
    isMedium: watchMedia('(max-width: 1180px)'),
    isNarrow: watchMedia('(max-width: 860px)'),
  };
}

/** Browsers tell it by events, and the tools that make a PDF by the media type. */
function watchPrinting(): ReadonlySignal<boolean> {
  const onPaper = watchMedia('print');
  const asked = signal(false);
  for (const [name, value] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    window.addEventListener(name, () => {
      asked.value = value;
    });
  }
  return computed(() => asked.value || onPaper.value);
}

function watchMedia(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => {
    matches.value = list.matches;
  });
  return matches;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage may be forbidden; then nothing is remembered.
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
