/**
 * Facts of callgrind and cachegrind files. They tell functions apart by name only, so those of one name are added up;
 * “self plus calls” is the sum of a function's self and its calls to others, cycles or not.
 */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareTop } from './stacks.ts';

interface CallgrindFacts {
  readonly events?: readonly string[];
  readonly positions?: readonly string[];
  readonly creator?: string | null;
  readonly version?: string | null;
  readonly functions?: number;
  readonly call_edges?: number;
  readonly total_calls?: number;
  readonly self_total_first_event?: number;
  readonly totals_lines?: readonly (readonly number[])[];
  readonly summary_lines?: readonly (readonly number[])[];
  readonly top10_self?: readonly (readonly [string, number])[];
  readonly top10_self_plus_calls?: readonly (readonly [string, number])[];
  readonly top_edges?: readonly (readonly [caller: string, callee: string, calls: number, costs: readonly number[]])[];
}

/** Names as the file has them: with the place that some tools put into them. */
function nameFrames(profile: Profile, writer: string | null): string[] {
  const { line } = profile.frames;
  const places = new Map<string, number>();
  const placeOf = (frame: number) => `${getFrameName(profile, frame)} ${getFrameFile(profile, frame)}`;
  for (let frame = 0; frame < line.length; frame++) places.set(placeOf(frame), (places.get(placeOf(frame)) ?? 0) + 1);
  return Array.from(line, (at, frame) => {
    const name = getFrameName(profile, frame).replace(/ \[[^\]]*\]$/, '');
    if (writer === 'yappi') return `${name} ${getFrameFile(profile, frame)}:${at}`;
    return writer === 'pyprof2calltree' && places.get(placeOf(frame))! > 1 ? `${name}:${at}` : name;
  });
}

/** Checks functions, edges, events and sums. */
export const checkCallgrind: FactCheck = (expected, group) => {
  const facts = expected as CallgrindFacts;
  const profile = group.profiles[0]!;
  const names = nameFrames(profile, group.writer);
  const { calls, functions } = profile;
  const self = new Map<string, number>();
  const whole = new Map<string, number>();
  let sum = 0;
  names.forEach((name, frame) => {
    const own = functions.self[0]![frame]!;
    sum += own;
    self.set(name, (self.get(name) ?? 0) + own);
    whole.set(name, (whole.get(name) ?? 0) + own);
  });
  const edges = new Map<string, { calls: number; costs: number[] }>();
  let count = 0;
  for (let call = 0; call < calls.length; call++) {
    const caller = names[calls.caller[call]!]!;
    const callee = names[calls.callee[call]!]!;
    const costs = calls.total.map((column) => column[call]!);
    count += calls.calls[call]!;
    if (caller !== callee) whole.set(caller, whole.get(caller)! + costs[0]!);
    const known = edges.get(`${caller}\n${callee}`);
    if (known === undefined) edges.set(`${caller}\n${callee}`, { calls: calls.calls[call]!, costs });
    else {
      known.calls += calls.calls[call]!;
      for (const event of costs.keys()) known.costs[event]! += costs[event]!;
    }
  }
  const about = (name: string) => group.about!.filter(([key]) => key === name).map(([, value]) => value);
  const sums = (name: string) => about(name).map((value) => value.split(/\s+/).map(Number));
  const totals = profile.frames.line.length;
  return [
    {
      fact: 'events',
      want: facts.events,
      got: about('events')[0]
        ?.split(/\s+/)
        .filter((word) => word !== ''),
    },
    { fact: 'metrics', want: facts.events?.length, got: profile.metrics.length },
    { fact: 'positions', want: facts.positions, got: about('positions')[0]?.split(/\s+/) ?? ['line'] },
    ...(facts.creator === null ? [] : [{ fact: 'creator', want: facts.creator, got: group.writer }]),
    { fact: 'version', want: facts.version ?? null, got: about('format version')[0] ?? null },
    { fact: 'functions', want: facts.functions, got: self.size },
    { fact: 'functions are no fewer than their names', want: true, got: totals >= self.size },
    { fact: 'call_edges', want: facts.call_edges, got: edges.size },
    { fact: 'total_calls', want: facts.total_calls, got: count },
    { fact: 'self_total_first_event', want: facts.self_total_first_event, got: sum },
    { fact: 'totals_lines', want: facts.totals_lines, got: sums('totals') },
    { fact: 'summary_lines', want: facts.summary_lines, got: sums('summary') },
    ...compareTop('top10_self', facts.top10_self, self),
    ...compareTop('top10_self_plus_calls', facts.top10_self_plus_calls, whole),
    ...(facts.top_edges ?? []).flatMap(([caller, callee, want, costs]): Fact[] => {
      const found = edges.get(`${caller}\n${callee}`);
      return [
        { fact: `calls ${caller} → ${callee}`, want, got: found?.calls },
        { fact: `costs ${caller} → ${callee}`, want: costs, got: found?.costs },
      ];
    }),
  ];
};
