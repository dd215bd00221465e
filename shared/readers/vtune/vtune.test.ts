import { describe, expect, it } from 'vitest';
import { getFrameName } from '../../model/frame-key.ts';
import { readBytes } from '../index.ts';

const read = (text: string) => readBytes(new TextEncoder().encode(text), 'unknown');

const REPORT = `Index  % CPU Time:Total  CPU Time:Self  CPU Time:Children  Name                       Index
-----  ----------------  -------------  -----------------  -------------------------  -----
                                                             <spontaneous>
[1]    100.0             0.5            9.5                main                       [1]
                         2.0            7.5                  walk tree <cycle 1>      [2]

                         2.0            7.5                  main                     [1]
[5]    95.0              2.5            7.0                <cycle 1 as a whole>       [5]
                         2.0            3.0                  walk tree <cycle 1>      [2]

                         2.0            7.5                  main                     [1]
                                                             walk tree <cycle 1>      [2]
[2]    60.0              2.0            3.0                walk tree <cycle 1>        [2]
                                                             walk tree <cycle 1>      [2]
                         5.0            -0.5                 leaf                     [3]

                         5.0            -0.5                 walk tree <cycle 1>      [2]
[3]    45.0              4.5            0.0                leaf                       [3]

[4]    0.0               0.0            0.0                leaf                       [4]

Index by function name

Index  Function
-----  --------
[1]    main
`;

describe('a call report of VTune', () => {
  it('has functions with their times, and the report’s own shares of the whole', async () => {
    const { profiles, about, warnings } = await read(REPORT);
    const { functions, metrics, frames, traits } = profiles[0]!;
    const names = Array.from({ length: frames.length }, (_, frame) => getFrameName(profiles[0]!, frame));
    expect(names).toEqual(['main', 'walk tree', 'leaf [3]', 'leaf [4]']);
    expect(metrics.map(({ name, unit }) => `${name}: ${unit}`)).toEqual([
      'CPU Time: seconds',
      'share of CPU Time: percent',
    ]);
    expect([...functions.self[0]!]).toEqual([0.5, 2, 4.5, 0]);
    expect([...functions.total[0]!]).toEqual([10, 5, 4.5, 0]);
    expect([...functions.total[1]!]).toEqual([100, 60, 45, 0]);
    expect(traits.hasCounts).toBe(false);
    expect(about).toEqual([['cycles', '1']]);
    expect(warnings).toEqual([]);
  });

  it('has calls once, though both ends list them; within a circle they have no times', async () => {
    const { calls } = (await read(REPORT)).profiles[0]!;
    expect(Array.from(calls.caller, (caller, call) => [caller, calls.callee[call], calls.total[0]![call]])).toEqual([
      [0, 1, 9.5],
      [1, 1, Number.NaN],
      [1, 2, 4.5],
    ]);
  });

  it('of another event counts it', async () => {
    const { profiles } = await read(REPORT.replaceAll('CPU Time', 'Cycles'));
    expect(profiles[0]!.metrics[0]).toEqual({ name: 'Cycles', unit: 'count' });
  });

  it('that was cut says so; a head alone is refused', async () => {
    const { warnings } = await read(REPORT.slice(0, REPORT.indexOf('Index by')));
    expect(warnings.map(({ code }) => code)).toEqual(['no-index']);
    await expect(read(REPORT.split('\n').slice(0, 2).join('\n'))).rejects.toThrow('line 2: the report has a head');
  });
});
