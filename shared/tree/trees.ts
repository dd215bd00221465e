/**
 * The trees of a profile, whichever way it holds them: recorded contexts, or a call graph to be unfolded.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import * as graph from './call-graph-tree.ts';
import type { CallTree } from './call-tree.ts';
import { MOST_NODES } from './growing-tree.ts';
import type { PreparedGraph } from './prepare.ts';
import { MergedTree, RecordedTree } from './recorded-tree.ts';
import type { OpenedNodes } from './unfolded-tree.ts';

/** What trees are made from. `prepared` is that of the metric; null where the profile has contexts. */
export interface TreeSource {
  readonly profile: Profile;
  readonly metric: number;
  readonly prepared: PreparedGraph | null;
}

/** The whole tree: every root, node 0 above them. `nodes`: what another tree of the same source has opened. */
export function createTree({ profile, metric, prepared }: TreeSource, nodes: OpenedNodes | null = null): CallTree {
  if (prepared === null) return new RecordedTree(profile, metric, MOST_NODES);
  const tree = graph.createCallTree(profile, prepared);
  if (nodes !== null) tree.takeNodes(nodes);
  return tree;
}

/** The tree below a function, wherever it is called from; the function is node 1, unless it was never called. */
export function createTreeBelow({ profile, metric, prepared }: TreeSource, frame: FrameIndex): CallTree {
  if (prepared !== null) return graph.createTreeOfFunction(profile, prepared, frame);
  return new MergedTree(profile, metric, frame, MOST_NODES);
}
