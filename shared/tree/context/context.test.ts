/**
 * The steps that solve a context matrix.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileOfCalls } from '../../testing/profile-of.ts';
import { Certainty } from '../call-tree.ts';
import { prepareCallGraph } from '../prepare.ts';
import { ContextCache } from './context-cache.ts';
import { freezeRows, visitColumn, visitRow } from './frozen-rows.ts';
import { findUniqueSum } from './matching.ts';
import { Cells } from './problem.ts';
import { mergeRest, REST } from './rest.ts';
import { fillRemainder, scaleToMargins } from './sinkhorn.ts';

describe('equal sums', () => {
  it('are found when only one choice of values has the sum', () => {
    expect(findUniqueSum([10_007, 20_011, 30_013], 30_018, 100)).toEqual([0, 1]);
    expect(findUniqueSum([10_007, 20_011, 30_013], 30_013, 100)).toEqual([2]);
    expect(findUniqueSum([100_003, 200_009, 300_017, 400_031], 1_000_060, 100)).toEqual([0, 1, 2, 3]);
  });

  it('are refused when two choices have it', () => {
    expect(findUniqueSum([10_000, 20_000, 5000, 25_000], 30_000, 100)).toBe(null);
    expect(findUniqueSum([30_000, 30_000], 30_000, 100)).toBe(null);
  });

  it('are refused where chance would do: more sums than may be tried', () => {
    expect(findUniqueSum([7, 20], 7, 1)).toBe(null);
    expect(findUniqueSum([10_007, 20_011, 30_013], 30_018, 5)).toBe(null);
  });
});

describe('fitting to margins', () => {
  it('takes the same steps for two by two as for any other, to the last bit', () => {
    // Times are whole units.
    const time = fc.integer({ min: 0, max: 1e9 });
    const four = fc.tuple(time, time, time, time);
    fc.assert(
      fc.property(four, four, ([a, b, c, d], [first, second, left, right]) => {
        const small = Float64Array.of(a, b, c, d);
        const margins = { rows: Float64Array.of(first, second), columns: Float64Array.of(left, right) };
        scaleToMargins({ cells: small, ...margins }, 30);
        // A third column that is empty changes no sum.
        const large = Float64Array.of(a, b, 0, c, d, 0);
        scaleToMargins({ cells: large, ...margins, columns: Float64Array.of(left, right, 0) }, 30);
        expect([...small]).toEqual([large[0], large[1], large[3], large[4]]);
      }),
    );
  });

  it('gives rows and columns their sums, whatever was guessed', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    const matrices = sizes.chain(([height, width]) =>
      fc.record({
        width: fc.constant(width),
        truth: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: height * width, maxLength: height * width }),
        guess: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: height * width, maxLength: height * width }),
      }),
    );
    fc.assert(
      fc.property(matrices, ({ width, truth, guess }) => {
        const height = truth.length / width;
        const rows = new Float64Array(height);
        const columns = new Float64Array(width);
        truth.forEach((value, at) => {
          rows[Math.floor(at / width)]! += value;
          columns[at % width]! += value;
        });
        const matrix = { cells: Float64Array.from(guess), rows, columns };
        scaleToMargins(matrix, 100);
        fillRemainder(matrix, new Uint8Array(guess.length));
        const left = [new Float64Array(rows), new Float64Array(columns)];
        matrix.cells.forEach((value, at) => {
          expect(value).toBeGreaterThanOrEqual(0);
          left[0]![Math.floor(at / width)]! -= value;
          left[1]![at % width]! -= value;
        });
        for (const rest of left.flatMap((side) => [...side])) expect(Math.abs(rest)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('a matrix', () => {
  it('adds up cells of one place, and then calls them inferred', () => {
    const cells = new Cells();
    cells.add(0, 1, 2, Certainty.exact);
    cells.add(0, 0, 5, Certainty.exact);
    cells.add(0, 1, 3, Certainty.exact);
    const rows = freezeRows(cells, Float64Array.of(10), 2, null);
    const seen: number[][] = [];
    visitRow(rows, 0, (column, value, certainty) => seen.push([column, value, certainty]));
    expect(seen).toEqual([
      [1, 5, Certainty.inferred],
      [0, 5, Certainty.exact],
    ]);
    expect([...rows.support]).toEqual([1, 1]);
  });

  it('cuts what it inferred down to the caller’s room, and leaves what is certain', () => {
    const cells = new Cells();
    cells.add(0, 0, 6, Certainty.exact);
    cells.add(0, 1, 8, Certainty.inferred);
    const { value } = freezeRows(cells, Float64Array.of(10), 2, null);
    expect([...value]).toEqual([6, 4]);
  });

  it('keeps the largest rows of very many, and merges the others by their time', () => {
    const time = Float64Array.of(1, 9, 3, 5);
    const axis = { length: 4, positions: [0, 1, 2, 3], time, calls: time, variance: time };
    const merged = mergeRest(axis, 3, -1, 4);
    expect(merged.axis.positions).toEqual([1, 3, REST]);
    expect([...merged.axis.time]).toEqual([9, 5, 4]);
    expect([...merged.share]).toEqual([0.25, 0, 0.75, 0]);
  });

  it('of more cells than are worked out has the same sums', () => {
    const count = 600;
    const names = Array.from({ length: count }, (_, index) => index);
    const text = [
      'main 1 0 1800',
      `f 600 0 1200`,
      ...names.flatMap((i) => [`a${i} 1 1 3`, `main > a${i} 1 1 3`, `a${i} > f 1 0 2`]),
      ...names.flatMap((i) => [`g${i} ${i + 2} 2 2`, `f > g${i} ${i + 2} 2 2`]),
    ].join('\n');
    const profile = profileOfCalls(text);
    const { rows, columns, cells } = new ContextCache(profile, prepareCallGraph(profile)).get(1);
    expect(cells.rest).not.toBe(null);
    const columnSums = new Float64Array(columns.length);
    rows.forEach((_, row) => {
      let sum = 0;
      visitRow(cells, row, (column, value) => {
        sum += value;
        columnSums[column]! += value;
      });
      expect(Math.abs(sum - 2e9)).toBeLessThan(100);
    });
    for (const sum of columnSums) expect(Math.abs(sum - 2e9)).toBeLessThan(100);
    for (const column of [0, 300, columns.length - 1]) {
      let again = 0;
      visitColumn(cells, column, (_, value) => {
        again += value;
      });
      expect(again).toBeCloseTo(columnSums[column]!, -1);
    }
  });
});
