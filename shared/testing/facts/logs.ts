/** Facts of memory_profiler's tables and logs, and of psrecord's logs. Memory is in MiB there, in bytes here. */

import type { Profile, Series } from '../../model/profile.ts';
import { getString } from '../../model/strings.ts';
import type { Fact, FactCheck } from './fact.ts';

const MEBIBYTE = 1024 * 1024;

interface TableFacts {
  readonly tables: readonly {
    readonly filename: string;
    readonly rows: readonly (readonly [line: number, memory: number, increment: number, occurrences: number])[];
    readonly data_rows: number;
  }[];
}

interface MprofFacts {
  readonly cmdline: string;
  readonly samples: number;
  readonly min_mem: number;
  readonly max_mem: number;
  readonly t_first: number;
  readonly t_last: number;
  readonly func: readonly (readonly [name: string, ...numbers: number[]])[];
  readonly children: Readonly<Record<string, { readonly samples: number; readonly max: number }>>;
}

interface PsrecordFacts {
  readonly samples: number;
  readonly columns: number;
  readonly t_last: number;
  readonly max_cpu: number;
  readonly max_real: number;
  readonly max_virtual: number;
  readonly last: readonly number[];
}

/** Checks every row of every table. */
export const checkMemoryTable: FactCheck = (expected, group) => {
  const { tables } = expected as unknown as TableFacts;
  const profile = group.profiles[0]!;
  const lines = profile.lines!;
  const groups = new Map<number, { file: string; rows: number[][] }>();
  for (let row = 0; row < lines.length; row++) {
    const frame = lines.frame[row]!;
    const table = groups.get(frame) ?? { file: getString(profile.strings, lines.file[row]!), rows: [] };
    groups.set(frame, table);
    const [memory, increment] = lines.values.map((column) => column[row]! / MEBIBYTE);
    if (!Number.isNaN(memory)) table.rows.push([lines.line[row]!, memory!, increment!, lines.calls[row]!]);
  }
  const found = [...groups.values()];
  return [
    { fact: 'tables', want: tables.length, got: found.length },
    ...tables.flatMap(({ filename, rows, data_rows }, index): Fact[] => [
      { fact: `table ${index} file`, want: filename, got: found[index]?.file },
      { fact: `table ${index} rows`, want: data_rows, got: found[index]?.rows.length },
      ...rows.map((row, at): Fact => ({ fact: `table ${index} row ${at}`, want: row, got: found[index]?.rows[at] })),
    ]),
  ];
};

const maximum = ({ value }: Series) => value.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
const minimum = ({ value }: Series) => value.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);

/** Checks the series of the process and its children, and every function. */
export const checkMprof: FactCheck = (expected, group) => {
  const facts = expected as unknown as MprofFacts;
  const { series = [], spans = [] } = group.profiles[0]!;
  const memory = series[0]!;
  const inOrder = [...facts.func].sort((a, b) => a[2]! - b[2]! || b[4]! - a[4]!);
  return [
    { fact: 'cmdline', want: facts.cmdline, got: group.about?.find(([name]) => name === 'command line')?.[1] },
    { fact: 'samples', want: facts.samples, got: memory.time.length },
    { fact: 'min_mem', want: facts.min_mem * MEBIBYTE, got: minimum(memory) },
    { fact: 'max_mem', want: facts.max_mem * MEBIBYTE, got: maximum(memory) },
    { fact: 't_first', want: facts.t_first, got: memory.time[0] },
    { fact: 't_last', want: facts.t_last, got: memory.time.at(-1) },
    { fact: 'func', want: inOrder.length, got: spans.length },
    ...inOrder.map((want, index): Fact => {
      const { name, start, end, values } = spans[index] ?? { name: '', start: 0, end: 0, values: [] };
      const got = [name, values[0]! / MEBIBYTE, start, values[1]! / MEBIBYTE, end, ...values.slice(2)];
      return { fact: `func ${index}`, want, got };
    }),
    { fact: 'children', want: Object.keys(facts.children).length, got: series.length - 1 },
    ...Object.entries(facts.children).flatMap(([pid, { samples, max }]): Fact[] => {
      const child = series.find((each) => each.group === `child ${pid}`);
      return [
        { fact: `child ${pid} samples`, want: samples, got: child?.time.length },
        { fact: `child ${pid} max`, want: max * MEBIBYTE, got: child && maximum(child) },
      ];
    }),
  ];
};

/** Checks the columns by their largest and last values. */
export const checkPsrecord: FactCheck = (expected, group) => {
  const facts = expected as unknown as PsrecordFacts;
  const { series = [] } = group.profiles[0]! as Profile;
  const inMebibytes = /memory$/;
  const factor = ({ name }: Series) => (inMebibytes.test(name) ? MEBIBYTE : 1);
  const most = (name: string) => {
    const found = series.find((each) => each.name === name);
    return found && maximum(found) / factor(found);
  };
  return [
    { fact: 'samples', want: facts.samples, got: series[0]?.time.length },
    { fact: 'columns', want: facts.columns, got: series.length + 1 },
    { fact: 't_last', want: facts.t_last, got: series[0]?.time.at(-1) },
    { fact: 'max_cpu', want: facts.max_cpu, got: most('CPU') },
    { fact: 'max_real', want: facts.max_real, got: most('real memory') },
    { fact: 'max_virtual', want: facts.max_virtual, got: most('virtual memory') },
    {
      fact: 'last',
      want: facts.last,
      got: [series[0]?.time.at(-1), ...series.map((each) => each.value.at(-1)! / factor(each))],
    },
  ];
};
