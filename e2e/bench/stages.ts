/**
 * Times the stages of one file in a process of its own: node stages.js FILE → one line of JSON, in milliseconds.
 *
 * Cold on purpose: a user's process has not read a thousand profiles before. Bundled by bench.mjs before it runs.
 */
import { readFileSync } from 'node:fs';
import { layoutBlocks } from '../../shared/layout/layout.ts';
import { readBytes } from '../../shared/readers/index.ts';
import { createCallTree } from '../../shared/tree/call-graph-tree.ts';
import { prepareCallGraph } from '../../shared/tree/prepare.ts';

/** Share of the width that two pixels are on a screen of 1,440. */
const TWO_PIXELS = 2 / 1440;

async function main(file: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(file));
  const times: Record<string, number> = {};
  let last = performance.now();
  const lap = (stage: string) => {
    const now = performance.now();
    times[stage] = now - last;
    last = now;
  };

  const [profile] = (await readBytes(bytes, 'bench.prof')).profiles;
  lap('read');
  if (!profile) throw new Error('the file holds no profile');
  const prepared = prepareCallGraph(profile);
  lap('prepare');
  const tree = createCallTree(profile, prepared);
  const blocks = layoutBlocks(tree, {
    root: 0,
    maxDepth: Infinity,
    cutoff: 0,
    measuredOnly: false,
    unfolded: new Set<number>(),
    minWidth: TWO_PIXELS,
  });
  lap('picture');
  console.log(JSON.stringify({ times, blocks: blocks.length, functions: profile.frames.length }));
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node stages.js FILE');
await main(file);
process.exit();
