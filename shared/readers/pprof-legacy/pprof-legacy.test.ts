import { describe, expect, it } from 'vitest';
import { getFrameFile } from '../../model/frame-key.ts';
import { utf8, word } from '../../testing/bytes.ts';
import { readSample } from '../../testing/corpus.ts';
import { treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

/** A CPU profile of words of `size` bytes. */
function makeCpu(words: readonly number[], text: string, size = 8, isBigEndian = false, version = 0) {
  const all = [0, 3, version, 10_000, 0, ...words].map((value) => word(value, size));
  return Uint8Array.from([...all.flatMap((one) => (isBigEndian ? one.reverse() : one)), ...utf8(text)]);
}

describe('CPU profiles of gperftools', () => {
  const words = [2, 2, 0x4100, 0x4200, 1, 1, 0x4200, 0, 1, 0];
  const map = '00004000-00005000 r-xp 00000000 fd:01 17 /bin/app\n';

  it.each([
    ['8 bytes', 8, false],
    ['4 bytes', 4, false],
    ['4 bytes, the other way round', 4, true],
  ])('are read with words of %s', async (_, size, isBigEndian) => {
    const { profiles, about, warnings } = await readBytes(makeCpu(words, map, size, isBigEndian), 'unknown');
    expect(treeOf(profiles[0]!)).toBe('0x4200 10000\n  0x4100 20000');
    expect(treeOf(profiles[0]!, 1)).toBe('0x4200 1\n  0x4100 2');
    expect(getFrameFile(profiles[0]!, 0)).toBe('/bin/app');
    expect([about, warnings]).toEqual([[['period', '10000 µs']], []]);
  });

  it('of Java have names behind the stacks', async () => {
    const names = ' 0x00004100 a.B.f (B.java:12)\n 0x00004200 GC\n';
    const { profiles } = await readBytes(makeCpu(words, names, 4, false, 1), 'unknown');
    expect(treeOf(profiles[0]!)).toBe('GC 10000\n  a.B.f 20000');
    expect(profiles[0]!.frames.line[1]).toBe(12);
  });

  it('of the samples have all records, and what they count', async () => {
    // Counted by a program of twelve lines in Python.
    const count = async (file: string) => {
      const { samples, total, parent } = (await readBytes(readSample(`pprof/${file}`), 'unknown')).profiles[0]!
        .contexts!;
      return [samples, total[1]!.reduce((sum, value, context) => (parent[context]! < 0 ? sum + value : sum), 0)];
    };
    expect([await count('gobench.cpu'), await count('java.cpu')]).toEqual([
      [206, 305],
      [8, 7],
    ]);
  });

  it('that break off inside a stack are refused; without an end mark it is said', async () => {
    expect((await readBytes(makeCpu(words.slice(0, -3), ''), 'x')).warnings).toMatchObject([{ code: 'no-end' }]);
    await expect(readBytes(makeCpu(words, '').subarray(0, 64), 'x')).rejects.toThrow('cut short');
  });
});

describe('profiles in text', () => {
  it('of the heap: what is live comes first, sampled ones are scaled as pprof does', async () => {
    const plain =
      'heap profile:    3:   48 [   4:   64] @ heapprofile\n  3: 48 [ 4: 64] @ 0x10 0x20\n 1: 5 [ 1: 5] @\n\nMAPPED_LIBRARIES:\n';
    const { profiles } = await read(plain);
    expect(profiles[0]!.metrics.map(({ name }) => name)).toEqual([
      'inuse_space',
      'inuse_objects',
      'alloc_space',
      'alloc_objects',
    ]);
    expect(treeOf(profiles[0]!)).toBe('0x20 0\n  0x10 48\n(no stack) 5');
    const sampled = 'heap profile: 1: 1024 [ 1: 1024] @ heap_v2/524288\n  1: 1024 [ 1: 1024] @ 0x10\n';
    // 1 / (1 - e^(-1024/524288)) = 512.5
    expect(treeOf((await read(sampled)).profiles[0]!)).toBe('0x10 524800');
    expect(treeOf((await read(sampled)).profiles[0]!, 1)).toBe('0x10 512');
  });

  it('of Go: counts, with names of calls and of what is inlined in comments', async () => {
    const text = `goroutine profile: total 3
2 @ 0x46a3c5 0x46a3f0
#\t0x46a3c4\tmain.inlined+0x25\t/src/main.go:8
#\t0x46a3c4\tmain.work+0x25\t/src/main.go:12
#\t0x46a3ef\tmain.main+0x10\t/src/main.go:20

1 @ 0x46a3f0
`;
    const { profiles } = await read(text);
    expect(treeOf(profiles[0]!)).toBe('main.main 1\n  main.work 0\n    main.inlined 2');
    expect(profiles[0]!.metrics).toEqual([{ name: 'goroutine', unit: 'count' }]);
    const own = await read(
      'my.org/net.Conns profile: total 2\n2 @ 0x46a3c5\n#\t0x46a3c4\tmain.dial+0x25\t/src/main.go:8\n',
    );
    expect(own.profiles[0]!.metrics).toEqual([{ name: 'my.org/net.Conns', unit: 'count' }]);
    expect(treeOf(own.profiles[0]!)).toBe('main.dial 2');
  });

  it('of Java: bytes and objects', async () => {
    const text =
      '--- heapz 1 ---\nformat = java\nresolution = bytes\n  524288  1 @ 0x03 0x04\n 0x00000003 a.B.f (B.java:12)\n';
    const { profiles } = await read(text);
    expect(treeOf(profiles[0]!)).toBe('0x4 0\n  a.B.f 829411');
  });

  it('of contention: delays by the clock of the machine', async () => {
    const text = '--- contention:\ncycles/second = 1000000000\nsampling period = 100\n 50 2 @ 0x10\n';
    const { profiles } = await read(text);
    expect(profiles[0]!.metrics[0]).toEqual({ name: 'delay', unit: 'nanoseconds' });
    expect([treeOf(profiles[0]!), treeOf(profiles[0]!, 1)]).toEqual(['0x10 5000', '0x10 200']);
  });

  it('of all threads: who started a thread stands below it', async () => {
    const text = `--- threadz 1 ---

--- Thread 7f79 (name: main/1) stack: ---
  PC:  0x00bc8f1c: helper(arg *)
  0x0040be31: main
--- Thread 7f80 (name: worker/2) stack: ---
  PC:  0x10: read
      creator: 0x20 0x0040be31
--- Thread 7f81 (name: worker/3) stack: ---
  [same as previous thread]
--- Memory map: ---
  00000010-00000030: /lib/libc.so
`;
    const { profiles } = await read(text);
    expect(treeOf(profiles[0]!)).toBe('main 0\n  helper(arg *) 1\n  0x20 0\n    read 2');
  });

  it('of other kinds are refused, with what to do', async () => {
    await expect(read('--- symbol\n0x1 f\n')).rejects.toMatchObject({
      details: { advice: expect.stringContaining('pprof -proto') },
    });
    await expect(read('heap profile: 1: 2 [ 3: 4] @ heapprofile\n  1 2 @ 0x10\n')).rejects.toThrow(
      'line 2: 2 values, expected 4',
    );
  });
});
