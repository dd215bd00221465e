/**
 * Paths of blocks: the stable name of a node in a link, whatever its number is today.
 *
 *   all ▸ main ▸ build ▸ render   ──▶   'Ab3_xQ9-z1mK0dP'   five characters per step, root first, '' for "all"
 *
 * A path belongs to the tree it was taken from: under another root it starts elsewhere.
 */
import type { FrameIndex } from '../../shared/model/profile.ts';
import type { CallTree, NodeIndex } from '../../shared/tree/call-tree.ts';

/** Steps from below the virtual root to a node, as text; `''` is the virtual root. */
export type NodePath = string & { readonly __flavor?: 'NodePath' };

/** Characters of one step. */
const STEP_LENGTH = 5;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Steps that a path from outside may have: deeper than any stack that Python can make. */
const MAX_STEPS = 20_000;

/** True for text that can be a path. */
export function isNodePath(text: string): text is NodePath {
  return text.length % STEP_LENGTH === 0 && text.length <= MAX_STEPS * STEP_LENGTH && /^[\w-]*$/.test(text);
}

/** Number of steps of a path. */
export function countSteps(path: NodePath): number {
  return path.length / STEP_LENGTH;
}

/** The path without its last step; `''` stays `''`. */
export function getParentPath(path: NodePath): NodePath {
  return path.slice(0, Math.max(0, path.length - STEP_LENGTH));
}

/** One step of a path: the code of a frame as five characters. */
export function formatStep(code: number): NodePath {
  let text = '';
  for (let shift = 24; shift >= 0; shift -= 6) text += ALPHABET[(code >>> shift) & 63];
  return text;
}

/** Path of a node of `tree`. Cost: its depth. */
export function getNodePath(tree: CallTree, codes: Int32Array, node: NodeIndex): NodePath {
  const steps: string[] = [];
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) steps.push(formatStep(codes[tree.frame[at] ?? 0] ?? 0));
  return steps.reverse().join('');
}

/** Where a path leads in a tree. */
export interface FoundNode {
  /** The node, or the deepest one that was found on the way to it. */
  readonly node: NodeIndex;
  /** Steps of the path that were found. */
  readonly found: number;
  readonly steps: number;
}

/** Follows a path, opening nodes along the way. Cost: children of each node on it. */
export function findNodeByPath(tree: CallTree, codes: Int32Array, path: NodePath): FoundNode {
  const steps = countSteps(path);
  let node: NodeIndex = 0;
  for (let step = 0; step < steps; step++) {
    const next = findChild(tree, codes, node, path.slice(step * STEP_LENGTH, (step + 1) * STEP_LENGTH));
    if (next < 0) return { node, found: step, steps };
    node = next;
  }
  return { node, found: steps, steps };
}

function findChild(tree: CallTree, codes: Int32Array, node: NodeIndex, step: string): NodeIndex {
  const wanted = parseStep(step);
  tree.open(node);
  const first = tree.firstChild[node] ?? 0;
  const end = first + (tree.childCount[node] ?? 0);
  for (let child = first; child < end; child++) {
    if (codes[tree.frame[child] ?? -1] === wanted) return child;
  }
  return -1;
}

function parseStep(step: string): number {
  let code = 0;
  for (const letter of step) code = code * 64 + ALPHABET.indexOf(letter);
  return code;
}

/** Frame of the last step of a path, by its code alone; -1 when no frame has it. */
export function findFrameOfPath(codes: Int32Array, path: NodePath): FrameIndex {
  return path === '' ? -1 : codes.indexOf(parseStep(path.slice(-STEP_LENGTH)));
}
