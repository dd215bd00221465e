import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../testing/fixed-seed.ts';
import { type ListedCall, listCalls, profileOfRows, sampleRows } from '../testing/random-samples.ts';
import { finish } from '../tree/steps.ts';
import { BlockKind } from './blocks.ts';
import { layoutTimeline, type TimelineBlocks, type TimelineWindow } from './timeline.ts';
import { findCalls } from './timeline-calls.ts';
import { TimelineCounts } from './timeline-counts.ts';
import { indexTimeline, type TimelineIndex } from './timeline-index.ts';
import { markRunning } from './timeline-running.ts';

const indexOf = (rows: Parameters<typeof profileOfRows>[0], start = 0): TimelineIndex =>
  finish(indexTimeline(profileOfRows(rows, start)))!;

/** A block as text: `1 call 3..7` is on row 1, from the beginning of sample 3 to that of sample 7. */
const textOf = (row: number, kind: string, first: number, end: number): string => `${row} ${kind} ${first}..${end}`;

function blocksText(blocks: TimelineBlocks): string[] {
  const texts: string[] = [];
  for (let row = 0; row <= blocks.maxDepth; row++) {
    for (let i = blocks.rowStart[row]!; i < blocks.rowStart[row + 1]!; i++) {
      const kind = blocks.kind[i] === BlockKind.node ? 'call' : 'rest';
      texts.push(textOf(blocks.depth[i]!, kind, blocks.first[i]!, blocks.end[i]!));
    }
  }
  return texts;
}

/** The same by going through all calls: those that touch the window, narrow ones put together by the cells that they touch. */
function expectedText(calls: readonly ListedCall[], window: TimelineWindow): string[] {
  const { axis, from, to, minWidth } = window;
  const half = minWidth / 2;
  const cell = (minWidth * (axis.to - axis.from)) / 2;
  const firstEdge = Math.floor(from / half);
  const cells = Math.max(1, Math.ceil(to / half) - firstEdge);
  const edge = (number: number): number => axis.from + (firstEdge + number) * cell;
  // A time on an edge belongs to the cell before it.
  const cellOf = (time: number): number => {
    let at = -1;
    while (at < cells && edge(at + 1) < time) at++;
    return at;
  };
  const texts: string[] = [];
  for (let depth = window.firstRow; depth < window.endRow; depth++) {
    let run: { first: number; end: number; lastCell: number; count: number } | null = null;
    const flush = (): void => {
      if (run) texts.push(textOf(depth, run.count === 1 ? 'call' : 'rest', run.first, run.end));
      run = null;
    };
    for (const call of calls.filter((each) => each.depth === depth)) {
      const [a, b] = [cellOf(call.from), cellOf(call.to)];
      if (a >= cells || b < 0) continue;
      if (call.to - call.from >= minWidth * (axis.to - axis.from)) {
        flush();
        texts.push(textOf(depth, 'call', call.first, call.end));
        continue;
      }
      if (run !== null && a > (run as { lastCell: number }).lastCell + 1) flush();
      const { first, count } = (run ?? { first: call.first, count: 0 }) as { first: number; count: number };
      run = { first, end: call.end, lastCell: Math.max(b, a), count: count + 1 };
    }
    flush();
  }
  return texts;
}

describe('layoutTimeline', () => {
  it('has the blocks that going through all calls gives, whatever the window', () => {
    const windows = fc.tuple(fc.nat(64), fc.integer({ min: 1, max: 64 }), fc.integer({ min: 0, max: 7 }), fc.nat(3));
    fc.assert(
      fc.property(sampleRows, windows, fc.nat(1000), (rows, [at, span, fineness, firstRow], start) => {
        const index = indexOf(rows, start);
        // Powers of two, so that edges are exact; a window may lie beyond the samples.
        const axis = { from: start, to: start + 512 };
        const window: TimelineWindow = {
          lanes: [{ index, top: 0, levels: index.levels }],
          axis,
          from: at / 64,
          to: Math.min(1, (at + span) / 64),
          minWidth: 2 ** -2 / 2 ** fineness,
          firstRow,
          endRow: index.levels + 1,
        };
        expect(blocksText(layoutTimeline(window))).toEqual(expectedText(listCalls(profileOfRows(rows, start)), window));
      }),
      { numRuns: 1500 },
    );
  });

  it('has the same blocks after a pan, but for what comes in and goes out', () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ stack: [0, i % 3, i % 5], time: 1 + (i % 7), goesOn: 99 }));
    const index = indexOf(rows);
    const inside = (from: number): string[] => {
      const window = { lanes: [{ index, top: 0, levels: 3 }], axis: index, minWidth: 1 / 256, firstRow: 0, endRow: 3 };
      const blocks = layoutTimeline({ ...window, from, to: from + 0.5 });
      return blocksText(blocks).filter((_, i) => blocks.x0[i]! > 0.21 && blocks.x1[i]! < 0.49);
    };
    expect(inside(0.1)).toEqual(inside(0.2 - 1e-3));
    expect(inside(0.1).length).toBeGreaterThan(20);
  });

  it('puts lanes where they stand, and nothing of folded ones', () => {
    const one = indexOf([{ stack: [0, 1], time: 10, goesOn: 99 }]);
    const two = indexOf([{ stack: [2], time: 5, goesOn: 99 }], 5);
    const blocks = layoutTimeline({
      lanes: [
        { index: one, top: 1, levels: 2 },
        { index: one, top: 4, levels: 0 },
        { index: two, top: 5, levels: 1 },
      ],
      axis: { from: 0, to: 10 },
      from: 0,
      to: 1,
      minWidth: 0.01,
      firstRow: 0,
      endRow: 6,
    });
    const told = Array.from(blocks.depth, (row, i) => [
      row,
      blocks.lane[i],
      blocks.x0[i],
      blocks.x1[i],
      blocks.value[i],
    ]);
    expect(told).toEqual([
      [1, 0, 0, 1, 10],
      [2, 0, 0, 1, 10],
      [5, 2, 0.5, 1, 5],
    ]);
  });
});

describe('TimelineIndex', () => {
  it('finds call, function and context at every row and depth as a list of all calls has them', () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const index = indexOf(rows);
        const calls = listCalls(profileOfRows(rows));
        expect(index.levels).toBe(Math.max(0, ...calls.map((call) => call.depth + 1)));
        for (const { first, end, depth, frame } of calls) {
          for (let row = first; row < end; row++) {
            expect(index.findSpan(row, depth)).toEqual({ depth, first, end });
            expect(index.findFrame(row, depth)).toBe(frame);
          }
        }
        expect(index.findSpan(0, index.depthOf(0))).toBe(null);
      }),
    );
  });

  it('cuts off what a reader says to go on beyond the stacks', () => {
    const profile = profileOfRows([
      { stack: [0, 1, 2], time: 1, goesOn: 99 },
      { stack: [0], time: 1, goesOn: 99 },
      { stack: [0, 1, 2], time: 1, goesOn: 99 },
    ]);
    const samples = { ...profile.samples!, continued: Int32Array.of(9, 9, 9) };
    const index = finish(indexTimeline({ ...profile, samples }))!;
    expect([...index.continued]).toEqual([0, 1, 1]);
    expect([...samples.continued]).toEqual([9, 9, 9]);
  });

  it('finds the row that runs at a time', () => {
    const index = indexOf([2, 0, 3].map((time) => ({ stack: [0], time, goesOn: 99 })));
    expect([-1, 0, 1.9, 2, 4.9, 5, 6].map((time) => index.findSample(time))).toEqual([-1, 0, 0, 2, 2, 3, 3]);
  });
});

describe('counts and lists of calls', () => {
  it('are those of a list of all calls', () => {
    fc.assert(
      fc.property(sampleRows, fc.nat(80), fc.nat(80), fc.nat(5), (rows, from, length, depth) => {
        const index = indexOf(rows);
        const calls = listCalls(profileOfRows(rows));
        const first = Math.min(from, index.length);
        const end = Math.min(index.length, first + length);
        const begun = calls.filter((call) => call.depth === depth && call.first >= first && call.first < end);
        if (depth < index.levels) expect(new TimelineCounts(index).count(depth, first, end)).toBe(begun.length);
        for (let frame = 0; frame < 5; frame++) {
          const found = finish(findCalls(index, frame));
          const wanted = calls
            .filter((call) => call.frame === frame)
            .sort((a, b) => a.first - b.first || a.depth - b.depth);
          expect(Array.from(found.first, (row, i) => [row, found.end[i], found.depth[i]])).toEqual(
            wanted.map((call) => [call.first, call.end, call.depth]),
          );
        }
      }),
    );
  });

  it('counts in stretches as it does row by row', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({ stack: [0, i % 2, i % 3], time: 1, goesOn: i % 4 }));
    const index = indexOf(rows);
    const counts = new TimelineCounts(index);
    const calls = listCalls(profileOfRows(rows));
    for (const [first, end] of [
      [0, 3000],
      [511, 513],
      [700, 2900],
      [512, 1024],
      [5, 5],
    ] as const) {
      for (let depth = 0; depth < 3; depth++) {
        const begun = calls.filter((call) => call.depth === depth && call.first >= first && call.first < end);
        expect(counts.count(depth, first, end)).toBe(begun.length);
      }
    }
  });
});

describe('markRunning', () => {
  it('marks the columns in which a call of the functions runs', () => {
    fc.assert(
      fc.property(sampleRows, fc.uint8Array({ minLength: 5, maxLength: 5, max: 1 }), (rows, frames) => {
        const index = indexOf(rows);
        // Columns of two, so that their edges are exact; some samples lie beyond the axis.
        const axis = { from: -8, to: 120 };
        const columns = new Uint8Array(64);
        finish(markRunning(index, frames, axis, columns));
        const calls = listCalls(profileOfRows(rows)).filter((call) => frames[call.frame] === 1);
        const wanted = Array.from(columns, (_, column) => {
          const [from, to] = [axis.from + column * 2, axis.from + (column + 1) * 2];
          // A call without length is in the column in which it begins; what is beyond the axis, in the last one.
          const isIn = ({ first, end }: ListedCall) => {
            for (let row = first; row < end; row++) {
              const [start, stop] = [index.timeOf(row), index.timeOf(row + 1)];
              if (start >= from && (start < to || column === 63)) return true;
              if (start < to && stop > from) return true;
            }
            return false;
          };
          return calls.some(isIn) ? 1 : 0;
        });
        expect([...columns]).toEqual(wanted);
      }),
    );
  });
});
