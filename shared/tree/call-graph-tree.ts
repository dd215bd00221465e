/**
 * Trees of a call graph: the program's whole tree, the tree below one function, and the tree of its callers.
 *
 * A call graph does not hold a tree. These are rebuilt, node by node as they are opened, and each node says how sure it
 * is (docs/call-tree.md). All trees of one prepared graph share the matrices that were solved so far.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import type { CallTree } from './call-tree.ts';
import { CallersTree } from './callers-tree.ts';
import { getContextCache } from './context/context-cache.ts';
import { MOST_NODES } from './growing-tree.ts';
import { PlaceList } from './place-list.ts';
import { getRootPlace } from './places.ts';
import type { PreparedGraph } from './prepare.ts';
import { TreeOfFunction } from './tree-of-function.ts';
import { UnfoldedTree } from './unfolded-tree.ts';

/** The whole tree: every root, node 0 above them. It opens no more than `mostNodes` nodes. */
export function createCallTree(profile: Profile, prepared: PreparedGraph, mostNodes = MOST_NODES): UnfoldedTree {
  const contexts = getContextCache(profile, prepared);
  const { edgeCount, firstNested } = contexts.numbers;
  const roots = new PlaceList();
  roots.begin(firstNested - edgeCount);
  for (let state = edgeCount; state < firstNested; state++) roots.add(getRootPlace(contexts.numbers, state));
  return new UnfoldedTree(contexts, roots, mostNodes);
}

/** The tree below a function, wherever it is called from; the function is node 1, unless it was never called. */
export function createTreeOfFunction(profile: Profile, prepared: PreparedGraph, frame: FrameIndex): CallTree {
  return new TreeOfFunction(getContextCache(profile, prepared), frame, MOST_NODES);
}

/** The tree of a function's callers and their callers, upside down; the function is node 1 (see callers-tree.ts). */
export function createCallersTree(profile: Profile, prepared: PreparedGraph, frame: FrameIndex): CallTree {
  return new CallersTree(getContextCache(profile, prepared), frame, MOST_NODES);
}
