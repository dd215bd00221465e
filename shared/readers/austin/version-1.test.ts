import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = async (text: string) => {
  const group = await readBytes(new TextEncoder().encode(text), 'unknown');
  const [profile] = group.profiles;
  const { functions, metrics } = profile!;
  const rows = [...functions.calls.keys()].map((frame) => [
    getFrameName(profile!, frame),
    ...functions.self.map((values) => values[frame]!),
  ]);
  return { group, metrics, rows };
};

describe('version 1 of Austin', () => {
  it('writes all metrics with blanks between them: time, KiB taken, KiB freed', async () => {
    const { metrics, rows, group } = await read(`Thread 7fc21075eb80 12 0 0
Thread 7fc21075eb80;<module> (w.py);L15;burn (my file.py);L4 1056 4148 0
Thread 7fc21075eb80;<module> (w.py);L15;burn (my file.py);L4 2000 0 -8
`);
    expect(metrics.map(({ name, unit }) => [name, unit])).toEqual([
      ['time', 'microseconds'],
      ['memory', 'bytes'],
      ['memory freed', 'bytes'],
    ]);
    expect(rows).toEqual([
      ['<module>', 0, 0, 0],
      ['burn', 3056, 4148 * 1024, 8 * 1024],
    ]);
    expect(group.warnings).toEqual([]);
  });

  it('does not tell memory from time: whole pages are taken for memory', async () => {
    const lines = (values: number[]) => values.map((value) => `Thread 7fbe839dab80;f (a.py);L1 ${value}\n`).join('');
    const memory = await read(lines([4, 3916, 208, 0, 16, 64]));
    expect([memory.metrics[0]?.unit, memory.rows]).toEqual(['bytes', [['f', 4208 * 1024]]]);
    expect(memory.group.warnings.map(({ code }) => code)).toEqual(['taken-for-memory']);
    expect((await read(lines([4, 3916, 208, 17, 16, 64]))).metrics[0]?.unit).toBe('microseconds');
    expect((await read(lines([4, 8]))).metrics[0]?.unit).toBe('microseconds');
  });
});
