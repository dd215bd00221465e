import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AppState,
  COLOR_SCHEMES,
  CUTOFFS,
  DEFAULT_STATE,
  DEPTHS,
  GROUPINGS,
  SEARCH_MODES,
  VIEWS,
} from './app-state.ts';
import { formatStep } from './node-path.ts';
import { parseState, printState } from './url.ts';

const path = fc.array(fc.nat(2 ** 30 - 1), { maxLength: 40 }).map((codes) => codes.map(formatStep).join(''));
const text = fc.string({ unit: 'grapheme', maxLength: 60 });
/** What is empty is not written. */
const someText = fc.string({ minLength: 1, maxLength: 20 });
const columns = ['calls', 'self', 'selfPerCall', 'total', 'totalPerCall', 'name'] as const;
const sort = fc.uniqueArray(fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }), {
  selector: (key) => key.column,
});

const anyState: fc.Arbitrary<AppState> = fc.record({
  view: fc.constantFrom(...VIEWS),
  thread: text,
  metric: text,
  range: text,
  options: fc.record({ timeline: someText, lines: someText }, { requiredKeys: [] }),
  root: text,
  within: path,
  zoom: path,
  select: path,
  selectFunction: text,
  search: text,
  searchMode: fc.constantFrom(...SEARCH_MODES),
  searchNarrows: fc.boolean(),
  sort,
  group: fc.constantFrom(...GROUPINGS),
  filter: text,
  filterRegex: fc.boolean(),
  color: fc.constantFrom(...COLOR_SCHEMES),
  depth: fc.constantFrom(...DEPTHS),
  cutoff: fc.constantFrom(...CUTOFFS),
  measuredOnly: fc.boolean(),
  openGroups: fc.constant(DEFAULT_STATE.openGroups),
});

describe('the address of a view', () => {
  it('restores every state', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(parseState(printState(state))).toEqual(state);
      }),
    );
  });

  it('is empty for the default view', () => {
    expect(printState(DEFAULT_STATE)).toBe('');
  });

  it('says only what differs, in words', () => {
    const state: AppState = {
      ...DEFAULT_STATE,
      view: 'flame',
      root: '/app/core.py:12(run)',
      sort: [
        { column: 'total', descending: true },
        { column: 'name', descending: false },
      ],
      depth: 5,
      measuredOnly: true,
    };
    expect(decodeURIComponent(printState(state))).toBe(
      '?view=flame&root=/app/core.py:12(run)&sort=-cumtime,name&depth=5&measured=1',
    );
  });

  it('takes what makes no sense as the default', () => {
    const search =
      '?view=pie&zoom=%3Cscript%3E&sort=-speed&depth=7&cutoff=x&measured=maybe&color=&unknown=1&group=none';
    expect(parseState(search)).toEqual(DEFAULT_STATE);
  });

  it('survives any query', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        expect(() => parseState(query)).not.toThrow();
      }),
    );
  });

  it('takes no text that is longer than a person would search for', () => {
    expect(parseState(`?search=${'x'.repeat(5000)}`).search).toBe('');
  });
});
