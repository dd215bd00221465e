/** Facts of VTune's call reports: functions, calls, the functions with the most. */
import { getFrameName } from '../../model/frame-key.ts';
import type { FactCheck } from './fact.ts';
import { compareTop } from './stacks.ts';

/** Name, seconds of its own, share of the whole, calls (there are none). */
type Row = readonly [name: string, self: number, share: number, calls: null];

interface VtuneFacts {
  readonly functions: number;
  readonly call_edges: number;
  readonly cycles: number;
  readonly top10_self: readonly Row[];
  readonly top10_total: readonly Row[];
}

/** Checks one. */
export const checkVtune: FactCheck = (expected, group) => {
  const facts = expected as unknown as VtuneFacts;
  const profile = group.profiles[0]!;
  const { self, total } = profile.functions;
  const named = (column: Float64Array) =>
    new Map(Array.from(column, (value, at) => [getFrameName(profile, at), value] as const));
  const shares = named(total[1]!);
  const selfs = named(self[0]!);
  const rows = [...facts.top10_self, ...facts.top10_total];
  return [
    { fact: 'functions', want: facts.functions, got: profile.frames.length },
    { fact: 'call_edges', want: facts.call_edges, got: profile.calls.length },
    { fact: 'cycles', want: facts.cycles, got: Number(new Map(group.about).get('cycles') ?? 0) },
    ...compareTop(
      'top10_self',
      facts.top10_self.map(([name, own]) => [name, own] as const),
      selfs,
    ),
    ...compareTop(
      'top10_total',
      facts.top10_total.map(([name, , share]) => [name, share * 100] as const),
      shares,
    ),
    ...rows.map(([name, own]) => ({ fact: `self of ${name}`, want: own, got: selfs.get(name) })),
    ...rows.map(([name, , share]) => ({ fact: `share of ${name}`, want: share * 100, got: shares.get(name) })),
  ];
};
