import { describe, expect, it } from 'vitest';
import { addHatch } from './hatch.ts';
import { fitLabel, type NameLabel } from './label.ts';
import { TextMeasure } from './text.ts';

/** Every letter is ten wide. */
const measure = new TextMeasure({ font: '', measureText: (text) => ({ width: text.length * 10 }) });
const LABEL: NameLabel = {
  prefix: 'lexer.',
  name: 'get_tokens_unprocessed',
  time: '466 ms',
  share: '25.9 %',
  place: 'lexer.py:702',
  strong: true,
};
const labelIn = (room: number, label = LABEL) =>
  fitLabel(measure, label, { room, normal: 'n', strong: 's', pixel: 1 })
    .map((piece) => piece.text)
    .join('');

describe('labels', () => {
  it('lose their place, then share, time and module as room shrinks', () => {
    expect(labelIn(600)).toBe('lexer.get_tokens_unprocessed  466 ms  25.9 %  lexer.py:702');
    expect(labelIn(560)).toBe('lexer.get_tokens_unprocessed  466 ms  25.9 %');
    expect(labelIn(430)).toBe('lexer.get_tokens_unprocessed  466 ms');
    expect(labelIn(350)).toBe('lexer.get_tokens_unprocessed');
    expect(labelIn(270)).toBe('get_tokens_unprocessed');
  });

  it('are then shortened in the middle, and vanish under eight letters', () => {
    expect(labelIn(180)).toBe('get_tokens…ocessed');
    expect(labelIn(80)).toBe('get_…sed');
    expect(labelIn(79)).toBe('');
  });

  it('show their place only from 420 pixels', () => {
    const short = { ...LABEL, prefix: '', name: 'a', time: '1', share: '2', place: 'b:3' };
    expect(labelIn(419, short)).toBe('a  1  2');
    expect(labelIn(420, short)).toBe('a  1  2  b:3');
  });

  it('never overflow at any width', () => {
    for (let room = 0; room < 700; room += 7) expect(labelIn(room).length * 10).toBeLessThanOrEqual(room);
  });

  it('take the longest of several texts', () => {
    const texts = { texts: ['26 smaller', '+26'] };
    const of = (room: number) => fitLabel(measure, texts, { room, normal: 'n', strong: 's', pixel: 1 })[0]?.text;
    expect([100, 99, 30, 29].map(of)).toEqual(['26 smaller', '+26', '+26', undefined]);
  });

  it('measure a text once', () => {
    let asked = 0;
    const counting = new TextMeasure({ font: '', measureText: (text) => ({ width: ++asked && text.length }) });
    expect([counting.width('a', 'n'), counting.width('a', 'n'), counting.width('a', 's')]).toEqual([1, 1, 1]);
    expect(asked).toBe(2);
  });
});

describe('hatching', () => {
  const polygons = (x: number, width: number) => {
    const found: [number, number][][] = [];
    const path = {
      moveTo: (px: number, py: number) => found.push([[px, py]]),
      lineTo: (px: number, py: number) => found.at(-1)!.push([px, py]),
    };
    addHatch(path, { x, y: 40, width, height: 19 }, 1);
    return found;
  };
  const area = (points: [number, number][]) =>
    Math.abs(
      points.reduce(
        (sum, [x, y], i) => sum + x * points[(i + 1) % points.length]![1] - points[(i + 1) % points.length]![0] * y,
        0,
      ),
    ) / 2;
  const sum = (found: [number, number][][]) => found.reduce((total, points) => total + area(points), 0);

  it('stays inside of its block', () => {
    for (const [x, y] of polygons(13, 57).flat()) {
      expect(x).toBeGreaterThanOrEqual(13);
      expect(x).toBeLessThanOrEqual(70);
      expect(y).toBeGreaterThanOrEqual(40);
      expect(y).toBeLessThanOrEqual(59);
    }
  });

  it('covers a quarter of the ground: lines of 1.5 every 6 pixels', () => {
    expect(sum(polygons(0, 1000)) / (1000 * 19)).toBeCloseTo(0.25, 2);
  });

  it('goes on over the edge of neighbours as one cloth', () => {
    expect(sum(polygons(0, 37)) + sum(polygons(37, 63))).toBeCloseTo(sum(polygons(0, 100)), 6);
  });
});
