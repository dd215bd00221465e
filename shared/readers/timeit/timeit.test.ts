import { describe, expect, it } from 'vitest';
import { FormatError } from '../../errors.ts';
import { readSample } from '../../testing/corpus.ts';
import { readBytes } from '../index.ts';
import { parseDuration } from './duration.ts';

const readAll = async (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');
const read = async (text: string) =>
  ((await readAll(text)).profiles[0]!.measurements ?? []).map(({ values, ...rest }) => ({
    ...rest,
    values: [...values],
  }));

describe('a result of timeit', () => {
  it('with -v has each repeat per loop, in the unit of the result', async () => {
    const text = `1 loop -> 1.31e-05 secs
20000 loops -> 0.206 secs

raw times: 247 msec, 0.2 sec, 185e3 usec

20000 loops, best of 3: 9.26 usec per loop
`;
    expect(await read(text)).toEqual([
      {
        name: 'statement',
        unit: 'microseconds',
        loops: 20000,
        values: [12.35, 10, 9.25],
        stated: { best: 9.26, repeats: 3 },
      },
    ]);
    expect((await readAll(text)).about).toEqual([['calibration', '1 loop: 1.31e-05 secs, 20000 loops: 0.206 secs']]);
  });

  it('of 2.7 to 3.6 has its repeats in seconds', async () => {
    const [result] = await read('raw times: 0.802 0.817\n1000000 loops, best of 2: 0.802 usec per loop\n');
    expect(result).toMatchObject({ unit: 'microseconds', loops: 1e6, values: [0.802, 0.817] });
  });

  it('of no loops has nothing per loop', async () => {
    const [result] = await read('raw times: 650 usec, 235 usec\n\n0 loops, best of 2: 233 nsec per loop\n');
    expect(result).toMatchObject({ loops: 0, values: [], stated: { best: 233 } });
  });

  it('without -v is stated only', async () => {
    expect(await read('1 loop, best of 5: 1.5 sec per loop')).toEqual([
      { name: 'statement', unit: 'seconds', loops: 1, values: [], stated: { best: 1.5, repeats: 5 } },
    ]);
  });

  it('of IPython has mean and deviation in one unit, whatever sign and separators it writes', async () => {
    expect(
      await read(`\u001b]0;IPython\u00071.21 ms ± 162 µs per loop (mean ± std. dev. of 5 runs, 1,000 loops each)
2 s +- 1 ms per loop (mean +- std. dev. of 7 runs, 1 loop each)
1min 3s ± 2.5 s per loop (mean ± std. dev. of 7 runs, 1 loop each)
Out[3]: <TimeitResult : 9 us ± 1 us per loop (mean ± std. dev. of 7 runs, 100,000 loops each)>
10000000 loops, best of 3: 48.2 ns per loop
`),
    ).toMatchObject([
      { unit: 'milliseconds', loops: 1000, values: [], stated: { mean: 1.21, deviation: 0.162, repeats: 5 } },
      { unit: 'seconds', loops: 1, stated: { mean: 2, deviation: 0.001 } },
      { unit: 'seconds', stated: { mean: 63, deviation: 2.5 } },
      { name: 'statement 4', unit: 'microseconds', loops: 100_000, stated: { mean: 9, deviation: 1 } },
      { unit: 'nanoseconds', stated: { best: 48.2 } },
    ]);
  });

  it('is called what was typed, or what stands before it', async () => {
    const results = await read(`In [1]: %timeit -n 1000 -r 5 sum(range(100))
1 µs ± 2 µs per loop (mean ± std. dev. of 5 runs, 1,000 loops each)

In [2]: %%timeit -r 3
   ...: x = [1]
   ...: x.sort()
2 µs ± 2 µs per loop (mean ± std. dev. of 3 runs, 1,000 loops each)
$ python3 -m timeit -s 'import json' 'json.dumps(1)'
200000 loops, best of 5: 1.2 usec per loop
join:
200000 loops, best of 5: 1.2 usec per loop
plus: 200000 loops, best of 5: 1.2 usec per loop
200000 loops, best of 5: 1.2 usec per loop
`);
    expect(results.map(({ name }) => name)).toEqual([
      'sum(range(100))',
      'x = [1]',
      "-s 'import json' 'json.dumps(1)'",
      'join',
      'plus',
      'statement 6',
    ]);
  });

  it('that timeit does not trust is marked', async () => {
    const { warnings } = await readAll(
      `The slowest run took 11.27 times longer than the fastest. This could mean that a result is being cached.
1 loop, best of 3: 1 usec per loop
:0: UserWarning: The test results are likely unreliable. The worst time (9 usec) was more than four times slower.
`,
    );
    expect(warnings).toMatchObject([{ code: 'unreliable-timing', count: 2 }]);
  });

  it('that breaks off is read as far as its loops are known', async () => {
    const cut = await readAll('5 loops -> 0.2 secs\nraw times: 200 msec, 210 msec\n');
    expect(cut.warnings).toMatchObject([{ code: 'no-result' }]);
    expect(cut.profiles[0]!.measurements).toMatchObject([{ unit: 'milliseconds', loops: 5 }]);
    expect([...cut.profiles[0]!.measurements![0]!.values]).toEqual([40, 42]);
    await expect(readAll('raw times: 200 msec, 210 msec\n')).rejects.toThrow(FormatError);
  });

  it('of each Python has as many values as repeats, none below the best', async () => {
    for (const [name, repeats] of [
      ['verbose-py27.txt', 3],
      ['verbose-py36.txt', 3],
      ['verbose-py313.txt', 5],
    ] as const) {
      const { profiles } = await readBytes(readSample(`timeit/${name}`), 'unknown');
      const { values, stated } = profiles[0]!.measurements![0]!;
      expect([values.length, stated!.repeats], name).toEqual([repeats, repeats]);
      expect(Math.min(...values) / stated!.best!, name).toBeCloseTo(1, 2);
    }
  });
});

describe('a time', () => {
  it.each([
    ['9.26 usec', 9.26, 'microseconds'],
    ['1.21 \u03bcs', 1.21, 'microseconds'],
    ['1e-05 s', 1e-5, 'seconds'],
    ['1d 2h 3min 4s', 93_784, 'seconds'],
  ])('%s is taken apart', (text, value, unit) => {
    expect(parseDuration(text)).toEqual({ value, unit });
  });

  it('of no known unit is none', () => {
    for (const text of ['', '3', '3 parsecs', 'x ms', '3 ms and more']) expect(parseDuration(text), text).toBeNull();
  });
});
