/** What icicle, flame and sunburst are given, and what they tell back. One tree, one selection, one set of colours. */
import type { ColorTable } from '../../shared/color/colors.ts';
import type { PackageTable } from '../../shared/color/packages.ts';
import type { BlockKindValue } from '../../shared/layout/blocks.ts';
import type { FrameIndex } from '../../shared/model/profile.ts';
import type { CallTree, NodeIndex } from '../../shared/tree/call-tree.ts';
import type { listenToGestures } from './icicle/gestures.ts';

/** What is under the pointer or the keyboard's focus. */
export interface BlockInfo {
  readonly kind: BlockKindValue;
  /** The node; of self, gathered and unrecorded blocks the node above. */
  readonly node: NodeIndex;
  /** Frame of `node`; -1 for the virtual root. */
  readonly frame: FrameIndex;
  /** What the block's width stands for, in the metric's unit. */
  readonly value: number;
  /** `value` as a share of the whole profile. */
  readonly share: number;
  /** Nodes held by a gathered block, else 0. */
  readonly count: number;
  /** Where the block is in the window, in CSS pixels; absent where its outline is no box. */
  readonly box?: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/** A place in the window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Shares of the drawn width that are measured and estimated; together 1, or 0 and 0 when nothing is drawn. */
export interface MeasuredShare {
  readonly measured: number;
  readonly estimated: number;
}

/** What a chart is given, and what it tells. */
export interface ChartProps {
  readonly tree: CallTree;
  /** Total of the whole profile, which every share is of: a tree with another root is only a part of it. */
  readonly whole: number;
  readonly packages: PackageTable;
  readonly colors: ColorTable;
  readonly theme: 'light' | 'dark';
  /** Node that fills the width; 0 is everything. */
  readonly zoom: NodeIndex;
  /** -1: none. */
  readonly selected: NodeIndex;
  /** Function whose other blocks are outlined; -1: none. */
  readonly selectedFrame: FrameIndex;
  /** Per frame, 1 where a search matches; null when nothing is searched. */
  readonly matches: Uint8Array | null;
  /** Levels to show below the zoomed node; Infinity for all. */
  readonly maxDepth: number;
  /** Nodes under this share of the whole tree are gathered; 0 for none. */
  readonly cutoff: number;
  readonly measuredOnly: boolean;
  /** Upside down: callers below, callees above. Icicle only. */
  readonly flame: boolean;
  /** Rows of 16 px instead of 20. Icicle only. */
  readonly compact: boolean;
  /** What makes wheel, drag and pinch of it; null for a first picture: what they need comes with the app. Icicle only. */
  readonly gestures: typeof listenToGestures | null;
  /** True: what changes is drawn before the call returns, because paper waits for no frame. */
  readonly printing: boolean;
  /** False: everything at once, as people who asked for reduced motion want it. */
  readonly motion: boolean;
  /** A block, and where the pointer is (null when the keyboard put it there); null when there is none. */
  onHover(block: BlockInfo | null, at: Point | null): void;
  onSelect(node: NodeIndex): void;
  /** Zooms to a node and selects it. */
  onZoom(node: NodeIndex): void;
  onZoomOut(): void;
  /** After each layout, for the legend. */
  onMeasured(share: MeasuredShare): void;
}
