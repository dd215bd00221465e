import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

describe('stacks of DTrace', () => {
  it('stand innermost first, their count behind them', async () => {
    const { profiles, format } = await read(`CPU     ID                    FUNCTION:NAME
  1  29684                        :tick-60s

              libc.so\`read+0xa
              app\`std::vec<int>::at+0x1f
              0x7ffee01
               15

              app\`std::vec<int>::at+0x77
              0x7ffee01
                2
`);
    const { frame, parent, self, samples } = profiles[0]!.contexts!;
    expect(format).toBe('dtrace');
    expect([...frame].map((of) => getFrameKey(profiles[0]!, of))).toEqual([
      ':0(0x7ffee01)',
      'app:0(std::vec<int>::at)',
      'libc.so:0(read)',
    ]);
    expect([...parent]).toEqual([-1, 0, 1]);
    expect([...self[0]!]).toEqual([0, 2, 15]);
    expect(samples).toBe(2);
  });

  it('that break off are told', async () => {
    const { warnings } = await read('  a`f+0x1\n  3\n\n  a`g+0x2\n');
    expect(warnings).toMatchObject([{ code: 'cut-stack' }]);
  });
});
