import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const RULE = `${'-'.repeat(79)}\n`;
const HEAD = `CPU: CPU with timer interrupt, speed 0 MHz (estimated)
Profiling through timer interrupt
samples  %        linenr info                 image name               app name                 symbol name\n`;

const REPORT = `${HEAD}${RULE}  10       100.000  /src/main.c:9 /bin/app /bin/app main
20       66.6667  /src/work.c:3 /bin/app /bin/app walk(int, char*)
  20       66.6667  /src/work.c:3 /bin/app /bin/app walk(int, char*) [self]
  5        16.6667  (no location information) /lib/libc.so /bin/app memcpy
  7        16.6667  /src/work.c:3 /bin/app /bin/app walk(int, char*)
${RULE}  5        100.000  /src/work.c:3 /bin/app /bin/app walk(int, char*)
5        16.6667  (no location information) /lib/libc.so /bin/app memcpy
  5        100.000  (no location information) /lib/libc.so /bin/app memcpy [self]
${RULE}  4        100.000  start.S:0 anon (tgid:29 range:0x7f-0x80) /bin/app _start
1        3.3333  /src/main.c:9 /bin/app /bin/app main
  10       90.909  /src/work.c:3 /bin/app /bin/app walk(int, char*)
  1        9.0909  /src/main.c:9 /bin/app /bin/app main [self]
${RULE}2        6.6667  (no location information) /lib/libc.so /bin/ls memcpy
  2        100.000  (no location information) /lib/libc.so /bin/ls memcpy [self]
${RULE}`;

const keys = (profile: Profile) => Array.from({ length: profile.frames.length }, (_, of) => getFrameKey(profile, of));
const calls = (profile: Profile) =>
  Array.from(profile.calls.caller, (caller, call) => [
    keys(profile)[caller],
    keys(profile)[profile.calls.callee[call]!],
    profile.calls.total[0]![call],
  ]);

const [WALK, MEMCPY, MAIN, START] = [
  '/src/work.c:3(walk(int, char*))',
  '/lib/libc.so:0(memcpy)',
  '/src/main.c:9(main)',
  'start.S:0(_start)',
] as const;

describe('a call graph of OProfile', () => {
  it('has functions with their own samples, and those of their callees', async () => {
    const { format, profiles, warnings } = await read(REPORT);
    const { functions, metrics } = profiles[0]!;
    expect(format).toBe('oprofile');
    expect(metrics).toEqual([{ name: 'samples', unit: 'count' }]);
    expect(keys(profiles[0]!)).toEqual([WALK, MEMCPY, MAIN, START]);
    // memcpy was used by two programs: 5 and 2. Calls of walk by itself are no more of it.
    expect([...functions.self[0]!]).toEqual([20, 7, 1, Number.NaN]);
    expect([...functions.total[0]!]).toEqual([25, 7, 11, Number.NaN]);
    expect(warnings).toEqual([]);
  });

  it('has calls once, though both ends list them, and callers that have no block', async () => {
    const { profiles } = await read(REPORT);
    expect(
      calls(profiles[0]!)
        .map((call) => call.join(' '))
        .sort(),
    ).toEqual([`${WALK} ${WALK} 7`, `${WALK} ${MEMCPY} 5`, `${MAIN} ${WALK} 10`, `${START} ${MAIN} 4`].sort());
  });

  it('of recursion has never more than all samples', async () => {
    const { profiles } = await read(
      `${HEAD}${RULE}3 50 a.c:1 /a /a f\n  9 90 b.c:1 /a /a g\n  3 10 a.c:1 /a /a f [self]\n${RULE}3 50 b.c:1 /a /a g\n  8 90 a.c:1 /a /a f\n`,
    );
    expect([...profiles[0]!.functions.total[0]!]).toEqual([6, 6]);
    expect(calls(profiles[0]!).map(([, , total]) => total)).toEqual([6, 6]);
  });

  it('of two events has both, without places and programs where it was not asked for them', async () => {
    const { profiles } = await read(
      `Counted CYCLES events (x) count 1\nCounted MISSES events (y) count 2
samples  %        samples  %        image name               symbol name
${RULE}3 50.0 1 100 app main\n  3 50.0 1 100 app main [self]\n${RULE}`,
    );
    expect(profiles[0]!.metrics.map(({ name }) => name)).toEqual(['CYCLES samples', 'MISSES samples']);
    expect(profiles[0]!.functions.self.map((column) => [...column])).toEqual([[3], [1]]);
  });

  it('tells of rows and blocks that can’t be read; a head alone is refused', async () => {
    const { warnings } = await read(`${REPORT}  3 1.0 x.c:1 /a /a lost\nodd row\n${RULE}`);
    expect(warnings.map(({ code, where }) => `${code} ${where}`)).toEqual(['odd-line line 24', 'odd-block line 25']);
    await expect(read(HEAD + RULE)).rejects.toThrow('oprofile line 4: the report has a head, but no function');
  });
});
