import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../shared/model/profile.ts';
import { TextMeasure } from '../../paint/text.ts';
import { layOut } from './geometry.ts';
import { parseSetting } from './option.ts';
import { buildPanelPictures, getTimeX, type PictureContext } from './picture.ts';
import { buildPanels, readSeriesFile } from './tracks.ts';

const measure = new TextMeasure({ font: '', measureText: (text) => ({ width: text.length * 6 }) });
const fonts = { normal: '12px x', strong: '12px y', small: '11px x' };
const plain = (text: string) => text.replaceAll('\u202f', ' ');

/** Pictures of `name:unit` to its points, in a picture of 500 × 300. */
function picturesOf(all: Record<string, [number, number][]>, option = '', view = { from: 0, to: 4 }) {
  const series = Object.entries(all).map(([name, points]) => ({
    name: name.split(':')[0]!,
    unit: name.split(':')[1] as 'bytes' | 'count',
    group: '',
    time: Float64Array.from(points, ([time]) => time),
    value: Float64Array.from(points, ([, value]) => value),
  }));
  const setting = parseSetting(option);
  const panels = buildPanels(readSeriesFile('a', [{ series } as unknown as Profile]), null, setting);
  const geometry = layOut(500, 300, { panels: panels.length, lanes: 0, names: 80 });
  const context: PictureContext = {
    geometry,
    dpr: 1,
    theme: 'light',
    fonts,
    measure,
    view,
    fromZero: setting.fromZero,
    axis: 'seconds',
  };
  return { pictures: buildPanelPictures(panels, context), context, geometry };
}

const RISING: [number, number][] = [0, 1, 2, 3, 4].map((at) => [at, at === 3 ? 50 : 10 + at]);

describe('the picture of values over time', () => {
  it('marks the peak with its value and its time, where it is', () => {
    const { pictures, context } = picturesOf({ 'reads:count': RISING });
    const [peak] = pictures[0]!.labels;
    expect([plain(peak!.text), peak!.x]).toEqual(['peak 50 at 3.00 s', getTimeX(context, 3)]);
    const { top, height, high } = pictures[0]!;
    expect(peak!.y).toBeCloseTo(top + height - (50 / high) * height, 9);
  });

  it('marks the highest in view where the peak is not, and says so', () => {
    const { pictures } = picturesOf({ 'reads:count': RISING }, '', { from: 0, to: 2.5 });
    expect(pictures[0]!.labels.map(({ text }) => text)).toEqual(['most in view 12']);
  });

  it('marks no peak on a line that is level', () => {
    expect(
      picturesOf({
        'reads:count': [
          [0, 3],
          [4, 3],
        ],
      }).pictures[0]!.labels,
    ).toEqual([]);
  });

  it('leads lines on to the points beside the view', () => {
    const { pictures, context, geometry } = picturesOf({ 'reads:count': RISING }, '', { from: 0.5, to: 2.5 });
    const { before, after } = pictures[0]!.lines[0]!;
    expect([before!.x, after!.x]).toEqual([getTimeX(context, 0), getTimeX(context, 3)]);
    expect([before!.x < geometry.left, after!.x > geometry.right]).toEqual([true, true]);
  });

  it('keeps its scale while time is panned, and fits it to the view when asked', () => {
    const scaleOf = (...args: Parameters<typeof picturesOf>) => picturesOf(...args).pictures[0]!;
    expect(scaleOf({ 'reads:count': RISING }, '', { from: 0, to: 2.5 }).high).toBe(56);
    const { low, high } = scaleOf({ 'reads:count': RISING }, 'zero=0', { from: 0, to: 2.5 });
    expect([low < 10, low > 9, high > 12, high < 13]).toEqual([true, true, true, true]);
  });

  it('names lines at their ends, apart from each other', () => {
    const { pictures } = picturesOf({
      'a:bytes': [
        [0, 5],
        [4, 9],
      ],
      'b:bytes': [
        [0, 6],
        [4, 9],
      ],
      'c:bytes': [
        [0, 7],
        [4, 9],
      ],
    });
    const names = pictures[0]!.labels.filter(({ kind }) => kind === 'name');
    expect(names.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    for (const [i, { y }] of names.entries()) if (i > 0) expect(y - names[i - 1]!.y).toBeGreaterThanOrEqual(13);
  });

  it('has a panel for each unit, one under the other', () => {
    const { pictures, geometry } = picturesOf({ 'a:bytes': RISING, 'n:count': RISING });
    expect(pictures).toHaveLength(2);
    expect(pictures[1]!.top).toBeGreaterThan(pictures[0]!.top + pictures[0]!.height);
    expect(pictures[1]!.top + pictures[1]!.height).toBeLessThanOrEqual(geometry.height);
  });

  it('grows where panels need more room than there is', () => {
    expect(layOut(500, 100, { panels: 5, lanes: 2, names: 0 }).height).toBeGreaterThan(400);
    expect(layOut(500, 100, { panels: 0, lanes: 0, names: 0 }).panels).toEqual([]);
  });
});
