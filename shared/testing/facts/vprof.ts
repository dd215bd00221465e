/** Facts of vprof's JSON: of each part, whatever the others are. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { getString } from '../../model/strings.ts';
import type { Fact, FactCheck } from './fact.ts';

const MEGABYTE = 1024 * 1024;

type ProfilerRow = readonly [
  file: string,
  line: number,
  name: string,
  cumulative: number,
  percent: number,
  calls: number,
  primitive: number,
  self: number,
  ...rest: unknown[],
];
type MemoryEvent = readonly [at: number, line: number, megabytes: number, name: string, file: string];

interface VprofFacts {
  readonly profiler?: { readonly totalTime: number; readonly primitiveCalls: number; readonly totalCalls: number };
  readonly profiler_rows?: number;
  readonly profiler_first?: readonly ProfilerRow[];
  readonly flame?: { readonly runTime: number; readonly totalSamples: number; readonly sampleInterval: number };
  readonly flame_nodes?: number;
  readonly memory?: {
    readonly events: number;
    readonly first: readonly MemoryEvent[];
    readonly last: readonly MemoryEvent[];
    readonly max_mem: number;
    readonly objectsCount: number;
  };
  readonly heatmap?: {
    readonly runTime: number;
    readonly files: number;
    readonly maps: readonly {
      readonly name: string;
      readonly heatmap: Readonly<Record<string, number>>;
      readonly executionCount: Readonly<Record<string, number>>;
    }[];
  };
}

/** Checks one. */
export const checkVprof: FactCheck = (expected, group) => {
  const facts = expected as VprofFacts;
  const tell = (name: string) => {
    const found = group.about?.find(([key]) => key === name || key.endsWith(`: ${name}`));
    return Number.parseFloat(found?.[1] ?? 'NaN');
  };
  const find = (name: string) => group.profiles.find((profile) => profile.name === name || group.profiles.length === 1);
  const answers: Fact[] = [];
  const add = (fact: string, want: unknown, got: unknown) => answers.push({ fact, want, got });
  if (facts.profiler !== undefined) {
    add('totalTime', facts.profiler.totalTime, tell('total time'));
    add('primitiveCalls', facts.profiler.primitiveCalls, tell('primitive calls'));
    add('totalCalls', facts.profiler.totalCalls, tell('calls'));
    answers.push(...checkProfiler(facts, find('profiler')!));
  }
  if (facts.flame !== undefined) {
    add('runTime', facts.flame.runTime, tell('flame graph: run time'));
    add('sampleInterval', facts.flame.sampleInterval, tell('sample interval'));
    add('totalSamples', facts.flame.totalSamples, tell('samples'));
    add('flame_nodes', facts.flame_nodes, find('flame graph')?.contexts?.length ?? 0);
  }
  if (facts.memory !== undefined) answers.push(...checkMemory(facts.memory, find('memory')!));
  if (facts.memory !== undefined) {
    add(
      'objectsCount',
      facts.memory.objectsCount,
      group.about!.filter(([name]) => name.startsWith('objects of')).length,
    );
  }
  if (facts.heatmap !== undefined) {
    const profile = find('heat map')!;
    const lines = profile.lines!;
    add(
      'heat map runTime',
      facts.heatmap.runTime,
      group
        .about!.filter(([name]) => name.endsWith('run time'))
        .map(([, value]) => Number.parseFloat(value))
        .at(-1),
    );
    add('files', facts.heatmap.files, new Set(lines.file).size);
    for (const { name, heatmap, executionCount } of facts.heatmap.maps) {
      for (const [line, seconds] of Object.entries(heatmap)) {
        const row = lines.line.findIndex(
          (at, i) => at === Number(line) && getString(profile.strings, lines.file[i]!) === name,
        );
        add(`${name}:${line}`, seconds, lines.values[0]![row]);
        add(`${name}:${line} count`, executionCount[line], lines.calls[row]);
      }
    }
  }
  return answers;
};

function checkProfiler(facts: VprofFacts, profile: Profile): Fact[] {
  const { functions, frames } = profile;
  const known = Array.from(frames.line.keys()).filter((frame) => !Number.isNaN(functions.self[0]![frame]!));
  return [
    { fact: 'profiler_rows', want: facts.profiler_rows, got: known.length },
    ...(facts.profiler_first ?? []).flatMap(([file, line, name, cumulative, percent, calls, primitive, self]) => {
      const frame = known.find(
        (at) => getFrameName(profile, at) === name && getFrameFile(profile, at) === file && frames.line[at] === line,
      );
      const of = frame ?? -1;
      const total = functions.total[0]![of]!;
      return [
        { fact: `${name} self`, want: self, got: functions.self[0]![of] },
        { fact: `${name} cumulative`, want: cumulative, got: Number(total.toFixed(4)) },
        {
          fact: `${name} percent`,
          want: percent,
          got: Number(((total / facts.profiler!.totalTime) * 100).toFixed(4)),
        },
        { fact: `${name} calls`, want: calls, got: functions.calls[of] },
        { fact: `${name} primitive`, want: primitive, got: functions.primitiveCalls[of] },
      ];
    }),
  ];
}

function checkMemory(facts: NonNullable<VprofFacts['memory']>, profile: Profile): Fact[] {
  const series = profile.series![0]!;
  const events = [...facts.first, ...facts.last];
  const lines = profile.lines!;
  return [
    { fact: 'memory events', want: facts.events, got: series.time.length },
    { fact: 'hits of lines', want: facts.events, got: lines.calls.reduce((sum, hits) => sum + hits, 0) },
    {
      fact: 'max_mem',
      want: facts.max_mem,
      got: series.value.reduce((most, value) => Math.max(most, value), 0) / MEGABYTE,
    },
    ...events.flatMap(([at, line, megabytes, name]) => [
      { fact: `event ${at}`, want: megabytes, got: series.value[series.time.indexOf(at)]! / MEGABYTE },
      {
        fact: `line ${line} of ${name}`,
        want: true,
        got: lines.line.some((each, row) => each === line && getFrameName(profile, lines.frame[row]!) === name),
      },
    ]),
  ];
}
