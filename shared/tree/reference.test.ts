/**
 * The tree against a reference of the same algorithm in Python: from stored answers on the samples, and asked afresh
 * on every pstats file of the corpus where python3 and the corpus are there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../readers/index.ts';
import { corpusDir, corpusFiles, readCorpusFile, readSample } from '../testing/corpus.ts';
import { hasPython } from '../testing/python.ts';
import { findDifferences, type ReferenceTree } from '../testing/reference.ts';
import { createCallTree } from './call-graph-tree.ts';
import type { CallTree } from './call-tree.ts';
import { prepareCallGraph } from './prepare.ts';

/**
 * Where the tree differs on purpose. `deep` calls itself and one other function and has no self time, so the sums of
 * callers and of that callee are equal by nature. The reference takes this for a match, and the recursion has no place
 * left; here it keeps its place (context/matching.ts).
 */
const EXCEPT_BELOW: Readonly<Record<string, string>> = {
  'pstats/pyinstrument-busy.pstats': 'busy.py:9(deep)',
  'pyinstrument/busy.pstats': 'busy.py:9(deep)',
};

async function openTree(bytes: Uint8Array, name: string): Promise<CallTree> {
  const { profiles } = await readBytes(bytes, name);
  return createCallTree(profiles[0]!, prepareCallGraph(profiles[0]!));
}

describe('the widest nodes are those of the reference', () => {
  const stored = JSON.parse(new TextDecoder().decode(readSample('truth/oracle.json'))) as Record<string, ReferenceTree>;
  for (const [name, reference] of Object.entries(stored)) {
    it(`in ${name}`, async () => {
      const tree = await openTree(readSample(name), name);
      expect(findDifferences(tree, reference, EXCEPT_BELOW[name]).slice(0, 5)).toEqual([]);
    });
  }

  it('in every pstats file of the corpus, asked afresh', async () => {
    const corpus = corpusDir();
    const reference = join(corpus ?? '', 'truth', 'reference');
    if (corpus === null || !existsSync(reference) || !hasPython()) {
      console.warn('The reference of the corpus or python3 is absent: the tree is compared with stored answers only.');
      return;
    }
    const files = corpusFiles('pstats').map(({ file }) => file);
    const script = resolve(import.meta.dirname, '../samples/truth/oracle.py');
    const printed = execFileSync('python3', [script, reference, '800', ...files], {
      cwd: corpus,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const answers = Object.entries(JSON.parse(printed) as Record<string, ReferenceTree>);
    expect(answers.length).toBeGreaterThan(20);
    for (const [file, answer] of answers) {
      const tree = await openTree(readCorpusFile(file), file);
      const differences = findDifferences(tree, answer, EXCEPT_BELOW[file]).slice(0, 5);
      expect({ file, differences }).toEqual({ file, differences: [] });
    }
  }, 120_000);
});
