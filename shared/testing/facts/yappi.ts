/** Facts of yappi's pickle and of what it prints. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';

type YstatRow = readonly [
  fullName: string,
  module: string,
  line: number,
  name: string,
  calls: number,
  primitive: number,
  total: number,
  self: number,
  average: number,
  isBuiltin: boolean,
  callees: number,
];

interface YstatFacts {
  readonly clock_type: string;
  readonly functions: number;
  readonly rows_by_ttot: readonly YstatRow[];
  readonly child_edges: number;
}

interface TextFacts {
  readonly rows: number;
  readonly first: readonly (readonly string[])[];
  readonly headings: readonly string[];
}

function readClock({ about = [] }: ProfileGroup): string | undefined {
  return about.find(([name]) => name === 'clock')?.[1];
}

function placeOf(profile: Profile, frame: number): string {
  return `${getFrameFile(profile, frame)}:${profile.frames.line[frame]}`;
}

function byName(profile: Profile): Map<string, number> {
  return new Map(
    Array.from({ length: profile.frames.length }, (_, frame) => [
      `${placeOf(profile, frame)} ${getFrameName(profile, frame)}`,
      frame,
    ]),
  );
}

/** Checks functions with all of their numbers, and the calls between them. */
export const checkYstat: FactCheck = (expected, group) => {
  const facts = expected as unknown as YstatFacts;
  const profile = group.profiles[0]!;
  const { functions, calls } = profile;
  const frames = byName(profile);
  const ranked = Array.from(functions.total[0]!).sort((a, b) => b - a);
  return [
    { fact: 'clock_type', want: facts.clock_type, got: readClock(group) },
    { fact: 'functions', want: facts.functions, got: profile.frames.length },
    { fact: 'child_edges', want: facts.child_edges, got: calls.length },
    ...facts.rows_by_ttot.flatMap(
      ([, module, line, name, ncall, primitive, total, self, average, , callees], rank): Fact[] => {
        const key = `${module}:${line} ${name}`;
        const frame = frames.get(key) ?? -1;
        return [
          {
            fact: key,
            want: [ncall, primitive, total, self, average],
            got: [
              functions.calls[frame],
              functions.primitiveCalls[frame],
              functions.total[0]![frame],
              functions.self[0]![frame],
              functions.total[0]![frame]! / functions.calls[frame]!,
            ],
          },
          { fact: `${key} callees`, want: callees, got: calls.caller.filter((caller) => caller === frame).length },
          { fact: `rank ${rank + 1}`, want: total, got: ranked[rank] },
        ];
      },
    ),
  ];
};

/** Checks the rows of functions and threads, and the first functions with their numbers. */
export const checkYappiText: FactCheck = (expected, group) => {
  const facts = expected as unknown as TextFacts;
  const profile = group.profiles[0]!;
  const { functions, frames } = profile;
  const threads = (group.about ?? []).filter(([name]) => name.startsWith('thread')).length;
  const found = byName(profile);
  return [
    { fact: 'rows', want: facts.rows, got: frames.length + threads },
    ...facts.headings
      .filter((heading) => heading.startsWith('Clock type'))
      .map((heading): Fact => ({ fact: 'clock', want: heading, got: `Clock type: ${readClock(group)}` })),
    ...facts.first.map(([place, name, calls, self, total, average], index): Fact => {
      const frame = found.get(`${place} ${name}`) ?? -1;
      const [all, primitive = all] = calls!.split('/').map(Number);
      const ttot = functions.total[0]![frame]!;
      return {
        fact: `row ${index}`,
        want: [all, primitive, Number(self), Number(total), Number(average).toFixed(5)],
        got: [
          functions.calls[frame],
          functions.primitiveCalls[frame],
          functions.self[0]![frame],
          ttot,
          (ttot / functions.calls[frame]!).toFixed(5),
        ],
      };
    }),
  ];
};
