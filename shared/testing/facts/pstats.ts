/** Facts that Python's own pstats has computed of a file. */
import type { ProfileGroup } from '../../model/profile.ts';
import { keyOf, type PstatsFunction, type PstatsNumbers, sumKnown, viewAsPstats } from '../pstats-view.ts';
import type { Fact, FactCheck } from './fact.ts';

type Key = readonly [file: string, line: number, name: string];
/** Four numbers in the file's own order, or a count. */
type Edge = readonly [number, number, number, number] | number;

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

/** A count that the file has as -1 is unknown here, and in JSON null. */
const count = (value: number): number | null => (value < 0 ? null : value);
const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function compareEdges(where: string, want: readonly [Key, Edge][], got: ReadonlyMap<string, PstatsNumbers>): Fact[] {
  const names = { fact: where, want: want.map(([key]) => keyOf(...key)).sort(), got: [...got.keys()].sort() };
  const numbers = want.map(([key, edge]): Fact => {
    const found = got.get(keyOf(...key));
    const stated =
      typeof edge === 'number'
        ? [count(edge), null, null, null]
        : [count(Math.max(edge[0], edge[1])), count(Math.min(edge[0], edge[1])), edge[2], edge[3]];
    const primitive = typeof edge === 'number' ? null : known(found?.primitiveCalls);
    return {
      fact: `${where} ${keyOf(...key)}`,
      want: stated,
      got: [known(found?.calls), primitive, known(found?.self), known(found?.total)],
    };
  });
  return [names, ...numbers];
}

function compareRows(
  fact: string,
  rows: readonly TopRow[],
  view: ReadonlyMap<string, PstatsFunction>,
  column: 'self' | 'total',
): Fact[] {
  const largest = [...view.values()].map((row) => row[column]).sort((a, b) => b - a);
  return rows.flatMap(({ fn, stat }, rank): Fact[] => {
    const found = view.get(keyOf(...fn));
    const [primitive, all] = [Math.min(stat[0], stat[1]), Math.max(stat[0], stat[1])];
    return [
      {
        fact: `${fact} ${keyOf(...fn)}`,
        want: [count(primitive), count(all), stat[2], stat[3]],
        got: [known(found?.primitiveCalls), known(found?.calls), known(found?.self), known(found?.total)],
      },
      { fact: `${fact} rank ${rank + 1}`, want: column === 'self' ? stat[2] : stat[3], got: largest[rank] },
    ];
  });
}

/** All facts of a pstats file. */
export const checkPstats: FactCheck = (expected, { profiles, writer, warnings }: ProfileGroup) => {
  const facts = expected as unknown as Facts;
  const profile = profiles[0]!;
  const view = viewAsPstats(profile);
  const rows = [...view.values()];
  const counted = facts.total_calls >= 0;
  return [
    { fact: 'profiles', want: 1, got: profiles.length },
    { fact: 'sampled', want: facts.sampled, got: profile.traits.sampled },
    { fact: 'functions', want: facts.functions + facts.callers_missing_from_functions, got: profile.frames.length },
    { fact: 'caller_edges', want: facts.caller_edges, got: profile.calls.length },
    { fact: 'total_tt', want: facts.total_tt, got: sumKnown(profile.functions.self[0]!) },
    { fact: 'counts', want: counted, got: profile.traits.hasCounts },
    ...(counted
      ? [
          { fact: 'total_calls', want: facts.total_calls, got: sumKnown(profile.functions.calls) },
          { fact: 'prim_calls', want: facts.prim_calls, got: sumKnown(profile.functions.primitiveCalls) },
        ]
      : []),
    {
      fact: 'recursive_functions',
      want: facts.recursive_functions,
      got: rows.filter((row) => row.calls > row.primitiveCalls).length,
    },
    {
      fact: 'caller_value_kinds',
      want: facts.caller_value_kinds.int ?? 0,
      got: profile.calls.self[0]!.filter(Number.isNaN).length,
    },
    ...(facts.string_type === undefined
      ? []
      : [{ fact: 'string_type', want: true, got: writer?.includes('Python 2') ?? false }]),
    ...compareRows('top20_tottime', facts.top20_tottime, view, 'self'),
    ...compareRows('top20_cumtime', facts.top20_cumtime, view, 'total'),
    ...facts.neighbours.flatMap(({ fn, callers, callees }) => {
      const found = view.get(keyOf(...fn));
      return [
        ...compareEdges(`callers of ${keyOf(...fn)}`, callers, found?.callers ?? new Map()),
        ...compareEdges(`callees of ${keyOf(...fn)}`, callees, found?.callees ?? new Map()),
      ];
    }),
    { fact: 'warnings', want: counted ? [] : ['no-counts'], got: warnings.map(({ code }) => code) },
  ];
};
