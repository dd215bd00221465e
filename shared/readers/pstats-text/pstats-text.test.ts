import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readSample } from '../../testing/corpus.ts';
import { readBytes } from '../index.ts';
import { parsePlace } from './place.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const HEAD = '   ncalls  tottime  percall  cumtime  percall filename:lineno(function)';
const TABLE = `         12 function calls (8 primitive calls) in 0.016 seconds

   Ordered by: standard name

${HEAD}
     10/6    0.002    0.000    0.010    0.002 a.py:1(f)
        2    0.001    0.001    0.016    0.008 {built-in method builtins.exec}
`;
const CALLERS = `   Ordered by: cumulative time

Function                         was called by...
                                     ncalls  tottime  cumtime
a.py:1(f)                        <-     4/2    0.001    0.004  a.py:1(f)
                                          6    0.001    0.010  {built-in method builtins.exec}
{built-in method builtins.exec}  <-
`;

function rowsOf(profile: Profile) {
  const { calls, primitiveCalls, self, total } = profile.functions;
  return Array.from({ length: profile.frames.length }, (_, frame) => [
    getFrameKey(profile, frame),
    calls[frame],
    primitiveCalls[frame],
    self[0]![frame],
    total[0]![frame],
  ]);
}

function callsOf(profile: Profile) {
  const { caller, callee, calls, primitiveCalls, self, total, length } = profile.calls;
  return Array.from({ length }, (_, call) => [
    `${getFrameKey(profile, caller[call]!)} > ${getFrameKey(profile, callee[call]!)}`,
    calls[call],
    primitiveCalls[call],
    self[0]![call],
    total[0]![call],
  ]);
}

describe('a printed report', () => {
  it('has its rows, the counts in one order, and what its head says beside them', async () => {
    const { format, profiles, about, warnings } = await read(TABLE);
    expect(format).toBe('pstats-text');
    expect(rowsOf(profiles[0]!)).toEqual([
      ['a.py:1(f)', 10, 6, 0.002, 0.01],
      ['~:0(<built-in method builtins.exec>)', 2, 2, 0.001, 0.016],
    ]);
    expect(about).toEqual([
      ['function calls', '12'],
      ['primitive calls', '8'],
      ['seconds', '0.016'],
      ['ordered by', 'standard name'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('is read with overflowing columns, blank ones, and names with blanks', async () => {
    const { profiles } = await read(
      `${HEAD}
123456789/12345 12345.678    0.000 123456.789    9.999 {method 'match' of 're.Pattern' objects}
        0    0.000             0.000          profile:0(profiler)
      5/0    0.000    0.000    0.005          app.py:7(sampled)
       -1    0.500   -0.500    0.500   -0.500 uncounted.py:1(f)
`,
    );
    expect(rowsOf(profiles[0]!)).toEqual([
      ["~:0(<method 'match' of 're.Pattern' objects>)", 123456789, 12345, 12345.678, 123456.789],
      ['profile:0(profiler)', 0, 0, 0, 0],
      ['app.py:7(sampled)', 5, 0, 0, 0.005],
      ['uncounted.py:1(f)', Number.NaN, Number.NaN, 0.5, 0.5],
    ]);
  });

  it('comes out of whatever the program printed around it, escape sequences and line ends of Windows included', async () => {
    const noise = `hello\n10 0.1 0.2 no row\n\u001b[1m${TABLE}\u001b[0m\n\nGood bye 3\n`.replaceAll('\n', '\r\n');
    const { profiles, warnings } = await read(noise);
    expect(rowsOf(profiles[0]!)).toEqual(rowsOf((await read(TABLE)).profiles[0]!));
    expect(warnings).toEqual([]);
  });

  it('of Python 2.5 counts CPU seconds', async () => {
    const { about } = await read('   3 function calls in 0.010 CPU seconds\n');
    expect(about).toContainEqual(['seconds', '0.010']);
  });

  it('that leaves rows out says so, whether it meant to or was cut', async () => {
    const restricted = TABLE.replace(
      'standard name\n',
      "standard name\n   List reduced from 40 to 9 due to restriction <0.2>\n   List reduced from 9 to 2 due to restriction <'a'>\n",
    );
    const meant = await read(restricted);
    expect(meant.warnings).toMatchObject([
      { code: 'reduced-list', message: 'The report lists 2 of 40 functions: the others are unknown.' },
    ]);
    expect(meant.about).toContainEqual(['reduced', "from 9 to 2 due to 'a'"]);
    const cut = TABLE.split('\n').slice(0, -2).join('\n');
    expect((await read(cut)).warnings).toMatchObject([
      { code: 'rows-missing', message: 'The report was cut short: 2 of 12 function calls are in no row.' },
    ]);
    const cutRestricted = restricted.split('\n').slice(0, -2).join('\n');
    expect((await read(cutRestricted)).warnings.map(({ code }) => code)).toEqual(['reduced-list', 'rows-missing']);
    expect((await read(TABLE.slice(0, 90))).warnings).toMatchObject([{ code: 'no-rows' }]);
  });

  it('adds up rows that look alike, and says so; a broken row is left out', async () => {
    const row = '        1    0.500    0.500    0.500    0.500 __init__.py:1(<module>)\n';
    const { profiles, warnings } = await read(`${HEAD}\n${row}${row}   ** 1\n${row}`);
    expect(rowsOf(profiles[0]!)).toEqual([['__init__.py:1(<module>)', 3, 3, 1.5, 1.5]]);
    expect(warnings).toMatchObject([
      { code: 'same-name', count: 2 },
      { code: 'odd-line', count: 1, where: 'line 4: ** 1' },
    ]);
  });

  it('is one of several in a text: each is a profile of its own', async () => {
    const file = 'Mon Nov  2 15:08:11 2026    app.prof\n\n';
    const { profiles, about } = await read(`${file}${TABLE}\n\n${TABLE.replace('0.002', '0.005')}`);
    expect(profiles.map(({ name }) => name)).toEqual(['report 1 (app.prof)', 'report 2']);
    expect(profiles.map((profile) => profile.functions.self[0]![0])).toEqual([0.002, 0.005]);
    expect(about).toContainEqual(['report 1 (app.prof): date', 'Mon Nov  2 15:08:11 2026']);
  });
});

describe('lists of callers and callees', () => {
  it('are calls, and belong to the report before them', async () => {
    const { profiles } = await read(`${TABLE}\n\n${CALLERS}`);
    expect(profiles.length).toBe(1);
    expect(callsOf(profiles[0]!)).toEqual([
      ['a.py:1(f) > a.py:1(f)', 4, 2, 0.001, 0.004],
      ['~:0(<built-in method builtins.exec>) > a.py:1(f)', 6, 6, 0.001, 0.01],
    ]);
  });

  it('alone have no numbers of functions', async () => {
    const { profiles, about } = await read(CALLERS);
    expect(rowsOf(profiles[0]!)[0]).toEqual(['a.py:1(f)', Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(about).toContainEqual(['functions with callers listed', '2']);
    expect(about).toContainEqual(['callers ordered by', 'cumulative time']);
  });

  it('of both kinds say each call once, from caller to callee', async () => {
    const callees = `Function                         called...
                                     ncalls  tottime  cumtime
{built-in method builtins.exec}  ->       6    0.001    0.010  a.py:1(f)
                                          1    0.000    0.000  <string>:1(<module>)
a.py:1(f)                        ->     4/2    0.001    0.004  a.py:1(f)
`;
    const { profiles } = await read(`${CALLERS}\n\n${callees}`);
    expect(profiles.length).toBe(1);
    expect(callsOf(profiles[0]!).map(([call, calls]) => [call, calls])).toEqual([
      ['a.py:1(f) > a.py:1(f)', 4],
      ['~:0(<built-in method builtins.exec>) > a.py:1(f)', 6],
      ['~:0(<built-in method builtins.exec>) > <string>:1(<module>)', 1],
    ]);
  });

  it('that say something else than the report before are of another one', async () => {
    const other = CALLERS.replace('6    0.001', '7    0.001');
    expect((await read(`${CALLERS}\n\n${other}`)).profiles.length).toBe(2);
    expect((await read(`${TABLE}\n\n${CALLERS.replaceAll('a.py', 'b.py')}`)).profiles.length).toBe(2);
  });

  it('of the module profile are counts; the time is the named function’s', async () => {
    const { profiles } = await read(`Function              was called by...
app.py:5(even(2))     <- app.py:6(odd)(10)    0.250
                         profile:0(main(1))(1)    0.750
profile:0(profiler)   <-
`);
    expect(callsOf(profiles[0]!)).toEqual([
      ['app.py:6(odd) > app.py:5(even(2))', 10, 10, Number.NaN, Number.NaN],
      ['profile:0(main(1)) > app.py:5(even(2))', 1, 1, Number.NaN, Number.NaN],
    ]);
    expect(rowsOf(profiles[0]!)[1]).toEqual(['app.py:6(odd)', Number.NaN, Number.NaN, Number.NaN, 0.25]);
  });

  it('are told apart from the arrows in their names', async () => {
    const { profiles } = await read(`Function            was called by...
                        ncalls  tottime  cumtime
x.py:1(<- a -> b)   <-       1    0.000    0.001  y.py:2(c <- d)
`);
    expect(callsOf(profiles[0]!)[0]![0]).toBe('y.py:2(c <- d) > x.py:1(<- a -> b)');
  });
});

describe('a printed name', () => {
  it.each([
    ['/a b/c.py:12(f)', '/a b/c.py', 12, 'f'],
    ['C:\\x\\y.py:3(<lambda>)', 'C:\\x\\y.py', 3, '<lambda>'],
    ['a.py:3(f(x):4)', 'a.py', 3, 'f(x):4'],
    [':0(len)', '', 0, 'len'],
    ['profile:0(main(1:2(3)))', 'profile', 0, 'main(1:2(3))'],
    ['__init__:-1(__init__)', '__init__', -1, '__init__'],
    ['{built-in method posix.stat}', '~', 0, '<built-in method posix.stat>'],
    ['<frozen importlib._bootstrap>:966(_find)', '<frozen importlib._bootstrap>', 966, '_find'],
    ['odd', '~', 0, 'odd'],
  ])('%s is taken apart', (text, file, line, name) => {
    expect(parsePlace(text)).toEqual({ file, line, name });
  });
});

describe('reports that Python printed', () => {
  it.each(['reports-py27.txt', 'reports-py313.txt'])('%s: four reports, two with their calls', async (name) => {
    const { profiles, warnings } = await readBytes(readSample(`pstats-text/${name}`), 'unknown');
    expect(profiles.map(({ calls }) => calls.length > 0)).toEqual([false, true, false, true]);
    expect(profiles.map(({ frames }) => frames.length > 0)).toEqual([true, true, false, true]);
    expect(warnings.map(({ code }) => code)).toEqual(['reduced-list', 'no-rows']);
  });
});
