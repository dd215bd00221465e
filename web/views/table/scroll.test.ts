import { describe, expect, it } from 'vitest';
import { MAX_SCROLL_HEIGHT, RowScroller } from './scroll.ts';

function scrollerOf(rows: number, viewHeight = 240): RowScroller {
  const scroller = new RowScroller(24, 0);
  scroller.resize(rows, viewHeight);
  return scroller;
}

describe('RowScroller', () => {
  it('draws the rows on screen and no others', () => {
    const scroller = scrollerOf(1000);
    expect(scroller.window).toEqual({ first: 0, end: 10, top: 0 });
    scroller.scrolled(36);
    expect(scroller.window).toEqual({ first: 1, end: 12, top: 24 });
  });

  it('draws all rows of a short table', () => {
    expect(scrollerOf(3).window).toEqual({ first: 0, end: 3, top: 0 });
    expect(scrollerOf(0).window).toEqual({ first: 0, end: 0, top: 0 });
  });

  it('stays within what browsers lay out and still reaches both ends of a million rows', () => {
    const scroller = scrollerOf(1_000_000);
    expect(scroller.scrollHeight).toBe(MAX_SCROLL_HEIGHT);
    scroller.scrolled(MAX_SCROLL_HEIGHT - 240);
    expect(scroller.window).toMatchObject({ first: 999_990, end: 1_000_000 });
    scroller.scrolled(0);
    expect(scroller.window).toMatchObject({ first: 0, top: 0 });
  });

  it('moves a million rows by as many pixels as the wheel turned', () => {
    const scroller = scrollerOf(1_000_000);
    scroller.scrolled(4_000_000);
    const before = scroller.window.first;
    scroller.scrolled(4_000_000 + 48);
    expect(scroller.window.first).toBe(before + 2);
  });

  it('knows its own moves again', () => {
    const scroller = scrollerOf(1000);
    scroller.scrolled(480);
    scroller.toTop();
    scroller.aligned(scroller.wantedScrollTop);
    expect([scroller.isAt(0), scroller.isAt(480)]).toEqual([true, false]);
  });

  it('puts the thumb where the rows are without moving the rows', () => {
    const scroller = scrollerOf(1_000_000);
    for (let turn = 1; turn <= 100; turn++) scroller.scrolled(turn * 120);
    const { first } = scroller.window;
    expect(first).toBe(500);
    const wanted = scroller.wantedScrollTop;
    expect(wanted).toBeLessThan(12_000);
    scroller.aligned(wanted);
    expect(scroller.window.first).toBe(first);
  });

  it('brings the next row into view by one row, and any other near the middle', () => {
    const scroller = scrollerOf(1000);
    expect(scroller.reveal(5)).toBe(false);
    expect(scroller.reveal(10)).toBe(true);
    expect(scroller.wantedScrollTop).toBe(24);
    expect(scroller.center(5)).toBe(false);
    expect(scroller.center(500)).toBe(true);
    expect(scroller.wantedScrollTop).toBe(496 * 24);
  });

  it('does not scroll past the last row when the table becomes shorter', () => {
    const scroller = scrollerOf(1000);
    scroller.scrolled(20_000);
    scroller.resize(15, 240);
    expect(scroller.wantedScrollTop).toBe(120);
    scroller.resize(4, 240);
    expect(scroller.wantedScrollTop).toBe(0);
  });
});
