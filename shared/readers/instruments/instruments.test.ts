import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const keys = (profile: Awaited<ReturnType<typeof read>>['profiles'][number]) =>
  Array.from(profile.contexts!.frame, (of) => getFrameKey(profile, of));

const HEAD = 'Weight\tSelf Weight\t\tSymbol Name\n';

describe('a deep copy out of Instruments', () => {
  it('is a tree by the blanks before its names, with what is a function’s own', async () => {
    const { format, profiles, warnings } = await read(
      `${HEAD}1.50 s  100.0%\t0 s\t \tmain (12345)
1.20 s   80.0%\t200.00 ms\t \t  -[Foo bar]
1.00 s   66.6%\t1.00 s\t \t    leaf
300.00 ms   20.0%\t300.00 ms\t \t  leaf
`,
    );
    const [profile] = profiles;
    expect(format).toBe('instruments');
    expect(profile!.metrics).toEqual([{ name: 'time', unit: 'milliseconds' }]);
    expect(keys(profile!)).toEqual([':0(main (12345))', ':0(-[Foo bar])', ':0(leaf)', ':0(leaf)']);
    expect([...profile!.contexts!.parent]).toEqual([-1, 0, 1, 0]);
    expect([...profile!.contexts!.self[0]!]).toEqual([0, 200, 1000, 300]);
    expect(warnings).toEqual([]);
  });

  it('keeps the column of its own over the difference of rounded weights, and says so', async () => {
    // 2450 - 1604 would be 846; printed in seconds with two digits, weights may be off by 5 ms.
    const { profiles, warnings } = await read(
      `Weight\tSelf Weight\tSymbol Names\n2.45 s  \u2007100.0%\t846.00 ms\t   delta()\n1606.00 ms  \u200765.0%\t1606.00 ms\t    alpha()\n`,
    );
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([846, 1606]);
    expect([...profiles[0]!.contexts!.total[0]!]).toEqual([2452, 1606]);
    expect(warnings.map(({ code }) => code)).toEqual(['rounded']);
  });

  it('that hides functions gives what they took to those above', async () => {
    const { profiles } = await read(`${HEAD}10.00 ms\t1.00 ms\t\tmain\n6.00 ms\t6.00 ms\t\t a\n`);
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([4, 6]);
  });

  it('counts cycles, without a column of its own that tells', async () => {
    const { profiles } = await read(
      `${HEAD}2.00 Gc 100%\t-\t \tapp\n1.50 Gc 75%\t-\t \t main\n500.00 Mc 25%\t-\t \t idle\n`,
    );
    expect(profiles[0]!.metrics).toEqual([{ name: 'cycles', unit: 'count' }]);
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([0, 1.5e9, 5e8]);
  });

  it('of older versions has milliseconds in its head', async () => {
    const { profiles } = await read(
      'Running Time\tSelf (ms)\t\tSymbol Name\n30.0ms  100.0%\t10.0\t \tmain\n20.0ms   66.6%\t20.0\t \t work\n',
    );
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([10, 20]);
  });

  it('of allocations has bytes and counts', async () => {
    const { profiles } = await read(
      'Bytes Used\tCount\t\tSymbol Name\n 3.00 KB  100.0%\t5\t \tmain\n 1.00 KB   33.3%\t3\t \t a\n 512 Bytes   16.6%\t1\t \t b\n',
    );
    expect(profiles[0]!.metrics.map(({ name, unit }) => `${name}: ${unit}`)).toEqual([
      'bytes used: bytes',
      'allocations: count',
    ]);
    // 3072 - 1024 - 512, and 5 - 3 - 1.
    expect(profiles[0]!.contexts!.self.map((column) => [...column])).toEqual([
      [1536, 1024, 512],
      [1, 3, 1],
    ]);
    expect(profiles[0]!.traits.sampled).toBe(false);
  });

  it('with children above their parent says so', async () => {
    const { profiles, warnings } = await read(`${HEAD}5.00 ms\t0 s\t\tmain\n9.00 ms\t9.00 ms\t\t a\n`);
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([0, 9]);
    expect(warnings.map(({ code }) => code)).toEqual(['children-exceed']);
  });

  it('without rows, or with weights that are none, is refused', async () => {
    await expect(read(HEAD)).rejects.toThrow('no weight has a unit');
    await expect(read(`${HEAD}1.00 s\t0 s\t\tmain\nsome\t0 s\t\t a\n`)).rejects.toThrow(
      'instruments line 3: the weight should be a time with its unit, found "some"',
    );
    await expect(read(`${HEAD}1.00 s\t0 s\t\tmain\n3.00 MB\t0 s\t\t a\n`)).rejects.toThrow('line 3: the weight');
  });
});
