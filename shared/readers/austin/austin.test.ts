import { describe, expect, it } from 'vitest';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';

const head = (mode: string) => `# austin: 3.7.0\n# interval: 100\n# mode: ${mode}\n\n`;

describe('Austin’s text', () => {
  it('has a row per sample and thread, each as long as what passed since the one before', async () => {
    const { profiles, about, writer } = await readText(
      `${head('wall')}P1;T0:7;/a b.py:main:3 100\nP1;T0:8;/a b.py:work:9 40\nP1;T0:7;/a b.py:main:3;/a b.py:f:5 50\nP1;T0:7 30\n\n# duration: 180\n`,
    );
    expect(profiles.map((profile) => [profile.name, ...rowText(profile)])).toEqual([
      ['thread 7', '0..100 main', '100..150 main;f ^1', '150..180 -'],
      ['thread 8', '60..100 work'],
    ]);
    expect(frameText(profiles[0]!)).toEqual(['main /a b.py:3', 'work /a b.py:9', 'f /a b.py:5']);
    expect(profiles[0]!.metrics).toEqual([{ name: 'time', unit: 'microseconds' }]);
    expect(profiles[0]!.traits.linesRan).toBe(true);
    expect(writer).toBe('Austin 3.7.0');
    expect(about).toContainEqual(['duration', '180']);
  });

  it('of 1.x has lines apart, and threads without processes', async () => {
    const { profiles } = await readText(
      'Thread 7f660d31f680;<module> (a b.py);L2;f (<frozen x>);L99 0\nThread 7f660d31f680 8511\n',
    );
    expect(frameText(profiles[0]!)).toEqual(['<module> a b.py:2', 'f <frozen x>:99']);
    expect(rowText(profiles[0]!)).toEqual(['0..0 <module>;f', '0..8511 -']);
  });

  it('of 2.x has threads without interpreters, and several processes', async () => {
    const { profiles } = await readText('P1;T1;a.py:f:2 5\nP2;T2f;a.py:g:3;:GC: 6\n');
    expect(profiles.map((profile) => [profile.name, ...stackText(profile)])).toEqual([
      ['process 1, thread 1', 'f 5'],
      ['process 2, thread 2f', 'g;:GC: 6'],
    ]);
  });

  it('counts bytes in memory mode, CPU time in CPU mode, all of them at once', async () => {
    const memory = (await readText(`${head('memory')}P1;T0:1;a.py:f:2 4096\nP1;T0:1;a.py:f:2 10\n`)).profiles[0]!;
    expect(memory.metrics).toEqual([{ name: 'memory', unit: 'bytes' }]);
    expect(rowText(memory)).toEqual(['0..1 f', '1..2 f ^1']);
    expect((await readText(`${head('cpu')}P1;T0:1;a.py:f:2 4\n`)).profiles[0]!.metrics[0]!.name).toBe('CPU time');
    const full = (await readText(`${head('full')}P1;T0:1;a.py:f:2 5,0,100\nP1;T0:1;a.py:f:2 7,1,-60\nP1;T0:1 3,1,0\n`))
      .profiles[0]!;
    expect(full.metrics.map(({ name }) => name)).toEqual(['time', 'CPU time', 'memory', 'memory freed']);
    expect(stackText(full)).toEqual(['f 12/5/100/60']);
    expect(rowText(full)).toEqual(['0..5 f', '5..12 f ^1', '12..15 -']);
  });

  it('that was cut, or mixed with other text, is read up to there, and that is said', async () => {
    const { profiles, warnings } = await readText(
      `${head('wall')}P1;T0:1;a.py:f:2 5\nWARNING: something\nP1;T0:1;a.py:`,
    );
    expect(stackText(profiles[0]!)).toEqual(['f 5']);
    expect(warnings).toMatchObject([{ code: 'not-a-sample', count: 2, where: 'line 6: WARNING: something' }]);
  });
});
