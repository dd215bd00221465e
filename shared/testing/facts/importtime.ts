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
  const { contexts, samples } = profile;
  const { calls, self, total, parent, frame, length } = contexts!;
  const rows = Array.from({ length }, (_, at) => at);
  const roots = rows.filter((at) => parent[at]! < 0);
  const depth: number[] = [];
  for (const at of rows) depth[at] = parent[at]! < 0 ? 1 : depth[parent[at]!]! + 1;
  const top = (column: Float64Array) =>
    [...rows]
      .sort((a, b) => column[b]! - column[a]!)
      .slice(0, 10)
      .map((at) => [column[at], getFrameName(profile, frame[at]!)]);
  return [
    { fact: 'rows', want: facts.rows, got: calls?.reduce((sum, count) => sum + count, 0) },
    { fact: 'samples', want: facts.rows, got: samples?.length },
    { fact: 'cached', want: facts.cached, got: Number(new Map(group.about).get('cached imports') ?? 0) },
    { fact: 'sum_self_us', want: facts.sum_self_us, got: self[0]!.reduce((sum, own) => sum + own, 0) },
    { fact: 'top10_self', want: facts.top10_self, got: top(self[0]!) },
    { fact: 'top10_cumulative', want: facts.top10_cumulative, got: top(total[0]!) },
    { fact: 'root_rows', want: facts.root_rows, got: roots.length },
    {
      fact: 'root_cumulative_sum',
      want: facts.root_cumulative_sum,
      got: roots.reduce((sum, at) => sum + total[0]![at]!, 0),
    },
    // Levels, of which the outermost is 0.
    { fact: 'max_depth', want: facts.max_depth, got: Math.max(...depth) - 1 },
  ];
};
