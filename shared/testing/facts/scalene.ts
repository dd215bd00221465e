/** Facts of Scalene's JSON: files, their lines and functions, the hottest lines. */
import { getFrameFile } from '../../model/frame-key.ts';
import { getString } from '../../model/strings.ts';
import type { FactCheck } from './fact.ts';

const MEGABYTE = 1024 * 1024;

interface ScaleneFacts {
  readonly elapsed?: number;
  readonly files?: Readonly<Record<string, { lines: number; functions: number; percent_cpu_time: number }>>;
  readonly max_footprint_mb?: number;
  readonly hot_lines?: readonly (readonly [file: string, line: number, ...values: number[]])[];
  readonly stacks?: number;
  readonly samples?: number;
}

/** Columns of the hot lines behind file and line, by metric and size of the fact's unit. */
const HOT_COLUMNS: readonly (readonly [metric: string, size: number])[] = [
  ['Python', 1],
  ['C', 1],
  ['system', 1],
  ['peak memory', MEGABYTE],
  ['allocated', MEGABYTE],
];

/** Checks one. */
export const checkScalene: FactCheck = (expected, group) => {
  const facts = expected as ScaleneFacts;
  const profile = group.profiles[0]!;
  const lines = profile.lines!;
  const tell = (name: string) => Number.parseFloat(group.about?.find(([key]) => key === name)?.[1] ?? 'NaN');
  const rows = Array.from(lines.line.keys());
  const frames = Array.from(profile.frames.line.keys());
  const getValue = (metric: string, row: number) => {
    const at = profile.metrics.findIndex(({ name }) => name === metric);
    return at < 0 ? 0 : lines.values[at]![row]!;
  };
  return [
    { fact: 'elapsed', want: facts.elapsed, got: tell('elapsed time') },
    { fact: 'max_footprint_mb', want: facts.max_footprint_mb, got: tell('largest footprint') },
    ...Object.entries(facts.files ?? {}).flatMap(([path, file]) => [
      {
        fact: `lines of ${path}`,
        want: file.lines,
        got: rows.filter((row) => getString(profile.strings, lines.file[row]!) === path).length,
      },
      {
        fact: `functions of ${path}`,
        want: file.functions,
        got: frames.filter((frame) => getFrameFile(profile, frame) === path).length,
      },
      { fact: `percent_cpu_time of ${path}`, want: file.percent_cpu_time, got: tell(`CPU of ${path}`) },
    ]),
    ...(facts.hot_lines ?? []).flatMap(([path, line, ...values]) => {
      const row = rows.find((at) => lines.line[at] === line && getString(profile.strings, lines.file[at]!) === path);
      return HOT_COLUMNS.map(([metric, size], column) => ({
        fact: `${metric} of ${path}:${line}`,
        want: values[column],
        got: row === undefined ? undefined : getValue(metric, row) / size,
      }));
    }),
    { fact: 'stacks', want: facts.stacks, got: group.profiles[1]?.contexts?.samples ?? 0 },
    { fact: 'samples', want: facts.samples, got: profile.series?.[0]?.time.length ?? 0 },
  ];
};
