import { describe, expect, it } from 'vitest';
import { getFrameKey, getFrameName } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const FLAT = `Flat profile:

Each sample counts as 0.01 seconds.
  %   cumulative   self              self     total           
 time   seconds   seconds    calls  ms/call  ms/call  name    
 60.00      0.06     0.06     3000     0.02     0.03  walk(tree const&)
 40.00      0.10     0.04                             main

 %         the percentage of the total running time of the
`;
const GRAPH = `		     Call graph

granularity: each sample hit covers 2 byte(s) for 10.00% of 0.10 seconds

index % time    self  children    called     name
                                                 <spontaneous>
[1]    100.0    0.04    0.06                 main [1]
                0.05    0.00    2000/3000        walk(tree const&) [2]
                0.00    0.01       1/1           even <cycle 1> [4]
-----------------------------------------------
                                   6             walk(tree const&) [2]
                0.01    0.00    1000/3000        odd <cycle 1> [5]
                0.05    0.00    2000/3000        main [1]
[2]     60.0    0.06    0.00    3000+6       walk(tree const&) [2]
                                   6             walk(tree const&) [2]
-----------------------------------------------
[3]     10.0    0.00    0.01       1+9       <cycle 1 as a whole> [3]
                0.00    0.01       5             even <cycle 1> [4]
                0.00    0.01       5             odd <cycle 1> [5]
-----------------------------------------------
                                   4             odd <cycle 1> [5]
                0.00    0.01       1/1           main [1]
[4]     10.0    0.00    0.01       5         even <cycle 1> [4]
                                   5             odd <cycle 1> [5]
-----------------------------------------------
                                   5             even <cycle 1> [4]
[5]     10.0    0.00    0.01       5         odd <cycle 1> [5]
                0.01    0.00    1000/3000        walk(tree const&) [2]
                                   4             even <cycle 1> [4]
-----------------------------------------------

 This table describes the call tree of the program, and was sorted by
 the total amount of time spent in each function and its children [99]
`;

const nameOf = (profile: Profile, frame: number) => getFrameName(profile, frame);

describe('a report of gprof', () => {
  it('may be line by line: places have their file', async () => {
    const text = FLAT.replace('walk(tree const&)', 'walk(tree const&) (/a/g.c:4 @ 129c)');
    const [profile] = (await read(text)).profiles;
    const row = [...profile!.frames.line].indexOf(4);
    expect(getFrameKey(profile!, row)).toBe('/a/g.c:4(walk(tree const&) @ 129c)');
  });

  it('has the call graph: functions between their callers and callees', async () => {
    const { profiles, format, warnings } = await read(FLAT + GRAPH);
    const [profile] = profiles;
    const { functions, calls, frames } = profile!;
    expect(format).toBe('gprof-text');
    expect(Array.from({ length: frames.length }, (_, frame) => nameOf(profile!, frame))).toEqual([
      'main',
      'walk(tree const&)',
      'even',
      'odd',
    ]);
    expect([...functions.calls]).toEqual([Number.NaN, 3006, 5, 5]);
    expect([...functions.primitiveCalls]).toEqual([Number.NaN, 3000, 5, 5]);
    expect([...functions.self[0]!]).toEqual([0.04, 0.06, 0, 0]);
    expect([...functions.total[0]!]).toEqual([0.1, 0.06, 0.01, 0.01]);
    expect(
      Array.from(calls.caller, (caller, call) => [
        `${nameOf(profile!, caller)} > ${nameOf(profile!, calls.callee[call]!)}`,
        calls.calls[call],
        calls.total[0]![call],
      ]),
    ).toEqual([
      ['main > walk(tree const&)', 2000, 0.05],
      ['walk(tree const&) > walk(tree const&)', 6, Number.NaN],
      ['odd > walk(tree const&)', 1000, 0.01],
      ['main > even', 1, 0.01],
      ['odd > even', 4, Number.NaN],
      ['even > odd', 5, Number.NaN],
    ]);
    expect(warnings).toEqual([]);
  });

  it('without a call graph has functions alone', async () => {
    const { functions, frames } = (await read(FLAT)).profiles[0]!;
    expect(frames.length).toBe(2);
    expect([...functions.calls, ...functions.self[0]!, functions.total[0]![0]]).toEqual([
      3000,
      Number.NaN,
      0.06,
      0.04,
      0.09,
    ]);
  });

  it('of a simulator counts cycles', async () => {
    const cycles = GRAPH.replace('index % time    self', 'index    %      self').replace(
      'name\n',
      'name\n                (K)     (K)\n',
    );
    const { functions, metrics } = (await read(cycles)).profiles[0]!;
    expect(metrics).toEqual([{ name: 'cycles', unit: 'count' }]);
    expect([...functions.self[0]!]).toEqual([40, 60, 0, 0]);
  });

  it('without a row is empty, and says so; without a table it is refused', async () => {
    const { warnings, profiles } = await read(FLAT.split('\n').slice(0, 5).join('\n'));
    expect(profiles[0]!.frames.length).toBe(0);
    expect(warnings).toMatchObject([{ code: 'no-functions' }]);
    await expect(read('Flat profile:\n\nno time\n')).rejects.toThrow('neither a table of functions');
  });
});
