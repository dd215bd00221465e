/** R23: small files that ask for much: of memory, of time, of numbers. Each is refused in one sentence, or opens. */
import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { readBytes } from './index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'a');
const repeat = (count: number, make: (at: number) => string, between = '') =>
  Array.from({ length: count }, (_, at) => make(at)).join(between);

const speedscope = (frames: number, profiles: string) =>
  `{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[${repeat(frames, (at) => `{"name":"f${at}"}`, ',')}]},"profiles":[${profiles}]}`;
const sampled = (name: string) =>
  `{"type":"sampled","name":"${name}","unit":"none","startValue":0,"endValue":1,"samples":[[0]],"weights":[1]}`;
const nested = '['.repeat(9_000) + ']'.repeat(9_000);
const event = (ph: string, ts: number | string, more = '') =>
  `{"ph":"${ph}","ts":${ts},"pid":1,"tid":1,"name":"a"${more}}`;

const REFUSED: readonly (readonly [string, () => string, string])[] = [
  [
    'many profiles of many functions',
    () =>
      speedscope(
        20_000,
        repeat(700, (at) => sampled(`t${at}`), ','),
      ),
    'profiles (or threads) of 20000 functions',
  ],
  [
    'a dump of as many functions as threads',
    () =>
      'Process 1: python x\nPython v3.9.2 (/usr/bin/python)\n\n' +
      repeat(5_000, (at) => `Thread ${at} (active): "t"\n    f${at} (a.py:1)\n`),
    'more than can be shown',
  ],
  [
    'more kinds of events than rows',
    () => repeat(1_100, (at) => `python 1 [000] ${at}.000000: 1 ev${at}:\n\t    7f12 f (/lib/x.so)\n\n`),
    'kinds of values, more than can be shown',
  ],
  [
    'events that are named again and again',
    () => repeat(70, (at) => `events: e${at}\nfn=f\n1 1\n`),
    'callgrind line 193: more than 64 different events up to here',
  ],
  [
    'calls that end in the order in which they began',
    () => `[${repeat(12_000, (at) => event('X', at, ',"dur":1000000'), ',')}]`,
    'calls at once that end in another order than they began',
  ],
  [
    'ends behind calls that go on',
    () =>
      `[${repeat(8_000, (at) => event('X', at, ',"dur":1000000'), ',')},${repeat(8_000, () => event('E', 9000), ',')}]`,
    'calls at once that end in another order than they began',
  ],
  [
    'times beyond what can be added up',
    () => `[${event('X', '-1e308', ',"dur":1e308')},${event('X', '1e308', ',"dur":1e308')}]`,
    'numbers that are too large to be added up',
  ],
  [
    'counts of more digits than a number has',
    () =>
      `         3 function calls in 1.000 seconds\n\n   Ordered by: standard name\n\n   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n ${'1'.repeat(400)}    0.000    0.000    0.000    0.000 a.py:1(f)\n`,
    'numbers that are too large to be added up',
  ],
  [
    'memory beyond what can be told in bytes',
    () => 'CMDLINE x\nMEM 1e308 1000.5\nMEM 1.5 1001.5\n',
    'numbers that are too large to be added up',
  ],
  [
    'nested lists in the place of a type',
    () => speedscope(1, sampled('t').replace('"sampled"', nested)),
    'expected "sampled" or "evented", found an array of 1',
  ],
  [
    'nested lists in the place of a row',
    () =>
      `{"meta":{"version":27,"interval":1,"product":"x","startTime":0},"libs":[],"threads":[{"name":"a","pid":1,"tid":1,"stringTable":["f"],"stackTable":{"schema":{"prefix":0,"frame":1},"data":[[null,0]]},"frameTable":{"schema":{"location":0},"data":[[0]]},"samples":{"schema":{"stack":0,"time":1},"data":[[${nested},1]]},"markers":{"schema":{},"data":[]}}]}`,
    'stack an array of 1, expected 0 to 0',
  ],
  [
    'more loops than a number holds',
    () => '{"version":"1.0","metadata":{"name":"x","loops":1e999},"benchmarks":[{"runs":[{"values":[1.5]}]}]}',
    'numbers that are too large to be added up',
  ],
  [
    'more processes than there are',
    () => `{"meta":{"version":27},"threads":[],"processes":[${repeat(300_000, () => '1', ',')}]}`,
    'gecko: a process is no object',
  ],
  [
    'a list in the place of an event',
    () => speedscope(1, '{"type":"evented","name":"x","unit":"none","startValue":0,"endValue":9,"events":[[["at"]]]}'),
    'profiles[0].events[0]: expected an event',
  ],
  ['titles without an end', () => `<svg> func_g samples, ${'<g><title>'.repeat(2_000)}</svg>`, 'no box in the picture'],
];

describe('R23: a file', () => {
  it.each(REFUSED)('R23: of %s is refused in a sentence', async (_, make, message) => {
    const error = await read(make()).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as FormatError).message).toContain(message);
    expect((error as FormatError).message.length).toBeLessThan(300);
  });

  it('R23: of thousands of profiles of one function opens', async () => {
    const { profiles } = await read(
      speedscope(
        1,
        repeat(3_000, (at) => sampled(`t${at}`), ','),
      ),
    );
    expect(profiles.length).toBe(3_000);
  });

  it('R23: of callgrind shows threads beyond a number as one', async () => {
    const parts = repeat(300, (at) => `part: ${at}\nthread: ${at}\nfn=f\n1 2\n`);
    const { profiles, warnings } = await read(`events: t\n${parts}`);
    expect(profiles.length).toBe(257);
    expect(profiles.at(-1)?.name).toContain('other threads');
    expect(profiles.at(-1)?.functions.self[0]).toEqual(Float64Array.of(88));
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['many-threads', 44]]);
  });

  it('R23: may give asynchronous events ids that are nested, and they still meet by what names them', async () => {
    const id = (deep: string) => `,"cat":"c","id2":{"local":"0x1","x":${deep}}`;
    const { profiles } = await read(`[${event('b', 1, id(nested))},${event('e', 5, id('1'))}]`);
    expect(profiles.flatMap(({ spans = [] }) => spans.map(({ start, end }) => end - start))).toEqual([4e-6]);
  });
});
