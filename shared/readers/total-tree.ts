/**
 * Trees of which a file has totals: what is a node's own is its total without those of its children.
 */
import type { ContextIndex, FrameIndex } from '../model/profile.ts';
import type { StackProfile } from '../model/stack-profile.ts';
import { refuseTooManyContexts } from './context-limit.ts';

/** A node of such a tree. */
export interface TotalNode<T> {
  readonly frame: FrameIndex;
  /** One per metric. */
  readonly totals: readonly number[];
  readonly children: readonly T[];
}

/** Differences below this part of a total are what adding doubles leaves over. */
const NOISE = 1e-12;

/**
 * Adds trees to a profile; null from `describe` leaves a node out, and what is below it. Siblings of one frame become
 * one. Gives the number of nodes.
 */
export function addTotalTrees<T>(
  stacks: StackProfile,
  roots: readonly T[],
  describe: (node: T) => TotalNode<T> | null,
  format: string,
): number {
  const open: { readonly node: TotalNode<T>; readonly above: ContextIndex }[] = [];
  const push = (nodes: readonly (TotalNode<T> | null)[], above: ContextIndex) => {
    // Backwards: the first child is taken first.
    for (let at = nodes.length - 1; at >= 0; at--) if (nodes[at] !== null) open.push({ node: nodes[at]!, above });
  };
  push(roots.map(describe), -1);
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    count++;
    const { node, above } = next;
    const context = stacks.contexts.child(above, node.frame);
    refuseTooManyContexts(stacks.contexts.length, format);
    const children = node.children.map(describe);
    node.totals.forEach((total, metric) => {
      let own = total;
      for (const child of children) own -= child?.totals[metric] ?? 0;
      if (Math.abs(own) > NOISE * Math.abs(total)) stacks.contexts.addSelf(context, metric, own);
    });
    push(children, context);
  }
  return count;
}
