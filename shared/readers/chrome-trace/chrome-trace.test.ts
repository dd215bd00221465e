import { describe, expect, it } from 'vitest';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';

type Event = readonly [phase: string, name: string | null, ts: unknown, dur?: unknown];

/** Events of one thread as a file. */
const trace = (events: readonly Event[], more: object = {}) =>
  JSON.stringify(
    events.map(([ph, name, ts, dur]) => ({ ph, name: name ?? undefined, ts, dur, pid: 1, tid: 2, ...more })),
  );
const read = async (events: readonly Event[], more: object = {}) => readText(trace(events, more));

describe('calls of a trace', () => {
  it('with begin and end nest', async () => {
    const { profiles } = await read([
      ['B', 'a', 10],
      ['B', 'b', 12],
      ['E', 'b', 15],
      ['B', 'b', 15],
      ['E', 'b', 16],
      ['E', 'a', 20],
    ]);
    expect(rowText(profiles[0]!)).toEqual(['0..2 a', '2..5 a;b ^1', '5..6 a;b ^1', '6..10 a ^1']);
    expect(stackText(profiles[0]!)).toEqual(['a 6', 'a;b 4']);
    expect([...profiles[0]!.contexts!.calls!]).toEqual([1, 2]);
    expect(profiles[0]!.metrics).toEqual([{ name: 'time', unit: 'microseconds' }]);
  });

  it('with a duration nest by containment, in whatever order they come', async () => {
    const want = ['a 7', 'a;b 2', 'a;b;c 1'];
    const events: Event[] = [
      ['X', 'a', 0, 10],
      ['X', 'b', 1, 3],
      ['X', 'c', 2, 1],
    ];
    expect(stackText((await read(events)).profiles[0]!)).toEqual(want);
    expect(stackText((await read(events.toReversed())).profiles[0]!)).toEqual(want);
  });

  it('that begin together nest by length, then as in the file; that follow each other do not nest', async () => {
    expect(
      stackText(
        (
          await read([
            ['X', 'b', 1, 1],
            ['X', 'a', 1, 3],
            ['X', 'c', 4, 2],
          ])
        ).profiles[0]!,
      ),
    ).toEqual(['a 2', 'a;b 1', 'c 2']);
    expect(
      stackText(
        (
          await read([
            ['X', 'a', 1, 2],
            ['X', 'b', 1, 2],
          ])
        ).profiles[0]!,
      ),
    ).toEqual(['a;b 2']);
  });

  it('end before others begin at the same time, even if the file has them the other way round', async () => {
    const { profiles, warnings } = await read([
      ['B', 'a', 0],
      ['B', 'b', 5],
      ['E', 'a', 5],
      ['E', 'b', 9],
    ]);
    expect(stackText(profiles[0]!)).toEqual(['a 5', 'b 4']);
    expect(warnings).toEqual([]);
    expect(
      stackText(
        (
          await read([
            ['B', 'a', 0],
            ['B', 'b', 5],
            ['E', 'b', 5],
            ['E', 'a', 9],
          ])
        ).profiles[0]!,
      ),
    ).toEqual(['a 9']);
  });

  it('keep their durations when they overlap, and that is said', async () => {
    const { profiles, warnings } = await read([
      ['X', 'a', 0, 10],
      ['X', 'b', 5, 10],
      ['X', 'c', 6, 1],
    ]);
    expect(rowText(profiles[0]!)).toEqual(['0..5 a', '5..6 a;b ^1', '6..7 a;b;c ^2', '7..10 a;b ^2', '10..15 b']);
    expect(profiles[0]!.functions.total[0]!.slice()).toEqual(Float64Array.of(10, 10, 1));
    expect(warnings).toMatchObject([{ code: 'overlapping', count: 1 }]);
  });

  it('that have ends without begin, or never end, are counted', async () => {
    const { profiles, warnings } = await read([
      ['E', 'x', 0],
      ['B', 'a', 1],
      ['X', 'b', 2, 3],
      ['E', null, 4],
      ['B', 'c', 4],
    ]);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['unmatched-end', 1],
      ['left-open', 1],
      ['overlapping', 2],
    ]);
    expect([...profiles[0]!.functions.total[0]!]).toEqual([3, 3, 1]);
  });

  it('may have times as text, and none at all, below 0, or no duration', async () => {
    const { profiles, warnings } = await read([
      ['X', 'a', '100', '5'],
      ['X', 'b', null, 1],
      ['X', 'c', 101, -5],
      ['X', 'd', 102, null],
    ]);
    expect(stackText(profiles[0]!)).toEqual(['a 5']);
    expect([...profiles[0]!.contexts!.calls!]).toEqual([1, 1, 1]);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['no-time', 1],
      ['no-duration', 2],
    ]);
  });

  it('of late times keep what is small: sums of rounded numbers do not tear them apart', async () => {
    const late = 81995849579.459;
    const { profiles, warnings } = await read([
      ['X', 'a', late, 0.3],
      ['X', 'b', late + 0.1, 0.2],
      ['X', 'c', late + 0.3, 1],
    ]);
    expect(profiles[0]!.contexts!.length).toBe(3);
    expect(warnings).toEqual([]);
  });
});

describe('threads and names', () => {
  it('are profiles by process and thread, called as the metadata says', async () => {
    const event = (ph: string, pid: unknown, tid: unknown, name: string, more: object = {}) => ({
      ph,
      pid,
      tid,
      name,
      ...more,
    });
    const named = (pid: unknown, tid: unknown, what: string, name: string) =>
      event('M', pid, tid, what, { args: { name } });
    const { profiles } = await readText(
      JSON.stringify({
        traceEvents: [
          named(1, '7', 'thread_name', 'worker'),
          named(1, '7', 'process_name', 'app'),
          event('X', 1, '7', 'a', { ts: 5, dur: 1 }),
          event('X', 1, '__proto__', 'b', { ts: 4, dur: 2 }),
          event('X', 'gpu', 140213030206336, 'c', { ts: 6, dur: 3 }),
          event('M', 1, '7', 'process_sort_index', { args: { sort_index: 9 } }),
        ],
      }),
    );
    expect(profiles.map((profile) => [profile.name, ...rowText(profile)])).toEqual([
      ['process gpu, thread 140213030206336', '2..5 c'],
      ['app (1), worker (7)', '1..2 a'],
      ['app (1), thread __proto__', '0..2 b'],
    ]);
  });

  it('of VizTracer and py-spy hold places', async () => {
    const { profiles } = await read([
      ['X', 'run (/a/b.py:12)', 0, 5],
      ['X', 'time.sleep', 1, 1],
    ]);
    expect(frameText(profiles[0]!)).toEqual(['run /a/b.py:12', 'time.sleep']);
    const pySpy = await read(
      [
        ['B', 'f', 0],
        ['E', 'f', 5],
      ],
      { cat: 'py-spy', args: { filename: '/x.py', line: 3 } },
    );
    expect(frameText(pySpy.profiles[0]!)).toEqual(['f /x.py:3']);
    expect(pySpy.profiles[0]!.traits.linesRan).toBe(true);
    expect(pySpy.writer).toBe('py-spy');
  });
});

describe('what else a trace holds', () => {
  it('are counters as series and asynchronous events as spans, in seconds', async () => {
    const { profiles } = await readText(
      JSON.stringify([
        { ph: 'C', pid: 1, tid: 1, ts: 2e6, name: 'mem', args: { used: 5, free: '7', text: 'x' } },
        { ph: 'C', pid: 1, tid: 1, ts: 1e6, name: 'mem', args: { used: 4 } },
        { ph: 'b', pid: 1, tid: 1, ts: 1e6, name: 'load', cat: 'net', id: '0x1' },
        { ph: 'b', pid: 1, tid: 1, ts: 2e6, name: 'load', cat: 'net', id: '0x2' },
        { ph: 'e', pid: 1, tid: 1, ts: 4e6, name: 'load', cat: 'net', id: '0x1' },
      ]),
    );
    const { series = [], spans = [] } = profiles[0]!;
    expect(series.map(({ name, time, value }) => [name, [...time], [...value]])).toEqual([
      ['mem used', [0, 1], [4, 5]],
      ['mem free', [1], [7]],
    ]);
    expect(spans.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [1, Number.NaN],
    ]);
  });

  it('are samples of V8 in chunks', async () => {
    const node = (id: number, functionName: string, parent?: number) => ({
      id,
      callFrame: { functionName, lineNumber: 0 },
      parent,
    });
    const chunk = (ts: number, nodes: object[], samples: number[], timeDeltas: number[]) => ({
      ...{ ph: 'P', pid: 1, tid: 9, id: '0x1', ts, name: 'ProfileChunk' },
      args: { data: { cpuProfile: { nodes, samples }, timeDeltas } },
    });
    const { profiles } = await readText(
      JSON.stringify([
        { ph: 'P', pid: 1, tid: 2, id: '0x1', ts: 100, name: 'Profile', args: { data: { startTime: 100 } } },
        chunk(150, [node(1, '(root)'), node(2, 'a', 1)], [2, 1], [10, 5]),
        chunk(160, [node(3, '', 2)], [3, 3], [5, -2]),
      ]),
    );
    expect(rowText(profiles[0]!)).toEqual([
      '10..15 (root);a',
      '15..20 (root) ^1',
      '20..20 (root);a;(anonymous) ^1',
      '20..20 (root);a;(anonymous) ^3',
    ]);
  });

  it('stand behind what V8 sampled; of the threads that of Chrome’s page comes first', async () => {
    const event = (ph: string, pid: number, tid: number, name: string, more: object) => ({
      ph,
      pid,
      tid,
      name,
      ...more,
    });
    const thread = (tid: number, name: string) => event('M', 1, tid, 'thread_name', { args: { name } });
    const cpuProfile = { nodes: [{ id: 1, callFrame: { functionName: 'f', lineNumber: 0 } }], samples: [1] };
    const { profiles } = await readText(
      JSON.stringify([
        event('X', 1, 8, 'a', { ts: 1, dur: 1 }),
        event('X', 1, 9, 'b', { ts: 1, dur: 1 }),
        thread(8, 'Chrome_ChildIOThread'),
        thread(9, 'CrRendererMain'),
        event('P', 1, 9, 'Profile', { id: '0x1', ts: 1, args: { data: { startTime: 1 } } }),
        event('P', 1, 7, 'ProfileChunk', { id: '0x1', ts: 2, args: { data: { cpuProfile, timeDeltas: [1] } } }),
      ]),
    );
    expect(profiles.map(({ name }) => name)).toEqual([
      'CrRendererMain (9), samples',
      'CrRendererMain (9)',
      'Chrome_ChildIOThread (8)',
    ]);
  });

  it('are instants, flows and objects, which are counted', async () => {
    const { warnings, about } = await read([
      ['i', 'x', 1],
      ['s', 'y', 2],
      ['X', 'a', 0, 1],
      ['O', 'z', 3],
    ]);
    expect(warnings).toMatchObject([{ code: 'not-shown', count: 3 }]);
    expect(about).toContainEqual(['events by phase', 'i 1, s 1, X 1, O 1']);
  });
});

describe('the array of a trace may be cut', () => {
  const whole = trace([
    ['X', 'a', 0, 1],
    ['X', 'b', 2, 1],
  ]);
  it.each([whole.slice(0, -1), `${whole.slice(0, -1)},\n`, `${whole.slice(0, -1)},]`, `\n ${whole}\n`])(
    '%j',
    async (text) => {
      expect(stackText((await readText(text)).profiles[0]!)).toEqual(['a 1', 'b 1']);
    },
  );

  it('but not within an event, nor within an object', async () => {
    await expect(readText(whole.slice(0, -5))).rejects.toThrow('chrome-trace: this is JSON that breaks off at byte');
    await expect(readText(`{"traceEvents":${whole.slice(0, -1)}`)).rejects.toThrow('breaks off at byte');
    await expect(readText('{"traceEvents":3}')).rejects.toThrow('traceEvents: expected an array, found 3');
  });
});
