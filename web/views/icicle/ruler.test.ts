import { describe, expect, it } from 'vitest';
import { getTicks } from './ruler.ts';

const texts = (from: number, to: number, total: number) =>
  getTicks({ from, to, top: 0 }, total, 'seconds', 1112, 1).map(
    ({ x, text }) => `${Math.round(x)} ${text.replace('\u202f', ' ')}`,
  );

describe('the ruler', () => {
  it('has marks in steps of 1, 2 or 5 about 150 px apart', () => {
    expect(texts(0, 1, 1.8)).toEqual([
      '0 0',
      '124 200 ms',
      '247 400 ms',
      '371 600 ms',
      '494 800 ms',
      '618 1 s',
      '741 1.2 s',
      '865 1.4 s',
      '988 1.6 s',
    ]);
  });

  it('keeps telling marks apart when a small part is looked at', () => {
    expect(texts(0.5, 0.5001, 1.8).slice(0, 3)).toEqual(['0 900 ms', '124 900.02 ms', '247 900.04 ms']);
  });

  it('has no half samples', () => {
    const counts = (total: number) =>
      getTicks({ from: 0, to: 1, top: 0 }, total, 'count', 1112, 1).map(({ text }) => text);
    expect(counts(5)).toEqual(['0', '1', '2', '3', '4']);
    expect(counts(2.5)).toEqual(['0', '0.5', '1', '1.5', '2']);
  });

  it('has no marks where nothing took time, and none before the start', () => {
    expect(texts(0, 1, 0)).toEqual([]);
    expect(texts(-1, 1, 1)[0]).toBe('556 0');
  });
});
