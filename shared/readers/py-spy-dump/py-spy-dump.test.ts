import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
/** The one stack of a profile, root first. */
const stackOf = (profile: Profile) => [...profile.contexts!.frame].map((frame) => getFrameKey(profile, frame));

describe('a dump of py-spy', () => {
  it('has a profile for each thread, frames innermost first in the text', async () => {
    const { profiles, about } = await read(`Process 8238: /usr/bin/python app.py
Python v3.11.7 (/usr/bin/python3.11)

Thread 8238 (idle): "MainThread"
    join (threading.py:1119)
    main (app.py:25)
Thread 0x7FF8 (active+gil)
    f (x) (C:\\a (b)\\c.py:3)
    malloc (libc.so.6)
`);
    expect(profiles.map(({ name }) => name)).toEqual(['MainThread 8238', 'Thread 0x7FF8']);
    expect(profiles.map(stackOf)).toEqual([
      ['app.py:25(main)', 'threading.py:1119(join)'],
      ['libc.so.6:0(malloc)', 'C:\\a (b)\\c.py:3(f (x))'],
    ]);
    expect(about).toEqual([
      ['process', '8238'],
      ['command', '/usr/bin/python app.py'],
      ['python', '3.11.7 (/usr/bin/python3.11)'],
      ['MainThread 8238', 'idle'],
      ['Thread 0x7FF8', 'active+gil'],
    ]);
  });

  it('leaves variables out', async () => {
    const { profiles, warnings } = await read(`Process 1: x
Python v3.9.1

Thread 1 (active): "MainThread"
    f (a.py:2)
        Arguments:
            x: "Thread 9 (idle)"
        Locals:
            y: 3
    g (a.py:9)
`);
    expect(profiles.map(stackOf)).toEqual([['a.py:9(g)', 'a.py:2(f)']]);
    expect(warnings).toEqual([]);
  });

  it('of several processes names them', async () => {
    const one = (pid: number) => `Process ${pid}: x\nPython v3.9.1\n\nThread ${pid} (idle)\n    f (a.py:2)\n\n`;
    const { profiles } = await read(one(1) + one(2));
    expect(profiles.map(({ name }) => name)).toEqual(['process 1: Thread 1', 'process 2: Thread 2']);
  });

  it('as JSON says the same', async () => {
    const frame = (name: string, line: number) => ({
      name,
      filename: `/a/${name}.py`,
      short_filename: 'x',
      line,
      locals: [],
    });
    const { profiles, about, format } = await read(
      JSON.stringify([
        {
          pid: 5,
          thread_id: 1234567,
          thread_name: 'MainThread',
          os_thread_id: 7,
          active: true,
          owns_gil: true,
          frames: [frame('leaf', 3), frame('main', 0)],
          process_info: { pid: 5, command_line: 'python app.py', parent: null },
        },
        { pid: 5, thread_id: 8, thread_name: null, active: false, owns_gil: false, frames: [] },
      ]),
    );
    expect(format).toBe('py-spy-dump');
    expect(profiles.map(({ name }) => name)).toEqual(['MainThread 7', 'Thread 8']);
    expect(stackOf(profiles[0]!)).toEqual(['/a/main.py:0(main)', '/a/leaf.py:3(leaf)']);
    expect(about).toContainEqual(['MainThread 7', 'active+gil']);
    expect(about).toContainEqual(['command', 'python app.py']);
  });

  it('without threads, or without frames, is refused', async () => {
    await expect(read('Process 1: x\nPython v3.9.1\n')).rejects.toThrow('py-spy-dump: no thread is in the dump');
    await expect(read('[{"thread_id": 1, "frames": 3}]')).rejects.toThrow('thread 1 has no list of frames');
  });
});
