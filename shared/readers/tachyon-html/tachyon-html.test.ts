import { describe, expect, it } from 'vitest';
import { treeOf } from '../../testing/stack-tree-text.ts';
import { readBytes } from '../index.ts';

const strings = ['a.py', 'main', 'work', 'Program Root', '</script><script>alert(1)'];
const work = { name: 2, value: 3, self: 3, children: [], filename: 0, funcname: 2, lineno: 7 };
const main = { name: 1, value: 5, self: 2, children: [work], filename: 0, funcname: 1, lineno: 3 };

const page = (data: object, mark = 'const EMBEDDED_DATA =') =>
  `<!doctype html>\n<html><head><title>Tachyon Profiler - Flamegraph Report</title></head><body><script>
${mark} ${JSON.stringify(data)};
if (EMBEDDED_DATA.strings) { throw new Error("run"); }
</script></body></html>`;
const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

describe('flame graph pages of the sampling profiler', () => {
  it('takes the tree out of the page; its root is a function', async () => {
    const { profiles, about } = await read(
      page({ ...main, strings, stats: { sample_interval_usec: 1000, duration_sec: 2 } }),
    );
    expect(treeOf(profiles[0]!)).toBe('main 2\n  work 3');
    expect(treeOf(profiles[0]!, 1)).toBe('main 2000\n  work 3000');
    expect(profiles[0]!.contexts!.samples).toBe(5);
    expect(about).toContainEqual(['duration sec', '2']);
  });

  it('or stands for several; what the page leaves out is told', async () => {
    const root = { name: 3, value: 10, children: [main, { ...work, value: 4, self: 4 }], strings };
    const { profiles, warnings } = await read(page(root));
    expect(treeOf(profiles[0]!)).toBe('main 2\n  work 3\nwork 4');
    expect(warnings).toMatchObject([{ code: 'left-out', message: expect.stringContaining('1 samples') }]);
  });

  it('reads older pages, without self, and names that are text', async () => {
    const { self: _, ...old } = main;
    const { profiles } = await read(page({ ...old, funcname: 'ma;in{"', strings }));
    expect(treeOf(profiles[0]!)).toBe('ma;in{" 2\n  work 3');
  });

  it('says what is wrong with a page that was cut, or has no data', async () => {
    const whole = page({ ...main, strings });
    await expect(read(whole.slice(0, whole.indexOf('"strings"')))).rejects.toThrow(
      'does not end: the page was cut short',
    );
    await expect(read(page(main, 'const OTHER ='))).rejects.toThrow('the page has no `const EMBEDDED_DATA =`');
    await expect(read(page({ ...main, strings: [] }))).rejects.toThrow('string 1 of 0');
  });

  it('walks a tree of any depth', async () => {
    let node: object = work;
    for (let depth = 0; depth < 3000; depth++) node = { ...main, children: [node], self: 0, value: 3 };
    expect((await read(page({ ...node, strings }))).profiles[0]!.contexts!.length).toBe(3001);
  });
});
