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

const FIRST_BLOCKS = 2000;
/** Share of the width that two pixels are on a screen of 1,440. */
const TWO_PIXELS = 2 / 1440;
const FRAMES = 31;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function main(file: string): Promise<void> {
  const bytes = readFileSync(file);
  const times: Record<string, number> = {};
  let last = performance.now();
  const lap = (stage: string) => {
    const now = performance.now();
    times[stage] = now - last;
    last = now;
  };

  const [profile] = (await readBytes(new Uint8Array(bytes), 'bench.prof')).profiles;
  lap('read');
  if (!profile) throw new Error('the file holds no profile');
  const prepared = prepareCallGraph(profile);
  lap('prepare');
  const tree = createCallTree(profile, prepared);
  const options = { root: 0, maxDepth: Infinity, cutoff: 0, measuredOnly: false, unfolded: new Set<number>() };
  layoutBlocks(tree, { ...options, minWidth: 0, limit: FIRST_BLOCKS });
  lap('firstBlocks');

  const frames: number[] = [];
  let blocks = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    const start = performance.now();
    blocks = layoutBlocks(tree, { ...options, minWidth: TWO_PIXELS }).length;
    frames.push(performance.now() - start);
  }
  times.layout = median(frames);
  console.log(JSON.stringify({ times, blocks, functions: profile.frames.length }));
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node stages.js FILE');
await main(file);
