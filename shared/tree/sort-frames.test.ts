import { describe, expect, it } from 'vitest';
import { sortByColumns } from './sort-frames.ts';

function sorted(columns: readonly (readonly number[])[], descending: readonly boolean[]): number[] {
  const rows = Int32Array.from(columns[0]!, (_, row) => row);
  sortByColumns(
    rows,
    columns.map((values, k) => ({ values: Float64Array.from(values), descending: descending[k]! })),
  );
  return [...rows];
}

describe('sortByColumns', () => {
  it('orders negative, tiny, huge and infinite numbers by value', () => {
    const values = [3, -1e300, 0, -0.5, 1e-320, Number.POSITIVE_INFINITY, -2];
    expect(sorted([values], [false])).toEqual([1, 6, 3, 2, 4, 0, 5]);
  });

  it('puts unknown numbers last in both directions', () => {
    const values = [Number.NaN, 2, Number.NaN, 1];
    expect(sorted([values], [false])).toEqual([3, 1, 0, 2]);
    expect(sorted([values], [true])).toEqual([1, 3, 0, 2]);
  });

  it('keeps the order of equal rows in both directions, 0 and -0 among them', () => {
    expect(sorted([[0, 1, -0, 1]], [false])).toEqual([0, 2, 1, 3]);
    expect(sorted([[0, 1, -0, 1]], [true])).toEqual([1, 3, 0, 2]);
  });

  it('breaks ties of the first key by the second', () => {
    const first = [1, 2, 1, 2];
    const second = [5, 6, 7, 8];
    expect(sorted([first, second], [true, true])).toEqual([3, 1, 2, 0]);
  });

  it('agrees with a comparing sort on many rows', () => {
    // A fixed sequence that looks random: multiples of an irrational, folded into -1 .. 1.
    const values = Array.from({ length: 5000 }, (_, i) => Math.sin(i * 12.9898) * 10 ** ((i % 40) - 20));
    const expected = values.map((_, row) => row).sort((a, b) => values[b]! - values[a]! || a - b);
    expect(sorted([values], [true])).toEqual(expected);
  });

  it('orders whole numbers in both directions, equal ones in theirs', () => {
    const values = Int32Array.of(70_000, -1, 0, 2 ** 31 - 1, -1, -(2 ** 31), 65_535);
    const sortedBy = (descending: boolean) => {
      const rows = Int32Array.from(values, (_, row) => row);
      sortByColumns(rows, [{ values, descending }]);
      return [...rows];
    };
    expect(sortedBy(false)).toEqual([5, 1, 4, 2, 6, 0, 3]);
    expect(sortedBy(true)).toEqual([3, 0, 6, 2, 1, 4, 5]);
  });

  it('leaves rows alone without a key', () => {
    const rows = Int32Array.of(2, 0, 1);
    sortByColumns(rows, []);
    expect([...rows]).toEqual([2, 0, 1]);
  });
});
