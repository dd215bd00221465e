import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getKey, readOracle } from '../../e2e/oracle.ts';
import { ProfileBuilder } from '../model/build.ts';
import { getFrameKey } from '../model/frame-key.ts';
import type { Profile } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';
import { profileOfRows, SMALL_ROWS } from '../testing/profile-of-rows.ts';
import { type ArrangeOptions, arrangeRows } from './arrange-rows.ts';
import { buildFunctionRows, type SortKey } from './function-rows.ts';
import { groupFramesByPath } from './grouping.ts';
import { searchFrames } from './search.ts';
import { finish } from './steps.ts';

function names(profile: Profile, options: Partial<ArrangeOptions> = {}): string[] {
  const rows = buildFunctionRows(profile);
  const all = { sort: [], matches: [], grouping: null, openGroups: new Set<string>(), ...options };
  const { lines, groups } = arrangeRows(rows, all);
  return [...lines].map((line) =>
    line < 0 ? `[${groups!.name(-1 - line)}]` : getFrameKey(profile, line).replace(/^.*\((.*)\)$/, '$1'),
  );
}

const groupByPath = (profile: Profile, by: 'file' | 'directory') => finish(groupFramesByPath(profile, by));

describe('arrangeRows', () => {
  const profile = profileOfRows(SMALL_ROWS);

  it('keeps the order of the file without a sort', () => {
    expect(names(profile)).toEqual(['main', 'parse', 'read', 'ghost']);
  });

  it('sorts unknown numbers last, up and down', () => {
    expect(names(profile, { sort: [{ column: 'calls', descending: true }] })).toEqual([
      'parse',
      'read',
      'main',
      'ghost',
    ]);
    expect(names(profile, { sort: [{ column: 'calls', descending: false }] })).toEqual([
      'main',
      'read',
      'parse',
      'ghost',
    ]);
  });

  it('breaks ties by the second column', () => {
    const sort: SortKey[] = [
      { column: 'self', descending: true },
      { column: 'calls', descending: false },
    ];
    expect(names(profile, { sort })).toEqual(['read', 'parse', 'main', 'ghost']);
  });

  it('sorts by name without regard to case', () => {
    const mixed = profileOfRows('beta 1 1 1 a.py:1\nAlpha 1 1 1 a.py:2\n<method 1 1 1 a.py:3');
    expect(names(mixed, { sort: [{ column: 'name', descending: false }] })).toEqual(['<method', 'Alpha', 'beta']);
  });

  it('shows what all filters let through, and sums it', () => {
    const byPath = searchFrames(profile, { text: 'app/', mode: 'text' }).matches;
    const byName = searchFrames(profile, { text: 'a', mode: 'text' }).matches;
    expect(names(profile, { matches: [byPath, null, byName] })).toEqual(['main', 'parse']);
    const arranged = arrangeRows(buildFunctionRows(profile), {
      sort: [],
      matches: [byPath],
      grouping: null,
      openGroups: new Set(),
    });
    expect(arranged).toMatchObject({ count: 2, self: 7, maxSelf: 6, maxTotal: 20 });
  });

  it('gathers rows under heads that add up self and calls', () => {
    const grouping = groupByPath(profile, 'directory');
    const openGroups = new Set(['lib']);
    const sort: SortKey[] = [{ column: 'self', descending: true }];
    expect(names(profile, { grouping, openGroups, sort })).toEqual(['[app]', '[lib]', 'read', 'ghost']);
    const { groups, maxSelf } = arrangeRows(buildFunctionRows(profile), { sort, matches: [], grouping, openGroups });
    expect([...groups!.self]).toEqual([7, 6]);
    expect([...groups!.calls]).toEqual([9, Number.NaN]);
    expect([...groups!.count]).toEqual([2, 2]);
    expect(maxSelf).toBe(7);
  });

  it('leaves out groups without a match', () => {
    const grouping = groupByPath(profile, 'file');
    const matches = [searchFrames(profile, { text: 'read', mode: 'text' }).matches];
    expect(names(profile, { grouping, matches })).toEqual(['[lib/io.py]']);
  });

  it('sorts groups by their largest total, because totals do not add up', () => {
    const grouping = groupByPath(profile, 'file');
    const sort: SortKey[] = [{ column: 'total', descending: false }];
    expect(names(profile, { grouping, sort })).toEqual(['[lib/io.py]', '[app/parse.py]', '[app/main.py]']);
  });

  it('arranges a profile without functions', () => {
    const empty = new ProfileBuilder().build();
    expect(names(empty, { sort: [{ column: 'self', descending: true }] })).toEqual([]);
  });

  it('sorts the samples as pstats does', async () => {
    const bytes = readFileSync(new URL('../../public/samples/notes.prof', import.meta.url));
    const profile = (await readBytes(bytes, 'notes.prof')).profiles[0]!;
    const arranged = (column: SortKey['column']) =>
      [
        ...arrangeRows(buildFunctionRows(profile), {
          sort: [{ column, descending: true }],
          matches: [],
          grouping: null,
          openGroups: new Set(),
        }).lines,
      ]
        .slice(0, 12)
        .map((frame) => getFrameKey(profile, frame));
    const { bySelf, byTotal } = readOracle('notes');
    expect(arranged('self')).toEqual(bySelf.slice(0, 12).map(getKey));
    expect(arranged('total')).toEqual(byTotal.slice(0, 12).map(getKey));
  });
});
