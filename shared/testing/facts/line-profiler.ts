/** Facts of line_profiler's files: every line of every function. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';

type LineNumbers = readonly [line: number, hits: number, time: number];

interface LprofFacts {
  readonly unit: number;
  readonly functions: readonly {
    readonly fn: readonly [file: string, line: number, name: string];
    readonly lines: readonly LineNumbers[];
    readonly total_hits: number;
    readonly total_time: number;
  }[];
}

interface ReportFacts {
  readonly timer_unit: number;
  readonly functions: readonly {
    readonly file: string;
    readonly function: string;
    readonly line: number;
    readonly total_time: string;
    readonly rows: readonly (readonly [line: number, hits: number, time: string, perHit: string, share: string])[];
  }[];
}

interface Found {
  readonly key: string;
  readonly total: number;
  readonly rows: LineNumbers[];
}

/** Functions of the profile with the lines that ran. */
function collect(profile: Profile): Map<string, Found> {
  const { frames, functions, lines } = profile;
  const found = Array.from({ length: frames.length }, (_, frame): Found => {
    const key = `${getFrameFile(profile, frame)}:${frames.line[frame]} ${getFrameName(profile, frame)}`;
    return { key, total: functions.total[0]![frame]!, rows: [] };
  });
  for (let row = 0; row < (lines?.length ?? 0); row++) {
    const hits = lines!.calls[row]!;
    if (!Number.isNaN(hits)) found[lines!.frame[row]!]!.rows.push([lines!.line[row]!, hits, lines!.values[0]![row]!]);
  }
  return new Map(found.map((each) => [each.key, each]));
}

function compareFunction(found: Found | undefined, key: string, total: number, rows: readonly LineNumbers[]): Fact[] {
  return [
    { fact: `${key} total`, want: total, got: found?.total },
    ...rows.map((row, index): Fact => ({ fact: `${key} row ${index}`, want: row, got: found?.rows[index] })),
    { fact: `${key} lines`, want: rows.length, got: found?.rows.length },
  ];
}

function readUnit({ about = [] }: ProfileGroup): number {
  return Number.parseFloat(about.find(([name]) => name === 'timer unit')?.[1] ?? '');
}

/** Checks the timer's unit, hits and times of all lines, and the sums of functions. */
export const checkLprof: FactCheck = (expected, group) => {
  const { unit, functions } = expected as unknown as LprofFacts;
  const found = collect(group.profiles[0]!);
  return [
    { fact: 'unit', want: unit, got: readUnit(group) },
    { fact: 'functions', want: functions.length, got: found.size },
    ...functions.flatMap(({ fn: [file, line, name], lines, total_hits, total_time }) => {
      const key = `${file}:${line} ${name}`;
      const rows = lines.map(([at, hits, time]): LineNumbers => [at, hits, time * unit]);
      const hits = (found.get(key)?.rows ?? []).reduce((sum, row) => sum + row[1], 0);
      return [
        ...compareFunction(found.get(key), key, total_time * unit, rows),
        { fact: `${key} hits`, want: total_hits, got: hits },
      ];
    }),
  ];
};

/** Checks the same of a report; what is computed from its other columns is left out. */
export const checkLprofText: FactCheck = (expected, group) => {
  const { timer_unit, functions } = expected as unknown as ReportFacts;
  const found = collect(group.profiles[0]!);
  return [
    { fact: 'unit', want: timer_unit, got: readUnit(group) },
    { fact: 'functions', want: functions.length, got: found.size },
    ...functions.flatMap((fn) => {
      const key = `${fn.file}:${fn.line} ${fn.function}`;
      const rows = fn.rows.map(([at, hits, time]): LineNumbers => [at, hits, Number(time) * timer_unit]);
      return compareFunction(found.get(key), key, Number(fn.total_time), rows);
    }),
  ];
};
