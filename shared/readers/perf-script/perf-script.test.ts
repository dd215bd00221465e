import { describe, expect, it } from 'vitest';
import { frameText, readText, rowText, stackText } from '../../testing/stack-lines.ts';
import { parseHeader, parseIndentedHeader } from './header.ts';

const stack = (...frames: readonly string[]) => frames.map((frame) => `\t  ffff ${frame}\n`).join('');
const read = async (text: string) => readText(text);

describe('the header of a record', () => {
  it.each([
    [
      'python 26049  2011.053067:    3333333 cpu-clock:ppp: ',
      ['python', '26049', '26049', '', 2011.053067, 3333333, 'cpu-clock:ppp'],
    ],
    [
      'swapper     0 [003] 203265.377022:    1001001 cpu-clock:',
      ['swapper', '0', '0', '003', 203265.377022, 1001001, 'cpu-clock'],
    ],
    [
      'simple-terminat     9/10     198791.127353: cpu-clock: ',
      ['simple-terminat', '9', '10', '', 198791.127353, Number.NaN, 'cpu-clock'],
    ],
    ['Web Content 12 34/35 [001] 5.5: 7 cycles:u:', ['Web Content 12', '34', '35', '001', 5.5, 7, 'cycles:u']],
    [
      'sh 5 [000] 1.25: sched:sched_switch: prev_comm=a 3.5: x',
      ['sh', '5', '5', '000', 1.25, Number.NaN, 'sched:sched_switch'],
    ],
    ['app 7 1.5: ', ['app', '7', '7', '', 1.5, Number.NaN, '']],
    ['app 7/8', ['app', '7', '8', '', Number.NaN, Number.NaN, '']],
    ['app 7/8 cycles:', ['app', '7', '8', '', Number.NaN, Number.NaN, 'cycles']],
  ])('%j', (line, fields) => {
    expect(Object.values(parseHeader(line)!)).toEqual([...fields, '']);
  });

  it('has the only frame behind it where no stacks were recorded, and stands to the right then', () => {
    const line = '            sh 5 1.5:     250000 cpu-clock:      7ff2a103f62a f+0xa (/lib/a b.so)';
    expect(parseIndentedHeader(line)?.frame).toBe('7ff2a103f62a f+0xa (/lib/a b.so)');
    expect(parseIndentedHeader('\t ffff main: 3.5: x (a)')).toBeNull();
  });

  it('is not any line', () => {
    for (const line of ['', '# comment', 'no numbers here', 'only 3 numbers behind'])
      expect(parseHeader(line), line).toBeNull();
  });
});

describe('perf script', () => {
  it('has stacks innermost first, rows in the order of time from the first one, threads as profiles', async () => {
    const { profiles } = await read(
      `a b 1/1 10.5: 3 cycles:\n${stack('leaf+0x1f (/lib/x.so)', 'main (/bin/app)')}\na b 1/2 10.25: 4 cycles:\n${stack('main (/bin/app)')}\na b 1/1 11.0: 5 cycles:\n\n`,
    );
    expect(profiles.map((profile) => [profile.name, ...rowText(profile), ...stackText(profile)])).toEqual([
      ['a b 1/2', '0..0 main', 'main 1/4'],
      ['a b 1', '0.25..0.75 main;leaf', '0.75..0.75 -', 'main;leaf 1/3'],
    ]);
    expect(frameText(profiles[0]!)).toEqual(['leaf /lib/x.so', 'main /bin/app']);
    expect(profiles[0]!.metrics.map(({ name, unit }) => `${name}, ${unit}`)).toEqual([
      'samples, count',
      'cycles, count',
    ]);
  });

  it('has several events as metrics, and clocks as time', async () => {
    const { profiles, about } = await read(
      `app 1 1.0: 1000 cpu-clock:u:\n${stack('f (a)')}\napp 1 2.0: cache-misses:\n${stack('f (a)')}\napp 1 3.0: 500 cpu-clock:u:\n${stack('f (a)')}`,
    );
    expect(profiles[0]!.metrics.map(({ name, unit }) => `${name}, ${unit}`)).toEqual([
      'cpu-clock:u samples, count',
      'cpu-clock:u, nanoseconds',
      'cache-misses samples, count',
    ]);
    expect(stackText(profiles[0]!)).toEqual(['f 2/1500/1']);
    expect(about).toContainEqual(['events', 'cpu-clock:u 2, cache-misses 1']);
  });

  it('has symbols with anything in them, kernels, inlined and Python frames', async () => {
    const frames = [
      'std::map<int, f(char)>::at(int const&) const+0x3 (/a b/(deleted) x.so (deleted))',
      'f;g [k] ([kernel.kallsyms])',
      '[unknown] ([unknown])',
      'small (inlined)',
      'py::Model.fit:/home/a b.py+0x8 (/tmp/perf-1.map)',
      'bare',
    ];
    const { profiles } = await read(`app 1 1.0: cycles:\n${stack(...frames)}\t  main.c:12\n`);
    expect(frameText(profiles[0]!)).toEqual([
      'std::map<int, f(char)>::at(int const&) const /a b/(deleted) x.so (deleted)',
      'f;g [k] [kernel.kallsyms]',
      '[unknown]',
      'small',
      'Model.fit /home/a b.py',
      'bare',
    ]);
  });

  it('has records of one line, and lines that tell of processes', async () => {
    const { profiles, warnings, about } = await read(
      `swapper 0 [000] 0.0: PERF_RECORD_MMAP -1/0: [0xff(0x12) @ 0xff]: x k\n     a b 7 1.5: 9 cycles:  ff f+0x1 (/x.so)\n     a b 7 2.5: 8 cycles:  fe g (/x.so)\n     a b 7 3.0: PERF_RECORD_EXIT(7:7):(1:1)\n`,
    );
    expect(profiles.map(stackText)).toEqual([['f 1/9', 'g 1/8']]);
    expect(about).toContainEqual(['thread', 'a b 7']);
    expect(warnings).toEqual([]);
  });

  it('has stacks without a first line, and with nothing but a name', async () => {
    const frames = ['f00 leaf', '  0 main'].map((frame) => `\t             ${frame}\n`).join('');
    expect((await read(`${frames}\n${frames}\n`)).profiles.map(stackText)).toEqual([['main;leaf 2']]);
    const { profiles, about } = await read(`a b \n${frames}\na b \n${frames}\n`);
    expect(stackText(profiles[0]!)).toEqual(['main;leaf 2']);
    expect(about).toContainEqual(['thread', 'a b']);
    await expect(read('What is in the file:\n\t1 histogram record\n\t6 call-graph records\n')).rejects.toThrow('not a');
  });

  it('leaves source lines out', async () => {
    const { profiles } = await read(
      `app 1 1.0: cycles:\n${stack('f (/x.so)')}  dl.h:7 (inlined)\n\t  fffe main (/x)\n  [kernel.kallsyms][ff5e]\n\t ff a (/x)\n  :0\n`,
    );
    expect(profiles.flatMap(stackText)).toEqual(['a;main;f 1']);
  });

  it('needs an address', async () => {
    await expect(read('sh 5 [000] 1.25: sched:sched_switch: prev_comm=a\n')).rejects.toThrow('none of the 1 event');
  });

  it('has comments, other lines and records without times', async () => {
    const { profiles, warnings, writer, about } = await read(
      `# perf version : 6.1\n# cmdline : perf record -g app\napp 1 cycles:\n${stack('f (a)')}\nwhat is this\napp 2 cycles:\n${stack('g (a)')}`,
    );
    expect(profiles.flatMap(stackText)).toEqual(['f 1', 'g 1']);
    expect(profiles[0]!.samples).toBeUndefined();
    expect(warnings).toMatchObject([{ code: 'not-a-record', count: 1, where: 'line 6: what is this' }]);
    expect(writer).toBe('perf 6.1');
    expect(about).toContainEqual(['cmdline', 'perf record -g app']);
  });
});
