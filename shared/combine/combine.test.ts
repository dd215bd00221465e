import { describe, expect, it } from 'vitest';
import { checkProfile } from '../model/check.ts';
import { FrameBook } from '../model/frame-book.ts';
import { getFrameName } from '../model/frame-key.ts';
import type { Profile } from '../model/profile.ts';
import { StackProfile } from '../model/stack-profile.ts';
import { treeText } from '../testing/tree-text.ts';
import { createTree } from '../tree/trees.ts';
import { canCombine, combineThreads } from './threads.ts';
import { limitToRange } from './time-range.ts';

const MS = [
  { name: 'time', unit: 'milliseconds' },
  { name: 'memory', unit: 'bytes' },
] as const;

/** `0 main;a 3 100`: a row per line: start, stack, milliseconds, bytes. */
function threadOf(book: FrameBook, name: string, text: string, end: number): StackProfile {
  const stacks = new StackProfile(book, { name, metrics: MS, sampled: true });
  for (const line of text.split('\n')) {
    const [start, stack = '', time, bytes] = line.split(' ');
    const context = stack === '-' ? -1 : stacks.findStack(stack.split(';').map((each) => book.frame(each)));
    stacks.addSample(context, Number(start), [Number(time), Number(bytes)]);
  }
  stacks.endSamples(end);
  return stacks;
}

function threadsOf(...texts: readonly string[]): Profile[] {
  const book = new FrameBook();
  const stacks = texts.map((text, index) => threadOf(book, `t${index + 1}`, text, 10));
  return stacks.map((each) => each.build());
}

/** The tree of a profile that keeps all rules. */
const show = (profile: Profile, metric = 0) => {
  checkProfile(profile);
  return treeText(createTree({ profile, metric, prepared: null }));
};

describe('threads together', () => {
  it('are the roots of one tree', () => {
    const threads = threadsOf('0 main;a 4 10\n4 main;b 6 20', '0 run;a 7 5\n7 - 3 0');
    expect(canCombine(threads)).toBe(true);
    const all = combineThreads(threads);
    expect(show(all)).toBe(['t1 10', '  main 10', '    b 6', '    a 4', 't2 7', '  run 7', '    a 7'].join('\n'));
    expect(show(all, 1).split('\n')[0]).toBe('t1 30');
    expect(all.contexts!.samples).toBe(4);
  });

  it('leave every frame in its row', () => {
    const threads = threadsOf('0 main;a 4 10', '0 run;a 7 5');
    const all = combineThreads(threads);
    for (let frame = 0; frame < threads[0]!.frames.length; frame++) {
      expect(getFrameName(all, frame)).toBe(getFrameName(threads[0]!, frame));
    }
    const a = [0, 1, 2, 3, 4].find((frame) => getFrameName(all, frame) === 'a')!;
    expect([all.functions.self[0]![a], all.functions.total[0]![a]]).toEqual([11, 11]);
  });

  it('of one profile, or of profiles that share no frames, are none', () => {
    expect(canCombine(threadsOf('0 main 1 1'))).toBe(false);
    expect(canCombine([...threadsOf('0 main 1 1'), ...threadsOf('0 main 1 1')])).toBe(false);
  });
});

describe('a stretch of time', () => {
  const [thread] = threadsOf('0 main;a 4 100\n4 main;b 2 200\n6 - 1 0\n7 main;a 3 300');

  it('counts times by the part inside, and anything else where it starts', () => {
    expect(show(limitToRange(thread!, 2, 8))).toBe(['main 5', '  a 3', '  b 2'].join('\n'));
    expect(show(limitToRange(thread!, 2, 8), 1)).toBe(['main 500', '  a 300', '  b 200'].join('\n'));
  });

  it('holds nothing that did not run', () => {
    expect(show(limitToRange(thread!, 4, 6))).toBe('main 2\n  b 2');
    expect(show(limitToRange(thread!, 6, 7))).toBe('');
    expect(show(limitToRange(thread!, 20, 30))).toBe('');
  });

  it('of everything is everything', () => {
    const all = limitToRange(thread!, 0, 10);
    expect(show(all)).toBe(show(thread!));
    expect(all.contexts!.samples).toBe(4);
    expect(all.contexts!.stacks).toBe(2);
  });
});
