import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const HEAD =
  'Process Name, Display Name, Process, Stack, Module, Function, Address, Thread ID, CPU, Weight, % Weight, Count, TimeStamp\r\n';

describe('samples of XPerf', () => {
  it('have stacks root first, a profile for each process', async () => {
    const { profiles, format, warnings } = await read(
      `${HEAD}a.exe, a.exe, a.exe (41), [Root]/ntdll.dll!_Start/a.exe!main, a.exe, main, 0x1, 5, 0, 1.5, 0.01, 1, 9.7
a.exe, a.exe, a.exe (41), [Root]/ntdll.dll!_Start, a.exe, main, 0x1, 5, 0, 2, 0.01, 2, 9.8
a.exe, a.exe, a.exe (41), [Root]/a.exe!map<int, int>, a.exe, map<int, int>, 0x1, 5, 0, 1, 0.01, 1, 9.8
Idle, Idle, Idle (0), ?, ntoskrnl.exe, KiIdle, 0x1, 0, 1, 3, 0.1, 1, 9.9
broken, row
`,
    );
    expect(format).toBe('xperf');
    expect(profiles.map(({ name }) => name)).toEqual(['a.exe (41)', 'Idle (0)']);
    const { frame, self } = profiles[0]!.contexts!;
    expect([...frame].map((of) => getFrameKey(profiles[0]!, of))).toEqual([
      'ntdll.dll:0(_Start)',
      'a.exe:0(main)',
      'a.exe:0(map<int, int>)',
    ]);
    expect(self.map((column) => [...column])).toEqual([
      [0, 3.5, 1],
      [0, 3, 1],
    ]);
    expect(warnings).toMatchObject([{ code: 'odd-line', count: 1 }]);
  });

  it('without rows are refused', async () => {
    await expect(read(HEAD)).rejects.toThrow('xperf: the table has no row');
  });
});
