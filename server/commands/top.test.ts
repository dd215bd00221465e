import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProfileGroup } from '../../shared/model/profile.ts';
import { readBytes } from '../../shared/readers/index.ts';
import { corpusDir, corpusFiles, eachSample, readSample } from '../../shared/testing/corpus.ts';
import { hasPython } from '../../shared/testing/python.ts';
import { parseCommandLine, type TopOptions } from '../cli.ts';
import { top } from './top.ts';

const ORACLES = join(import.meta.dirname, 'oracles');
const SAMPLES = resolve(import.meta.dirname, '../../shared/samples/pstats');

function parse(line: string): TopOptions {
  const request = parseCommandLine(['top', 'x', ...line.split(' ').filter(Boolean)], '0.0.0');
  if (request.verb !== 'top') throw new Error('not the verb top');
  return request.options;
}

async function topOf(sample: string, line: string): Promise<string> {
  const group = await readBytes(readSample(`pstats/${sample}`), sample);
  return top(group, { file: sample, modified: null }, parse(line));
}

describe('the report', () => {
  it.each([
    ['orders-py36-tottime.txt', 'orders-py36.prof', ''],
    ['orders-py36-cumtime-20.txt', 'orders-py36.prof', '--sort cumtime,name -n 20'],
    ['orders-py36-none-json.txt', 'orders-py36.prof', '--sort none --filter json -n 8'],
    ['orders-py36-callers.txt', 'orders-py36.prof', '--sort calls --callers import|total'],
    ['orders-py36-callees.txt', 'orders-py36.prof', '--sort stdname --callees orders.py'],
  ])('is that of pstats to the letter: %s', async (oracle, sample, line) => {
    const text = await topOf(sample, line);
    const body = line.includes('--call') ? text : text.slice(text.indexOf('\n') + 1);
    expect(body).toBe(readFileSync(join(ORACLES, oracle), 'utf8'));
  });

  it.each([
    ['profile-module-py311-callers.txt', '--sort nfl --callers '],
    ['profile-module-py311-callees.txt', '--sort pcalls -n 12 --callees '],
  ])('of files that store counts only has counts only: %s', async (oracle, line) => {
    const [option = '', ...words] = line.trim().split(' ').reverse();
    const options = { ...parse(words.reverse().join(' ')), [option.slice(2)]: '' };
    const group = await readBytes(readSample('pstats/profile-module-py311.prof'), 'x');
    expect(top(group, { file: 'x', modified: null }, options)).toBe(readFileSync(join(ORACLES, oracle), 'utf8'));
  });

  it('has a dash where a file does not know a number', async () => {
    const text = await topOf('pyinstrument-busy.pstats', '-n 1');
    expect(text).toContain('         – function calls in 1.518 seconds');
    expect(text).toMatch(/^ {8}– +\d\.\d{3} {8}– +\d\.\d{3} {8}– \S/m);
    expect(text).not.toContain('-1');
  });

  it('begins with the date of the file as C writes it', async () => {
    const group = await readBytes(readSample('pstats/orders-py36.prof'), 'x');
    const modified = new Date(2026, 10, 5, 4, 3, 2).getTime();
    expect(top(group, { file: 'a.prof', modified }, parse('')).split('\n')[0]).toBe(
      'Thu Nov  5 04:03:02 2026    a.prof',
    );
  });

  it('leaves nothing for a terminal to obey', async () => {
    const group = await readBytes(readSample('bad/html-injection.prof'), 'x');
    for (const line of ['', '--callers .', '--callees .', '--json']) {
      expect(top(group, { file: '\u001b[2J', modified: null }, parse(line))).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
      );
    }
  });

  it('of an empty profile says so in pstats’ words', async () => {
    expect(await topOf('empty-py311.prof', '')).toBe(
      'empty-py311.prof\n\n         0 function calls in 0.000 seconds\n\n',
    );
  });

  it('in JSON has every number in full, and null for what is not known', async () => {
    const [first, ...rest] = JSON.parse(await topOf('orders-py36.prof', '--json -n 2 --callers gen_orders'));
    expect(rest).toEqual([]);
    expect(first).toEqual({
      name: 'gen_orders',
      file: 'orders.py',
      line: 61,
      calls: 301,
      primitiveCalls: 301,
      self: [0.002361],
      total: [0.008201],
      callers: [
        {
          name: 'main',
          file: 'orders.py',
          line: 99,
          calls: 301,
          primitiveCalls: 301,
          self: [0.002361],
          total: [0.008201],
        },
      ],
    });
    expect(JSON.parse(await topOf('pyinstrument-busy.pstats', '--json -n 1'))[0]).toMatchObject({
      calls: null,
      primitiveCalls: null,
    });
  });

  it.each([
    ['--sort nonsense', '--sort does not know "nonsense"'],
    ['--sort c', '--sort does not know "c"'],
    ['--filter (', 'no regular expression'],
  ])('refuses %s', async (line, part) => {
    await expect(topOf('orders-py36.prof', line)).rejects.toThrow(part);
  });

  it('takes sort keys cut as short as pstats does', async () => {
    expect(await topOf('orders-py36.prof', '--sort cum -n 1')).toBe(
      await topOf('orders-py36.prof', '--sort cumul -n 1'),
    );
  });
});

describe('beside Python', () => {
  // Read differently on purpose: yappi's counts are swapped, pyinstrument's are -1, names with escapes lose them, counts over 2^53 are rounded.
  const ON_PURPOSE = /yappi|pyinstrument|html-names|undecodable|int-times|orphan|beyond/;
  const REPORTS = [
    { sort: ['tottime'], filters: [], limit: null, side: 'stats' },
    { sort: [], filters: ['e'], limit: 30, side: 'stats' },
    { sort: ['ncalls', 'file', 'line'], filters: [], limit: null, side: 'stats' },
    { sort: ['cumulative'], filters: ['[a-m]', 'built-in'], limit: null, side: 'callers' },
    { sort: ['nfl'], filters: ['i'], limit: null, side: 'callees' },
  ] as const;

  it('prints the same of every file, of this repository and of the corpus', { timeout: 120_000 }, async () => {
    if (!hasPython()) {
      console.warn('No python3: tsviz top is compared with the stored reports only.');
      return;
    }
    const corpus = corpusFiles('pstats').map(({ file }) => join(corpusDir() ?? '', file));
    const paths = [...eachSample('pstats').map(({ name }) => join(SAMPLES, name)), ...corpus].filter(
      (path) => !ON_PURPOSE.test(path),
    );
    const asked = paths.flatMap((path) => REPORTS.map((report) => [path, report] as const));
    const python = spawnSync('python3', [join(ORACLES, 'make_oracles.py'), '-'], {
      input: JSON.stringify(asked),
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    const texts: (string | null)[] = JSON.parse(python.stdout);
    let compared = 0;
    const groups = new Map<string, ProfileGroup>();
    for (const [index, [path, report]] of asked.entries()) {
      const expected = texts[index];
      if (expected === null || expected === undefined) continue;
      const group = groups.get(path) ?? (await readBytes(Uint8Array.from(readFileSync(path)), path));
      groups.set(path, group);
      expect(
        top(group, { file: path, modified: statSync(path).mtimeMs }, toOptions(report)),
        `${path} ${JSON.stringify(report)}`,
      ).toBe(expected);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(50);
  });

  function toOptions({ sort, filters, limit, side }: (typeof REPORTS)[number]): TopOptions {
    const options = { ...parse(''), sort, limit };
    if (side === 'stats') return { ...options, filters };
    // The last pattern is the one that the option names.
    return { ...options, filters: filters.slice(0, -1), [side]: filters.at(-1) ?? '' };
  }
});

describe('the report of what pstats does not know', () => {
  const report = async (sample: string, line: string) =>
    top(await readBytes(readSample(sample), sample), { file: sample, modified: null }, parse(line)).replaceAll(
      '\u202f',
      ' ',
    );

  it('has plain words, and units', async () => {
    const text = await report('pprof/go-heap.pb.gz', '-n 2');
    expect(text).toContain('19 samples, 5.52 MiB inuse_space in 30 functions');
    expect(text).toContain('Ordered by: self');
    expect(text.split('\n').filter((line) => /main\.work/.test(line))).toEqual([
      '        –     5.02 MiB     5.02 MiB /home/alex/gobench/main.go:0(main.work)',
    ]);
  });

  it('says samples once where they are what is measured', async () => {
    const text = await report('py-spy-dump/dump.txt', '-n 1');
    expect(text).toContain('  1 sample in 4 functions');
    expect(text).not.toContain('1 samples');
    const stacks = new TextEncoder().encode('main;a 3\nmain;b 4\n');
    const counted = top(await readBytes(stacks, 'x'), { file: 'x', modified: null }, parse(''));
    expect(counted).toContain('  7 samples in 3 functions');
  });

  it('of line by line reports has no own times to speak of: the order is that of the totals', async () => {
    const text = await report('line-profiler/lpapp-502.lprof', '-n 1');
    expect(text).toContain('\n         6 functions\n');
    expect(text).toContain('Ordered by: total');
    expect(text).toMatch(/– +5\.73 ms .*Model\.fit/);
  });

  it('of timings alone is refused with the way on', async () => {
    await expect(report('pyperf/sorted.json', '')).rejects.toThrow('pyperf: the file lists no functions');
  });
});
