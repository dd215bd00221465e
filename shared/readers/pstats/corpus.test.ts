import { describe, expect, it } from 'vitest';
import { corpusFiles, readCorpusFile } from '../../testing/corpus.ts';
import { keyOf, type PstatsFunction, type PstatsNumbers, sumKnown, viewAsPstats } from '../../testing/pstats-view.ts';
import { readBytes } from '../index.ts';

type Key = readonly [file: string, line: number, name: string];
/** Four numbers in the file's own order, or a count. */
type Edge = readonly [number, number, number, number] | number;

/** What the corpus's manifest says about a pstats file. */
interface Facts {
  readonly sampled: boolean;
  readonly functions: number;
  readonly total_tt: number;
  readonly total_calls: number;
  readonly prim_calls: number;
  readonly caller_edges: number;
  readonly caller_value_kinds: { readonly tuple?: number; readonly int?: number };
  readonly recursive_functions: number;
  readonly callers_missing_from_functions: number;
  readonly string_type?: string;
  readonly top20_tottime: readonly TopRow[];
  readonly top20_cumtime: readonly TopRow[];
  readonly neighbours: readonly { fn: Key; callers: readonly [Key, Edge][]; callees: readonly [Key, Edge][] }[];
}

interface TopRow {
  readonly fn: Key;
  /** cc, nc, tt, ct */
  readonly stat: readonly [number, number, number, number];
}

function expectClose(found: number, expected: number, what: string): void {
  expect(Math.abs(found - expected), what).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

/** A count the file has as -1 is unknown here; any other is equal. */
function expectCount(found: number, expected: number, what: string): void {
  expect(found, what).toBe(expected < 0 ? Number.NaN : expected);
}

function expectEdges(found: ReadonlyMap<string, PstatsNumbers>, expected: readonly [Key, Edge][], what: string): void {
  expect([...found.keys()].sort(), what).toEqual(expected.map(([key]) => keyOf(...key)).sort());
  for (const [key, edge] of expected) {
    const numbers = found.get(keyOf(...key))!;
    if (typeof edge === 'number') {
      expectCount(numbers.calls, edge, what);
      expect([numbers.self, numbers.total], what).toEqual([Number.NaN, Number.NaN]);
      continue;
    }
    expectCount(numbers.calls, Math.max(edge[0], edge[1]), what);
    expectCount(numbers.primitiveCalls, Math.min(edge[0], edge[1]), what);
    expectClose(numbers.self, edge[2], what);
    expectClose(numbers.total, edge[3], what);
  }
}

function expectTop(rows: readonly TopRow[], view: ReadonlyMap<string, PstatsFunction>, column: 'self' | 'total'): void {
  const largest = [...view.values()].map((row) => row[column]).sort((a, b) => b - a);
  rows.forEach(({ fn, stat }, rank) => {
    const key = keyOf(...fn);
    const found = view.get(key)!;
    expect(found, key).toBeDefined();
    expectCount(found.primitiveCalls, Math.min(stat[0], stat[1]), key);
    expectCount(found.calls, Math.max(stat[0], stat[1]), key);
    expectClose(found.self, stat[2], key);
    expectClose(found.total, stat[3], key);
    expectClose(largest[rank]!, column === 'self' ? stat[2] : stat[3], `rank ${rank} by ${column}`);
  });
}

describe('every pstats file of the corpus holds the facts of its manifest', () => {
  const files = corpusFiles('pstats');
  it(`has ${files.length} files`, () => expect(files.length === 0 || files.length >= 30).toBe(true));

  for (const { file, expect: expected } of files) {
    const facts = expected as Facts;
    it(file, async () => {
      const group = await readBytes(readCorpusFile(file), 'unknown');
      const profile = group.profiles[0]!;
      const view = viewAsPstats(profile);
      expect(profile.traits.sampled).toBe(facts.sampled);
      expect(profile.frames.length).toBe(facts.functions + facts.callers_missing_from_functions);
      expect(profile.calls.length).toBe(facts.caller_edges);
      expectClose(sumKnown(profile.functions.self[0]!), facts.total_tt, 'total time');
      if (facts.total_calls < 0) expect(profile.traits.hasCounts).toBe(false);
      else {
        expect(sumKnown(profile.functions.calls)).toBe(facts.total_calls);
        expect(sumKnown(profile.functions.primitiveCalls)).toBe(facts.prim_calls);
      }
      const rows = [...view.values()];
      expect(rows.filter((row) => row.calls > row.primitiveCalls).length).toBe(facts.recursive_functions);
      const countEdges = [...profile.calls.self[0]!].filter(Number.isNaN).length;
      expect(countEdges).toBe(facts.caller_value_kinds.int ?? 0);
      if (facts.string_type !== undefined) expect(group.writer).toContain('Python 2');
      expectTop(facts.top20_tottime, view, 'self');
      expectTop(facts.top20_cumtime, view, 'total');
      for (const { fn, callers, callees } of facts.neighbours) {
        const found = view.get(keyOf(...fn))!;
        expectEdges(found.callers, callers, `callers of ${keyOf(...fn)}`);
        expectEdges(found.callees, callees, `callees of ${keyOf(...fn)}`);
      }
      expect(group.warnings.map((warning) => warning.code)).toEqual(profile.traits.hasCounts ? [] : ['no-counts']);
    });
  }
});
