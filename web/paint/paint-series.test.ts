import { describe, expect, it } from 'vitest';
import { reduceSeries } from '../../shared/layout/series/columns.ts';
import { paintSeries, type SeriesContext } from './paint-series.ts';
import type { BracketPicture, LinePicture, SeriesFrame } from './series-frame.ts';
import { TextMeasure } from './text.ts';

/** A context that writes down what it is told. */
function record() {
  const calls: string[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push(
        `${name} ${args.map((arg) => (typeof arg === 'number' ? Math.round(arg * 10) / 10 : String(arg))).join(' ')}`.trim(),
      );
    };
  const names = [
    'fillRect',
    'fillText',
    'strokeText',
    'beginPath',
    'closePath',
    'moveTo',
    'lineTo',
    'rect',
    'arc',
    'fill',
    'stroke',
    'clip',
    'save',
    'restore',
    'setLineDash',
  ];
  const context = {
    font: '',
    measureText: (text: string) => ({ width: text.length * 6 }),
    ...Object.fromEntries(names.map((name) => [name, note(name)])),
  } as unknown as SeriesContext;
  return { context, calls };
}

const FRAME: SeriesFrame = {
  width: 120,
  height: 100,
  dpr: 1,
  theme: 'light',
  fonts: { normal: 'n', strong: 's', small: 'x' },
  left: 10,
  right: 110,
  ruler: 18,
  ticks: [],
  brackets: [],
  lane: 20,
  panels: [],
};

function paint(change: Partial<SeriesFrame>): string[] {
  const { context, calls } = record();
  paintSeries(context, new TextMeasure(context), { ...FRAME, ...change });
  return calls;
}

/** A panel from 0 to 10 over 50 px, with a line of these values one second apart, in 4 columns of 25 px. */
function paintLine(values: number[], change: Partial<LinePicture> = {}): string[] {
  const time = Float64Array.from(values, (_, i) => i);
  const columns = reduceSeries(time, Float64Array.from(values), { from: 0, to: values.length - 1, columns: 100 });
  const line = { hue: 0, isDashed: false, columns, before: null, after: null, area: null, hasDots: false, ...change };
  const panel = { top: 40, height: 50, low: 0, high: 10, marks: [], lines: [line], labels: [] };
  return paint({ panels: [panel] });
}

const bracket = (change: Partial<BracketPicture>): BracketPicture => ({
  x0: 20,
  x1: 100,
  isOpenLeft: false,
  isOpenRight: false,
  top: 20,
  name: 'load_everything',
  more: '1 s',
  isStrong: false,
  isDim: false,
  ...change,
});
const textsOf = (calls: string[]) => calls.filter((call) => call.startsWith('fillText'));

describe('values over time on a canvas', () => {
  it('go through every point', () => {
    const calls = paintLine([0, 10, 5]);
    expect(calls.filter((call) => /^(moveTo|lineTo)/.test(call))).toEqual([
      'moveTo 10 90',
      'lineTo 60 40',
      'lineTo 110 65',
    ]);
  });

  it('leave a gap where nothing is known', () => {
    const moves = paintLine([0, 10, Number.NaN, 5, 5]).filter((call) => /^(moveTo|lineTo)/.test(call));
    expect(moves).toEqual(['moveTo 10 90', 'lineTo 35 40', 'moveTo 85 65', 'lineTo 110 65']);
  });

  it('are dashed when they are another file’s, and have dots where there is room', () => {
    expect(paintLine([0, 10], { isDashed: true })).toContain('setLineDash 5,3');
    expect(paintLine([0, 10], { hasDots: true }).filter((call) => call.startsWith('arc'))).toHaveLength(2);
  });

  it('fill their area down to the ground', () => {
    const calls = paintLine([10, 10], { area: { below: null } });
    expect(calls.slice(calls.indexOf('clip'), calls.indexOf('closePath'))).toEqual([
      'clip',
      'beginPath',
      'moveTo 10 40',
      'lineTo 10 40',
      'lineTo 110 40',
      'lineTo 110 90',
      'lineTo 10 90',
    ]);
  });

  it('have brackets with feet where they begin and end, and names that fit', () => {
    expect(textsOf(paint({ brackets: [bracket({ name: 'load' })] }))).toEqual([
      'fillText load 25 36',
      'fillText 1 s 57 36',
    ]);
    expect(textsOf(paint({ brackets: [bracket({})] }))).toEqual(['fillText load_e…hing 25 36']);
    expect(textsOf(paint({ brackets: [bracket({ x1: 40 })] }))).toEqual([]);
    const feet = (change: Partial<BracketPicture>) =>
      paint({ brackets: [bracket(change)] }).filter((call) => /^fillRect \d+ 20 1 5$/.test(call)).length;
    expect([feet({}), feet({ isOpenRight: true }), feet({ isOpenLeft: true, isOpenRight: true })]).toEqual([2, 1, 0]);
  });

  it('write no number of the ruler over the edge', () => {
    const ticks = [
      { at: 0, text: '0' },
      { at: 95, text: '95 s' },
    ];
    expect(textsOf(paint({ ticks }))).toEqual(['fillText 0 14 14']);
  });
});
