/** Facts of flame graph pictures: every box is a context. */
import type { Fact, FactCheck } from './fact.ts';
import { nameWithPlace } from './stacks.ts';

type Boxes = readonly (readonly [name: string, samples: number, percent: string])[];

/** Boxes by name and samples. */
export const checkFlamegraphSvg: FactCheck = (expected, { profiles }) => {
  const profile = profiles[0]!;
  const contexts = profile.contexts!;
  const all = contexts.parent.indexOf(-1);
  const total = contexts.total[0]![all]!;
  const seen = new Set<string>();
  for (let context = 0; context < contexts.length; context++) {
    const samples = contexts.total[0]![context]!;
    seen.add(`${nameWithPlace(profile, contexts.frame[context]!)} ${samples} ${(samples / total).toFixed(4)}`);
  }
  const boxes = [...(expected.first10 as Boxes), ...(expected.biggest as Boxes)];
  return [
    { fact: 'boxes', want: expected.boxes, got: contexts.length },
    { fact: 'total_samples', want: expected.total_samples, got: total },
    ...boxes.map(([name, samples, percent]): Fact => {
      const box = `${name} ${samples} ${(Number(percent) / 100).toFixed(4)}`;
      return { fact: `box ${name}`, want: true, got: seen.has(box) };
    }),
  ];
};
