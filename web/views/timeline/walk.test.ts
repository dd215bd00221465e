import { describe, expect, it } from 'vitest';
import { layoutTimeline } from '../../../shared/layout/timeline.ts';
import { indexTimeline } from '../../../shared/layout/timeline-index.ts';
import { profileOfRows } from '../../../shared/testing/random-samples.ts';
import { finish } from '../../../shared/tree/steps.ts';
import type { CallRows } from './call-list.ts';
import { CallSource, findLongest } from './call-source.ts';
import { arrangeLanes, type Lanes, measureLevels } from './lanes.ts';
import { getFrame, getTimes, type LaneCall } from './scene.ts';
import { sayCall } from './speech.ts';
import { WHOLE_VIEW } from './view-motion.ts';
import { findStart, findStep, type Step } from './walk.ts';

/** A thread from rows such as `0 1 2 x3`: functions of the stack, and for how long. */
function thread(start: number, ...rows: string[]) {
  const profile = profileOfRows(
    rows.map((row) => {
      const [stack = '', time = '1'] = row.split('x');
      return { stack: stack.split(' ').filter(Boolean).map(Number), time: Number(time), goesOn: 99 };
    }),
    start,
  );
  return { profile, index: finish(indexTimeline(profile))! };
}

const THREADS = [
  thread(0, '0 1 x2', '0 2 3 x5', '0 2 4 x1', '', '0 1 x1'),
  thread(2, '3 x2', '3 4 x2'),
  thread(0, '', '', 'x4', '2 x1'),
];

const arrange = (folded: number[] = []): Lanes => arrangeLanes(THREADS, folded)!;

function walk(lanes: Lanes, start: LaneCall, ...steps: Step[]): string {
  const blocks = layoutTimeline({
    lanes: lanes.list,
    axis: lanes.axis,
    from: 0,
    to: 1,
    minWidth: 1e-3,
    firstRow: 0,
    endRow: lanes.rows,
  });
  let at: LaneCall | null = start;
  for (const step of steps) {
    if (at === null) break;
    at = findStep(lanes, blocks, WHOLE_VIEW, at, step);
  }
  if (at === null) return 'nothing';
  const { from, to } = getTimes(lanes, at);
  return `f${getFrame(lanes, at)} ${from}–${to} of thread ${at.lane + 1}`;
}

describe('lanes', () => {
  it('have heads where there are several, and rows one after the other', () => {
    const told = ({ list }: Lanes) => list.map(({ head, top, levels }) => `${head}:${top}+${levels}`).join(' ');
    expect(told(arrange())).toBe('0:1+3 4:5+2 7:8+1');
    expect(told(arrange([0, 2]))).toBe('0:1+0 1:2+2 4:5+0');
    expect(told(arrangeLanes(THREADS.slice(0, 1), [0])!)).toBe('-1:0+3');
    expect(arrange().axis).toEqual({ from: 0, to: 10 });
  });

  it('have their levels counted without heads', () => {
    const lanes = arrange([0]);
    expect(measureLevels(arrange(), 2, 4)).toEqual({ rows: 6, first: 1, fitting: 3 });
    expect(measureLevels(lanes, 0, 9)).toEqual({ rows: 3, first: 0, fitting: 3 });
  });

  it('leave out threads that count something else', () => {
    const samples = { ...THREADS[1]!.profile.samples!, axis: { name: 'bytes', unit: 'bytes' as const } };
    const other = { ...THREADS[1]!.profile, samples };
    const lanes = arrangeLanes([THREADS[0]!, { profile: other, index: finish(indexTimeline(other))! }], [])!;
    expect([lanes.list.length, lanes.otherAxis]).toEqual([1, 1]);
  });
});

describe('a function that is selected elsewhere', () => {
  const lanes = arrange();
  const calls = (frame: number): CallRows => new CallSource().getCallsOf(lanes, frame, () => undefined);

  it('is shown by its longest call in view, or by its longest one', () => {
    const told = (frame: number, from: number, to: number): string => {
      const call = findLongest(lanes, calls(frame), { from, to });
      if (call === null) return 'nothing';
      const times = getTimes(lanes, call);
      return `${times.from}–${times.to} of thread ${call.lane + 1}`;
    };
    expect([told(1, 0, 10), told(1, 8.5, 10), told(3, 0, 10), told(4, 9, 10)]).toEqual([
      '0–2 of thread 1',
      '9–10 of thread 1',
      '2–7 of thread 1',
      '4–6 of thread 2',
    ]);
    expect(findLongest(lanes, { length: 0, get: () => calls(0).get(0) }, { from: 0, to: 1 })).toBe(null);
  });
});

describe('the keys of the timeline', () => {
  const start: LaneCall = { lane: 0, depth: 0, first: 0, end: 3 };

  it('begin at what runs at a time, or at what runs next', () => {
    const lanes = arrange();
    expect([findStart(lanes, 3), findStart(lanes, 8.5), findStart(lanes, 99)]).toEqual([
      start,
      { lane: 0, depth: 0, first: 4, end: 5 },
      { lane: 0, depth: 0, first: 4, end: 5 },
    ]);
    expect(findStart(arrange([0]), 0)).toEqual({ lane: 1, depth: 0, first: 0, end: 2 });
  });

  it('lead down to the longest call inside, up again, and to the calls beside', () => {
    const lanes = arrange();
    expect(walk(lanes, start, 'child')).toBe('f2 2–8 of thread 1');
    expect(walk(lanes, start, 'child', 'child')).toBe('f3 2–7 of thread 1');
    expect(walk(lanes, start, 'child', 'child', 'next')).toBe('f4 7–8 of thread 1');
    expect(walk(lanes, start, 'child', 'child', 'child')).toBe('nothing');
    expect(walk(lanes, start, 'child', 'previous')).toBe('f1 0–2 of thread 1');
    expect(walk(lanes, start, 'child', 'next')).toBe('f1 9–10 of thread 1');
    expect(walk(lanes, start, 'child', 'parent')).toBe('f0 0–8 of thread 1');
    expect(walk(lanes, start, 'parent')).toBe('nothing');
    expect(walk(lanes, start, 'previous')).toBe('nothing');
    expect(walk(lanes, start, 'next', 'next')).toBe('nothing');
  });

  it('lead to other threads at the same time, past folded ones', () => {
    expect(walk(arrange(), start, 'thread below')).toBe('f3 2–6 of thread 2');
    expect(walk(arrange(), start, 'thread below', 'thread below')).toBe('f2 6–7 of thread 3');
    expect(walk(arrange([1]), start, 'thread below')).toBe('f2 6–7 of thread 3');
    expect(walk(arrange(), start, 'thread above')).toBe('nothing');
  });

  it('have a sentence for each call', () => {
    const said = sayCall(arrange(), { lane: 0, depth: 1, first: 1, end: 3 }).replaceAll('\u202f', ' ');
    expect(said).toBe('app.f2, 6.00 ms, 60.0 % of all, begins at 2 ms, level 2, thread Thread 1');
  });
});
