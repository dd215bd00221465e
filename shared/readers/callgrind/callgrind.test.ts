import { describe, expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import { Head } from '../head.ts';
import { CALLGRIND } from './format.ts';
import { callgrindReader } from './index.ts';

function read(...lines: readonly string[]): ProfileGroup {
  return callgrindReader.read(new Source(new TextEncoder().encode(lines.join('\n'))), () => {});
}

function name(profile: Profile, frame: number): string {
  const line = profile.frames.line[frame]!;
  return `${getFrameName(profile, frame)} ${getFrameFile(profile, frame)}${line === 0 ? '' : `:${line}`}`;
}

/** Functions with self and total, in the order of the file. */
function functions({ profiles: [profile] }: ProfileGroup): [string, number, number][] {
  const { self, total } = profile!.functions;
  return Array.from(profile!.frames.line, (_, frame) => [name(profile!, frame), self[0]![frame]!, total[0]![frame]!]);
}

/** Calls with their count and costs. */
function calls({ profiles: [profile] }: ProfileGroup): [string, number, ...number[]][] {
  const table = profile!.calls;
  const short = (frame: number) => getFrameName(profile!, frame);
  return Array.from(table.caller, (caller, call) => [
    `${short(caller)} → ${short(table.callee[call]!)}`,
    table.calls[call]!,
    ...table.total.map((column) => column[call]!),
  ]);
}

/** Lines as `file:line`, with own costs and those with calls. */
function lines({ profiles: [profile] }: ProfileGroup): [string, number, number][] {
  const table = profile!.lines!;
  const decoder = new TextDecoder();
  const { strings } = profile!;
  const file = (row: number) =>
    decoder.decode(strings.bytes.subarray(strings.start[table.file[row]!]!, strings.end[table.file[row]!]!));
  return Array.from(table.line, (line, row) => [
    `${file(row)}:${line}`,
    table.values[0]![row]!,
    table.totals![0]![row]!,
  ]);
}

describe('a callgrind file', () => {
  const EXAMPLE = [
    'events: Ir',
    'fl=a.c',
    'fn=main',
    '16 20',
    'cfn=helper',
    'calls=1 50',
    '16 400',
    'cfi=b.c',
    'cfn=deep',
    'calls=3 20',
    '17 300',
    'fn=helper',
    '51 100',
    '+1 300',
    'fl=b.c',
    'fn=deep',
    '20 300',
  ];

  it('has functions with own costs and those of their calls, and the calls', () => {
    expect(functions(read(...EXAMPLE))).toEqual([
      ['main a.c:16', 20, 720],
      ['helper a.c:50', 400, 400],
      ['deep b.c:20', 300, 300],
    ]);
    expect(calls(read(...EXAMPLE))).toEqual([
      ['main → helper', 1, 400],
      ['main → deep', 3, 300],
    ]);
  });

  it('has lines, alone and with what they call', () => {
    expect(lines(read(...EXAMPLE)).slice(0, 4)).toEqual([
      ['a.c:16', 20, 420],
      ['a.c:17', 0, 300],
      ['a.c:51', 100, 100],
      ['a.c:52', 300, 300],
    ]);
  });

  it('may have names compressed, with numbers of their own for objects, files and functions', () => {
    const group = read(
      'events: Ir',
      'ob=(1) /bin/app',
      'fl=(1) a.c',
      'fn=(1) main',
      '1 2',
      'cfn=(2) later',
      'calls=1 9',
      '+0 5',
      'fn=(2)',
      '9 5',
    );
    expect(functions(group)).toEqual([
      ['main a.c:1', 2, 7],
      ['later a.c:9', 5, 5],
    ]);
    expect(group.warnings).toEqual([]);
  });

  it('may have names that look like numbers', () => {
    expect(functions(read('events: Ir', 'fl=a.c', 'fn=(below main)', '1 2'))[0]![0]).toBe('(below main) a.c:1');
  });

  it('may have positions as steps from the cost line before, also from one of calls', () => {
    const group = read(
      ...['events: Ir', 'fl=a.c', 'fn=f', '10 1', '+3 1', '-2 1', '* 1', 'cfn=g', 'calls=1 +100', '+4 7', '+1 1'],
    );
    expect(lines(group)).toEqual([
      ['a.c:10', 1, 1],
      ['a.c:11', 2, 2],
      ['a.c:13', 1, 1],
      ['a.c:15', 0, 7],
      ['a.c:16', 1, 1],
    ]);
  });

  it('may have addresses in hex beside lines, or instead of them', () => {
    const both = read('positions: instr line', 'events: Ir', 'fl=a.c', 'fn=f', '0x4000 7 1', '+4 +1 2', '* * 3');
    expect(lines(both)).toEqual([
      ['a.c:7', 1, 1],
      ['a.c:8', 5, 5],
    ]);
    const alone = read('positions: instr', 'events: Ir', 'fl=a.c', 'fn=f', '0x4000 1', '+4 2');
    expect(alone.profiles[0]!.lines).toBeUndefined();
    expect(functions(alone)).toEqual([['f a.c', 3, 3]]);
  });

  it('may leave out costs at the end that are zero, and the file and object of a call that are the current ones', () => {
    const group = read(
      ...['events: Ir Dr Dw', 'ob=app', 'fl=a.c', 'fn=f', '1 5 4', '2 1'],
      ...['fi=inlined.h', 'cfn=g', 'calls=1 3', '4 9', 'fn=h', '5 1'],
    );
    const [profile] = group.profiles;
    expect(profile!.functions.self.map((column) => column[0])).toEqual([6, 4, 0]);
    expect(functions(group).map(([text]) => text)).toEqual(['f a.c:1', 'g inlined.h:3', 'h a.c:5']);
    expect(calls(group)).toEqual([['f → g', 1, 9, 0, 0]]);
  });

  it('keeps inlined lines in their own file and the function in its', () => {
    const group = read('events: Ir', 'fl=a.c', 'fn=f', '9 1', 'fi=b.h', '3 5', 'fe=a.c', '10 1', 'fn=g', '20 2');
    expect(lines(group)).toEqual([
      ['a.c:9', 1, 1],
      ['a.c:10', 1, 1],
      ['b.h:3', 5, 5],
      ['a.c:20', 2, 2],
    ]);
    expect(functions(group)).toEqual([
      ['f a.c:9', 7, 7],
      ['g a.c:20', 2, 2],
    ]);
  });

  it('keeps functions of one name apart by file and object', () => {
    const group = read(
      ...['events: Ir', 'ob=/lib/one.so', 'fl=???', 'fn=init', '0 1', 'ob=/lib/two.so', 'fn=init', '0 2'],
      ...['fl=x.c', 'fn=init', '0 3', 'ob=/lib/one.so', 'fn=init', '0 4'],
    );
    expect(functions(group)).toEqual([
      ['init /lib/one.so', 1, 1],
      ['init /lib/two.so', 2, 2],
      ['init x.c', 3, 3],
      ['init [one.so] x.c', 4, 4],
    ]);
  });

  it('may have jumps, with bare positions behind them', () => {
    const group = read('events: Ir', 'fl=a.c', 'fn=f', '9 1', 'jump=3 12', '10', 'jcnd=1/2 +3', '*', '+1 5');
    expect(functions(group)).toEqual([['f a.c:9', 6, 6]]);
    expect(lines(group).at(-1)).toEqual(['a.c:11', 5, 5]);
  });

  it('may have several parts, and threads', () => {
    const part = (thread: number, cost: number) => [
      ...['part: 1', `thread: ${thread}`, 'events: Ir', 'fn=(1) f', `1 ${cost}`, `totals: ${cost}`, ''],
    ];
    const group = read('creator: callgrind-3.20', ...part(1, 5), ...part(2, 7), ...part(1, 11));
    expect(group.profiles.map((profile) => [profile.name, profile.functions.self[0]![0]])).toEqual([
      ['thread 1', 16],
      ['thread 2', 7],
    ]);
    expect(group.about).toEqual(
      expect.arrayContaining([
        ['parts', '3'],
        ['totals', '11'],
      ]),
    );
  });

  it('may name other events in a later part', () => {
    const group = read('events: Ir', 'fn=f', '1 5', 'events: Dr Ir', 'fn=f', '1 2 3');
    expect(group.profiles[0]!.metrics.map(({ name: metric }) => metric)).toEqual(['Ir', 'Dr']);
    expect(group.profiles[0]!.functions.self.map((column) => column[0])).toEqual([8, 2]);
  });
});

describe('inclusive costs', () => {
  it('leave out calls to itself, and do not count a cycle round by round', () => {
    const call = (callee: string, count: number, cost: number) => [`cfn=${callee}`, `calls=${count} 1`, `1 ${cost}`];
    const group = read(
      ...['events: Ir', 'fn=main', '1 1', ...call('a', 1, 30), 'fn=a', '1 10', ...call('b', 5, 90)],
      ...['fn=b', '1 15', ...call('a', 4, 80), ...call('leaf', 1, 5), 'fn=leaf', '1 5', ...call('leaf', 9, 4)],
    );
    expect(functions(group)).toEqual([
      ['main :1', 1, 31],
      ['a :1', 10, 30],
      ['b :1', 15, 30],
      ['leaf :1', 5, 5],
    ]);
    const { calls: all, primitiveCalls } = group.profiles[0]!.functions;
    expect([...all]).toEqual([Number.NaN, 5, 5, 10]);
    expect([...primitiveCalls]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1]);
  });
});

describe('what other tools write', () => {
  it('pyprof2calltree: nanoseconds, lines in names that would be the same', () => {
    const group = read('event: ns : Nanoseconds', 'events: ns', 'fl=a.py', 'fn=get:12', '12 5', 'fn=get:40', '40 6');
    expect(group).toMatchObject({
      writer: 'pyprof2calltree',
      profiles: [{ metrics: [{ name: 'time', unit: 'nanoseconds' }] }],
    });
    expect(functions(group).map(([text]) => text)).toEqual(['get a.py:12', 'get a.py:40']);
  });

  it('yappi: microseconds, names listed in front, with their place', () => {
    const group = read(
      ...['creator: yappi', 'events: Ticks', 'fl=(1) /a.py', 'fl=(2) /a.py', 'fn=(1) f /a.py:3', 'fn=(2) g /a.py:9'],
      ...['fl=(1)', 'fn=(1)', '3 50', 'cfl=(2)', 'cfn=(2)', 'calls=2 0', '0 7'],
    );
    expect(group.profiles[0]!.metrics).toEqual([{ name: 'time', unit: 'microseconds' }]);
    expect(functions(group)[0]).toEqual(['f /a.py:3', 50, 57]);
    expect(calls(group)).toEqual([['f → g', 2, 7]]);
  });

  it('pprof: units in brackets, calls that nobody counted', () => {
    const group = read(
      ...['positions: instr line', 'events: cpu(ms)', 'ob=(1) /bin/app', 'fl=(1) a.go', 'fn=(1) main.f', '0x45 12 30'],
      ...['cfl=(1)', 'cfn=(2) main.g', 'calls=0 0x99 40', '* * 20', 'fn=(2)', '0x99 40 20'],
    );
    expect(group.profiles[0]!.metrics).toEqual([{ name: 'cpu', unit: 'milliseconds' }]);
    expect(group.profiles[0]!.traits.hasCounts).toBe(false);
    expect(calls(group)).toEqual([['main.f → main.g', Number.NaN, 20]]);
  });

  it('xdebug: bytes; a unit that is none of ours stays in the name', () => {
    expect(read('events: Time_(10ns) Memory_(bytes)', 'fn=f', '1 2 3').profiles[0]!.metrics).toEqual([
      { name: 'Time_(10ns)', unit: 'count' },
      { name: 'Memory', unit: 'bytes' },
    ]);
  });

  it('ruby-prof: microseconds, functions without a file', () => {
    const group = read('events: wall_time', '', 'fl=', 'fn=Thread::join', '0 21');
    expect(group.profiles[0]!.metrics).toEqual([{ name: 'wall time', unit: 'microseconds' }]);
    expect(functions(group)).toEqual([['Thread::join ', 21, 21]]);
  });

  it('cachegrind: nine events, no calls', () => {
    const group = read(
      ...['desc: I1 cache: 32768 B', 'cmd: ./app', 'events: Ir I1mr ILmr Dr D1mr DLmr Dw D1mw DLmw ', 'fl=a.c', 'fn=f'],
      ...['1 9 8 7 6 5 4 3 2 1', 'summary: 9 8 7 6 5 4 3 2 1'],
    );
    expect(group).toMatchObject({ writer: 'cachegrind', warnings: [] });
    expect(group.profiles[0]!.functions.self.map((column) => column[0])).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });
});

describe('a file that is not as it should be', () => {
  it.each([
    [['fn=f', '1 5'], 'line 2: the file has no “events:” line'],
    [['creator: x'], 'line 1: the file has no “events:” line'],
    [['events: Ir', 'fn=f', '1 5', 'cfn=g', 'calls=3 10'], 'line 5: the calls of this line have no cost line'],
    [['events: Ir', 'fn=f', 'cfn=g', 'calls=3 10', 'fn=h', '1 5'], 'line 4: the calls of this line have no cost line'],
    [['events: Ir', 'fn=f', 'calls=3 10', '1 5'], 'line 3: expected “cfn=” before “calls=”'],
    [['events: Ir', 'fn=f', '1 five'], 'line 3: expected a number, found “five”'],
    [['events: Ir', 'fn=f', '1 0x5g'], 'line 3: expected a number, found “0x5g”'],
    [['events: Ir', 'fn=f', 'what is this'], 'line 3: expected a place, costs or a header line, found “what is this”'],
    [['events:', 'fn=f'], 'line 1: expected the names of 1 to 64 events, found 0'],
  ])('%j', (text, message) => {
    expect(() => read(...text)).toThrow(`callgrind ${message}`);
  });

  it('says that its end is missing', () => {
    expect(read('creator: callgrind-3.19.0', 'events: Ir', 'fn=f', '1 5').warnings).toMatchObject([
      { code: 'cut-short' },
    ]);
  });

  it('shows names that were never given as their numbers', () => {
    const group = read('events: Ir', 'fn=(7)', '1 5', 'cfn=(9)', 'calls=1 2', '3 4');
    expect(functions(group).map(([text]) => text)).toEqual(['(7) :1', '(9) :2']);
    expect(group.warnings).toMatchObject([{ code: 'undefined-name', where: '(7)', count: 2 }]);
  });

  it('may end its lines in any way', () => {
    const text = 'events: Ir\nfl=a.c\nfn=f\n1 5\n2 6\n';
    for (const end of ['\r\n', '\r']) {
      const bytes = new TextEncoder().encode(text.replaceAll('\n', end));
      expect(functions(callgrindReader.read(new Source(bytes), () => {}))).toEqual([['f a.c:1', 11, 11]]);
    }
  });
});

describe('callgrind is known', () => {
  const sniff = (text: string) => CALLGRIND.sniff(new Head(new TextEncoder().encode(text)));

  it('by its events and places', () => {
    expect(sniff('# callgrind format\n')).toBe('yes');
    expect(sniff('events: Ir\nfl=a.c\nfn=f\n1 5\n')).toBe('yes');
    expect(sniff('version: 1\ncreator: x\nevents: Ir\n')).toBe('maybe');
    expect(sniff('fn=main\n1 5\n')).toBe('maybe');
  });

  it('and not by words that others use', () => {
    expect(sniff('fn=3\nprint(fn)\n')).toBe('no');
    expect(sniff('version: 1\nservices: {}\n')).toBe('no');
    expect(sniff('events: a party\non Friday\n')).toBe('no');
  });
});
