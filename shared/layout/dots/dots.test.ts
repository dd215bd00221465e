import { describe, expect, it } from 'vitest';
import { placeDots } from './dots.ts';

const place = (x: number[], room = 20) => placeDots(Float64Array.from(x), { diameter: 5, room });

describe('dots along a line', () => {
  it('stay on the line while they are apart', () => {
    expect([...place([0, 5, 10, 40]).y]).toEqual([0, 0, 0, 0]);
  });

  it('are stacked up and down in turn where they meet, and keep their x', () => {
    const { x, y } = place([10, 10, 10, 11, 30]);
    expect([...y]).toEqual([0, 5, -5, 10, 0]);
    expect([...x]).toEqual([10, 10, 10, 11, 30]);
  });

  it('never overlap while there is room', () => {
    const { x, y, isCrowded } = place(Array.from({ length: 60 }, (_, i) => i * 1.3));
    expect(isCrowded).toBe(false);
    for (let i = 0; i < x.length; i++)
      for (let j = 0; j < i; j++)
        expect(Math.abs(x[i]! - x[j]!) >= 5 - 1e-9 || Math.abs(y[i]! - y[j]!) >= 5).toBe(true);
  });

  it('say so when they have to lie over each other', () => {
    const { y, isCrowded } = place([1, 1, 1, 1, 1], 5);
    expect(isCrowded).toBe(true);
    expect([...y]).toEqual([0, 5, -5, 0, 0]);
  });

  it('may be none', () => {
    expect(place([]).x).toHaveLength(0);
  });
});
