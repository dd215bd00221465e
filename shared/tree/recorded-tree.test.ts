import { describe, expect, it } from 'vitest';
import { FrameBook } from '../model/frame-book.ts';
import type { Profile } from '../model/profile.ts';
import { StackProfile } from '../model/stack-profile.ts';
import { treeText } from '../testing/tree-text.ts';
import { findCallees, findCallers } from './edges.ts';
import { createTree, createTreeBelow } from './trees.ts';

/** `main;a 3` per line: frames root first, then the weight. */
function stacksOf(text: string): { profile: Profile; frame: (name: string) => number } {
  const book = new FrameBook();
  const stacks = new StackProfile(book, { metrics: [{ name: 'time', unit: 'milliseconds' }], sampled: true });
  for (const line of text.split('\n')) {
    const [stack = '', weight] = line.split(' ');
    const frames = stack.split(';').map((name) => book.frame(name));
    stacks.addStack(frames, [Number(weight)]);
  }
  const names = new Map(text.match(/[a-z]+/g)!.map((name) => [name, book.frame(name)]));
  return { profile: stacks.build(), frame: (name) => names.get(name)! };
}

const FORK = 'main;a;x 1\nmain;b;x 4\nmain;a 2\nmain;b;x;b 3';

describe('a recorded tree', () => {
  it('has every stack where it was, widest first, and nothing estimated', () => {
    const { profile } = stacksOf(FORK);
    const tree = createTree({ profile, metric: 0, prepared: null });
    expect(tree.exact).toBe(true);
    expect(treeText(tree)).toBe(['main 10', '  b 7', '    x 7', '      b 3', '  a 3', '    x 1'].join('\n'));
  });

  it('below a function is what ran under it, wherever it was called from', () => {
    const { profile, frame } = stacksOf(FORK);
    const below = (name: string) => treeText(createTreeBelow({ profile, metric: 0, prepared: null }, frame(name)));
    expect(below('x')).toBe('x 8\n  b 3');
    expect(below('b')).toBe('b 7\n  x 7\n    b 3');
  });

  it('counts a recursive function once in its total, and once in that of a call', () => {
    const { profile, frame } = stacksOf('f;g;f;g;f 5\nf 1');
    expect([...profile.functions.total[0]!]).toEqual([6, 5]);
    expect([...profile.functions.self[0]!]).toEqual([6, 0]);
    const callers = findCallers(profile, frame('g')).map(({ total }) => total);
    const callees = findCallees(profile, frame('g')).map(({ total }) => total);
    expect([callers, callees]).toEqual([[5], [5]]);
  });

  it('of 200,000 levels is opened without a deep stack', () => {
    const book = new FrameBook();
    const stacks = new StackProfile(book, { metrics: [{ name: 'samples', unit: 'count' }], sampled: true });
    stacks.addStack(new Int32Array(200_000).fill(book.frame('f')), [1]);
    const profile = stacks.build();
    expect([profile.functions.self[0]![0], profile.functions.total[0]![0]]).toEqual([1, 1]);
    const tree = createTree({ profile, metric: 0, prepared: null });
    for (let node = 0; node < tree.length; node++) tree.open(node);
    expect(tree.length).toBe(200_001);
  });
});
