import { describe, expect, it } from 'vitest';
import { FrameBook } from '../model/frame-book.ts';
import { getFrameKey } from '../model/frame-key.ts';
import type { Metric, Profile } from '../model/profile.ts';
import { StackProfile } from '../model/stack-profile.ts';
import {
  type AllocationsBy,
  buildAllocationRows,
  findCountMetric,
  getTraceback,
  rankAllocations,
} from './allocation-rows.ts';

const METRICS: readonly Metric[] = [
  { name: 'size', unit: 'bytes' },
  { name: 'count', unit: 'count' },
];

/** Tracebacks of `file:line`, root first, with bytes and blocks. */
function allocated(linesRan: boolean, ...stacks: readonly string[]): Profile {
  const book = new FrameBook();
  const profile = new StackProfile(book, { metrics: METRICS, sampled: false, linesRan });
  for (const stack of stacks) {
    const [path = '', bytes = '', blocks = ''] = stack.split(' ');
    const frames = path.split(';').map((each) => book.frame('f', each.split(':')[0], Number(each.split(':')[1])));
    profile.addStack(frames, [Number(bytes), Number(blocks)]);
  }
  return profile.build();
}

function tell(profile: Profile, by: AllocationsBy): string[] {
  const rows = buildAllocationRows(profile, by);
  return [...rankAllocations(rows, 0)].map((row) => {
    const path = rows.context[row]! < 0 ? [] : getTraceback(profile, rows.context[row]!);
    const frames = path.length === 0 ? [rows.frame[row]!] : path.map((context) => profile.contexts!.frame[context]!);
    return `${frames.map((frame) => getFrameKey(profile, frame)).join(' > ')} ${rows.values[0]![row]} ${rows.values[1]![row]}`;
  });
}

describe('allocations', () => {
  const profile = allocated(true, 'a:1;b:5 100 2', 'a:2;b:5 300 3', 'a:1;b:6 50 1', 'a:1 7 7');

  it('by line are what was allocated in that very line, wherever it was called from', () => {
    expect(tell(profile, 'line')).toEqual(['b:5(f) 400 5', 'b:6(f) 50 1', 'a:1(f) 7 7']);
  });

  it('by file are what its lines allocated, led by the largest of them', () => {
    expect(tell(profile, 'file')).toEqual(['b:5(f) 450 6', 'a:1(f) 7 7']);
  });

  it('by traceback are one row for each stack, root first', () => {
    expect(tell(profile, 'traceback')).toEqual([
      'a:2(f) > b:5(f) 300 3',
      'a:1(f) > b:5(f) 100 2',
      'a:1(f) > b:6(f) 50 1',
      'a:1(f) 7 7',
    ]);
  });

  it.each(['line', 'file', 'traceback'] as const)('by %s add up to all of it, in every metric', (by) => {
    expect(buildAllocationRows(profile, by).sums).toEqual([457, 13]);
  });

  it('by line are those of functions where frames are functions', () => {
    expect(tell(allocated(false, 'a:1;b:5 100 2', 'b:5 1 1'), 'line')).toEqual(['b:5(f) 101 3']);
    expect(buildAllocationRows(allocated(false, 'a:1 1 1'), 'line').isLines).toBe(false);
  });

  it('have an average where blocks are counted', () => {
    const of = (...metrics: string[]) =>
      metrics.map((name) => ({ name, unit: /space|size/.test(name) ? 'bytes' : 'count' }) as const);
    const find = (size: number, ...metrics: string[]) => findCountMetric({ ...profile, metrics: of(...metrics) }, size);
    expect(find(0, 'size', 'count')).toBe(1);
    expect(find(0, 'size')).toBe(-1);
    expect(find(1, 'size', 'count')).toBe(-1);
    expect(find(0, 'size', 'samples')).toBe(-1);
    const pprof = ['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space'];
    expect([find(1, ...pprof), find(3, ...pprof)]).toEqual([0, 2]);
  });

  it('of an empty profile are none', () => {
    const rows = buildAllocationRows(allocated(true), 'line');
    expect([rows.length, rows.sums]).toEqual([0, [0, 0]]);
  });
});
