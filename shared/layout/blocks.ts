/**
 * What layout gives and paint takes: blocks in unit space.
 *
 *   x: 0 .. 1 across the zoomed node      depth: 0 is the zoomed node, growing away from it
 *
 * Pixels and angles begin in `web/paint`.
 */
/** What a block stands for: values of the kind column. */
export const BlockKind = {
  /** A node of the tree. */
  node: 0,
  /** The self time of the node above it. */
  self: 1,
  /** Children too narrow to see, gathered and counted. */
  gathered: 2,
  /** A recursion that goes on; opened at a click. */
  recursion: 3,
  /** A place left empty because *Measured only* hides what was estimated there. */
  unrecorded: 4,
} as const;
/** A value of the block kinds. */
export type BlockKindValue = (typeof BlockKind)[keyof typeof BlockKind];

/** Row of a block table. -1 means none. */
export type BlockIndex = number & { readonly __flavor?: 'BlockIndex' };

/** Columns of equal length, level by level, each level from left to right: so parents come before children. */
export interface Blocks {
  readonly length: number;
  readonly kind: Uint8Array;
  /** The node itself; of self, gathered and unrecorded blocks the node above. */
  readonly node: Int32Array;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly x0: Float64Array;
  readonly x1: Float64Array;
  /** Value in the metric's unit that the width stands for. */
  readonly value: Float64Array;
  /** Nodes held by a gathered block (0 when they were never counted, see `mostNodes`), else 0. */
  readonly count: Int32Array;
  /** First block of each depth, and the length at the end: blocks of depth d are `rowStart[d] .. rowStart[d + 1] - 1`. */
  readonly rowStart: Int32Array;
  /** Greatest depth of a block. */
  readonly maxDepth: number;
}
