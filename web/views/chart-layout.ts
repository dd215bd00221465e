/** From what a chart is given to its blocks, at once or in slices. */
import type { Blocks } from '../../shared/layout/blocks.ts';
import { type Draft, openInSteps, placeDrafts } from '../../shared/layout/layout.ts';
import type { NodeIndex } from '../../shared/tree/call-tree.ts';
import type { Steps } from '../../shared/tree/steps.ts';
import type { ChartProps } from './chart-props.ts';
import { measureStage } from './chart-stages.ts';

/** How fine the blocks of a picture are. */
export interface Detail {
  /** Least width of a block, as a share of the root's. */
  readonly minWidth: number;
  /** The part of the width that is in view, and around it. */
  readonly view: readonly [number, number];
  /** Least width of a block when all of the width is in view. */
  readonly wholeMinWidth: number;
}

/** A layout of the zoomed node under way. */
export class Layout {
  readonly #opening: Steps<Draft>;
  #blocks: Blocks | null = null;

  constructor(
    { tree, zoom, maxDepth, cutoff, measuredOnly }: ChartProps,
    { minWidth, view }: Detail,
    unfolded: ReadonlySet<NodeIndex>,
  ) {
    this.#opening = openInSteps(tree, { root: zoom, minWidth, maxDepth, cutoff, measuredOnly, unfolded, view });
  }

  /** Goes on for about so many milliseconds; gives the blocks when it has come to its end. */
  work(most: number): Blocks | null {
    const until = performance.now() + most;
    return measureStage('layout', () => {
      const root = this.#blocks === null ? measureStage('open', () => this.#open(until)) : null;
      if (root !== null) this.#blocks = placeDrafts(root);
      return this.#blocks;
    });
  }

  /** Goes on to its end. */
  finish(): Blocks {
    return this.work(Infinity)!;
  }

  #open(until: number): Draft | null {
    do {
      const step = this.#opening.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    return null;
  }
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
