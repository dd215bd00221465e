import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readSample } from '../../testing/corpus.ts';
import { readBytes } from '../index.ts';

const readText = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

/** Functions, each with its callers: calls/primitive, self, total. */
function callText(profile: Profile): string {
  const { functions, calls } = profile;
  const print = (table: Pick<typeof functions, 'calls' | 'primitiveCalls' | 'self' | 'total'>, row: number) =>
    `${table.calls[row]}/${table.primitiveCalls[row]} ${table.self[0]![row]} ${table.total[0]![row]}`;
  return Array.from(functions.calls, (_, frame) => {
    const callers = Array.from(calls.callee, (callee, call) =>
      callee === frame ? [`  < ${getFrameKey(profile, calls.caller[call]!)} ${print(calls, call)}`] : [],
    );
    return [`${getFrameKey(profile, frame)} ${print(functions, frame)}`, ...callers.flat()].join('\n');
  }).join('\n');
}

describe('.ystat files', () => {
  it.each(['known', 'known-package'])(
    'have recursion, builtins and callees that were filtered out: %s',
    async (name) => {
      const group = await readBytes(readSample(`yappi/${name}.ystat`), 'unknown');
      expect(group).toMatchObject({ format: 'yappi-ystat', writer: 'yappi', warnings: [], about: [['clock', 'wall']] });
      expect(callText(group.profiles[0]!)).toBe(`/app/main.py:1(main) 1/1 0.5 2.5
/app/main.py:5(fib) 15/1 1.5 1.5
  < /app/main.py:1(main) 1/1 0.25 1.5
  < /app/main.py:5(fib) 14/0 1.25 1.25
builtins:0(len) 2/2 0.25 0.25
  < /app/main.py:1(main) 2/2 0.25 0.25
/app/gone.py:9(hidden) NaN/NaN NaN NaN
  < /app/main.py:1(main) 7/7 0.25 0.25`);
    },
  );
});

describe('reports', () => {
  it('have places, recursion, and threads beside them', async () => {
    const group = await readText(`
Clock type: CPU
Ordered by: totaltime, desc

name                                  ncall  tsub      ttot      tavg
..e/alex/shop/threads_app.py:15 loop  3      0.001115  0.308516  0.102839
/app/fib.py:3 fib                     15/1   0.250000  1.500000  0.100000
builtins.len                          2      0.000001  0.000001  0.000001
..11/threading.py:856 Thread.__init_  123..  0.000043  0.000108  0.000027

name           id     tid              ttot      scnt
Thread         1      140293932201664  0.220760  41
_MainThread    0      140293951802240  0.001074  8
`);
    expect(callText(group.profiles[0]!)).toBe(`..e/alex/shop/threads_app.py:15(loop) 3/3 0.001115 0.308516
/app/fib.py:3(fib) 15/1 0.25 1.5
:0(builtins.len) 2/2 0.000001 0.000001
..11/threading.py:856(Thread.__init_) NaN/NaN 0.000043 0.000108`);
    expect(group.about).toEqual([
      ['clock', 'CPU'],
      ['thread 1', 'Thread, tid 140293932201664, 0.220760 s, scheduled 41 times'],
      ['thread 0', '_MainThread, tid 140293951802240, 0.001074 s, scheduled 8 times'],
    ]);
    expect(group.warnings.map(({ code, count }) => [code, count])).toEqual([['cut-number', 1]]);
  });

  it('may have other columns, and one report per thread', async () => {
    const report = (name: string, total: string) => `Function stats for (${name}) (${total.slice(-1)})

Clock type: WALL
Ordered by: totaltime, desc

name                                  ttot
a.py:1 ${name.padEnd(31)}${total}
`;
    const group = await readText(report('Thread', '1.000002') + report('_MainThread', '1.000001'));
    expect(group.profiles.map(({ name }) => name)).toEqual(['(Thread) (2)', '(_MainThread) (1)']);
    expect(group.profiles[1]!.functions.total[0]).toEqual(Float64Array.of(Number.NaN, 1.000001));
  });

  it('add up functions whose names the cut made the same', async () => {
    const group = await readText(`name      ncall  tsub      ttot      tavg
..y:1 f   1      0.5       0.5       0.5
..y:1 f   2      0.25      0.25      0.125
`);
    expect(callText(group.profiles[0]!)).toBe('..y:1(f) 3/3 0.75 0.75');
    expect(group.warnings).toMatchObject([{ code: 'same-name', where: '..y:1 f', count: 1 }]);
  });
});
