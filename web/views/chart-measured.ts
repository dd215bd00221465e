/**
 * How much of a picture is measured, told to the page after each layout that may have changed it. The page's legend
 * lists what the chart has opened, so another tree or zoom is news even where the shares are equal.
 */
import type { Blocks } from '../../shared/layout/blocks.ts';
import { measuredShare } from '../../shared/layout/measured.ts';
import type { CallTree, NodeIndex } from '../../shared/tree/call-tree.ts';
import type { ChartProps, MeasuredShare } from './chart-props.ts';

/** What was told last, so that nothing is told twice. */
export class MeasuredReport {
  #told: { readonly share: MeasuredShare; readonly tree: CallTree; readonly zoom: NodeIndex } | null = null;

  /** Tells `props` of `blocks`, which hold the whole width with the estimates that may be hidden on screen. */
  tell({ tree, zoom, onMeasured }: ChartProps, blocks: Blocks): void {
    const share = measuredShare(blocks, tree);
    const told = this.#told;
    const isKnown = told?.tree === tree && told.zoom === zoom;
    if (isKnown && told.share.measured === share.measured && told.share.estimated === share.estimated) return;
    this.#told = { share, tree, zoom };
    onMeasured(share);
  }

  /** Says it again, as the same object: whoever takes over a chart has not heard it. */
  repeat({ onMeasured }: ChartProps): void {
    if (this.#told) onMeasured(this.#told.share);
  }
}
