import { describe, expect, it } from 'vitest';
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const HEAD =
  'Profile Stats:\n    nsamples   sample%  tottime (ms)    cumul%  cumtime (ms)  filename:lineno(function)\n';
const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

describe('what the sampling profiler prints', () => {
  it('reads the rows of a report, with colours and without', async () => {
    const report = `Captured 1064 samples in 1.07 seconds\n${HEAD}\
      \u001b[1m50/203\u001b[0m       5.1        50.000      20.6       203.000  decoder.py:358(JSONDecoder.decode)
          47       4.8        47.000       4.8        47.000  C:\\x y.py:3(f(1))

Legend:
  12/13  1.0  2.0  3.0  4.0  not a row
`;
    const { profiles, about, warnings } = await read(report);
    const [profile] = profiles;
    expect(
      Array.from({ length: 2 }, (_, frame) => [getFrameName(profile!, frame), getFrameFile(profile!, frame)]),
    ).toEqual([
      ['JSONDecoder.decode', 'decoder.py'],
      ['f(1)', 'C:\\x y.py'],
    ]);
    expect([...profile!.frames.line]).toEqual([358, 3]);
    expect(profile!.functions.self.map((column) => [...column])).toEqual([
      [50, 47],
      [50, 47],
    ]);
    expect([...profile!.functions.total[0]!]).toEqual([203, 47]);
    expect(profile!.metrics[1]).toEqual({ name: 'time', unit: 'milliseconds' });
    expect(about).toEqual([['captured', '1064 samples in 1.07 seconds']]);
    expect(warnings).toMatchObject([{ code: 'report-only' }]);
  });

  it('reads every unit, and several reports of one text', async () => {
    const row = '          47       4.8        47.000       4.8        47.000  a.py:3(f)\n\n';
    const { profiles } = await read(`${HEAD}${row}${HEAD.replaceAll('(ms)', '(μs)')}${row}`);
    expect(profiles.map(({ name, metrics }) => [name, metrics[1]!.unit])).toEqual([
      ['report 1', 'milliseconds'],
      ['report 2', 'microseconds'],
    ]);
  });
});
