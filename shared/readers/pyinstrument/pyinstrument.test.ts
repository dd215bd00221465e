import { describe, expect, it } from 'vitest';
import { Source } from '../../decode/source.ts';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Profile, ProfileGroup } from '../../model/profile.ts';
import { Head } from '../head.ts';
import { PYINSTRUMENT_JSON } from './format.ts';
import { pyinstrumentJsonReader, pyinstrumentTextReader, pyisessionReader } from './index.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const open = (reader: typeof pyisessionReader, text: string): ProfileGroup =>
  reader.read(new Source(bytesOf(text)), () => {});
const session = (records: unknown, more: object = {}) =>
  open(pyisessionReader, JSON.stringify({ duration: 1, frame_records: records, ...more }));

/** The tree as `depth name (file:line) self/total`. */
function tree(profile: Profile): string[] {
  const { frame, parent, self, total, length } = profile.contexts!;
  const depth = (at: number): number => {
    let count = 0;
    for (let up = parent[at]!; up >= 0; up = parent[up]!) count++;
    return count;
  };
  return Array.from({ length }, (_, at) => {
    const place = `${getFrameFile(profile, frame[at]!)}:${profile.frames.line[frame[at]!]}`;
    return `${depth(at)} ${getFrameName(profile, frame[at]!)} (${place}) ${self[0]![at]}/${total[0]![at]}`;
  });
}

describe('a session', () => {
  const main = 'main\0a.py\x0010';
  const records = [
    [[`${main}\u0001l12`, 'add\0a.py\x003\u0001cOrder\u0001l4'], 0.5],
    [[`${main}\u0001l13`, 'add\0a.py\x003\u0001cItem\u0001l4'], 0.25],
    [[`${main}\u0001l13`, '[await]'], 1],
  ];

  it('has a sample for every record, in order of time; attributes tell no frames apart', () => {
    const [profile] = session(records).profiles;
    expect(tree(profile!)).toEqual(['0 main (a.py:10) 0/1.75', '1 add (a.py:3) 0.75/0.75', '1 [await] (:0) 1/1']);
    expect([...profile!.samples!.start]).toEqual([0, 0.5, 0.75]);
    expect(profile!.samples!.end).toBe(1.75);
    expect(profile!.contexts!.samples).toBe(3);
  });

  it('has the lines that ran, with what they called', () => {
    const { lines } = session(records).profiles[0]!;
    expect(Array.from(lines!.line, (line, row) => [line, lines!.values[0]![row], lines!.totals![0]![row]])).toEqual([
      [12, 0, 0.5],
      [13, 0, 1.25],
      [4, 0.75, 0.75],
    ]);
  });

  it('counts a line of a recursive function once per sample', () => {
    const fib = 'fib\0a.py\x001\u0001l2';
    const { lines } = session([[[fib, fib, fib], 2]]).profiles[0]!;
    expect([lines!.values[0]![0], lines!.totals![0]![0]]).toEqual([2, 2]);
  });

  it('takes the number of a thread for no line', () => {
    const [profile] = session([[['MainThread\0<thread>\x0077'], 1]]).profiles;
    expect(profile!.frames.line[0]).toBe(0);
  });

  it('says what it was of', () => {
    const about = session([], {
      start_time: 0,
      sample_count: 0,
      cpu_time: null,
      target_description: 'Program: a.py',
    }).about;
    expect(about).toEqual([
      ['target', 'Program: a.py'],
      ['start', '1970-01-01T00:00:00.000Z'],
      ['duration', '1 s'],
      ['samples', '0'],
    ]);
  });

  it.each([
    [{}, 'frame_records: expected an array, found an object'],
    [[[['f'], '1']], 'frame_records[0][1]: expected a number, found "1"'],
    [[[[1], 1]], 'frame_records[0][0]: expected identifiers of frames as text'],
  ])('with %j is refused', (wrong, message) => {
    expect(() => session(wrong)).toThrow(`pyisession ${message}`);
  });
});

describe('JSON', () => {
  const rendered = {
    duration: 2,
    sample_count: 9,
    root_frame: {
      function: 'main',
      file_path: '/app/a.py',
      file_path_short: 'a.py',
      line_no: 3,
      time: 2,
      children: [{ function: 'f', file_path_short: 'b.py', line_no: 7, time: 1.5, children: [] }],
    },
  };

  it('of the renderer is a tree; a frame’s own time is what its children leave', () => {
    expect(tree(open(pyinstrumentJsonReader, JSON.stringify(rendered)).profiles[0]!)).toEqual([
      '0 main (/app/a.py:3) 0.5/2',
      '1 f (b.py:7) 1.5/1.5',
    ]);
  });

  it('may have time of waiting, and no frame at all', () => {
    const root = { function: 'f', time: 2, await_time: 0.5, children: [{ function: 'g', time: 1, await_time: 0.5 }] };
    const { metrics, contexts } = open(pyinstrumentJsonReader, JSON.stringify({ duration: 2, root_frame: root }))
      .profiles[0]!;
    expect(metrics.map(({ name }) => name)).toEqual(['time', 'await time']);
    expect([...contexts!.self[1]!]).toEqual([0, 0.5]);
    expect(open(pyinstrumentJsonReader, '{"root_frame":null,"duration":1}').profiles[0]!.contexts!.length).toBe(0);
  });

  const embedded = {
    session: { duration: 1, target_description: 'a </script> "b" {' },
    frame_tree: {
      identifier: 'main\0a.py\x003',
      time: 1,
      attributes: { l4: 0.75, l5: 0.25, cApp: 1 },
      children: [{ identifier: '[self]', time: 0.25, children: [] }],
    },
  };

  it('of a page has lines too', () => {
    const [profile] = open(pyinstrumentJsonReader, JSON.stringify(embedded)).profiles;
    expect(tree(profile!)).toEqual(['0 main (a.py:3) 0.75/1', '1 [self] (:0) 0.25/0.25']);
    expect([...profile!.lines!.line]).toEqual([4, 5]);
    expect([...profile!.lines!.values[0]!]).toEqual([0.75, 0.25]);
  });

  it('is cut out of a page, and never run', () => {
    const page = (script: string) =>
      `<!DOCTYPE html><html><body><div id="app"></div><script>${'/* long */'.repeat(1000)}var pyinstrumentHTMLRenderer=function(){}; sessionData = 5</script><script>${script}</script></body></html>`;
    const text = page(`const sessionData = ${JSON.stringify(embedded).replaceAll('</', '<\\/')};\nalert(1)`);
    expect(PYINSTRUMENT_JSON.sniff(new Head(bytesOf(text)))).toBe('yes');
    const group = open(pyinstrumentJsonReader, text);
    expect(group.about).toContainEqual(['target', 'a </script> "b" {']);
    expect(group.profiles[0]!.contexts!.length).toBe(2);
    const older = page(`window.profileSession = ${JSON.stringify(rendered)}`);
    expect(open(pyinstrumentJsonReader, older).profiles[0]!.contexts!.length).toBe(2);
    expect(() => open(pyinstrumentJsonReader, text.slice(0, 300))).toThrow('the page ends before its data does');
    expect(() => open(pyinstrumentJsonReader, page('const sessionData = {x: 1}'))).toThrow('damaged');
  });
});

describe('a printed tree', () => {
  const head = [
    '  _     ._   __/__   _ _  _  _ _/_   Recorded: 06:50:17  Samples:  1014',
    " /_//_/// /_\\ / //_// / //_'/ //     Duration: 1.520     CPU time: 0.884",
    '/   _/                      v5.1.2',
    '',
    'Program: busy.py 1.5',
    '',
  ];
  const expected = [
    '0 <module> (busy.py:1) 0/1.5',
    '1 main (busy.py:15) 0.25/1.5',
    '2 one (a b.py:12) 0.5/1',
    '3 len (<built-in>:0) 0.5/0.5',
    '2 [self] (busy.py:0) 0.25/0.25',
  ];

  it.each([
    ['Unicode', '└─ ', '   ├─ ', '   │  └─ ', '   └─ '],
    ['ASCII', '`- ', '   |- ', '   |  `- ', '   `- '],
  ])('in %s', (_, last, branch, below, end) => {
    const group = open(
      pyinstrumentTextReader,
      [
        ...head,
        '1.500 <module>  busy.py:1',
        `${last}1.500 main  busy.py:15`,
        `${branch}1.000 one  a b.py:12`,
        `${below}0.500 len  <built-in>`,
        `${end}0.250 [self]  busy.py`,
        '',
        'To view this report with different options, run:',
        '    pyinstrument --load-prev 2026 [options]',
      ].join('\n'),
    );
    expect(tree(group.profiles[0]!)).toEqual(expected);
    expect(group.writer).toBe('pyinstrument 5.1.2');
    expect(group.about).toEqual([
      ['start', '06:50:17'],
      ['samples', '1014'],
      ['duration', '1.520'],
      ['CPU time', '0.884'],
      ['target', 'busy.py 1.5'],
    ]);
  });

  it('may hide frames, be in percent, and come several times', () => {
    const rows = ['100% <module>  a.py:1', '└─ [3 frames hidden]  runpy', '      └─ 60% f  a.py:3'];
    const { profiles } = open(pyinstrumentTextReader, [...head, ...rows, '', ...head, '0.5 g  a.py:9'].join('\n'));
    expect(profiles.map(({ name, metrics }) => [name, metrics[0]!.unit])).toEqual([
      ['report 1', 'percent'],
      ['report 2', 'seconds'],
    ]);
    expect(tree(profiles[0]!)).toEqual(['0 <module> (a.py:1) 40/100', '1 f (a.py:3) 60/60']);
  });
});
