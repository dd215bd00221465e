import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../shared/color/palette.ts';
import { getLineColor } from './series-colors.ts';

/** Relative luminance. Source: WCAG 2.2, "relative luminance". */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

describe('colours of lines', () => {
  it.each(['light', 'dark'] as const)('stand out from the surface in %s', (theme) => {
    for (let hue = 0; hue < 12; hue++) {
      expect(contrast(getLineColor(hue, theme), PALETTES[theme].surface), String(hue)).toBeGreaterThan(3);
    }
  });

  it('are twelve, then come again', () => {
    const colors = Array.from({ length: 12 }, (_, hue) => getLineColor(hue, 'light'));
    expect(new Set(colors).size).toBe(12);
    expect(getLineColor(12, 'light')).toBe(colors[0]);
  });
});
