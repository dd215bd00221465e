/**
 * Rebuilt trees against recorded ones: how near they come, and that nothing that is called certain is wrong.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getFrameKey } from '../model/frame-key.ts';
import { readBytes } from '../readers/index.ts';
import { corpusDir, readSample } from '../testing/corpus.ts';
import { hasPython } from '../testing/python.ts';
import { computeTotals } from '../testing/recorded-tree.ts';
import { matchNodes, scoreTree } from '../testing/score.ts';
import { treeText } from '../testing/tree-text.ts';
import { readTruth, TRUTH_PROGRAMS } from '../testing/truth.ts';
import { openWidest } from '../testing/widest-first.ts';
import { createCallTree } from './call-graph-tree.ts';
import { type CallTree, Certainty } from './call-tree.ts';
import { prepareCallGraph } from './prepare.ts';

async function openProgram(name: string): Promise<CallTree> {
  const { profiles } = await readBytes(readSample(`truth/${name}.prof`), `${name}.prof`);
  return createCallTree(profiles[0]!, prepareCallGraph(profiles[0]!));
}

describe('a rebuilt tree', () => {
  for (const { name, reference } of TRUTH_PROGRAMS) {
    it(`comes as near to the truth of ${name} as the reference does`, async () => {
      const score = scoreTree(await openProgram(name), readTruth(name));
      expect(Math.abs(score.tv10 - reference.tv10)).toBeLessThan(0.5);
      expect(Math.abs(score.tv20 - reference.tv20)).toBeLessThan(0.5);
      expect(Math.abs(score.top20 - reference.top20)).toBeLessThan(0.5);
      expect(score.root).toBeCloseTo(1, 6);
      expect(score.overflow).toBeLessThan(1e-6);
    });

    it(`has every true time of ${name} within its bounds, and calls nothing certain that is not`, async () => {
      const tree = await openProgram(name);
      const truth = readTruth(name);
      const totals = computeTotals(truth);
      matchNodes(tree, truth).forEach((node, recorded) => {
        if (node < 0) return;
        const total = totals[recorded]! / 1e9;
        // Whole nanoseconds that were rounded apart: 3 ns.
        expect(tree.low[node]! - 3e-9).toBeLessThanOrEqual(total);
        expect(tree.high[node]! + 3e-9).toBeGreaterThanOrEqual(total);
        if (tree.certainty[node]! < Certainty.matched) return;
        expect(Math.abs(tree.total[node]! - total)).toBeLessThan(3e-9);
      });
    });
  }

  it('shows all three roots of backup_case, and does not call exact what the file does not record', async () => {
    const tree = await openProgram('backup_case');
    expect(scoreTree(tree, readTruth('backup_case')).tv10).toBeLessThanOrEqual(5);
    // What ran below the shared `backup` is not in the file: `read` is found by equal sums, and what it called by bounds.
    expect(treeText(tree, { digits: 6, least: 0.0001, depth: 5 })).toBe(
      [
        'start 0.012536',
        '  cached 0.011468',
        '    compute 0.011466',
        '      spin 0.010405 ~0.010064..0.011466',
        '      parse_cfg 0.001055 ~0..0.001394',
        '        <listcomp> 0.001051 ~0..0.001389',
        '  backup 0.001064',
        '    read 0.001063 =',
        '      spin 0.001062 0.001061..0.001063',
        'menu 0.004706',
        '  draw 0.003703',
        '    cached 0.003686',
        '      compute 0.003677',
        '        spin 0.003337 ~0.002276..0.003677',
        '        parse_cfg 0.000338 ~0..0.001394',
        '  end_user 0.000991',
        '    backup 0.000991',
        '      read 0.00099 =',
        '        spin 0.000989 0.000988..0.00099',
        'end 0.001088',
        '  backup 0.000949',
        '    write 0.000948 =',
        '      spin 0.000948 =',
        '  <listcomp> 0.000137',
      ].join('\n'),
    );
  });

  it('keeps each function’s self time: what a pruned tree lacks shrinks with the width it is pruned at', async () => {
    for (const { name } of TRUTH_PROGRAMS) {
      const missing = [50, 500, 5000].map((count) => computeMissingSelf(openProgram(name), count));
      const [coarse, middle, fine] = await Promise.all(missing);
      expect(middle!).toBeLessThanOrEqual(coarse! + 1e-9);
      expect(fine!).toBeLessThanOrEqual(middle! + 1e-9);
      if (name !== 'imports' && name !== 'json_tree') expect(fine!).toBeLessThan(1e-4);
    }
  });
});

describe('the score in Python', () => {
  it('agrees with the one computed here', async () => {
    const corpus = corpusDir();
    const script = join(corpus ?? '', 'truth', 'score.py');
    if (corpus === null || !existsSync(script) || !hasPython()) {
      console.warn('score.py of the corpus or python3 is absent: scores are those computed in TypeScript only.');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'tsviz-score-'));
    try {
      for (const { name } of TRUTH_PROGRAMS.filter((program) => program.name !== 'imports')) {
        const tree = await openProgram(name);
        openWidest(tree, 20_000);
        const file = join(folder, `${name}.json`);
        writeFileSync(file, JSON.stringify(toNested(tree)));
        const truth = join(corpus, 'truth', `${name}.json`);
        const printed = execFileSync('python3', [script, truth, file, '--unit', 's', '--json'], { encoding: 'utf8' });
        const theirs = JSON.parse(printed) as Record<string, number>;
        const ours = scoreTree(tree, readTruth(name));
        expect(theirs['tv@10']).toBeCloseTo(ours.tv10, 1);
        expect(theirs['tv@20']).toBeCloseTo(ours.tv20, 1);
        expect(theirs.top20).toBeCloseTo(ours.top20, 1);
        expect(theirs.overflow).toBe(0);
        expect(theirs.root).toBeCloseTo(1, 5);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

/** Σ |self in the opened tree − self of the function| / total. */
async function computeMissingSelf(opening: Promise<CallTree>, count: number): Promise<number> {
  const tree = await opening;
  const self = Float64Array.from(tree.profile.functions.self[0]!);
  for (const node of openWidest(tree, count)) self[tree.frame[node]!]! -= tree.self[node]!;
  return self.reduce((sum, value) => sum + Math.abs(value), 0) / tree.total[0]!;
}

/** Opened nodes as nested records, as score.py reads them. */
function toNested(tree: CallTree): unknown {
  interface Nested {
    name: string;
    self: number;
    total: number;
    children: Nested[];
  }
  const nested: Nested[] = [];
  for (let node = 1; node < tree.length; node++) {
    const record = {
      name: getFrameKey(tree.profile, tree.frame[node]!),
      self: tree.self[node]!,
      total: tree.total[node]!,
      children: [],
    };
    nested[node] = record;
    if (tree.parent[node]! > 0) nested[tree.parent[node]!]!.children.push(record);
  }
  return nested.filter((_, node) => tree.parent[node] === 0);
}
