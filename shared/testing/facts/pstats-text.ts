/** Facts of printed pstats reports: what the head says, the rows, the lists of callers and callees. */
import { getFrameFile, getFrameKey, getFrameName } from '../../model/frame-key.ts';
import type { FrameIndex, Profile } from '../../model/profile.ts';
import type { FactCheck } from './fact.ts';

interface ReportFacts {
  readonly ordered_by: string;
  readonly total_calls: number;
  readonly prim_calls: number;
  readonly seconds: string;
  readonly rows: number;
  readonly first10: readonly (readonly string[])[];
  readonly last: readonly string[];
  readonly sum_tottime: number;
  readonly sum_ncalls: number;
}

/** Checks a report of functions. */
export const checkReport: FactCheck = (expected, group) => {
  const facts = expected as unknown as ReportFacts;
  const profile = group.profiles[0]!;
  const about = new Map(group.about);
  const { calls, self } = profile.functions;
  const sum = (column: Float64Array) => column.reduce((all, each) => all + each, 0);
  return [
    { fact: 'ordered_by', want: facts.ordered_by, got: about.get('ordered by') },
    { fact: 'total_calls', want: facts.total_calls, got: Number(about.get('function calls')) },
    { fact: 'prim_calls', want: facts.prim_calls, got: Number(about.get('primitive calls')) },
    { fact: 'seconds', want: facts.seconds, got: about.get('seconds') },
    // Rows of what was never called (the profiler itself) have blank columns and were not counted.
    { fact: 'rows', want: facts.rows, got: calls.filter((count) => count > 0).length },
    ...facts.first10.map((row, at) => ({ fact: `row ${at + 1}`, want: row, got: printRow(profile, at, row) })),
    { fact: 'last', want: facts.last, got: printRow(profile, profile.frames.length - 1, facts.last) },
    { fact: 'sum_tottime', want: facts.sum_tottime, got: Math.round(sum(self[0]!) * 1e6) / 1e6 },
    { fact: 'sum_ncalls', want: facts.sum_ncalls, got: sum(calls) },
  ];
};

/** A row as pstats prints it. Times per call are worked out from rounded ones: they may be off by one in the end. */
function printRow({ functions, ...profile }: Profile, frame: FrameIndex, like: readonly string[]): string[] {
  const [all, primitive] = [functions.calls[frame]!, functions.primitiveCalls[frame]!];
  const [self, total] = [functions.self[0]![frame]!, functions.total[0]![frame]!];
  const perCall = (value: number, printed: string) =>
    Math.abs(value - Number(printed)) <= 0.0015 ? printed : value.toFixed(3);
  return [
    all === primitive ? String(all) : `${all}/${primitive}`,
    self.toFixed(3),
    perCall(self / all, like[2]!),
    total.toFixed(3),
    perCall(total / primitive, like[4]!),
    printName({ functions, ...profile }, frame),
  ];
}

function printName(profile: Profile, frame: FrameIndex): string {
  const name = getFrameName(profile, frame);
  if (getFrameFile(profile, frame) !== '~') return getFrameKey(profile, frame);
  return name.startsWith('<') ? `{${name.slice(1, -1)}}` : name;
}

/** Checks lists of callers and callees. */
export const checkCallLists: FactCheck = (expected, group) => {
  const facts = expected as { functions: Record<string, number>; edges: number };
  const about = new Map(group.about);
  return [
    ...Object.entries(facts.functions).map(([list, count]) => ({
      fact: list,
      want: count,
      got: Number(about.get(`functions with ${list} listed`)),
    })),
    { fact: 'edges', want: facts.edges, got: group.profiles[0]!.calls.length },
  ];
};
