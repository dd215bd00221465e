import { describe, expect, it } from 'vitest';
import { readSample } from '../../testing/corpus.ts';
import { lineText } from '../../testing/line-text.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const MIB = 1024 * 1024;

describe('tables', () => {
  it('have memory and increments in bytes, and a name from their source', async () => {
    const group = await read(`Filename: C:\\my app\\mem.py

Line #    Mem usage    Increment  Occurrences   Line Contents
=============================================================
     3     46.5 MiB     46.5 MiB           1   @profile
     4                                         async def alloc():
     5     54.0 MiB      7.5 MiB           2       a = [1] * 5
     6     46.5 MiB     -7.5 MiB           1       del a
     7
`);
    expect(group).toMatchObject({ format: 'memory_profiler-text', warnings: [] });
    expect(group.profiles[0]!.metrics.map(({ name, unit }) => [name, unit])).toEqual([
      ['memory', 'bytes'],
      ['increment', 'bytes'],
    ]);
    expect(lineText(group.profiles[0]!)).toBe(`alloc (C:\\my app\\mem.py:3) ${54 * MIB} ${46.5 * MIB}
  3 1 ${46.5 * MIB} ${46.5 * MIB} | @profile
  4 – – – | async def alloc():
  5 2 ${54 * MIB} ${7.5 * MIB} |     a = [1] * 5
  6 1 ${46.5 * MIB} ${-7.5 * MIB} |     del a
  7 – – –`);
  });

  it('lose rows whose memory is beyond all machines, counted', async () => {
    const { profiles, warnings } = await read(`Filename: a.py

Line #    Mem usage    Increment  Occurrences   Line Contents
=============================================================
     3     46.5 MiB     46.5 MiB           1   def f():
     4    9e308 MiB      0.0 MiB           1       pass
     5     46.5 MiB      0.0 MiB           1       return 1
`);
    expect([...profiles[0]!.lines!.line]).toEqual([3, 5]);
    expect(warnings).toHaveLength(1);
  });

  it('keep the source of lines that did not run', async () => {
    const text = lineText((await readBytes(readSample('memory-profiler/mem-table.txt'), 'unknown')).profiles[0]!);
    expect(text).toContain('\n  4 – – – | def alloc():\n');
    expect(text).toContain(' |     a = [1] * (10 ** 6)\n');
  });

  it('of old versions have no occurrences, and MB that are MiB', async () => {
    const group = await read(`Filename: m.py

Line #    Mem usage    Increment   Line Contents
================================================
     1      9.0 MB      0.0 MB   def f():
     2     16.5 MB      7.5 MB       return 5
`);
    expect(lineText(group.profiles[0]!)).toBe(`f (m.py:1) ${16.5 * MIB} ${7.5 * MIB}
  1 – ${9 * MIB} 0 | def f():
  2 – ${16.5 * MIB} ${7.5 * MIB} |     return 5`);
  });

  it('with many digits push their source to the right', async () => {
    const group = await read(`Filename: m.py

Line #    Mem usage    Increment  Occurrences   Line Contents
=============================================================
     1 46.123456789012 MiB 46.123456789012 MiB           1   def f():
     2 46.123456789012 MiB 0.000000000000 MiB         123       5 + 6
`);
    const text = lineText(group.profiles[0]!);
    expect(text).toContain(`1 1 ${46.123456789012 * MIB} ${46.123456789012 * MIB} | def f():`);
    expect(text).toContain(`2 123 ${46.123456789012 * MIB} 0 |     5 + 6`);
  });

  it('after every call are put together as the tool does it, which is noted', async () => {
    const table = (memory: string, increment: string) => `Filename: m.py

Line #    Mem usage    Increment  Occurrences   Line Contents
=============================================================
     1     ${memory} MiB     ${increment} MiB           1   def f():
     2                                             pass


the program itself prints 1 2 3
`;
    const group = await read(table('10.0', ' 1.0') + table('12.0', ' 2.0') + table('11.0', '-1.0'));
    expect(lineText(group.profiles[0]!)).toBe(`f (m.py:1) ${12 * MIB} ${2 * MIB}
  1 3 ${12 * MIB} ${2 * MIB} | def f():
  2 – – – |     pass`);
    expect(group.warnings).toMatchObject([{ code: 'tables-put-together', where: 'm.py:1', count: 2 }]);
  });
});

describe('logs of mprof', () => {
  it('have the process, its children, and functions with callers first', async () => {
    const { profiles, about, warnings } = await read(`FUNC __main__.inner 2.0 11.0 3.0 12.0 1
FUNC __main__.outer 1.0 11.0 3.0 13.5 0
FUNC old 1.0 10.5 3.0 10.75
CMDLINE python my app.py --MEM 5
MEM 0.5 10.0
CHLD 77 1.25 10.25
MEM 7.0 11.0
CHLD 77 1.50 11.25
CHLD 9 0.0 11.25
`);
    expect(warnings).toEqual([]);
    expect(about).toEqual([['command line', 'python my app.py --MEM 5']]);
    const { series = [], spans = [] } = profiles[0]!;
    expect(series.map(({ name, group, unit, time, value }) => [name, group, unit, [...time], [...value]])).toEqual([
      ['memory', 'main process', 'bytes', [10, 11], [0.5 * MIB, 7 * MIB]],
      ['memory', 'child 77', 'bytes', [10.25, 11.25], [1.25 * MIB, 1.5 * MIB]],
      ['memory', 'child 9', 'bytes', [11.25], [0]],
    ]);
    expect(spans.map(({ name, start, end, values }) => [name, start, end, ...values])).toEqual([
      ['old', 10.5, 10.75, MIB, 3 * MIB],
      ['__main__.outer', 11, 13.5, MIB, 3 * MIB, 0],
      ['__main__.inner', 11, 12, 2 * MIB, 3 * MIB, 1],
    ]);
  });

  it('without children have one nameless group', async () => {
    const { profiles } = await read('MEM 0.5 10.0\nMEM 0.5 11.0\n');
    expect(profiles[0]!.series!.map(({ group }) => group)).toEqual(['']);
  });

  it('lose damaged lines, counted, and come in the order of time', async () => {
    const group = await read(
      'CMDLINE x\nMEM 1.0 10.0\nMEM 2.0 9.0\nMEM nan 1.0\nFUNC f 1 2\nWHAT 1\nMEM 3.0 11.0\nMEM 4.',
    );
    expect(group.warnings.map(({ code, where, count }) => [code, where, count])).toEqual([
      ['bad-line', 'line 4', 4],
      ['time-backwards', null, 1],
    ]);
    expect([...group.profiles[0]!.series![0]!.value]).toEqual([2 * MIB, MIB, 3 * MIB]);
  });
});
