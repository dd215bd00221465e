/** Facts of gprof2dot JSON files: costs, functions, call paths, sums by name. */
import { getFrameName } from '../../model/frame-key.ts';
import type { FactCheck } from './fact.ts';
import { sumByName } from './names.ts';
import { compareTop } from './stacks.ts';

interface Gprof2dotFacts {
  readonly costs?: readonly { readonly description: string; readonly unit?: string }[];
  readonly functions?: number;
  readonly events?: number;
  readonly totals?: readonly number[];
  readonly top10_self?: readonly (readonly [string, number])[];
  readonly top10_total?: readonly (readonly [string, number])[];
}

/** Checks one. */
export const checkGprof2dot: FactCheck = (expected, group) => {
  const facts = expected as Gprof2dotFacts;
  const profile = group.profiles[0]!;
  const { contexts, metrics, frames } = profile;
  const { self, total } = sumByName(profile, (frame) => getFrameName(profile, frame));
  return [
    { fact: 'costs', want: facts.costs?.map((cost) => cost.description), got: metrics.map(({ name }) => name) },
    {
      fact: 'units',
      want: facts.costs?.map((cost) => cost.unit ?? 'count'),
      got: metrics.map(({ unit }) => unit as string),
    },
    { fact: 'functions', want: facts.functions, got: frames.length },
    { fact: 'events', want: facts.events, got: contexts!.samples || 0 },
    {
      fact: 'totals',
      want: facts.totals,
      got: contexts!.self.map((column) => column.reduce((sum, own) => sum + own, 0)),
    },
    ...compareTop('top10_self', facts.top10_self, self),
    ...compareTop('top10_total', facts.top10_total, total),
  ];
};
