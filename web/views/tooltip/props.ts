/**
 * What the tooltip is given. All coordinates are CSS pixels of the window (`clientX`, `clientY`).
 */
import type { BlockKindValue } from '../../../shared/layout/blocks.ts';
import type { FrameIndex, Profile } from '../../../shared/model/profile.ts';
import type { CallTree, NodeIndex } from '../../../shared/tree/call-tree.ts';

/** The hovered block: what the tooltip needs of a chart's `BlockInfo`. */
export interface TooltipBlock {
  readonly kind: BlockKindValue;
  readonly node: NodeIndex;
  readonly frame: FrameIndex;
  /** Value of the block in the metric's unit. */
  readonly value: number;
  /** Functions in a gathered block. */
  readonly count: number;
  /** Where the block is drawn, so that it is never covered; without it the pointer's row is left free. */
  readonly box?: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/** Data of the tooltip; it asks for nothing. */
export interface TooltipProps {
  readonly profile: Profile;
  readonly tree: CallTree;
  /** Value that shares are of: the whole profile's. */
  readonly whole: number;
  /** Functions of the profile that ran: threads share the frames of their file. */
  readonly functions: number;
  /** Null hides the tooltip at once. */
  readonly block: TooltipBlock | null;
  readonly at: { readonly x: number; readonly y: number } | null;
}
