/** Figures of the bench: what a median and a ratio are, and the text of the table. */
import { describe, expect, it } from 'vitest';
import { compare, hold, makeTable, median, printMB, printMs, printRatio, ratioOf, replaceSection } from './figures.mjs';

describe('figures of the bench', () => {
  it('take the middle of what was measured, whatever its order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('compare within each run, so that a slow minute counts on both sides', () => {
    expect(ratioOf([10, 200, 11], [5, 100, 5])).toBe(2);
    expect(ratioOf([10, 20, 30], [10])).toBe(2);
  });

  it('are printed with the digits that mean something', () => {
    expect([0.42, 42.4, 1234, 12_345].map(printMs)).toEqual(['0.4 ms', '42 ms', '1.23 s', '12.3 s']);
    expect([1.234, 12.3].map(printRatio)).toEqual(['1.23×', '12×']);
    expect([156_875_020, 1_547_194].map(printMB)).toEqual(['157 MB', '1.55 MB']);
    expect([printMs(Number.NaN), printRatio(Number.NaN)]).toEqual(['–', '–']);
  });

  it('meet a bar up to and with its limit', () => {
    const given = { bar: '1', what: 'chart', reach: '≤ 2 ×', theirs: [10] };
    expect(compare({ ...given, ours: [20], most: 2 })).toMatchObject({ result: '2.00× (20 ms / 10 ms)', met: true });
    expect(compare({ ...given, ours: [21], most: 2 }).met).toBe(false);
    expect(hold({ bar: '8', what: 'switch', reach: '≤ 40 ms', ours: [41], most: 40 }).met).toBe(false);
    expect(hold({ bar: '8', what: 'switch', reach: '≤ 40 ms', ours: [], most: 40 }).met).toBe(null);
  });
});

describe('table of the bench', () => {
  const line = { bar: '1', what: 'a | b', result: '1.00×', reach: '≤ 2 ×' };

  it('has a row for each line, and says in the last column what was missed', () => {
    expect(
      makeTable([
        { ...line, met: true },
        { ...line, met: false },
        { ...line, met: null },
      ])
        .split('\n')
        .slice(2),
    ).toEqual([
      '| 1 | a \\| b | 1.00× | ≤ 2 × | met |',
      '| 1 | a \\| b | 1.00× | ≤ 2 × | **missed** |',
      '| 1 | a \\| b | 1.00× | ≤ 2 × | – |',
    ]);
  });

  it('takes the place of the one before it and leaves the rest of the document', () => {
    const text = 'a\n<!-- table -->\nold\n<!-- end of table -->\nb\n';
    const replaced = 'a\n<!-- table -->\nnew\n<!-- end of table -->\nb\n';
    expect(replaceSection(text, 'table', 'new')).toBe(replaced);
    expect(replaceSection(replaced, 'table', 'new')).toBe(replaced);
    expect(() => replaceSection('no marks', 'table', 'new')).toThrow('missing');
  });
});
