import { describe, expect, it } from 'vitest';
import { profileOfNames } from '../testing/fixed-tree.ts';
import { Certainty } from '../tree/call-tree.ts';
import { assignColors, type ColorScheme, getBlockColor, getSwatchColor } from './colors.ts';
import { packageOf } from './packages.ts';
import { BUILTIN_COLOR, heatColor, libColor, ownColor, STEP_COUNT } from './palette.ts';
import { assignSlots, hashName } from './slots.ts';

const FILES = {
  main: '/s/shop/main.py',
  cart: '/s/tools/cart.py',
  render: '/v/site-packages/jinja2/render.py',
  parse: '/v/site-packages/jinja2/parse.py',
  len: '~',
};
const names = Object.keys(FILES);
const base = profileOfNames(names, FILES);
const column = [Float64Array.of(1, 2, 3, 4, 5)];
const profile = { ...base, functions: { ...base.functions, self: column, total: column } };
const packages = packageOf(profile);
const colorsOf = (scheme: ColorScheme) => assignColors(profile, packages, scheme);
const hueOf = (color: number) => Math.floor(color / STEP_COUNT);

describe('slots', () => {
  it('depend on the letters of the name alone while there is no conflict', () => {
    expect(hashName('jinja2')).toBe(hashName('jinja2'));
    expect(assignSlots([{ name: 'jinja2', own: false }])[0]).toBe(hashName('jinja2') % 12);
  });

  it('are all different for twelve names, own code first', () => {
    const seekers = Array.from({ length: 12 }, (_, i) => ({ name: `p${i}`, own: i === 11 }));
    const slots = assignSlots(seekers);
    expect(new Set(slots).size).toBe(12);
    expect(slots[11]).toBe(hashName('p11') % 12);
  });

  it('do not change when two packages swap their rank', () => {
    const seekers = ['jinja2', 'docutils', 're', 'yaml'].map((name) => ({ name, own: false }));
    const swapped = [seekers[1]!, seekers[0]!, seekers[2]!, seekers[3]!];
    const [a, b] = [assignSlots(seekers), assignSlots(swapped)];
    expect([a[0], a[1]]).toEqual([b[1], b[0]]);
  });

  it('fall back to the letters when all are taken', () => {
    const seekers = Array.from({ length: 40 }, (_, i) => ({ name: `p${i}`, own: false }));
    expect(assignSlots(seekers)[39]).toBe(hashName('p39') % 12);
  });
});

describe('colour schemes', () => {
  it('gives a package one hue, its files shades of it, own code the strong set and built-ins grey', () => {
    const colors = colorsOf('package');
    const [main, cart, render, parse, len] = names.map((_, frame) => colors.of(frame));
    expect(hueOf(render!)).toBe(hueOf(parse!));
    expect(hueOf(main!)).not.toBe(hueOf(cart!));
    expect(Math.max(main!, cart!)).toBeLessThan(libColor(0));
    expect(render).toBeGreaterThanOrEqual(libColor(0));
    expect(len).toBe(BUILTIN_COLOR);
    expect(colors.swatch(2)).toBe(colors.swatch(3));
    expect(colors.legend.map((entry) => [entry.name, entry.self, entry.own])).toEqual([
      ['jinja2', 7, false],
      ['built-in', 5, false],
      ['tools', 2, true],
      ['shop', 1, true],
    ]);
  });

  it('gives files and functions hues of their own', () => {
    const files = colorsOf('file');
    expect(new Set(names.map((_, frame) => files.of(frame))).size).toBe(5);
    expect(files.legend[0]!.name).toBe('built-in');
    const functions = colorsOf('function');
    expect(functions.legend.map((entry) => entry.name)).toEqual(['len', 'parse', 'render', 'cart', 'main']);
  });

  it('sets own code against libraries', () => {
    expect(colorsOf('own').legend.map((entry) => [entry.name, entry.self])).toEqual([
      ['own code', 3],
      ['libraries', 7],
      ['built-in', 5],
    ]);
    expect(hueOf(colorsOf('own').of(0))).toBe(hueOf(ownColor(0)));
  });

  it('heats by the square root of the share of the zoomed node', () => {
    const colors = colorsOf('heat');
    const levels = [0, 0.01, 0.03, 0.25, 1].map((share) => getBlockColor(colors, 0, share, Certainty.exact));
    expect(levels).toEqual([0, 0, 1, 3, 6].map(heatColor));
    expect(colors.legend).toHaveLength(7);
  });

  it('tells certainty by colour, estimates grey', () => {
    const colors = colorsOf('certainty');
    expect(getBlockColor(colors, 0, 1, Certainty.exact)).toBe(libColor(0));
    expect(getBlockColor(colors, 0, 1, Certainty.matched)).toBe(getBlockColor(colors, 0, 1, Certainty.bounded));
    expect(getBlockColor(colors, 0, 1, Certainty.inferred)).toBe(BUILTIN_COLOR);
  });

  it('paints "all" grey', () => {
    expect(getBlockColor(colorsOf('package'), -1, 1, Certainty.exact)).toBe(BUILTIN_COLOR);
  });

  it('makes small swatches stronger than blocks', () => {
    expect(getSwatchColor(ownColor(0), 'light')).toBe('#7299e1');
    expect(getSwatchColor(ownColor(0), 'dark')).toBe('#3b7ee1');
  });
});
