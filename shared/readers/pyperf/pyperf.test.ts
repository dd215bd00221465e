import { describe, expect, it } from 'vitest';
import { FormatError } from '../../errors.ts';
import { readBytes } from '../index.ts';

const read = (value: unknown) => readBytes(new TextEncoder().encode(JSON.stringify(value)), 'unknown');
const measured = async (value: unknown) => (await read(value)).profiles[0]!.measurements!;

describe('a pyperf file', () => {
  it('has the values of all runs; warmups and calibration are counted, not shown', async () => {
    const group = await read({
      version: '1.0',
      metadata: { name: 'sort', loops: 8, python_version: '3.11', pyperf_version: '2.6.0' },
      benchmarks: [
        {
          runs: [
            { metadata: { calibrate_loops: 8 }, warmups: [[1, 0.5]] },
            { values: [2, 3], warmups: [[8, 9]] },
            { values: [4] },
          ],
        },
      ],
    });
    expect(group.writer).toBe('pyperf 2.6.0');
    const [sort] = group.profiles[0]!.measurements!;
    expect(sort).toMatchObject({ name: 'sort', unit: 'seconds', loops: 8 });
    expect([...sort!.values]).toEqual([2, 3, 4]);
    expect(group.about).toEqual(
      expect.arrayContaining([
        ['python_version', '3.11'],
        ['runs', '3'],
        ['calibration runs', '1'],
        ['warmups', '2'],
      ]),
    );
  });

  it('takes metadata from the run, else the benchmark, else the file', async () => {
    const runs = [{ values: [1], metadata: { loops: 4 } }, { values: [1] }];
    const [a, b] = await measured({
      metadata: { unit: 'byte', loops: 1 },
      benchmarks: [
        { metadata: { name: 'a', loops: 2 }, runs },
        { metadata: { name: 'b', unit: 'integer' }, runs: [{ values: [7] }] },
      ],
    });
    expect(a).toMatchObject({ name: 'a', unit: 'bytes', loops: 3 });
    expect(b).toMatchObject({ name: 'b', unit: 'count', loops: 1 });
  });

  it('of perf 0.8 says samples where later ones say values', async () => {
    const [old] = await measured({
      version: 6,
      benchmarks: [{ common_metadata: { name: 'x' }, runs: [{ samples: [1, 2] }] }],
    });
    expect([old!.name, ...old!.values]).toEqual(['x', 1, 2]);
  });

  it('may be odd: values that are none are left out, an unknown unit is told, names of prototypes are names', async () => {
    const { profiles, warnings } = await read({
      benchmarks: [{ metadata: { name: '__proto__', unit: 'furlong' }, runs: [{ values: [1, null, 'x'] }] }],
    });
    expect(profiles[0]!.measurements).toMatchObject([{ name: '__proto__', unit: 'count' }]);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['odd-value', 2],
      ['unknown-unit', 1],
    ]);
  });

  it('without runs is refused', async () => {
    await expect(read({ benchmarks: [{ runs: 3 }] })).rejects.toThrow(
      'pyperf: benchmarks[0] should have a list of runs',
    );
    await expect(read({ benchmarks: { runs: [] } })).rejects.toThrow(FormatError);
  });
});
