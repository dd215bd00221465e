import { describe, expect, it } from 'vitest';
import { indexTimeline } from '../../../shared/layout/timeline-index.ts';
import { profileOfRows } from '../../../shared/testing/random-samples.ts';
import { finish } from '../../../shared/tree/steps.ts';
import { arrangeLanes } from './lanes.ts';
import { formatMoment, formatStretch, roundTo } from './times.ts';
import { between } from './view-motion.ts';
import { Viewport } from './viewport.ts';

function viewport(start = 0): Viewport {
  const profile = profileOfRows([{ stack: [0], time: 100, goesOn: 99 }], start);
  return new Viewport(arrangeLanes([{ profile, index: finish(indexTimeline(profile))! }], [])!);
}

describe('what is in view', () => {
  it('stays inside of the axis, and no narrower than its numbers can tell', () => {
    const port = viewport();
    expect(port.fit({ from: -0.2, to: 0.3 })).toEqual({ from: 0, to: 0.5 });
    expect(port.fit({ from: 0.75, to: 1.25 })).toEqual({ from: 0.5, to: 1 });
    expect(port.fit({ from: 0, to: 1 - 1e-9 })).toEqual({ from: 0, to: 1 });
    const { from, to } = port.fit({ from: 0.5, to: 0.5 });
    expect(to - from).toBeCloseTo(1e-8, 12);
    // A clock that began long ago has fewer digits for parts of a second.
    expect(viewport(1e12).least).toBeCloseTo(0.01, 6);
  });

  it('goes back the way it came, never further in', () => {
    const port = viewport();
    port.keep();
    port.jump({ from: 0.2, to: 0.6 });
    port.keep();
    port.jump({ from: 0.3, to: 0.4 });
    expect(port.takeBack()).toEqual({ from: 0.2, to: 0.6 });
    // The wheel went out beyond that.
    port.jump({ from: 0.1, to: 0.9 });
    expect(port.takeBack()).toEqual({ from: 0, to: 1 });
    port.jump({ from: 0, to: 1 });
    expect(port.takeBack()).toBe(null);
  });

  it('comes to what is beside it, whole where it can', () => {
    const port = viewport();
    port.jump({ from: 0.4, to: 0.6 });
    const found = (from: number, to: number) => {
      const view = port.findViewOf({ from, to });
      return view === null ? null : [Math.round(view.from * 100), Math.round(view.to * 100)];
    };
    expect(found(30, 50)).toBe(null);
    expect(found(70, 80)).toEqual([62, 82]);
    expect(found(70, 95)).toEqual([68, 88]);
    expect(found(10, 20)).toEqual([8, 28]);
  });

  it('moves to a part in a quarter of a second', () => {
    const port = viewport();
    port.glide({ from: 0.5, to: 0.6 }, 1000);
    expect([port.advance(1100), port.isGliding, port.target]).toEqual([true, true, { from: 0.5, to: 0.6 }]);
    expect([port.advance(1240), port.isGliding, port.view]).toEqual([true, false, { from: 0.5, to: 0.6 }]);
    expect(port.advance(1300)).toBe(false);
  });

  it('grows by the same factor in the same time, about the place that stays', () => {
    const half = between({ from: 0, to: 1 }, { from: 0.9, to: 0.91 }, 0.5);
    expect(half.to - half.from).toBeCloseTo(0.1, 12);
    const fixed = 0.9 / 0.99;
    expect((fixed - half.from) / 0.1).toBeCloseTo(fixed, 12);
    expect(between({ from: 0.1, to: 0.2 }, { from: 0.3, to: 0.4 }, 0.5).from).toBeCloseTo(0.2, 12);
  });
});

describe('times', () => {
  const plain = (text: string): string => text.replaceAll('\u202f', ' ');

  it.each([
    [12.5, 0.4, 'seconds', '12.500 s'],
    [12.50037, 0.0005, 'seconds', '12.500370 s'],
    [2.4, 0, 'milliseconds', '2.40 ms'],
    [0, 3, 'seconds', '0'],
    [1234, 10, 'count', '1.2340 k'],
  ] as const)('say %d, of something %d %s long, as %s', (value, length, unit, text) => {
    expect(plain(formatMoment(value, length, 0, unit))).toBe(text);
  });

  it('count from the beginning of the axis', () => {
    expect(plain(formatStretch({ from: 1000.5, to: 1002 }, 1000, 'seconds'))).toBe('500 ms–2 s');
  });

  it('are rounded to what can be told on screen', () => {
    expect([roundTo(1 / 3, 1), roundTo(1234567.89123, 1000), roundTo(0.1 + 0.2, 10)]).toEqual([
      0.333333, 1234567.891, 0.3,
    ]);
  });
});
