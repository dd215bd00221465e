import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf, countBetween, doubleOfBytes, stepFrom } from './compact-doubles.ts';

const doubles = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 5e-324, -5e-324, Infinity, 1e300));

it('doubles are found again by their distance from another, as far as that is told', () => {
  fc.assert(
    fc.property(doubles, fc.oneof(doubles, fc.integer({ min: -99, max: 99 })), (from, to) => {
      const steps = countBetween(to, from);
      expect(Math.abs(steps) < 2 ** 48 || steps === Infinity).toBe(true);
      if (steps !== Infinity) expect(stepFrom(from, steps)).toBe(to);
    }),
  );
});

it('doubles next to each other are one step apart', () => {
  expect(countBetween(1 + Number.EPSILON, 1)).toBe(1);
  expect(countBetween(1 - Number.EPSILON / 2, 1)).toBe(-1);
  expect(countBetween(2, 1)).toBe(Infinity);
  expect(countBetween(0, -0)).toBe(Infinity);
});

it('doubles are found again by their bytes', () => {
  const bytes = Uint8Array.from(bytesOf(-1.5e-9));
  bytesOf(0).set(bytes);
  expect(doubleOfBytes()).toBe(-1.5e-9);
});
