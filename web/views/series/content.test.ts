import { describe, expect, it } from 'vitest';
import type { Profile, Span } from '../../../shared/model/profile.ts';
import type { PanelProps } from '../panel-props.ts';
import { buildBrackets, findSpanAt } from './brackets.ts';
import { buildContent, clampView, getSpanView, isChanged } from './content.ts';
import { LANE_PX, layOut, RULER_PX } from './geometry.ts';

const span = (name: string, start: number, end: number): Span => ({ name, start, end, values: [0, 1024] });

function propsOf(spans: readonly Span[], change: Partial<PanelProps> = {}): PanelProps {
  const time = Float64Array.of(100, 110);
  const series = [{ name: 'memory', unit: 'bytes', group: '', time, value: time }];
  const profile = { series, spans, metrics: [{ name: 'memory', unit: 'bytes' }] } as unknown as Profile;
  const plain = { profile, threads: [profile], name: 'a.dat', option: '', selected: -1, matches: null, theme: 'light' };
  return { ...plain, ...change } as unknown as PanelProps;
}

describe('what the view shows', () => {
  it('is kept where nothing of it has changed', () => {
    const props = propsOf([span('f', 101, 102)]);
    const before = buildContent(props, null);
    const now = buildContent({ ...props, narrow: true }, before);
    expect([now.panels === before.panels, now.file === before.file, isChanged(before, now)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isChanged(before, buildContent({ ...props, theme: 'dark' }, before))).toBe(true);
    expect(isChanged(before, buildContent({ ...props, option: 'zero=0' }, before))).toBe(true);
  });

  it('has another file from when it was read, and none that has nothing over time', () => {
    const other = propsOf([]).threads;
    const read = (threads: readonly Profile[] | null) =>
      buildContent(propsOf([], { option: 'with=x', others: [{ id: 'x', name: 'b.dat', threads }] }), null);
    expect(read(null).other).toBeNull();
    expect(read([]).other).toBeNull();
    expect(read(other).other?.name).toBe('b.dat');
    expect(read(other).tracks.map(({ isOther }) => isOther)).toEqual([false, true]);
  });

  it('never leaves the run, and never comes so near that nothing can be told', () => {
    expect(clampView({ from: -5, to: 3 }, 10)).toEqual({ from: 0, to: 8 });
    expect(clampView({ from: 8, to: 14 }, 10)).toEqual({ from: 4, to: 10 });
    expect(clampView({ from: -1, to: 99 }, 10)).toEqual({ from: 0, to: 10 });
    const { from, to } = clampView({ from: 5, to: 5 }, 10);
    expect(to - from).toBeCloseTo(1e-7, 12);
    expect(buildContent(propsOf([], { option: 'from=500,to=600' }), null).wanted).toEqual({ from: 0, to: 10 });
  });
});

describe('brackets', () => {
  const spans = [span('outer', 100, 110), span('inner', 102, 104), span('endless', 105, Number.NaN)];
  const content = buildContent(propsOf(spans), null);
  const view = { from: 0, to: 10 };
  const geometry = layOut(1072, 300, { panels: 1, lanes: 2, names: 8 });
  const context = { geometry, dpr: 1, view };

  it('stand where the functions ran, in lanes, open where they did not end', () => {
    const brackets = buildBrackets(content, context, 1, () => false);
    expect(brackets.map(({ name, x0, x1, isOpenRight, isStrong }) => [name, x0, x1, isOpenRight, isStrong])).toEqual([
      ['outer', 64, 1064, false, false],
      ['inner', 264, 464, false, true],
      ['endless', 564, 1064, true, false],
    ]);
    expect(brackets[1]!.top - brackets[0]!.top).toBe(LANE_PX);
  });

  it('are found under a pointer', () => {
    const at = (x: number, lane: number) => findSpanAt(content, context, x, RULER_PX + lane * LANE_PX + 5);
    expect([at(300, 0), at(300, 1), at(500, 1), at(600, 1), at(300, 2)]).toEqual([0, 1, -1, 2, -1]);
    expect(findSpanAt(content, context, 300, 5)).toBe(-1);
  });

  it('are drawn once where many lie in one pixel', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => span('f', 100 + i * 2e-4, 100 + i * 2e-4 + 1e-4));
    const drawn = buildBrackets(buildContent(propsOf(many), null), context, -1, () => false);
    expect(drawn.length).toBeLessThan(1001);
    expect(drawn.length).toBeGreaterThan(400);
  });

  it('know their part of the time', () => {
    expect(getSpanView(content, 1)).toEqual({ from: 2, to: 4 });
    expect(getSpanView(content, 2)).toEqual({ from: 5, to: 10 });
  });
});
