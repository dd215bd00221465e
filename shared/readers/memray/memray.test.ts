import { describe, expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import { getString } from '../../model/strings.ts';
import { Head } from '../head.ts';
import type { Reader } from '../reader.ts';
import { MEMRAY_HTML } from './format.ts';
import { memrayCsvReader, memrayHtmlReader, memrayStatsReader } from './index.ts';

const open = (reader: Reader, text: string): ProfileGroup =>
  reader.read(new Source(new TextEncoder().encode(text)), () => {});

const name = (profile: Profile, frame: number) =>
  `${getFrameName(profile, frame)} ${getFrameFile(profile, frame)}:${profile.frames.line[frame]}`;

/** Contexts as `parent name`, with own bytes and allocations. */
function tree(profile: Profile): [string, number, number][] {
  const { frame, parent, self } = profile.contexts!;
  return Array.from(frame, (of, at) => [`${parent[at]} ${name(profile, of)}`, self[0]![at]!, self[1]![at]!]);
}

describe('statistics', () => {
  const stats = {
    total_num_allocations: 9,
    total_bytes_allocated: 900,
    allocation_size_histogram: [{ min_bytes: 0, max_bytes: 10, count: 4 }],
    allocator_type_distribution: { MALLOC: 9 },
    top_allocations_by_size: [{ location: 'f:/a:b.py:12', size: 800 }],
    top_allocations_by_count: [
      { location: 'f:/a:b.py:12', count: 2 },
      { location: 'odd', count: 7 },
    ],
    metadata: { peak_memory: 500, has_native_traces: false },
  };

  it('have bytes and counts of the lines at the top, and sums', () => {
    const group = open(memrayStatsReader, JSON.stringify(stats));
    const [profile] = group.profiles;
    expect([name(profile!, 0), name(profile!, 1)]).toEqual(['f /a:b.py:12', 'odd :0']);
    expect(profile!.functions.self.map((column) => [...column])).toEqual([
      [800, Number.NaN],
      [2, 7],
    ]);
    expect([...profile!.lines!.line]).toEqual([12]);
    expect(group.about).toEqual([
      ['allocations', '9'],
      ['bytes allocated', '900'],
      ['peak memory', '500'],
      ['has native traces', 'false'],
      ['by MALLOC', '9'],
      ['of 0 to 10 bytes', '4'],
    ]);
  });

  it('of earlier versions are lists of pairs', () => {
    const early = { total_num_allocations: 1, top_locations_by_size: [['f:a.py:3', 5]], top_locations_by_count: [] };
    const [profile] = open(memrayStatsReader, JSON.stringify(early)).profiles;
    expect(profile!.functions.self[0]![0]).toBe(5);
  });
});

describe('CSV', () => {
  const head = 'allocator,num_allocations,size,tid,thread_name,stack_trace';

  it('has a row for each place, innermost function first, by thread', () => {
    const group = open(
      memrayCsvReader,
      `${head}\nMALLOC,2,100,1,main,f;a.py;3|main;a.py;9\nMMAP,1,50,1,main,main;a.py;9\nMALLOC,1,7,2,"pool, one","g;b;c.py;1"\n`,
    );
    expect(group.profiles.map((profile) => profile.name)).toEqual(['main', 'pool, one']);
    expect(tree(group.profiles[0]!)).toEqual([
      ['-1 main a.py:9', 50, 1],
      ['0 f a.py:3', 100, 2],
    ]);
    expect(name(group.profiles[1]!, 2)).toBe('g b;c.py:1');
    expect(group.profiles[0]!.traits.linesRan).toBe(true);
  });

  it('that was cut says so; other rows that are not whole are refused', () => {
    expect(open(memrayCsvReader, `${head}\nMALLOC,2,100,1,m,f;a;3\nMALL`).warnings).toMatchObject([
      { code: 'cut-short' },
    ]);
    expect(() => open(memrayCsvReader, `${head}\nMALLOC,2\nMALLOC,2,9,1,m,f;a;3`)).toThrow('line 2: expected 6 cells');
    expect(() => open(memrayCsvReader, `${head}\nMALLOC,2,many,1,m,f;a;3`)).toThrow('expected a count, found "many"');
  });
});

describe('a page', () => {
  const page = (...scripts: string[]) =>
    `<!DOCTYPE html><html><head><title>\n  memray - flamegraph report </title></head><script>${scripts.join(';\n')}</script></html>`;
  const strings = [
    '<root>',
    '&lt;tracker&gt;',
    '<b>memray</b>',
    'x = [0]\n',
    'main',
    '/a&amp;b.py',
    'f at c.py:7',
    'f',
    'c.py',
  ];
  const nodes = {
    children: [[1], [2], []],
    function: [1, 4, 7],
    filename: [2, 5, 8],
    name: [0, 3, 6],
    lineno: [0, 3, 7],
    value: [100, 100, 60],
    n_allocations: [5, 5, 2],
  };
  const packed = (more: object = {}) =>
    `const packed_data = ${JSON.stringify({ nodes, strings, ...more }).replaceAll('<', '\\u003c')}`;
  const expected = [
    ['-1 main /a&b.py:3', 40, 3],
    ['0 f c.py:7', 60, 2],
  ];

  it('holds a tree, the text of lines, and memory over time', () => {
    const text = page(packed(), 'const memory_records = [[2000,9,4],[1000,8,3]]', 'const inverted = false');
    expect(MEMRAY_HTML.sniff(new Head(new TextEncoder().encode(text)))).toBe('yes');
    const [profile] = open(memrayHtmlReader, text).profiles;
    expect(tree(profile!)).toEqual(expected);
    expect(Array.from(profile!.lines!.text, (row) => getString(profile!.strings, row))).toEqual(['x = [0]', '']);
    expect(profile!.series!.map(({ name: series, time, value }) => [series, [...time], [...value]])).toEqual([
      ['resident memory', [1, 2], [8, 9]],
      ['heap', [1, 2], [3, 4]],
    ]);
  });

  it('may be inverted: its roots are what allocates', () => {
    const inverted = { ...nodes, children: [[1], [2], []], value: [60, 60, 60], n_allocations: [2, 2, 2] };
    const [profile] = open(memrayHtmlReader, page(packed({ nodes: inverted }), 'const inverted = true')).profiles;
    expect(tree(profile!)).toEqual([
      ['-1 f c.py:7', 0, 0],
      ['0 main /a&b.py:3', 60, 2],
    ]);
  });

  it('may be over time: what was in use at the peak, or never given back', () => {
    const bare = { ...nodes, value: [0, 0, 0], n_allocations: [0, 0, 0] };
    const intervals = [
      [0, 1, 2, 9, 900],
      [1, 3, 2, 2, 60],
      [1, null, 1, 3, 40],
    ];
    const peak = packed({ nodes: bare, intervals, high_water_mark_by_snapshot: [10, 100, 90] });
    expect(tree(open(memrayHtmlReader, page(peak)).profiles[0]!)).toEqual(expected);
    const leaks = open(memrayHtmlReader, page(packed({ nodes: bare, intervals }))).profiles[0]!;
    expect(tree(leaks)[0]).toEqual(['-1 main /a&b.py:3', 40, 3]);
  });

  it('of an earlier version is a nested tree; a table has no paths', () => {
    const leaf = { name: 'f at c.py:7', location: ['f', 'c.py', 7], value: 60, n_allocations: 2, children: [] };
    const main = {
      name: 'x = [0]\n',
      location: ['main', '/a&amp;b.py', 3],
      value: 100,
      n_allocations: 5,
      children: [leaf],
    };
    const root = {
      name: '<root>',
      location: ['&lt;tracker&gt;', 'memray', 0],
      value: 100,
      n_allocations: 5,
      children: [main],
    };
    expect(tree(open(memrayHtmlReader, page(`const data = ${JSON.stringify(root)}`)).profiles[0]!)).toEqual(expected);
    const rows = [{ stack_trace: 'f at c.py:7', size: 60, n_allocations: 2, tid: 1 }];
    expect(tree(open(memrayHtmlReader, page(`const table_data = ${JSON.stringify(rows)}`)).profiles[0]!)).toEqual([
      ['-1 f c.py:7', 60, 2],
    ]);
  });

  it('is refused when it is cut, damaged, or no tree', () => {
    const whole = page(packed());
    expect(() => open(memrayHtmlReader, whole.slice(0, 300))).toThrow('ends before its data does');
    expect(() => open(memrayHtmlReader, whole.replace('"nodes":', '"nodes"'))).toThrow('damaged');
    const round = packed({ nodes: { ...nodes, children: [[1], [2], [0]] } });
    expect(() => open(memrayHtmlReader, page(round))).toThrow('not what memray writes');
  });
});
