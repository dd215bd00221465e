import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getBlockFills } from './fills.ts';
import { getBlockColors, mixColors, PALETTES, type Theme } from './palette.ts';

const css = readFileSync(new URL('../../web/style/tokens.css', import.meta.url), 'utf8');

/** Values of custom properties in a piece of style sheet, without the double dash. */
function readTokens(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1], match[2]]));
}

const DARK_SWITCH = ':root[data-theme="dark"]';
const light = readTokens(css.slice(0, css.indexOf('@media')));
const dark = {
  ...light,
  ...readTokens(css.slice(css.indexOf(DARK_SWITCH), css.lastIndexOf('@media (prefers-reduced'))),
};

/** WCAG contrast of two `#rrggbb`. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x! + 0.05) / (y! + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('palette, %s', (theme: Theme, tokens) => {
  it('is the style sheet, value by value', () => {
    const palette = PALETTES[theme];
    for (const [name, value] of Object.entries(palette)) {
      const token = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/(\D)(\d)$/, '$1-$2');
      if (typeof value === 'string') expect(tokens[token], token).toBe(value);
      else if (typeof value === 'number') expect(Number(tokens[token]), token).toBe(value);
      else {
        const first = token === 'heat' ? 0 : 1;
        expect(value).toEqual(value.map((_: string, i: number) => tokens[`${token}-${i + first}`]));
      }
    }
  });

  it('gives every text on every kind of block a contrast of 4.5 at least', () => {
    const { lit, dim } = getBlockFills(theme);
    const { surface } = PALETTES[theme];
    const grounds: [string, string[]][] = [
      [lit.label, [...lit.plain, ...lit.estimated, ...lit.lines]],
      [lit.label2, [...lit.plain, ...lit.estimated, ...lit.lines]],
      [lit.quiet, [...lit.self, ...lit.above, surface]],
      [dim.label, [...dim.plain, ...dim.estimated, ...dim.lines, ...dim.self, ...dim.above, surface]],
    ];
    for (const [text, colors] of grounds) {
      for (const color of colors) expect(contrast(text, color), `${text} on ${color}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('gives the lines of selection and match a contrast of 3 at least', () => {
    const { select, hover, match } = PALETTES[theme];
    for (const line of [select, hover, match]) {
      for (const color of getBlockColors(theme)) expect(contrast(line, color)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('the style sheet', () => {
  it('says the dark values twice, for the system and for the switch, and both agree', () => {
    const system = css.slice(css.indexOf('{', css.indexOf(':root:not(')), css.indexOf(DARK_SWITCH));
    expect(readTokens(system)).toEqual(
      readTokens(css.slice(css.indexOf(DARK_SWITCH), css.lastIndexOf('@media (prefers-reduced'))),
    );
  });
});

describe('mixing', () => {
  it('goes from one colour to the other', () => {
    expect([0, 0.5, 1].map((share) => mixColors('#000000', '#ff8000', share))).toEqual([
      '#000000',
      '#804000',
      '#ff8000',
    ]);
  });
});
