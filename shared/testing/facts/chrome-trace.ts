/** Facts of traces: events by kind, and how long calls of a name took in all, recursion counted every time. */
import { getFrameName } from '../../model/frame-key.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';
import { nameWithPlace } from './stacks.ts';

type Sums = readonly (readonly [name: string, microseconds: number, calls: number])[];

/** Time and calls of every context of a name, in threads with calls. */
function sumCalls(group: ProfileGroup, isWhole: boolean): Map<string, { time: number; calls: number }> {
  const sums = new Map<string, { time: number; calls: number }>();
  for (const profile of group.profiles) {
    const { contexts } = profile;
    if (contexts?.calls === undefined) continue;
    for (let context = 0; context < contexts.length; context++) {
      const frame = contexts.frame[context]!;
      const name = isWhole ? nameWithPlace(profile, frame) : getFrameName(profile, frame);
      const sum = sums.get(name) ?? { time: 0, calls: 0 };
      sums.set(name, sum);
      sum.time += contexts.total[0]![context]!;
      sum.calls += contexts.calls[context]!;
    }
  }
  return sums;
}

/** Trace events of any writer. */
export const checkChromeTrace: FactCheck = (expected, group) => {
  const about = new Map(group.about ?? []);
  const calls = expected.X_top10_sum_dur_us_count as Sums;
  const pairs = expected.BE_top10_sum_dur_us_count as Sums;
  // VizTracer's names hold the place; py-spy's do not.
  const sums = sumCalls(group, pairs.length === 0);
  const wanted = new Map<string, [number, number]>();
  for (const [name, time, count] of [...calls, ...pairs]) {
    const key = name === 'None' ? '(no name)' : name;
    const [knownTime, knownCount] = wanted.get(key) ?? [0, 0];
    wanted.set(key, [knownTime + time, knownCount + count]);
  }
  const phases = Object.entries(expected.phases as Record<string, number>).map(([phase, count]) => `${phase} ${count}`);
  const facts: Fact[] = [
    { fact: 'events', want: expected.events, got: Number(about.get('events')) },
    { fact: 'phases', want: phases.sort(), got: (about.get('events by phase') ?? '').split(', ').sort() },
    ...[...wanted].flatMap(([name, [time, count]]) => [
      { fact: `time of ${name}`, want: time, got: sums.get(name)?.time },
      { fact: `calls of ${name}`, want: count, got: sums.get(name)?.calls },
    ]),
  ];
  const time = (name: string) => Number.parseFloat(about.get(name) ?? '');
  if (typeof expected.ts_min === 'number')
    facts.push({ fact: 'ts_min', want: expected.ts_min, got: time('first time') });
  if (typeof expected.ts_max === 'number')
    facts.push({ fact: 'ts_max', want: expected.ts_max, got: time('last time') });
  const count = (code: string) => group.warnings.find((warning) => warning.code === code)?.count ?? 0;
  facts.push({ fact: 'BE_unmatched_E', want: expected.BE_unmatched_E, got: count('unmatched-end') });
  facts.push({ fact: 'BE_left_open', want: expected.BE_left_open, got: count('left-open') });
  return facts;
};
