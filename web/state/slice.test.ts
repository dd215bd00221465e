import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../shared/model/build.ts';
import { FrameBook } from '../../shared/model/frame-book.ts';
import type { ProfileGroup } from '../../shared/model/profile.ts';
import { StackProfile } from '../../shared/model/stack-profile.ts';
import { ALL_THREADS, findSlice, listThreads, parseRange, printRange } from './slice.ts';

const METRICS = [
  { name: 'time', unit: 'seconds' },
  { name: 'samples', unit: 'count' },
] as const;

function groupOf(...names: readonly string[]): ProfileGroup {
  const book = new FrameBook();
  const threads = names.map((name) => new StackProfile(book, { name, metrics: METRICS, sampled: true }));
  threads.forEach((thread, index) => {
    thread.addSample(thread.findStack([book.frame('main')]), 0, [index + 1, 1]);
    thread.endSamples(index + 1);
  });
  return { format: 'x', writer: null, warnings: [], profiles: threads.map((thread) => thread.build()) };
}

const choose = (choice: Partial<{ thread: string; metric: string; range: string }>) => ({
  thread: '',
  metric: '',
  range: '',
  ...choice,
});

describe('what of a file is shown', () => {
  it('is all threads together unless one is chosen', () => {
    const group = groupOf('main', 'worker');
    const total = (thread: string) => findSlice(group, choose({ thread })).profile.contexts!.total[0]![0];
    expect([total(''), total(ALL_THREADS), total('main'), total('worker'), total('gone')]).toEqual([1, 1, 1, 2, 1]);
    expect(findSlice(group, choose({})).threads).toHaveLength(2);
  });

  it('has one key for every thread, also where names repeat or are missing', () => {
    const keys = listThreads(groupOf('pool', 'pool', '', 'all')).map(({ key }) => key);
    expect(keys).toEqual(['all', 'pool', 'pool~2', '3', 'all~4']);
  });

  it('offers call graphs one by one: they have no roots that could be put together', () => {
    const graph = () => {
      const builder = new ProfileBuilder();
      builder.setFunction(builder.addFrame('f', '', 0), { calls: 1, self: [1], total: [1] });
      return builder.build();
    };
    const group = { format: 'x', writer: null, warnings: [], profiles: [graph(), graph()] };
    expect(listThreads(group).map(({ key }) => key)).toEqual(['1', '2']);
    expect(findSlice(group, choose({ thread: '2' })).profile).toBe(group.profiles[1]);
  });

  it('finds the metric by its name', () => {
    const group = groupOf('main');
    expect(['', 'time', 'samples', 'gone'].map((metric) => findSlice(group, choose({ metric })).metric)).toEqual([
      0, 0, 1, 0,
    ]);
  });

  it('reads a stretch of time, and nothing where it makes no sense', () => {
    expect(parseRange('1.5~2')).toEqual({ from: 1.5, to: 2 });
    expect(['', '1', '2~1', '1~1', 'a~b', '1~2~3', '~', '1~Infinity'].map(parseRange)).toEqual(new Array(8).fill(null));
    expect(parseRange(printRange({ from: 0.1, to: 1e9 + 0.25 }))).toEqual({ from: 0.1, to: 1e9 + 0.25 });
  });
});
