/**
 * What the details panel is given: one function, and the block of it that is meant, if any. The app decides which one
 * (hovered, else selected, else zoomed).
 */
import type { FrameIndex, Profile } from '../../../shared/model/profile.ts';
import type { CallTree, NodeIndex } from '../../../shared/tree/call-tree.ts';
import type { FunctionRows } from '../../../shared/tree/function-rows.ts';

/** Data and callbacks of the details panel. */
export interface DetailsProps {
  readonly profile: Profile;
  readonly rows: FunctionRows;
  readonly tree: CallTree;
  /** Block that is meant; -1 when only the function is known (a table row without a block on screen). 0 is "all". */
  readonly node: NodeIndex;
  /** Function that is meant; -1 shows the whole profile. */
  readonly frame: FrameIndex;
  /** Value that the shares of blocks are of, as in charts and tooltip. Shares of self times everywhere are of `rows.whole`. */
  readonly whole: number;
  /** Up to 860 px: a strip of two lines whose More opens the panel over the table. */
  readonly strip: boolean;
  /** CSS colour of a function's swatch, swatch gain included. */
  swatch(frame: FrameIndex): string;
  /** Zoom to the block (only called when there is one). */
  onZoom(node: NodeIndex): void;
  onRoot(frame: FrameIndex): void;
  /** A caller or callee was clicked. */
  onSelectFrame(frame: FrameIndex): void;
  /** Opens the explanation of estimates. */
  onWhy(): void;
}
