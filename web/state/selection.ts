/**
 * What the paths and keys of a state lead to in a document: the tree, and nodes in it. Parts that lead nowhere are told,
 * because a link may be older than the file.
 */
import { findFrameByKey } from '../../shared/model/frame-code.ts';
import type { FrameIndex } from '../../shared/model/profile.ts';
import type { CallTree, NodeIndex } from '../../shared/tree/call-tree.ts';
import { createSubtree } from '../../shared/tree/subtree.ts';
import { createTreeBelow } from '../../shared/tree/trees.ts';
import type { AppState } from './app-state.ts';
import type { OpenDocument } from './document.ts';
import { findFrameOfPath, findNodeByPath, type NodePath } from './node-path.ts';

/** Fields that can lead nowhere. */
export type LinkField = 'root' | 'within' | 'zoom' | 'select' | 'selectFunction';

/** A part of a link that leads nowhere in this file. */
export interface DeadPart {
  readonly field: LinkField;
  /** One sentence for the line above the crumbs. */
  readonly message: string;
}

/** The tree that a state shows. */
export interface ShownTree {
  readonly tree: CallTree;
  /** Function it is rooted at; -1: the whole profile, or a block of it. */
  readonly rootFrame: FrameIndex;
  /** True when it is less than the whole profile. */
  readonly isPart: boolean;
  readonly dead: readonly DeadPart[];
}

/** The tree for `root` and `within`. Cost: small, everything expensive is shared by the trees of a document. */
export function findShownTree(document: OpenDocument, root: string, within: NodePath): ShownTree {
  const { profile, codes } = document;
  const dead: DeadPart[] = [];
  let rootFrame = -1;
  if (root !== '') {
    rootFrame = findFrameByKey(profile, codes, root);
    if (rootFrame < 0) dead.push({ field: 'root', message: `The link's root is not in this file: ${root}.` });
  }
  let tree = rootFrame < 0 ? document.tree : createTreeBelow(document, rootFrame);
  let cut = false;
  if (within !== '') {
    const { node, found, steps } = findNodeByPath(tree, codes, within);
    if (found === steps) {
      tree = createSubtree(tree, node);
      cut = true;
    } else dead.push({ field: 'within', message: describeLostPath('root', found, steps) });
  }
  return { tree, rootFrame, isPart: rootFrame >= 0 || cut, dead };
}

/** Where zoom and selection are in a tree. */
export interface ShownSelection {
  readonly zoom: NodeIndex;
  /** -1: no block. */
  readonly node: NodeIndex;
  /** Function of the selected block, or the selected function; -1: none. */
  readonly frame: FrameIndex;
  readonly dead: readonly DeadPart[];
}

/** Nodes for `zoom`, `select` and `selectFunction`. Opens the tree along the paths. */
export function findSelection(
  document: OpenDocument,
  tree: CallTree,
  state: Pick<AppState, 'zoom' | 'select' | 'selectFunction'>,
): ShownSelection {
  const { profile, codes } = document;
  const dead: DeadPart[] = [];
  const zoom = findNodeByPath(tree, codes, state.zoom);
  if (zoom.found < zoom.steps) dead.push({ field: 'zoom', message: describeLostPath('zoom', zoom.found, zoom.steps) });
  let node: NodeIndex = -1;
  let frame: FrameIndex = -1;
  if (state.select !== '') {
    const select = findNodeByPath(tree, codes, state.select);
    if (select.found === select.steps) {
      node = select.node;
      frame = tree.frame[node] ?? -1;
    } else {
      frame = findFrameOfPath(codes, state.select);
      dead.push({ field: 'select', message: describeLostPath('selection', select.found, select.steps) });
    }
  } else if (state.selectFunction !== '') {
    frame = findFrameByKey(profile, codes, state.selectFunction);
    if (frame < 0) {
      dead.push({
        field: 'selectFunction',
        message: `The link's selection is not in this file: ${state.selectFunction}.`,
      });
    }
  }
  return { zoom: zoom.found === zoom.steps ? zoom.node : 0, node, frame, dead };
}

function describeLostPath(what: string, found: number, steps: number): string {
  if (found === 0) return `The link's ${what} is not in this file.`;
  return `The link's ${what} is not in this file: it is ${steps} calls deep, and only the first ${found} can be found.`;
}
