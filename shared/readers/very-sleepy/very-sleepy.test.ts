import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const SYMBOLS = `sym0 "app" "main" "C:\\src\\main.c" 9\r\nsym1 "app" "work<int, int>" "C:\\src\\work.c" 3
sym2 "ntdll" "NtWait" "[unknown]" 0\n`;
const STATS = 'Filename: C:\\app.exe\r\nDuration: 1.5\r\nSamples: 4\r\n';

const read = (callstacks: string, symbols = SYMBOLS, names = ['Symbols.txt', 'Callstacks.txt']) =>
  readBytes(
    zipSync({
      'Stats.txt': strToU8(STATS),
      'IPCounts.txt': strToU8('1.5\n0x401590 1.5 "[unknown]" 0\n'),
      [names[0]!]: strToU8(symbols),
      [names[1]!]: strToU8(callstacks),
      'Version 0.82 required': strToU8('0.82\r\n'),
    }),
    'unknown',
  );

describe('a capture of Very Sleepy', () => {
  it('has stacks, leaf first in the file, with their seconds', async () => {
    const { format, profiles, warnings, about } = await read('0.5 sym1 sym0\r\n0.25 sym2 sym1 sym0\n0.75 sym1 sym0\n');
    const { frame, parent, self } = profiles[0]!.contexts!;
    expect(format).toBe('very-sleepy');
    expect(profiles).toHaveLength(1);
    expect(Array.from(frame, (of) => getFrameKey(profiles[0]!, of))).toEqual([
      'C:\\src\\main.c:9(main)',
      'C:\\src\\work.c:3(work<int, int>)',
      'ntdll:0(NtWait)',
    ]);
    expect([...parent]).toEqual([-1, 0, 1]);
    expect([...self[0]!]).toEqual([0, 1.25, 0.25]);
    expect(warnings).toEqual([]);
    expect(about).toContainEqual(['filename', 'C:\\app.exe']);
  });

  it('of older versions has names in small letters', async () => {
    expect((await read('1 sym0\n', SYMBOLS, ['symbols.txt', 'callstacks.txt'])).format).toBe('very-sleepy');
  });

  it('tells of symbols that can’t be read', async () => {
    const { warnings } = await read('1 sym0\n', `${SYMBOLS}odd\n`);
    expect(warnings).toMatchObject([{ code: 'odd-line', where: 'symbols.txt line 4' }]);
  });

  it('with stacks of what is no symbol, no time, or without stacks is refused', async () => {
    await expect(read('1 sym0\n1 sym9\n')).rejects.toThrow('callstacks.txt line 2: "sym9" is not in symbols.txt');
    await expect(read('1 constructor\n')).rejects.toThrow('"constructor" is not in symbols.txt');
    await expect(read('-1 sym0\n')).rejects.toThrow('callstacks.txt line 1: expected seconds, found "-1"');
    await expect(read('')).rejects.toThrow('the capture has no stack');
  });
});
