import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../model/build.ts';
import { FrameBook } from '../model/frame-book.ts';
import { LineBuilder } from '../model/line-builder.ts';
import { buildPlainProfile } from '../model/plain-profile.ts';
import type { Metric, Profile } from '../model/profile.ts';
import { StackProfile } from '../model/stack-profile.ts';
import { getString } from '../model/strings.ts';
import { buildListing, findIndent, GAP, getItemText, SOURCE_ONLY } from './line-listing.ts';
import { findGroup, getShareOfAll, getShareOfGroup, hasShares, rankGroups, rankLines } from './line-ranks.ts';
import { buildLineRows, type LineRows, type LinesBy } from './line-rows.ts';

const SECONDS: readonly Metric[] = [{ name: 'time', unit: 'seconds' }];

/** Stacks of `name:line`, root first, all in app.py unless a file stands before; the last word is the value. */
function sampled(...stacks: readonly string[]): Profile {
  const book = new FrameBook();
  const profile = new StackProfile(book, { metrics: SECONDS, sampled: true, linesRan: true });
  for (const stack of stacks) {
    const [path = '', value = ''] = stack.split(' ');
    const frames = path.split(';').map((each) => {
      const [name = '', line = '', file = 'app.py'] = each.split(':');
      return book.frame(name, file, Number(line));
    });
    profile.addStack(frames, [Number(value)]);
  }
  return profile.build();
}

/** A profile of lines only: `function line hits values…`; the function `-` is not known. */
function watched(metrics: readonly Metric[], ...lines: readonly string[]): Profile {
  const book = new FrameBook();
  const builder = new LineBuilder(metrics.length);
  for (const each of lines) {
    const [name = '', line = '', hits = '', ...values] = each.split(' ');
    const frame = name === '-' ? -1 : book.frame(name, 'app.py', name === 'parse' ? 8 : 20);
    builder.add(frame, book.text('app.py'), Number(line), {
      calls: Number(hits),
      values: values.map(Number),
    });
  }
  book.frame('never', 'app.py', 30);
  return buildPlainProfile(book, { metrics, lines: builder });
}

/** Each group with its lines: `name total: line self/total …`. */
function tell(rows: LineRows): string[] {
  const { groups, profile } = rows;
  return Array.from({ length: groups.length }, (_, group) => {
    const lines: string[] = [];
    for (let row = groups.start[group]!; row < groups.start[group + 1]!; row++)
      lines.push(`${rows.line[row]}=${rows.values[0]![row]}${rows.totals ? `/${rows.totals[0]![row]}` : ''}`);
    const frame = groups.frame[group]!;
    const name = rows.by === 'file' || frame < 0 ? groups.file[group]! : profile.frames.name[frame]!;
    const total = groups.totals ? `/${groups.totals[0]![group]}` : '';
    return `${getString(profile.strings, name)} ${groups.values[0]![group]}${total}: ${lines.join(' ')}`;
  });
}

const build = (profile: Profile, by: LinesBy = 'function') => buildLineRows(profile, by);

describe('lines of frames that ran', () => {
  it('are gathered by name and file, with self and total of each line', () => {
    const rows = build(sampled('main:3;work:12 2', 'main:3;work:10 1', 'main:4;work:12 4', 'work:5:lib.py 8'));
    expect(tell(rows)).toEqual(['main 0/7: 3=0/3 4=0/4', 'work 7/7: 10=1/1 12=6/6', 'work 8/8: 5=8/8']);
    expect(rows.wholes).toEqual([15]);
  });

  it('count a function once in its total, however often it stands in a stack', () => {
    const rows = build(sampled('fib:2;fib:3;fib:2 5', 'fib:2 1'));
    // Line 2 runs above line 2: six in all, not eleven. Line 3 has five, and the function six.
    expect(tell(rows)).toEqual(['fib 6/6: 2=6/6 3=0/5']);
  });

  it('are one line of a file, whatever function it is in', () => {
    const rows = build(sampled('main:3;work:12 2', 'main:3;<lambda>:12 1'), 'file');
    expect(tell(rows)).toEqual(['app.py 3/3: 3=0/3 12=3/3']);
  });

  it('are those of a file where the tool knows no functions', () => {
    const book = new FrameBook();
    const profile = new StackProfile(book, { metrics: SECONDS, sampled: false, linesRan: true });
    const [one, other] = [12, 7].map((line) => book.frame(`app.py:${line}`, '/x/app.py', line));
    profile.addStack([one!, other!], [3]);
    const rows = build(profile.build());
    expect(tell(rows)).toEqual(['/x/app.py 3/3: 7=3/3 12=0/3']);
    expect([findGroup(rows, one!), findGroup(rows, other!)]).toEqual([0, 0]);
  });

  it('have no totals of functions where there are no stacks', () => {
    const builder = new ProfileBuilder({ traits: { sampled: true, hasCounts: false, linesRan: true } });
    builder.setFunction(builder.addFrame('fib', 'app.py', 3), { self: [1], total: [9] });
    builder.setFunction(builder.addFrame('fib', 'app.py', 2), { self: [4], total: [5] });
    builder.addFrame('other', 'app.py', 9);
    const rows = build(builder.build());
    expect(tell(rows)).toEqual(['fib 5: 2=4/5 3=1/9']);
    expect([rows.groups.totals, rows.wholes]).toEqual([null, [5]]);
  });

  it('leave out functions that ran in other threads only', () => {
    const book = new FrameBook();
    const [one, other] = [0, 1].map(() => new StackProfile(book, { metrics: SECONDS, sampled: true, linesRan: true }));
    one!.addStack([book.frame('a', 'app.py', 1)], [1]);
    other!.addStack([book.frame('b', 'app.py', 2)], [1]);
    expect(tell(build(one!.build()))).toEqual(['a 1/1: 1=1/1']);
  });
});

describe('lines of a table', () => {
  const profile = watched(SECONDS, 'fit 21 2 3', 'parse 12 1500 6', 'parse 10 1 2', '- 99 1 1');

  it('are gathered by function, with those that never ran and those of no known function', () => {
    const rows = build(profile);
    expect(tell(rows)).toEqual(['fit 3: 21=3', 'parse 8: 10=2 12=6', 'app.py 1: 99=1', 'never NaN: ']);
    expect([...rows.groups.firstLine]).toEqual([20, 8, 0, 30]);
    expect(rows.groups.inFile[2]).toBe(rows.groups.frame[0]);
  });

  it('are gathered by file', () => {
    expect(tell(build(profile, 'file'))).toEqual(['app.py 12: 10=2 12=6 21=3 99=1']);
  });

  it('rank by their values, and so do functions', () => {
    const rows = build(profile);
    expect([...rankGroups(rows, 0, 'self')]).toEqual([1, 0, 2, 3]);
    expect([...rankLines(rows, 0, 'self')].map((row) => rows.line[row])).toEqual([12, 21, 10, 99]);
  });

  it('have shares of their function and of all', () => {
    const rows = build(profile);
    const row = rows.line.indexOf(12);
    expect([getShareOfGroup(rows, 0, 'self', row), getShareOfAll(rows, 0, 6)]).toEqual([0.75, 0.5]);
    expect(hasShares(rows, 0, 'self', 1)).toBe(true);
  });

  it('have shares of the whole profile where not all of it is known by line', () => {
    const builder = new ProfileBuilder();
    const frame = builder.addFrame('f', 'app.c', 1);
    builder.setFunction(frame, { calls: 1, self: [8], total: [8] });
    builder.lines.add(frame, 1, 3, { values: [6], totals: [7] });
    const rows = build(builder.build());
    expect([rows.wholes, getShareOfAll(rows, 0, 6)]).toEqual([[8], 0.75]);
    // What a function calls is known better than its lines tell; of a file nobody knows it.
    expect(rows.groups.totals?.[0]?.[0]).toBe(8);
    expect(build(rows.profile, 'file').groups.totals).toBeNull();
  });

  it('are found by any function of theirs', () => {
    const rows = build(profile);
    const frame = (name: string) =>
      [...profile.frames.name].findIndex((row) => getString(profile.strings, row) === name);
    expect(['parse', 'fit', 'never'].map((name) => findGroup(rows, frame(name)))).toEqual([1, 0, 3]);
    expect(findGroup(rows, -1)).toBe(-1);
  });

  it('of a state have the largest for their function, and no shares', () => {
    const metrics: Metric[] = [
      { name: 'increment', unit: 'bytes' },
      { name: 'memory', unit: 'bytes', isState: true },
    ];
    const rows = build(watched(metrics, 'parse 10 1 5 50', 'parse 11 1 -2 48'));
    expect([rows.groups.values[0]![0], rows.groups.values[1]![0]]).toEqual([3, 50]);
    expect(rows.wholes).toEqual([3, Number.NaN]);
    // Lines that take and give back have no shares of what is left.
    expect([0, 1].map((metric) => hasShares(rows, metric, 'self', 0))).toEqual([false, false]);
  });

  it('show the metrics that they have', () => {
    const metrics: Metric[] = ['cpu', 'gpu', 'memory'].map((name) => ({ name, unit: 'percent' }));
    expect(build(watched(metrics, 'parse 10 NaN 40 0 NaN', 'parse 11 NaN 20 0 1')).metrics).toEqual([0, 2]);
    expect(build(watched(metrics, 'parse 10 NaN 0 0 0')).metrics).toEqual([0]);
  });
});

/** The items of a listing: number, values as far as they are known, text. */
function list(rows: LineRows, group: number, source: readonly string[] | null): string[] {
  const listing = buildListing(rows, group, source);
  return Array.from({ length: listing.length }, (_, item) => {
    const [row, line] = [listing.row[item]!, listing.line[item]!];
    if (row === GAP) return `... ${line}`;
    const text = getItemText(rows, listing, item, source);
    return `${line}${row === SOURCE_ONLY ? '' : ` = ${rows.values[0]![row]}`}${text === null ? '' : ` ${text.trim()}`}`;
  });
}

describe('a listing', () => {
  const rows = build(watched(SECONDS, 'parse 10 1 2', 'parse 11 1 1', 'parse 15 9 6'));

  it('knows the blanks that all its texts begin with', () => {
    const indentOf = (...texts: readonly string[]) => {
      const source = Array.from({ length: 15 }, (_, at) => texts[at - 7] ?? '');
      return findIndent(rows, buildListing(rows, 0, source), source);
    };
    expect(indentOf('    def parse(self):', '        a()', '', '          b()')).toBe('    ');
    expect(indentOf('\tdef parse(self):', '\t\ta()')).toBe('\t');
    expect(indentOf('    def parse(self):', '\ta()')).toBe('');
    expect(findIndent(rows, buildListing(rows, 0, null), null)).toBe('');
  });

  it('marks the lines between those that are known, from the first of the function on', () => {
    expect(list(rows, 0, null)).toEqual(['8', '... 1', '10 = 2', '11 = 1', '... 3', '15 = 6']);
    expect(list(rows, 1, null)).toEqual(['30']);
  });

  it('shows the block of a function in its source', () => {
    const source = Array.from({ length: 20 }, (_, index) => `${index + 1 > 8 ? '  ' : ''}line${index + 1}`);
    source[7] = '@watch';
    source[8] = 'def parse(x):';
    source[15] = '';
    source[17] = 'def other():';
    expect(list(rows, 0, source).map((item) => item.split(' ')[0])).toEqual('8 9 10 11 12 13 14 15 16 17'.split(' '));
    expect(list(rows, 0, source)[2]).toBe('10 = 2 line10');
  });

  it('shows all of a file', () => {
    const source = Array.from({ length: 17 }, (_, index) => `x${index + 1}`);
    const items = list(build(rows.profile, 'file'), 0, source);
    expect([items.length, items[0], items[9], items[16]]).toEqual([17, '1 x1', '10 = 2 x10', '17 x17']);
  });

  it('says how many lines a source that is shorter does not have', () => {
    const listing = buildListing(rows, 0, ['one', 'two']);
    expect([listing.beyond, [...listing.line]]).toEqual([3, [10, 11, 15]]);
  });

  it('begins where the source says that the function begins, when the profile does not', () => {
    const ran = build(sampled('A.load:4 1', 'A.load:6 1'));
    const source = [
      'class A:',
      '  @property',
      '  def load(self):',
      '    a()',
      '    b()',
      '    c()',
      '    d()',
      '',
      '  x = 1',
    ];
    expect(list(ran, 0, source).map((item) => item.split(' ')[0])).toEqual(['3', '4', '5', '6', '7']);
    expect(list(ran, 0, null)).toEqual(['4 = 1', '... 1', '6 = 1']);
  });

  it('leaves out what lies between a function and code from elsewhere in the file', () => {
    const rows = build(watched(SECONDS, 'parse 3 1 1', 'parse 10 1 2', 'parse 900 1 1'));
    expect(list(rows, 0, null)).toEqual(['3 = 1', '... 6', '10 = 2', '... 889', '900 = 1']);
    const source = Array.from({ length: 950 }, (_, index) => `x${index + 1}`);
    const items = list(rows, 0, source);
    expect(items.slice(0, 3)).toEqual(['3 = 1 x3', '4 x4', '5 x5']);
    expect(items.slice(-3)).toEqual(['10 = 2 x10', '... 889', '900 = 1 x900']);
  });

  it('takes the text that the profile itself has', () => {
    const book = new FrameBook();
    const lines = new LineBuilder(1);
    lines.add(-1, book.text('x.py'), 3, { values: [1], text: book.text('  a = b') });
    const own = build(buildPlainProfile(book, { metrics: SECONDS, lines }));
    expect(list(own, 0, null)).toEqual(['3 = 1 a = b']);
  });

  it('is of 100,000 lines in no time to speak of, and keeps lines whose number is not known', () => {
    const book = new FrameBook();
    const lines = new LineBuilder(1);
    for (let line = 0; line < 100_000; line++) lines.add(-1, book.text('x.py'), line * 2, { values: [line] });
    const many = build(buildPlainProfile(book, { metrics: SECONDS, lines }));
    expect(buildListing(many, 0, null).length).toBe(199_998);
    expect(rankLines(many, 0, 'self')[0]).toBe(99_999);
  });
});
