import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getKey, readOracle } from '../../e2e/oracle.ts';
import { getFrameKey } from '../model/frame-key.ts';
import { readBytes } from '../readers/index.ts';
import { profileOfRows, SMALL_ROWS } from '../testing/profile-of-rows.ts';
import { buildFunctionRows, getSelfPerCall, getTotalPerCall, nextSort, type SortKey } from './function-rows.ts';

describe('buildFunctionRows', () => {
  it('divides self by all calls and total by primitive calls', () => {
    const rows = buildFunctionRows(profileOfRows(SMALL_ROWS));
    expect([getSelfPerCall(rows, 1), getTotalPerCall(rows, 1)]).toEqual([6 / 8, 12 / 2]);
  });

  it('keeps unknown numbers unknown and leaves them out of the whole', () => {
    const rows = buildFunctionRows(profileOfRows(SMALL_ROWS));
    expect([rows.calls[3], rows.self[3], getSelfPerCall(rows, 3), getTotalPerCall(rows, 3)]).toEqual(
      Array(4).fill(Number.NaN),
    );
    expect(rows.whole).toBe(13);
  });

  it('has no time per call where there were no calls', () => {
    const rows = buildFunctionRows(profileOfRows('never 0 0 0 a.py:1'));
    expect([getSelfPerCall(rows, 0), getTotalPerCall(rows, 0)]).toEqual([Number.NaN, Number.NaN]);
  });

  it.each(['notes', 'lib2to3', 'pydoc'])('has the numbers that pstats has for %s', async (name) => {
    const oracle = readOracle(name);
    const bytes = readFileSync(new URL(`../../public/samples/${name}.prof`, import.meta.url));
    const profile = (await readBytes(bytes, `${name}.prof`)).profiles[0]!;
    const rows = buildFunctionRows(profile);
    expect(rows.length).toBe(oracle.functions);
    expect(rows.whole).toBeCloseTo(oracle.total, 9);
    const keys = new Map(Array.from({ length: rows.length }, (_, frame) => [getFrameKey(profile, frame), frame]));
    for (const each of [...oracle.bySelf, ...oracle.byTotal]) {
      const frame = keys.get(getKey(each))!;
      expect([rows.calls[frame], rows.primitiveCalls[frame]], getKey(each)).toEqual([each.calls, each.primitiveCalls]);
      expect(rows.self[frame]).toBeCloseTo(each.self, 12);
      expect(rows.total[frame]).toBeCloseTo(each.total, 12);
      expect(getSelfPerCall(rows, frame)).toBeCloseTo(each.self / each.calls, 12);
      expect(getTotalPerCall(rows, frame)).toBeCloseTo(each.total / each.primitiveCalls, 12);
    }
  });
});

describe('nextSort', () => {
  const down: SortKey[] = [{ column: 'self', descending: true }];
  const up: SortKey[] = [{ column: 'self', descending: false }];

  it('turns round at the second click and returns to the order of the file at the third', () => {
    expect(nextSort([], 'self', false)).toEqual(down);
    expect(nextSort(down, 'self', false)).toEqual(up);
    expect(nextSort(up, 'self', false)).toEqual([]);
  });

  it('sorts names from A to Z first', () => {
    expect(nextSort(down, 'name', false)).toEqual([{ column: 'name', descending: false }]);
  });

  it('adds, turns and drops a further column with shift', () => {
    const both = nextSort(down, 'calls', true);
    expect(both).toEqual([...down, { column: 'calls', descending: true }]);
    expect(nextSort(both, 'calls', true)).toEqual([...down, { column: 'calls', descending: false }]);
    expect(nextSort(nextSort(both, 'calls', true), 'calls', true)).toEqual(down);
  });

  it('sorts by one column alone again at a plain click', () => {
    expect(nextSort(nextSort(down, 'calls', true), 'self', false)).toEqual(down);
  });
});
