import { describe, expect, it } from 'vitest';
import { placeTooltip } from './place.ts';

const WINDOW = { width: 1000, height: 600 };
const SIZE = { width: 284, height: 120 };

describe('placeTooltip', () => {
  it('stands right of the pointer and under the block', () => {
    const box = { left: 80, top: 90, right: 300, bottom: 109 };
    expect(placeTooltip({ at: { x: 100, y: 100 }, size: SIZE, window: WINDOW, box })).toEqual({ left: 112, top: 113 });
  });

  it('never covers the hovered block and never leaves the window, wherever the pointer is', () => {
    for (let x = 0; x < WINDOW.width; x += 37) {
      for (let y = 0; y < WINDOW.height; y += 7) {
        const row = Math.floor(y / 20) * 20;
        const box = { left: 0, top: row, right: 1000, bottom: row + 19 };
        const { left, top } = placeTooltip({ at: { x, y }, size: SIZE, window: WINDOW, box });
        expect(left).toBeGreaterThanOrEqual(8);
        expect(left + SIZE.width).toBeLessThanOrEqual(WINDOW.width - 8);
        expect(top).toBeGreaterThanOrEqual(8);
        expect(top + SIZE.height).toBeLessThanOrEqual(WINDOW.height - 8);
        expect(top >= box.bottom || top + SIZE.height <= box.top, `pointer at ${x}, ${y}`).toBe(true);
      }
    }
  });

  it('leaves a row of blocks free when it is not told where the block is', () => {
    const { top } = placeTooltip({ at: { x: 100, y: 100 }, size: SIZE, window: WINDOW, box: null });
    expect(top).toBeGreaterThanOrEqual(120);
  });

  it('stays at the edge of a window that is too small for it', () => {
    const at = { x: 50, y: 50 };
    expect(placeTooltip({ at, size: SIZE, window: { width: 200, height: 100 }, box: null })).toEqual({
      left: 8,
      top: 8,
    });
  });
});
