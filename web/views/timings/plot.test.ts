import { describe, expect, it } from 'vitest';
import { buildMeasurementRow } from '../../../shared/tree/measurements/measurement-rows.ts';
import { chooseDiameter } from './plot.ts';
import { buildScale } from './scale.ts';

const row = (values: number[]) =>
  buildMeasurementRow({ name: 'f', unit: 'seconds', loops: 1, values: Float64Array.from(values) });
const diameterOf = (...rows: number[][]) => {
  const built = rows.map(row);
  const scale = buildScale(built, 'seconds', 400, false);
  return chooseDiameter(built, { scale, width: 400, height: 43 });
};

describe('dots of repeats', () => {
  it('are as large as leaves each its own place, and of one size in all rows', () => {
    expect(diameterOf([1, 2, 3], [1.5, 2.5])).toBe(6);
    expect(diameterOf([1, 3, ...Array.from({ length: 8 }, () => 2)], [1, 3])).toBe(4);
    expect(diameterOf([1, 3, ...Array.from({ length: 500 }, () => 2)], [1, 3])).toBe(3);
  });

  it('may be none', () => {
    expect(diameterOf([])).toBe(6);
  });
});
