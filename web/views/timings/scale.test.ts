import { describe, expect, it } from 'vitest';
import { buildMeasurementRow } from '../../../shared/tree/measurements/measurement-rows.ts';
import { buildScale, getExtent, getPlace } from './scale.ts';

const row = (values: number[], stated?: { mean?: number; deviation?: number; best?: number }) =>
  buildMeasurementRow({
    name: 'f',
    unit: 'seconds',
    loops: 1,
    values: Float64Array.from(values),
    ...(stated ? { stated } : {}),
  });
const textsOf = (...args: Parameters<typeof buildScale>) =>
  buildScale(...args).marks.map(({ text }) => text.replaceAll('\u202f', ' '));

describe('the scale of timings', () => {
  it('reaches from the smallest to the largest number, or from 0', () => {
    const rows = [row([9, 10, 12]), row([8, 11])];
    const fitted = buildScale(rows, 'seconds', 600, false);
    expect([fitted.low, fitted.high, fitted.isLog]).toEqual([7.84, 12.16, false]);
    expect(buildScale(rows, 'seconds', 600, true)).toMatchObject({ low: 0, high: 12.48 });
    expect(textsOf(rows, 'seconds', 300, false)).toEqual(['8 s', '9 s', '10 s', '11 s', '12 s']);
  });

  it('is logarithmic where numbers are more than twenty times as large as others', () => {
    expect(buildScale([row([1]), row([20])], 'seconds', 600, false).isLog).toBe(false);
    const log = buildScale([row([1e-6]), row([1e-3])], 'seconds', 600, false);
    expect(log.isLog).toBe(true);
    expect(textsOf([row([1e-6]), row([1e-3])], 'seconds', 400, false)).toEqual(['1 µs', '10 µs', '100 µs', '1 ms']);
    expect(textsOf([row([1e-6]), row([3e-5])], 'seconds', 400, false)).toEqual([
      '1 µs',
      '2 µs',
      '5 µs',
      '10 µs',
      '20 µs',
    ]);
    expect(getPlace(log, Math.sqrt(log.low * log.high))).toBeCloseTo(0.5, 12);
  });

  it('shows a summary with its deviation, and less than nothing is never', () => {
    expect(getExtent(row([], { mean: 1.21, deviation: 1.62 }))).toEqual([0, 2.83]);
    expect(getExtent(row([], { best: 3 }))).toEqual([3, 3]);
    expect(buildScale([row([], { mean: 1.21, deviation: 1.62 })], 'seconds', 600, false).isLog).toBe(false);
  });

  it('of one number, or of none, still is one', () => {
    const one = buildScale([row([5])], 'seconds', 600, false);
    expect(getPlace(one, 5)).toBeCloseTo(0.5, 12);
    expect(buildScale([row([])], 'seconds', 600, false).marks).toEqual([]);
    expect(buildScale([row([0, 0])], 'seconds', 600, false).high).toBeGreaterThan(0);
  });
});
