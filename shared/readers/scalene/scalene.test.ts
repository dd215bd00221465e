import { describe, expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameName } from '../../model/frame-key.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { getString } from '../../model/strings.ts';
import { scaleneReader } from './index.ts';

const read = (file: object): ProfileGroup =>
  scaleneReader.read(new Source(new TextEncoder().encode(JSON.stringify(file))), () => {});

const row = (lineno: number, line: string, python: number, more: object = {}) => ({
  lineno,
  line,
  n_cpu_percent_python: python,
  n_cpu_percent_c: 2,
  n_sys_percent: 1,
  n_peak_mb: 1.5,
  n_malloc_mb: 3,
  n_copy_mb_s: 0.5,
  n_gpu_percent: 0,
  ...more,
});

/** Lines as `number function text`, with the values of all metrics. */
function lines({ profiles: [profile] }: ProfileGroup): [string, ...number[]][] {
  const table = profile!.lines!;
  return Array.from(table.line, (line, at) => {
    const frame = table.frame[at]!;
    const text = getString(profile!.strings, table.text[at]!);
    return [
      `${line} ${frame < 0 ? '-' : getFrameName(profile!, frame)} ${text}`,
      ...table.values.map((column) => column[at]!),
    ];
  });
}

const metrics = ({ profiles: [profile] }: ProfileGroup) => profile!.metrics.map(({ name }) => name);

describe('a Scalene profile', () => {
  const file = {
    elapsed_time_sec: 2,
    memory: true,
    gpu: false,
    max_footprint_mb: 12.5,
    files: {
      'a.py': {
        percent_cpu_time: 40,
        lines: [row(2, '    x = 1\n', 7), row(5, 'print()\n', 9)],
        functions: [row(1, 'f', 7)],
        leaks: { 2: { likelihood: 0.9, velocity_mb_s: 4 } },
      },
    },
  };

  it('has lines and functions; CPU is Python, C and system together, megabytes are bytes', () => {
    const group = read(file);
    expect(metrics(group)).toEqual(['CPU', 'Python', 'C', 'system', 'peak memory', 'allocated', 'copied']);
    const rest = [2, 1, 1.5 * 1_048_576, 3 * 1_048_576, 0.5 * 1_048_576];
    expect(lines(group)).toEqual([
      ['2 f     x = 1', 10, 7, ...rest],
      ['5 - print()', 12, 9, ...rest],
    ]);
    const { functions } = group.profiles[0]!;
    expect(functions.self.map((column) => column[0])).toEqual([10, 7, ...rest]);
    expect(functions.total[0]![0]).toBeNaN();
  });

  it('gives lines to functions only where they add up to what those have', () => {
    const { lines: rows, functions } = file.files['a.py'];
    const nested = { ...file.files['a.py'], lines: rows, functions: [...functions, row(3, 'never', 1)] };
    expect(lines(read({ ...file, files: { 'a.py': nested } })).map(([text]) => text)).toEqual([
      '2 -     x = 1',
      '5 - print()',
    ]);
  });

  it('tells of the run and of leaks', () => {
    expect(read(file).about).toEqual([
      ['elapsed time', '2 s'],
      ['largest footprint', '12.5 MB'],
      ['CPU of a.py', '40 %'],
      ['leak at a.py:2', 'likelihood 0.9, 4 MB/s'],
    ]);
  });

  it('leaves out memory that was not measured, and shows GPUs that were', () => {
    const used = { lines: [row(1, 'x\n', 1, { n_gpu_percent: 3 })], functions: [] };
    expect(metrics(read({ ...file, memory: false, files: { a: used } }))).toEqual([
      'CPU',
      'Python',
      'C',
      'system',
      'GPU',
    ]);
  });

  it('of an early version has functions without lines', () => {
    const early = {
      lines: [{ lineno: 1, n_cpu_percent_python: 5 }],
      functions: [{ fn_name: 'f', n_cpu_percent_c: 5 }],
    };
    const group = read({ elapsed_time_sec: 1, files: { 'a.py': early } });
    expect(getFrameName(group.profiles[0]!, 0)).toBe('f');
    expect(lines(group)[0]!.slice(0, 2)).toEqual(['1 - ', 5]);
  });

  it('has memory over time, in seconds or nanoseconds', () => {
    for (const scale of [1, 1e9]) {
      const { series } = read({
        ...file,
        samples: [
          [scale, 3],
          [0.5 * scale, 2],
        ],
      }).profiles[0]!;
      expect([...series![0]!.time]).toEqual([0.5, 1]);
      expect([...series![0]!.value]).toEqual([2 * 1_048_576, 3 * 1_048_576]);
    }
  });

  it('may have stacks, in each of their forms', () => {
    const stacks = [
      [
        [
          ['a.py', 'main', 1],
          ['a.py', 'f', 2],
        ],
        [3, 0.1, 0.2, 3],
      ],
      [[{ filename: 'a.py', function_name: 'main', line_number: 1 }], { count: 2 }],
      [['a.py main:1;'], 4],
    ];
    const group = read({ ...file, stacks });
    expect(group.profiles.map(({ name }) => name)).toEqual(['lines', 'stacks']);
    const { contexts } = group.profiles[1]!;
    expect([...contexts!.parent]).toEqual([-1, 0]);
    expect([...contexts!.self[0]!]).toEqual([6, 3]);
  });

  it('may hold nothing', () => {
    expect(read({ elapsed_time_sec: 1, files: {} }).profiles[0]!.lines).toBeUndefined();
  });
});
