/** From what a chart is given to its blocks. */
import type { Blocks } from '../../shared/layout/blocks.ts';
import { openDrafts, placeDrafts } from '../../shared/layout/layout.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import type { ChartProps } from './chart-props.ts';
import { measureStage } from './chart-stages.ts';

/** How fine the blocks of a picture are. */
export interface Detail {
  /** Least width of a block, as a share of the root's. */
  readonly minWidth: number;
  /** The part of the width that is in view. */
  readonly view: readonly [number, number];
}

/** Blocks of the zoomed node. */
export function layOut(
  { tree, zoom, maxDepth, cutoff, measuredOnly }: ChartProps,
  { minWidth, view }: Detail,
  unfolded: ReadonlySet<NodeIndex>,
): Blocks {
  const options = { root: zoom, minWidth, maxDepth, cutoff, measuredOnly, unfolded, view };
  return measureStage('layout', () => placeDrafts(measureStage('open', () => openDrafts(tree, options))));
}

/** Props that blocks and their looks depend on. */
const ON_BLOCKS = [
  'tree',
  'zoom',
  'maxDepth',
  'cutoff',
  'measuredOnly',
  'colors',
  'packages',
  'matches',
] as const satisfies (keyof ChartProps)[];

/** Whether a chart of `before` shows the blocks, and in the colours, that one of `after` does. */
export function hasSameBlocks(before: ChartProps, after: ChartProps): boolean {
  return ON_BLOCKS.every((field) => before[field] === after[field]);
}
