import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { ContextBuilder } from './context-builder.ts';
import { FrameBook } from './frame-book.ts';
import { ProfileBudget } from './profile-budget.ts';
import { StackProfile } from './stack-profile.ts';

describe('R23: the profiles of a file', () => {
  it('R23: together may have 12 million functions of one metric, whatever they are shared among', () => {
    const budget = new ProfileBudget();
    for (let profile = 0; profile < 240; profile++) budget.claim(50_000, 1);
    expect(() => budget.claim(1, 1)).toThrow('at least 241 profiles (or threads) of 1 functions and 1 kinds of values');
    expect(() => new ProfileBudget().claim(50_000, 999)).toThrow(FormatError);
  });

  it('R23: may be 24,000, however small they are', () => {
    const budget = new ProfileBudget();
    for (let profile = 0; profile < 24_000; profile++) budget.claim(0, 1);
    expect(() => budget.claim(0, 1)).toThrow(FormatError);
  });

  it('R23: have 1,000 metrics at most, and a tree or samples that fit into the memory', () => {
    expect(() => new ContextBuilder(1001)).toThrow('1001 kinds of values, more than can be shown');
    const metrics = Array.from({ length: 1000 }, (_, at) => ({ name: `m${at}`, unit: 'count' as const }));
    const book = new FrameBook();
    const stacks = new StackProfile(book, { metrics, sampled: true });
    const frame = book.frame('f');
    expect(() => {
      for (let at = 0, context = -1; at < 20_000; at++) context = stacks.contexts.child(context, frame);
    }).toThrow('rows or more of 1000 kinds of values');
    expect(() => {
      for (let at = 0; at < 20_000; at++) stacks.addSample(-1, at, []);
    }).toThrow('rows or more of 1000 kinds of values');
  });
});
