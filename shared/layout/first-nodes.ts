/**
 * Nodes that the first picture of a call graph shows, opened where the file is read, while a page still starts: unfolding
 * them takes a browser longer than drawing them.
 */
import { createCallTree } from '../tree/call-graph-tree.ts';
import type { OpenedFile } from '../tree/open-group.ts';
import { finish } from '../tree/steps.ts';
import type { OpenedNodes } from '../tree/unfolded-tree.ts';
import { openInSteps } from './layout.ts';

/** Blocks of two pixels on a chart of 1,333; a wider one opens the rest itself. */
const OPTIONS = {
  root: 0,
  minWidth: 0.0015,
  maxDepth: Infinity,
  cutoff: 0,
  measuredOnly: false,
  unfolded: new Set<number>(),
  mostNodes: 3000,
};

/** More would be a column of callees that nobody can see: some 10 MB on the way to the page. */
const MOST_NODES = 100_000;

/** The nodes, in the order in which they were opened; null where there is nothing to unfold, or too much. */
export function openFirstNodes({ group, prepared }: Pick<OpenedFile, 'group' | 'prepared'>): OpenedNodes | null {
  const profile = group.profiles[0];
  if (profile === undefined || prepared === null) return null;
  const tree = createCallTree(profile, prepared);
  finish(openInSteps(tree, OPTIONS));
  return tree.length > MOST_NODES ? null : tree.copyNodes();
}
