import { describe, expect, it } from 'vitest';
import { readSample } from '../../testing/corpus.ts';
import { lineText } from '../../testing/line-text.ts';
import { readBytes } from '../index.ts';

const readText = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const readBinary = (text: string) =>
  readBytes(
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    'unknown',
  );

const HEAD = `Line #      Hits         Time  Per Hit   % Time  Line Contents
==============================================================
`;

describe('.lprof files', () => {
  it.each([0, 1, 2, 3, 4, 5].map((protocol) => `protocol-${protocol}.lprof`))(
    'have hits and seconds of every line in every protocol of pickle: %s',
    async (name) => {
      const group = await readBytes(readSample(`line-profiler/${name}`), 'unknown');
      expect(lineText(group.profiles[0]!)).toBe(`parse (app.py:8) 1099511.967779
  10 1 0.000003
  11 1501 0.34
  12 2147483648 1099511.627776
  13 1 0
never_called (café.py:30) 0
<lambda> (日本\\n.py:300) 12345.678901
  300 70000 12345.678901`);
      expect(group).toMatchObject({ format: 'lprof', writer: 'line_profiler 3 or 4', warnings: [] });
      expect(group.about).toEqual([['timer unit', '0.000001 s']]);
    },
  );

  it.each([0, 1, 2])('of Python 2 have names in UTF-8 or Latin-1, protocol %d', async (protocol) => {
    const group = await readBytes(readSample(`line-profiler/py27-protocol-${protocol}.lprof`), 'unknown');
    const text = lineText(group.profiles[0]!);
    expect(text).toContain('never_called (café.py:30) 0');
    expect(text).toContain("<lambda> (é\\n'.py:300) 12345.678901\n  300 70000 12345.678901");
    expect(group.writer).toBe('line_profiler 2 or older');
  });

  it('count in the unit of their timer, and keep qualified names', async () => {
    const text = lineText((await readBytes(readSample('line-profiler/lpapp-502.lprof'), 'unknown')).profiles[0]!);
    expect(text).toContain('Model.step (lpapp.py:26) 0.000435623');
  });

  const START = '\x80\x02c_line_profiler\nLineStats\n)\x81}(U\x04unit';
  const unit = 'G\x3f\xf0\0\0\0\0\0\0';
  it('without functions say so', async () => {
    const group = await readBinary(`${START}${unit}U\x07timings}ub.`);
    expect(group.warnings.map(({ code }) => code)).toEqual(['no-functions']);
    expect(group.profiles[0]!.frames.length).toBe(0);
  });

  it('keep lines whose numbers cannot be, without them', async () => {
    const rows = '](K\x01J\xff\xff\xff\xffK\x02\x87K\x02K\x01Fnan\n\x87e';
    const group = await readBinary(`${START}${unit}U\x07timings}U\x01aK\x01U\x01f\x87${rows}sub.`);
    expect(lineText(group.profiles[0]!)).toBe('f (a:1) 2\n  1 – 2\n  2 1 –');
    expect(group.warnings).toMatchObject([{ code: 'odd-number', where: 'line 1', count: 2 }]);
  });

  it.each([
    [`${START}K\x00ub.`, 'lprof: expected the timer’s unit in seconds, found the number 0'],
    [`${START}${unit}ub.`, 'lprof: expected a dict of functions, found nothing'],
    [`${START}${unit}U\x07timings}K\x01]sub.`, 'lprof: expected a function as (file, line, name), found the number 1'],
    [
      `${START}${unit}U\x07timings}U\x01aK\x01U\x01f\x87K\x05sub.`,
      'lprof: expected a list of lines, found the number 5',
    ],
    [
      `${START}${unit}U\x07timings}U\x01aK\x01U\x01f\x87]K\x05asub.`,
      'lprof: expected a line as (line, hits, time), found the number 5',
    ],
    [
      '\x80\x02c_line_profiler\nLineStats\n.',
      'lprof: expected an instance of LineStats, found _line_profiler.LineStats',
    ],
  ])('of another shape are refused: %j', async (text, message) => {
    await expect(readBinary(text)).rejects.toThrow(message);
  });

  it('that share their lines without end are refused', async () => {
    const rows = `](K\x01K\x01K\x01\x87${'2'.repeat(99_999)}eq\x01`;
    let text = `${START}${unit}U\x07timings}U\x01aK\x00U\x01f\x87${rows}s`;
    for (let line = 1; line < 20; line++) text += `U\x01aK${String.fromCharCode(line)}U\x01f\x87h\x01s`;
    await expect(readBinary(`${text}ub.`)).rejects.toThrow('lprof: the file has more than 1000000 lines');
  });
});

describe('reports', () => {
  it('without functions say so', async () => {
    const { warnings, format } = await readText('Timer unit: 1e-09 s\n\n');
    expect([format, ...warnings.map(({ code }) => code)]).toEqual(['lprof-text', 'no-functions']);
  });

  it('count in the unit they show, and have the total in seconds', async () => {
    const group = await readText(`Timer unit: 0.001 s

Total time: 0.00516136 s
File: lpapp.py
Function: Model.fit at line 8

${HEAD}     8                                           @profile
     9                                           def fit(n):
    10         1          0.0      0.0      0.0      total = 0
    11      1501         12.5      0.0      2.6

  0.01 seconds - lpapp.py:8 - Model.fit
`);
    expect(lineText(group.profiles[0]!)).toBe(`Model.fit (lpapp.py:8) 0.00516136
  8 – – | @profile
  9 – – | def fit(n):
  10 1 0 |     total = 0
  11 1501 0.0125`);
    expect(group).toMatchObject({ format: 'lprof-text', warnings: [] });
    expect(group.about).toEqual([['timer unit', '0.001 s']]);
  });

  it('may widen their columns, or overflow them, and print large numbers short', async () => {
    const group = await readText(`Timer unit: 1 s

Total time: 3 s
File: C:\\my app\\a.py
Function: f at line 1

Line #      Hits            Time     Per Hit   % Time  Line Contents
====================================================================
     1     1e+13     123456789.5  12345678.9    100.0  12 if x else 34
2 1234567890 12345678901234.5 5.0 0.1  12 wide
     3         5             1.0         0.2           no share
     4
`);
    expect(lineText(group.profiles[0]!)).toBe(`f (C:\\my app\\a.py:1) 3
  1 10000000000000 123456789.5 | 12 if x else 34
  2 1234567890 12345678901234.5 | 12 wide
  3 5 1 | no share
  4 – –`);
  });

  it('of old versions have the file before the total', async () => {
    const group = await readText(`Timer unit: 1e-06 s

File: a.py
Function: f at line 1
Total time: 2e-06 s

${HEAD}     1         1            2      2.0    100.0  def f(): pass

File: a.py
Function: g at line 3
Total time: 0 s

${HEAD}     3                                           def g(): pass
`);
    expect(lineText(group.profiles[0]!)).toBe(`f (a.py:1) 0.000002
  1 1 0.000002 | def f(): pass
g (a.py:3) 0
  3 – – | def g(): pass`);
  });

  it('name what they can where the source is gone', async () => {
    const group = await readText(`Timer unit: 1e-06 s

Total time: 0.5 s

Could not find file gone.py
Are you sure you are running this program from the same directory
that you ran the profiler from?
Continuing without the function's contents.

${HEAD}     7
     8         2     500000.0 250000.0    100.0
`);
    expect(lineText(group.profiles[0]!)).toBe('line 7 (gone.py:7) 0.5\n  7 – –\n  8 2 0.5');
  });

  it('behind one another are profiles of their own', async () => {
    const one = `Timer unit: 1e-06 s

Total time: 1e-06 s
File: a.py
Function: f at line 1

${HEAD}     1         1          1.0      1.0    100.0  def f(): pass
`;
    const group = await readText(`Wrote profile results to a.py.lprof\n${one}\n${one}`);
    expect(group.profiles.map(({ name }) => name)).toEqual(['report 1', 'report 2']);
    expect(lineText(group.profiles[1]!)).toBe('f (a.py:1) 0.000001\n  1 1 0.000001 | def f(): pass');
  });

  it('that are damaged or cut lose those lines only, counted', async () => {
    const group = await readText(`Total time: 1 s
File: a.py
Function: f at line 1

${HEAD}     1         1          1.0      1.0    100.0  def f(): pass
     x         1          1.0      1.0    100.0  y
     2         -1         1.0      1.0    100.0  z`);
    expect(group.warnings.map(({ code, count }) => [code, count])).toEqual([
      ['unit-assumed', 1],
      ['bad-line', 2],
    ]);
    expect(group.profiles[0]!.lines!.length).toBe(2);
  });
});
