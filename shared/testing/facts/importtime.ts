/** Facts of logs of imports: rows, times, depth, the rows with the most. */
import { getFrameName } from '../../model/frame-key.ts';
import type { FactCheck } from './fact.ts';

interface ImportFacts {
  readonly rows: number;
  readonly cached: number;
  readonly sum_self_us: number;
  readonly top10_self: readonly (readonly [number, string])[];
  readonly top10_cumulative: readonly (readonly [number, string])[];
  readonly root_rows: number;
  readonly root_cumulative_sum: number;
  readonly max_depth: number;
}

/** Checks one of a single process. */
export const checkImporttime: FactCheck = (expected, group) => {
  const facts = expected as unknown as ImportFacts;
  const profile = group.profiles[0]!;
  const { contexts, samples, functions } = profile;
  const { calls, self, parent, frame, length } = contexts!;
  const rows = Array.from({ length }, (_, at) => at);
  const depth: number[] = [];
  for (const at of rows) depth[at] = parent[at]! < 0 ? 0 : depth[parent[at]!]! + 1;
  const roots = rows.filter((at) => depth[at] === 0);
  // Each module is imported once: a function is a row.
  const top = (column: Float64Array) =>
    Array.from(column, (value, of) => [value, getFrameName(profile, of)] as const)
      .sort(([a], [b]) => b - a)
      .slice(0, 10);
  return [
    { fact: 'rows', want: facts.rows, got: calls?.reduce((sum, count) => sum + count, 0) },
    { fact: 'samples', want: facts.rows, got: samples?.length },
    { fact: 'cached', want: facts.cached, got: Number(new Map(group.about).get('cached imports') ?? 0) },
    { fact: 'sum_self_us', want: facts.sum_self_us, got: self[0]!.reduce((sum, own) => sum + own, 0) },
    { fact: 'top10_self', want: facts.top10_self, got: top(functions.self[0]!) },
    { fact: 'top10_cumulative', want: facts.top10_cumulative, got: top(functions.total[0]!) },
    { fact: 'root_rows', want: facts.root_rows, got: roots.length },
    {
      fact: 'root_cumulative_sum',
      want: facts.root_cumulative_sum,
      got: roots.reduce((sum, at) => sum + functions.total[0]![frame[at]!]!, 0),
    },
    { fact: 'max_depth', want: facts.max_depth, got: Math.max(...depth) },
  ];
};
