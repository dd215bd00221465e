import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const meta = { type: 'meta', run_id: 'a', sample_interval_usec: 1000, mode: 'wall' };
const strings = [
  { str_id: 1, value: 'main' },
  { str_id: 2, value: '/app/a.py' },
  { str_id: 3, value: '__proto__' },
];
const frames = [
  { frame_id: 1, func_str_id: 1, path_str_id: 2, line: 3 },
  { frame_id: 2, func_str_id: 3, path_str_id: 2, line: 7 },
];
const entries = [
  { frame_id: 1, self: 2, cumulative: 5 },
  { frame_id: 2, self: 3, cumulative: 3 },
];
const end = { type: 'end', run_id: 'a', samples_total: 5 };

const read = (...records: readonly object[]) =>
  readBytes(new TextEncoder().encode(records.map((record) => `${JSON.stringify(record)}\n`).join('')), 'unknown');

/** Self and total of each function, in samples. */
function listFunctions({ profiles: [profile] }: Awaited<ReturnType<typeof read>>) {
  const { frames: table, functions } = profile!;
  return Array.from({ length: table.length }, (_, frame) => [
    getFrameName(profile!, frame),
    table.line[frame],
    functions.self[0]![frame],
    functions.total[0]![frame],
  ]);
}

describe('JSON Lines of the sampling profiler', () => {
  const rows = [
    ['main', 3, 2, 5],
    ['__proto__', 7, 3, 3],
  ];

  it('reads version 0, in pieces', async () => {
    const group = await read(
      meta,
      { type: 'string_table', run_id: 'a', strings },
      { type: 'frame_table', run_id: 'a', frames: frames.slice(0, 1) },
      { type: 'frame_table', run_id: 'a', frames: frames.slice(1) },
      { type: 'agg', run_id: 'a', kind: 'frame', samples_total: 5, entries: entries.slice(0, 1) },
      { type: 'agg', run_id: 'a', kind: 'frame', samples_total: 5, entries: entries.slice(1) },
      end,
    );
    expect(listFunctions(group)).toEqual(rows);
    expect(group.profiles[0]!.functions.self[1]![0]).toBe(2000);
    expect(group.warnings).toEqual([]);
  });

  it('reads version 1, whose tables have other names', async () => {
    const group = await read(
      meta,
      { type: 'str_def', run_id: 'a', defs: strings },
      { type: 'frame_def', run_id: 'a', defs: frames },
      { type: 'agg', run_id: 'a', entries },
      end,
    );
    expect(listFunctions(group)).toEqual(rows);
  });

  it('keeps runs apart, and says when one has no end', async () => {
    const tables = (run_id: string) => [
      { type: 'string_table', run_id, strings },
      { type: 'frame_table', run_id, frames },
      { type: 'agg', run_id, entries },
    ];
    const group = await read(meta, ...tables('a'), end, { ...meta, run_id: 'b' }, ...tables('b'));
    expect(group.profiles.map(({ name }) => name)).toEqual(['run 1', 'run 2']);
    expect(group.warnings).toMatchObject([{ code: 'cut-short' }]);
  });

  it('adds places that share a line, and says so', async () => {
    const group = await read(
      meta,
      { type: 'string_table', run_id: 'a', strings },
      { type: 'frame_table', run_id: 'a', frames: [frames[0]!, { ...frames[0]!, frame_id: 2, col: 9 }] },
      { type: 'agg', run_id: 'a', entries },
      end,
    );
    expect(listFunctions(group)).toEqual([['main', 3, 5, 5]]);
    expect(group.warnings).toMatchObject([{ code: 'same-line', count: 1 }]);
  });

  it.each([
    [
      'a line that is no JSON',
      [meta, { type: 'string_table', run_id: 'a' }],
      'line 2: a record of type "string_table" has no list',
    ],
    [
      'a string that is not there',
      [meta, { type: 'frame_table', run_id: 'a', frames }],
      'line 2: a frame names a string',
    ],
    ['no sums', [meta, end], 'line 2: the file has no sums'],
  ])('refuses %s', async (_, records, message) => {
    await expect(read(...records)).rejects.toThrow(message);
  });
});
