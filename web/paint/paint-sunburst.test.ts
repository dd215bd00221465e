import { describe, expect, it } from 'vitest';
import { LetterWidths, paintArcText } from './arc-text.ts';
import { getLeastTurn, getSunburstGeometry, getTurnAt } from './sunburst-geometry.ts';
import { TextMeasure } from './text.ts';

const SIZE = { width: 800, height: 500, dpr: 1 };

describe('rings', () => {
  it('are 23 to 40 pixels thick, as many as fit, around a disc of a quarter', () => {
    const many = getSunburstGeometry(SIZE, 30);
    expect([many.inner, many.rings]).toEqual([60.5, 7]);
    expect(many.ring).toBeCloseTo(181.5 / 7, 10);
    const few = getSunburstGeometry(SIZE, 3);
    expect([few.rings, few.ring]).toEqual([3, 40]);
    expect(getSunburstGeometry({ width: 100, height: 80, dpr: 1 }, 5).rings).toBe(0);
  });

  it('are found again at the middle of each, all the way round', () => {
    const g = getSunburstGeometry({ ...SIZE, dpr: 2 }, 5);
    for (let depth = 1; depth <= g.rings; depth++) {
      for (const x of [0.01, 0.26, 0.5, 0.74, 0.99]) {
        const radius = g.inner + (depth - 0.5) * g.ring;
        const angle = x * 2 * Math.PI;
        const at = getTurnAt(g, g.centerX + radius * Math.sin(angle), g.centerY - radius * Math.cos(angle));
        expect(at.depth).toBe(depth);
        expect(at.x).toBeCloseTo(x, 10);
      }
    }
    expect(getTurnAt(g, g.centerX, g.centerY).depth).toBe(0);
    expect(getTurnAt(g, 0, 0).depth).toBe(-1);
  });

  it('measure the narrowest arc where arcs are long', () => {
    expect(getLeastTurn(SIZE, 2) * 2 * Math.PI * 242 * 0.8).toBeCloseTo(2, 10);
  });
});

describe('text along an arc', () => {
  const letters = new LetterWidths(new TextMeasure({ font: '', measureText: (text) => ({ width: text.length * 6 }) }));

  /** Letters with their place around the centre in degrees, and how far they are turned. */
  function draw(text: string, angle: number): string[] {
    const drawn: string[] = [];
    let at = '';
    const context = {
      font: '',
      fillStyle: '',
      setTransform: (cos: number, sin: number, _c: number, _d: number, x: number, y: number) => {
        const around = (Math.round((Math.atan2(x, -y) * 180) / Math.PI) + 360) % 360;
        at = `${around}° turned ${Math.round((Math.atan2(sin, cos) * 180) / Math.PI)}°`;
      },
      fillText: (letter: string) => drawn.push(`${letter} ${at}`),
    };
    paintArcText(context, letters, text, 'n', { x: 0, y: 0, radius: 104, angle, rise: 4 });
    return drawn;
  }

  it('stands upright at the top, letters from left to right', () => {
    expect(draw('abc', 0)).toEqual(['a 357° turned -3°', 'b 0° turned 0°', 'c 3° turned 3°']);
  });

  it('is turned over in the lower half, so that it still reads from left to right', () => {
    expect(draw('abc', Math.PI)).toEqual(['a 183° turned 3°', 'b 180° turned 0°', 'c 177° turned -3°']);
  });

  it('runs down on the right side', () => {
    expect(draw('ab', Math.PI / 2 - 0.1)).toEqual(['a 83° turned 83°', 'b 86° turned 86°']);
  });
});
