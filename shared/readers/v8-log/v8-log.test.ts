import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import { readSample } from '../../testing/corpus.ts';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';
import { readBytes } from '../index.ts';
import { sniffFormat } from '../sniff-format.ts';
import { placeFunction } from './names.ts';

const CODE = [
  { name: '/usr/bin/node', type: 'SHARED_LIB' },
  { name: 'T Run', type: 'CPP' },
  { name: 'Wide', type: 'CODE', kind: 'BytecodeHandler', timestamp: 1 },
  { name: 'fib /a.js:2:13', type: 'JS', kind: 'Unopt', func: 0, tm: 1 },
  { name: 'fib /a.js:2:13', type: 'JS', kind: 'Opt', func: 0, tm: 2 },
  { name: ' /a.js:1:1', type: 'JS', kind: 'Unopt', func: 1, tm: 1 },
];
const FUNCTIONS = [
  { name: 'fib /a.js:2:13', codes: [3, 4] },
  { name: ' /a.js:1:1', codes: [5] },
];
const log = (ticks: unknown) => JSON.stringify({ code: CODE, functions: FUNCTIONS, ticks });

describe('ticks of a log', () => {
  it('are in the order of time, leaf first in the file, each as long as it took to come', async () => {
    const { format, profiles } = await readText(
      log([
        { tm: 1000, vm: 0, s: [3, 40, 5, 8] },
        { tm: 3500, vm: 0, s: [4, 2, 3, 40, 5, 8] },
        { tm: 3000, vm: 1, s: [2, 7, 4, 40, 5, 8] },
      ]),
    );
    expect(format).toBe('v8-log');
    expect(rowText(profiles[0]!)).toEqual([
      '0..1000 (anonymous);fib',
      '1000..3000 (anonymous);fib;BytecodeHandler: Wide ^2',
      '3000..3500 (anonymous);fib;fib ^2',
    ]);
    expect(frameText(profiles[0]!)).toEqual(['fib /a.js:2', '(anonymous) /a.js:1', 'BytecodeHandler: Wide']);
  });

  it('have an unknown leaf where the address is in no code, and nothing in the midst of a stack', async () => {
    const { profiles, about } = await readText(
      log([
        { tm: 5, vm: 6, s: [-1, 19295144] },
        { tm: 9, vm: 1, s: [1, 3, -1, 4711, 0, 2, 5, 8] },
        { tm: 9, vm: 0, s: [] },
      ]),
    );
    expect(stackText(profiles[0]!)).toEqual(['(unknown) 5/1', '(anonymous);/usr/bin/node;Run 4/1']);
    expect(about).toEqual([
      ['ticks', '3'],
      ['ticks in garbage collection', '1'],
    ]);
  });

  it.each([
    [{}, 'v8-log ticks: expected an array, found an object'],
    [[3], 'v8-log ticks[0]: expected an object, found 3'],
    [[{ tm: '1', s: [] }], 'v8-log ticks[0].tm: expected a number, found "1"'],
    [[{ tm: 1 }], 'v8-log ticks[0].s: expected an array, found nothing'],
    [
      [{ tm: 1, s: [-1, 0, 6, 0] }],
      'v8-log ticks[0].s[2]: expected -1 or the number of one of 6 pieces of code, found 6',
    ],
    [[{ tm: 1, s: [1.5, 0] }], 'v8-log ticks[0].s[0]: expected -1 or the number of one of 6 pieces of code, found 1.5'],
  ])('%j is refused with the place', async (ticks, message) => {
    await expect(readText(log(ticks))).rejects.toThrow(message);
  });
});

it('a place stands behind the name, which may have blanks or be missing', () => {
  const text = (name: string) => {
    const { name: alone, file, line, column } = placeFunction(name);
    return `${alone}|${file}|${line}|${column}`;
  };
  expect(text('fib /home/me/a b/x.js:2:13')).toBe('fib|/home/me/a b/x.js|2|13');
  expect(text('get size node:internal/url:707:11')).toBe('get size|node:internal/url|707|11');
  expect(text(' file:///a.mjs:1:1')).toBe('(anonymous)|file:///a.mjs|1|1');
  expect(text('run C:\\app\\x.js:9:3')).toBe('run|C:\\app\\x.js|9|3');
  expect(text('Module.load module.js:536:33')).toBe('Module.load|module.js|536|33');
  expect(text(' :1:1')).toBe('(anonymous)||1|1');
  expect(text('wasm-function[3]')).toBe('wasm-function[3]||0|0');
  expect(text(`${' '.repeat(200_000)}:1:1`)).toBe('(anonymous)||1|1');
});

it('is known by its first bytes, long before the ticks begin', () => {
  const head = JSON.stringify({ code: CODE }, null, 2).slice(0, 100);
  expect(sniffFormat(new TextEncoder().encode(head))?.id).toBe('v8-log');
});

it('the sample has the ticks that V8 reports of the same log', async () => {
  const { profiles, about } = await readBytes(readSample('v8-log/ledger.v8log.json.gz'), 'unknown');
  const { functions, samples } = profiles[0]!;
  const names = new Map(Array.from(functions.self[1]!, (self, at) => [getFrameName(profiles[0]!, at), self]));
  // node --prof-process: 119 ticks, 60 unaccounted; GC 8; and its list of functions by ticks.
  expect(samples!.length).toBe(119);
  expect(about?.[1]).toEqual(['ticks in garbage collection', '8']);
  expect(names.get('(unknown)')).toBe(60);
  expect(names.get('fibonacci')).toBe(27);
  expect(names.get('digest')).toBe(4);
  expect(names.get('fill')).toBe(1);
  expect(names.get('_IO_fwrite@@GLIBC_2.2.5')).toBe(10);
  expect(names.get('/usr/lib/x86_64-linux-gnu/libc.so.6')).toBe(7);
  // `tm` of the last tick.
  expect(samples!.end).toBe(180_238);
});
