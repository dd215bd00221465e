import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import { readSample } from '../../testing/corpus.ts';
import { frameText, readText, stackText } from '../../testing/stack-lines.ts';
import { readBytes } from '../index.ts';

const CENTRES = [
  { id: 3, label: 'MAIN', module: 'MAIN', src_loc: '<built-in>', is_caf: false },
  { id: 2, label: 'work', module: 'Main', src_loc: 'src/Main.hs:17:1-4', is_caf: false },
  { id: 1, label: 'work.x', module: 'Main', src_loc: 'src/Main.hs:(21,1)-(38,42)', is_caf: false },
  { id: 4, label: 'work.x', module: 'Main', src_loc: 'src/Main.hs:21:30', is_caf: false },
];
const node = (id: number, entries: number, alloc: number, ticks: number, children: unknown = []) => ({
  id,
  entries,
  alloc,
  ticks,
  children,
});
const report = (profile: unknown, parts: object = {}) =>
  JSON.stringify({
    program: 'app',
    rts_arguments: ['-pj'],
    tick_interval: 1000,
    cost_centres: CENTRES,
    profile,
    ...parts,
  });

describe('a tree of cost centres', () => {
  it('has ticks as time, bytes and entries, each its own', async () => {
    const inner = [node(1, 5, 100, 2), node(4, 0, 8, 0)];
    const { format, profiles } = await readText(report(node(3, 0, 16, 1, [node(4, 0, 0, 0), node(2, 1, 0, 3, inner)])));
    expect(format).toBe('ghc-json');
    expect(stackText(profiles[0]!)).toEqual([
      'MAIN.MAIN 1000/16',
      'MAIN.MAIN;Main.work 3000/0',
      'MAIN.MAIN;Main.work;Main.work.x [column 1] 2000/100',
      'MAIN.MAIN;Main.work;Main.work.x [column 30] 0/8',
    ]);
    // The centre below MAIN that did nothing is left out.
    expect(profiles[0]!.contexts!.length).toBe(4);
    expect(Array.from(profiles[0]!.contexts!.calls!)).toEqual([0, 1, 5, 0]);
    expect(frameText(profiles[0]!)).toEqual([
      'MAIN.MAIN',
      'Main.work src/Main.hs:17',
      'Main.work.x [column 1] src/Main.hs:21',
      'Main.work.x [column 30] src/Main.hs:21',
    ]);
  });

  it('may be deeper than calls can be nested', async () => {
    const depth = 4000;
    const begin = '{"id":2,"entries":1,"alloc":0,"ticks":1,"children":[';
    const text = report(0).replace(/"profile":0/, `"profile":${begin.repeat(depth)}${']}'.repeat(depth)}`);
    const { profiles } = await readText(text);
    expect(profiles[0]!.contexts!.length).toBe(depth);
    expect(profiles[0]!.contexts!.total[0]![0]).toBe(depth * 1000);
  });

  it.each([
    [7, {}, 'ghc-json profile: expected an object, found 7'],
    [node(9, 0, 0, 0), {}, 'ghc-json profile.id: cost centre 9 is not in the file'],
    [
      node(3, 0, 0, 0, [node(2, 0, 0, 0), node(2, 0, 0, 0, [node(1, 0, -8, 0)])]),
      {},
      'ghc-json profile.children[1].children[0].alloc: expected a number from 0 on, found -8',
    ],
    [node(3, 0, 0, 0, {}), {}, 'ghc-json profile.children: expected an array, found an object'],
    [node(3, 0, 0, 0), { tick_interval: '1' }, 'ghc-json tick_interval: expected a number, found "1"'],
    [node(3, 0, 0, 0), { cost_centres: [{}] }, 'ghc-json cost_centres[0].id: expected a number, found nothing'],
  ])('%j %j is refused with the place', async (profile, parts, message) => {
    await expect(readText(report(profile, parts))).rejects.toThrow(message);
  });
});

it('the sample has the ticks and bytes that the report adds up itself', async () => {
  const { profiles } = await readBytes(readSample('ghc-json/shop.prof'), 'unknown');
  const { contexts, functions } = profiles[0]!;
  const sum = (column: Float64Array) => column.reduce((total, self) => total + self, 0);
  // total_ticks 210 of tick_interval 1000; total_alloc
  expect(sum(contexts!.self[0]!)).toBe(210_000);
  expect(sum(contexts!.self[1]!)).toBe(88_059_896);
  // The two nodes of the cost centre `price`: 121 + 19 ticks, 4,000 + 600 entries.
  const price = Array.from(functions.total[0]!).findIndex(
    (_, frame) => getFrameName(profiles[0]!, frame) === 'Main.price',
  );
  expect(functions.self[0]![price]).toBe(140_000);
  expect(functions.calls[price]).toBe(4600);
});
