/**
 * The one interface behind every tree that is shown, whether it was recorded or rebuilt from a call graph.
 *
 *   node 0        the virtual root "all" (frame -1); its children are the roots
 *   node 1 ..     places in the tree, numbered as they are opened; parents before children
 *
 * Columns grow when nodes are opened and may then be other arrays: read them from the tree after every `open`.
 * A node's number is not stable between sessions; its path of frame keys is.
 */
import type { Profile } from '../model/profile.ts';

/** Place in a call tree. 0 is the virtual root; -1 means none. */
export type NodeIndex = number & { readonly __flavor?: 'NodeIndex' };

/** How sure a node's width is: values of the certainty column. */
export const Certainty = { inferred: 0, bounded: 1, matched: 2, exact: 3 } as const;
/** One of the certainty values. */
export type CertaintyLevel = (typeof Certainty)[keyof typeof Certainty];

/** Names of the certainty values, by value, as in exports. */
export const CERTAINTY_NAMES = ['inferred', 'bounded', 'matched', 'exact'] as const;

/** A call tree as columns; see the head of this file. Only `open` changes it, and only by appending. */
export interface CallTree {
  readonly profile: Profile;
  /** Index of the metric that totals are in; values are in that metric's own unit (seconds for pstats). */
  readonly metric: number;
  /** True when every path was recorded, so that nothing is ever inferred. */
  readonly exact: boolean;
  /** Nodes so far. */
  readonly length: number;
  /** Length at least `length`. -1 for node 0. */
  readonly frame: Int32Array;
  /** -1 for node 0. */
  readonly parent: Int32Array;
  /** First child; -1: not opened yet; 0: opened, no children. Children are contiguous and widest first. */
  readonly firstChild: Int32Array;
  readonly childCount: Int32Array;
  /** Distance from node 0. */
  readonly depth: Int32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** NaN: unknown (sampled files, files without counts). */
  readonly calls: Float64Array;
  readonly certainty: Uint8Array;
  /** Bounds of `total`: low <= total <= high, equal where the width is known. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /**
   * Appends the children of a node, once. A tree has 5 million nodes at most: a node whose children would be more stays
   * closed. Cost: O(children), and the function's own matrix the first time.
   */
  open(node: NodeIndex): void;
}
