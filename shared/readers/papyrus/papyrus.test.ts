import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const names = (profile: Profile) => Array.from(profile.contexts!.frame, (of) => getFrameName(profile, of));
const HEAD = 'Script_quest log opened (PC)\n';

describe('a log of Papyrus', () => {
  it('has calls of each stack, with their milliseconds', async () => {
    const { format, profiles, warnings } = await read(`${HEAD}500:PUSH:3053:1:quest (24021278):quest..a
700:PUSH:3053:2:None:quest..b
800:PUSH:9:1:None:quest..c
1000:POP:3053:2:None:quest..b
1200:POP:9:1:None:quest..c
1500:POP:3053:1:quest (24021278):quest..a
Log closed
`);
    expect(format).toBe('papyrus');
    expect(profiles.map(({ name }) => name)).toEqual(['stack 3053', 'stack 9']);
    expect(names(profiles[0]!)).toEqual(['quest..a', 'quest..b']);
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([700, 300]);
    expect([...profiles[0]!.contexts!.total[0]!]).toEqual([1000, 300]);
    expect([...profiles[1]!.contexts!.self[0]!]).toEqual([400]);
    expect(warnings).toEqual([]);
  });

  it('shows what ends without having begun as running from the start; queues are passed over', async () => {
    const { profiles, warnings } = await read(`Stack_7 log opened (PC)
100:START:7
100:POP:7:2:None:Debug..StartStackProfiling
100:QUEUE_PUSH:7:2: (00018A56):Form.??.GetFormID
110:PUSH:7:2: (00018A56):Form..GetFormID
130:POP:7:2: (00018A56):Form..GetFormID
150:POP:7:1:None:mod..inner
190:POP:7:0:None:mod..outer
190:STOP:7
Log closed
`);
    expect(names(profiles[0]!)).toEqual(['mod..outer', 'mod..inner', 'Debug..StartStackProfiling', 'Form..GetFormID']);
    // outer 100 to 190, inner 100 to 150, GetFormID 110 to 130.
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([40, 30, 0, 20]);
    expect(warnings).toEqual([]);
  });

  it('tells of what does not fit', async () => {
    const { profiles, warnings } = await read(
      `${HEAD}10:PUSH:1:1:None:q..a\n5:PUSH:1:2:None:q..b\n20:POP:1:2:None:q..c\nodd\n30:PUSH:1:2:None:q..d\n`,
    );
    expect(warnings.map(({ code, count }) => `${code} ${count}`)).toEqual([
      'time-backwards 1',
      'odd-line 1',
      'other-end 1',
      'left-open 2',
    ]);
    expect(names(profiles[0]!)).toEqual(['q..a', 'q..b', 'q..d']);
    // b from 10 to 20, a from then to 30, where the log ends.
    expect([...profiles[0]!.contexts!.self[0]!]).toEqual([10, 10, 0]);
  });

  it('of queues alone is refused', async () => {
    await expect(read(`${HEAD}1:QUEUE_PUSH:1:1:None:q..a\n`)).rejects.toThrow('the log tells of no call');
  });
});
