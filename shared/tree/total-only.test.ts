import { describe, expect, it } from 'vitest';
import { getFrameName } from '../model/frame-key.ts';
import type { Profile } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';
import { readSample } from '../testing/corpus.ts';
import { findBrokenRule } from '../testing/tree-rules.ts';
import { openWidest } from '../testing/widest-first.ts';
import { mapTimes } from '../testing/worsen.ts';
import { createCallTree } from './call-graph-tree.ts';
import type { CallTree } from './call-tree.ts';
import { prepareCallGraph } from './prepare.ts';

/** Calls of callgrind have a total only: what of it is the callee's own is not in the file. */
async function open(bytes: Uint8Array): Promise<{ readonly profile: Profile; readonly tree: CallTree }> {
  const profile = (await readBytes(bytes, 'unknown')).profiles[0]!;
  return { profile, tree: createCallTree(profile, prepareCallGraph(profile)) };
}

const read = (text: string) => open(new TextEncoder().encode(text));

/** Nodes as `name self/total`, from the roots on. */
function nodes({ profile, tree }: { readonly profile: Profile; readonly tree: CallTree }): string[] {
  openWidest(tree, 50);
  return Array.from({ length: tree.length }, (_, node) => node)
    .filter((node) => tree.frame[node]! >= 0)
    .map((node) => `${getFrameName(profile, tree.frame[node]!)} ${tree.self[node]}/${tree.total[node]}`);
}

describe('calls with a total only', () => {
  it('have all of the self of a callee that has one caller, and a part of it by their totals otherwise', async () => {
    const call = (callee: string, total: number) => `cfn=${callee}\ncalls=1 1\n1 ${total}\n`;
    const text = `events: Ir\nfn=main\n1 5\n${call('a', 50)}${call('b', 45)}fn=a\n1 20\n${call('leaf', 30)}fn=b\n1 30\n${call('leaf', 15)}fn=leaf\n1 45\n`;
    expect(nodes(await read(text)).sort()).toEqual(['a 20/50', 'b 30/45', 'leaf 15/15', 'leaf 30/30', 'main 5/100']);
  });

  it('begin in a cycle that nothing else calls, where most is not accounted for', async () => {
    const text =
      'events: Ir\nfn=exec\n1 10\ncfn=module\ncalls=2 1\n1 90\nfn=module\n1 60\ncfn=exec\ncalls=1 1\n1 40\ncfn=leaf\ncalls=1 1\n1 30\nfn=leaf\n1 30\n';
    const opened = await read(text);
    const [first] = nodes(opened);
    expect(first).toBe('exec 6/100');
    expect(findBrokenRule(opened.tree)).toBe(null);
  });

  it.each(['small-c.callgrind.out', 'orders-py36.callgrind', 'threads-cpu.callgrind'])(
    'of %s keep the rules of trees',
    async (sample) => {
      const opened = await open(readSample(`callgrind/${sample}`));
      // The rules' slack is for nanoseconds: so are these.
      const seconds = mapTimes(opened.profile, (value) => value * 1e-9);
      const profile: Profile = { ...seconds, metrics: [{ name: 'time', unit: 'seconds' }] };
      const tree = createCallTree(profile, prepareCallGraph(profile));
      openWidest(tree, 2000);
      expect(findBrokenRule(tree)).toBe(null);
      const selfs = profile.functions.self[0]!.reduce((sum, self) => sum + (self || 0), 0);
      expect(tree.total[0]! / selfs).toBeGreaterThan(0.95);
    },
  );
});
