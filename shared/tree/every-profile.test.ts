/**
 * The rules of a call tree on every file that can be read: real, rounded, contradictory and broken ones.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TsvizError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';
import { corpusDir, corpusFiles, eachSample, readCorpusFile, readSample } from '../testing/corpus.ts';
import { findBrokenRule } from '../testing/tree-rules.ts';
import { TRUTH_PROGRAMS } from '../testing/truth.ts';
import { openWidest } from '../testing/widest-first.ts';
import { createCallersTree, createCallTree, createTreeOfFunction } from './call-graph-tree.ts';
import type { CallTree } from './call-tree.ts';
import { GraphNumbers } from './graph/numbers.ts';
import { prepareCallGraph } from './prepare.ts';

const MOST_NODES = 5000;

/** All readable profiles of a pstats file, none of a file that is refused or of another format. */
async function readProfiles(bytes: Uint8Array, name: string): Promise<readonly Profile[]> {
  try {
    const { format, profiles } = await readBytes(bytes, name);
    return format === 'pstats' ? profiles : [];
  } catch (error) {
    if (error instanceof TsvizError) return [];
    throw error;
  }
}

function findBroken(profile: Profile): string[] {
  const broken: string[] = [];
  const prepared = prepareCallGraph(profile);
  const tree = createCallTree(profile, prepared);
  openWidest(tree, MOST_NODES);
  const trees: CallTree[] = [tree];
  const widest = tree.length > 1 ? [...new Set(Array.from(tree.frame.subarray(1, Math.min(tree.length, 20))))] : [];
  for (const frame of widest) {
    trees.push(createTreeOfFunction(profile, prepared, frame), createCallersTree(profile, prepared, frame));
  }
  for (const one of trees) {
    openWidest(one, one === tree ? 0 : 200);
    const wrong = findBrokenRule(one);
    if (wrong) broken.push(wrong);
  }
  const sum = profile.functions.self[prepared.metric]!.reduce((all, self) => all + (self > 0 ? self : 0), 0);
  const numbers = new GraphNumbers(profile, prepared);
  const totals = Array.from(
    { length: profile.frames.length },
    (_, frame) => numbers.getFunctionTotal(frame) / prepared.scale,
  );
  const limit = 1.02 * Math.max(sum, ...totals) + 1e-5;
  if (tree.total[0]! > limit && !hasSureRootsOf(tree, limit)) broken.push(`roots ${tree.total[0]} exceed ${limit}`);
  const clean = prepared.warnings.length === 0 && Number.isFinite(sum);
  // A label that several functions share loses up to 2 % of self time, as the design of the tree allows.
  if (clean && Math.abs(tree.total[0]! - sum) > 0.02 * sum + 1e-5) broken.push(`roots ${tree.total[0]}, self ${sum}`);
  return broken;
}

/** Functions without any caller are roots even where they exceed the total. */
function hasSureRootsOf(tree: CallTree, limit: number): boolean {
  const called = new Set(tree.profile.calls.callee);
  let sum = 0;
  for (let root = 1; root <= tree.childCount[0]!; root++) if (!called.has(tree.frame[root]!)) sum += tree.total[root]!;
  return sum > limit;
}

describe('every node keeps the rules', () => {
  const samples = [
    ...eachSample('pstats'),
    ...eachSample('bad'),
    ...TRUTH_PROGRAMS.map(({ name }) => ({ name: `${name}.prof`, bytes: readSample(`truth/${name}.prof`) })),
  ];
  it(`in ${samples.length} samples`, async () => {
    let read = 0;
    for (const { name, bytes } of samples) {
      for (const profile of await readProfiles(bytes, name)) {
        read++;
        expect({ name, broken: findBroken(profile) }).toEqual({ name, broken: [] });
      }
    }
    expect(read).toBeGreaterThan(30);
  }, 60_000);

  it('in every file of the corpus that can be read', async () => {
    const corpus = corpusDir();
    if (corpus === null) return; // corpusDir says so
    const bad = readdirSync(join(corpus, 'bad')).filter((file) => /\.(prof|pstats|pstat)$/.test(file));
    const files = [...corpusFiles('pstats').map(({ file }) => file), ...bad.map((file) => join('bad', file))];
    let read = 0;
    for (const file of new Set(files)) {
      const isFolder = file.endsWith('a-directory.prof');
      for (const profile of isFolder ? [] : await readProfiles(readCorpusFile(file), file)) {
        read++;
        expect({ file, broken: findBroken(profile) }).toEqual({ file, broken: [] });
      }
    }
    expect(read).toBeGreaterThan(30);
  }, 120_000);
});
