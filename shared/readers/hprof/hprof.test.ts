import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const TRACES = `JAVA PROFILE 1.0.1, created Fri Dec 18 16:33:00 2009

TRACE           represents a Java stack trace.
--------
TRACE 301:
	java.lang.System.arraycopy(System.java:Unknown line)
	app.Store.<init>(Store.java:457)
	app.Main.main(<Unknown Source>:Unknown line)
TRACE 302: (thread=2)
	app.Store.<init>(Store.java:460)
	app.Main.main(<Unknown Source>:Unknown line)
TRACE 303:
	<empty>
`;

describe('hprof text of Java', () => {
  it('has stacks by number, and samples for them', async () => {
    const { profiles, about, warnings, format } =
      await read(`${TRACES}CPU SAMPLES BEGIN (total = 12) Fri Dec 18 16:33:36 2009
rank   self  accum   count trace method
   1 75.00% 75.00%       9 301 java.lang.System.arraycopy
   2 16.67% 91.67%       2 302 app.Store.<init>
   3  8.33% 100.00%      1 303 nothing
CPU SAMPLES END
`);
    const { frame, self } = profiles[0]!.contexts!;
    expect(format).toBe('hprof');
    expect([...frame].map((of) => getFrameKey(profiles[0]!, of))).toEqual([
      ':0(app.Main.main)',
      'Store.java:457(app.Store.<init>)',
      'System.java:0(java.lang.System.arraycopy)',
      'Store.java:460(app.Store.<init>)',
    ]);
    expect([...self[0]!]).toEqual([0, 0, 9, 2]);
    expect(about).toContainEqual(['total samples', '12']);
    expect(warnings).toMatchObject([{ code: 'no-stack', count: 1 }]);
  });

  it('may have shares of the time and calls instead, with the decimal comma of some countries', async () => {
    const { profiles, warnings } = await read(`${TRACES}CPU TIME (ms) BEGIN (total = 633138) Mon Aug  4 22:25:01 2008
rank   self  accum   count trace method
   1 23,26% 23,26%      59 301 java.lang.System.arraycopy
`);
    expect(profiles[0]!.metrics).toEqual([{ name: 'share of time', unit: 'percent' }]);
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([0, 0, 23.26]);
    expect(profiles[0]!.contexts!.calls![2]).toBe(59);
    expect(warnings).toMatchObject([{ code: 'cut-table' }]);
  });

  it('without a profile of the CPU is refused', async () => {
    await expect(read(TRACES)).rejects.toThrow('hprof: the file has no CPU SAMPLES');
  });
});
