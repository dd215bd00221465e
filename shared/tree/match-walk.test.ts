import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../model/build.ts';
import { buildFunctionRows } from './function-rows.ts';
import { findNextMatch, getMatchPlace } from './match-walk.ts';

const builder = new ProfileBuilder();
// Totals; NaN is unknown, and self stands for it.
[5, 9, Number.NaN, 9, 1, 7].forEach((total, i) => {
  builder.setFunction(builder.addFrame(`f${i}`, 'a.py', 1), { calls: 1, self: [6], total: [total] });
});
const rows = buildFunctionRows(builder.build());
const found = { matches: Uint8Array.of(1, 1, 1, 1, 0, 1), count: 5, spans: null };
const none = { matches: new Uint8Array(6), count: 0, spans: null };
/** Largest first: 9, 9, 7, 6, 5. */
const ORDER = [1, 3, 5, 2, 0];

describe('the way through matches', () => {
  it('goes from the largest to the smallest and round', () => {
    const walked = [ORDER[0]!];
    for (let i = 0; i < ORDER.length; i++) walked.push(findNextMatch(found, rows, walked.at(-1)!, 1));
    expect(walked).toEqual([...ORDER, ORDER[0]]);
  });

  it('goes back the same way', () => {
    expect(ORDER.map((frame) => findNextMatch(found, rows, frame, -1))).toEqual([0, 1, 3, 5, 2]);
  });

  it('begins at an end where nothing that matches is selected', () => {
    expect([-1, 4].map((frame) => findNextMatch(found, rows, frame, 1))).toEqual([1, 1]);
    expect([-1, 4].map((frame) => findNextMatch(found, rows, frame, -1))).toEqual([0, 0]);
    expect(findNextMatch(none, rows, 1, 1)).toBe(-1);
  });

  it('knows the place of each', () => {
    expect(ORDER.map((frame) => getMatchPlace(found, rows, frame))).toEqual([0, 1, 2, 3, 4]);
    expect(getMatchPlace(found, rows, 4)).toBe(-1);
  });
});
