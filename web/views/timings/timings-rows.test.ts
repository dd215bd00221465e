import { describe, expect, it } from 'vitest';
import type { Measurement, Profile } from '../../../shared/model/profile.ts';
import { buildMeasurementRow } from '../../../shared/tree/measurements/measurement-rows.ts';
import { groupStatements, listStatements } from './statements.ts';
import { describeComparison, describeRatio, describeRepeats } from './words.ts';

const measurement = (name: string, values: number[], more: Partial<Measurement> = {}): Measurement => ({
  name,
  unit: 'seconds',
  loops: 1000,
  values: Float64Array.from(values),
  ...more,
});
const profile = (...measurements: Measurement[]) => ({ measurements }) as unknown as Profile;
const WORDS = { baseWord: 'fastest', statistic: 'median' } as const;
const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('statements as they are shown', () => {
  const statements = listStatements([
    profile(measurement('b', [4, 5, 6]), measurement('a', [1, 2, 3]), measurement('b', [2, 9, 9])),
    profile(measurement('size', [70], { unit: 'bytes' })),
  ]);

  it('have names of their own, in the order of the file', () => {
    expect(statements.map(({ key }) => key)).toEqual(['b', 'a', 'b #2', 'size']);
  });

  it('are compared with the fastest or with the first of their unit', () => {
    const [times, sizes] = groupStatements(statements, { base: 'fastest', sort: 'file' });
    expect([times!.base!.key, sizes!.base!.key]).toEqual(['a', 'size']);
    expect(times!.statements.map((each) => [times!.compare(each).verdict, times!.compare(each).ratio])).toEqual([
      ['apart', 2.5],
      ['same', 1],
      ['unclear', 4.5],
    ]);
    expect(groupStatements(statements, { base: 'first', sort: 'file' })[0]!.base!.key).toBe('b');
  });

  it('are sorted by their best', () => {
    const [times] = groupStatements(statements, { base: 'fastest', sort: 'best' });
    expect(times!.statements.map(({ key }) => key)).toEqual(['a', 'b #2', 'b']);
  });
});

describe('words of a comparison', () => {
  it.each([
    [1.9, '1.90× slower'],
    [0.5, '2.00× faster'],
    [1.042, '4.2 % slower'],
    [1 / 1.004, '0.4 % faster'],
    [1, 'equal'],
    [Number.NaN, '–'],
    [0, '–'],
  ])('%d is %s', (ratio, text) => {
    expect(plain(describeRatio(ratio))).toBe(text);
  });

  it('claim nothing from one repeat, or from none that is listed', () => {
    const [one, many] = [buildMeasurementRow(measurement('x', [1])), buildMeasurementRow(measurement('y', [2, 3]))];
    const stated = buildMeasurementRow(measurement('z', [], { stated: { mean: 4 } }));
    const unknown = { verdict: 'unknown', ratio: 2 } as const;
    expect(describeComparison(unknown, many, one, WORDS)).toEqual({ text: '2.00×', reason: 'one repeat only' });
    expect(describeComparison(unknown, stated, many, WORDS).reason).toBe('repeats not listed');
    expect(describeComparison({ verdict: 'unclear', ratio: 2 }, many, many, WORDS)).toEqual({
      text: 'no clear difference',
      reason: 'median 2.00×',
    });
  });

  it('say how many repeats of how many loops there were', () => {
    expect(describeRepeats(buildMeasurementRow(measurement('x', [1, 2], { loops: 20000 })))).toBe(
      '2 repeats of 20,000 loops',
    );
    expect(
      describeRepeats(buildMeasurementRow(measurement('x', [], { loops: Number.NaN, stated: { repeats: 5 } }))),
    ).toBe('5 repeats, not listed in the file');
  });
});
