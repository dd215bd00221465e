import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../model/build.ts';
import type { Profile } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';
import { createCallTree } from './call-graph-tree.ts';
import { coveredShare } from './covered.ts';
import { prepareCallGraph } from './prepare.ts';
import { searchFrames } from './search.ts';

/** Lines `caller -> callee calls self total`; `all` is no function. Self and total of functions are sums of their edges. */
function treeOfEdges(text: string) {
  const builder = new ProfileBuilder();
  const sums = new Map<number, { calls: number; self: number; total: number }>();
  const frame = (name: string) => builder.addFrame(name, `${name}.py`, 1);
  for (const line of text.trim().split('\n')) {
    const [caller, , callee, calls, self, total] = line.trim().split(/\s+/);
    const numbers = { calls: Number(calls), self: Number(self), total: Number(total) };
    const to = frame(callee!);
    const sum = sums.get(to) ?? { calls: 0, self: 0, total: 0 };
    sums.set(to, { calls: sum.calls + numbers.calls, self: sum.self + numbers.self, total: sum.total + numbers.total });
    if (caller !== 'all')
      builder.addCall(frame(caller!), to, { calls: numbers.calls, self: [numbers.self], total: [numbers.total] });
  }
  for (const [to, { calls, self, total }] of sums) builder.setFunction(to, { calls, self: [self], total: [total] });
  return treeOf(builder.build());
}

const treeOf = (profile: Profile) => createCallTree(profile, prepareCallGraph(profile));
const covered = (tree: ReturnType<typeof treeOf>, text: string) =>
  coveredShare(tree, searchFrames(tree.profile, { text, mode: 'word' }).matches);

describe('coveredShare', () => {
  it('counts a match inside a match once', () => {
    const tree = treeOfEdges(`
      all  -> main  1  1 10
      main -> parse 1  2  6
      parse -> word 4  4  4
      main -> write 1  3  3
    `);
    const both = coveredShare(tree, Uint8Array.of(0, 1, 1, 0));
    expect(both).toMatchObject({ value: 6, share: 0.6, estimated: false });
  });

  it('adds up matches side by side', () => {
    const tree = treeOfEdges(`
      all  -> main  1  1 10
      main -> parse 1  6  6
      main -> write 1  3  3
    `);
    expect(coveredShare(tree, Uint8Array.of(0, 1, 1)).share).toBeCloseTo(0.9, 9);
  });

  it('knows the share of a single function exactly, however many callers it has', () => {
    const tree = treeOfEdges(`
      all -> a 1 1 6
      all -> b 1 1 4
      a -> shared 1 5 5
      b -> shared 1 3 3
    `);
    expect(covered(tree, 'shared')).toMatchObject({ estimated: false });
    expect(covered(tree, 'shared').share).toBeCloseTo(0.8, 9);
  });

  it('is nothing without a match and everything for the root', () => {
    const tree = treeOfEdges('all -> main 1 1 10\nmain -> parse 1 9 9');
    expect(covered(tree, 'nowhere').share).toBe(0);
    expect(covered(tree, 'main').share).toBeCloseTo(1, 9);
  });

  it('stays between what the file proves, on every sample', async () => {
    for (const name of ['notes', 'lib2to3', 'pydoc']) {
      const bytes = readFileSync(new URL(`../../public/samples/${name}.prof`, import.meta.url));
      const tree = treeOf((await readBytes(bytes, `${name}.prof`)).profiles[0]!);
      for (const text of ['parse', 'a', 'import', 'visit', 'isinstance', 'init', 're']) {
        const { matches } = searchFrames(tree.profile, { text, mode: 'text' });
        const answer = coveredShare(tree, matches);
        expect(answer.low, `${name} ${text}`).toBeLessThanOrEqual(answer.value);
        expect(answer.value).toBeLessThanOrEqual(answer.high);
        expect(answer.high).toBeLessThanOrEqual(tree.total[0]! * (1 + 1e-9));
        const selfs = tree.profile.functions.self[0]!.reduce(
          (sum, self, frame) => sum + (matches[frame] ? self : 0),
          0,
        );
        expect(answer.value).toBeGreaterThanOrEqual(Math.min(selfs, tree.total[0]!) * (1 - 1e-9));
      }
    }
  });

  it('opens no more of the tree than it may', () => {
    const tree = treeOfEdges('all -> a 1 1 9\na -> b 1 1 8\nb -> c 1 1 7\nc -> d 1 6 6');
    const answer = coveredShare(tree, Uint8Array.of(0, 0, 0, 1), { nodes: 1, share: 0 });
    expect(tree.length).toBeLessThan(4);
    // The function's own total is known without looking.
    expect(answer.value).toBeCloseTo(6, 9);
  });
});
