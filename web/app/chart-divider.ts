/** The divider in its place: whoever drags it moves the chart, and nothing else of the page is rendered. */
import { effect } from '@preact/signals-core';
import { render } from 'lit-html';
import { divider } from '../controls/divider.ts';
import type { ChartSize } from './chart-size.ts';

/**
 * Keeps the divider in `host`, and the work area, as `size` says. It is told before the views are, so that a view that is
 * mounted by the same change finds its place as high as it is to be.
 */
export function mountDivider(host: HTMLElement, size: ChartSize): void {
  effect(() => {
    const value = size.height.value;
    document.getElementById('work')?.style.setProperty('--chart-height', `${value}px`);
    const { min, max, move, reset } = size;
    render(divider({ value, min, max: max.value, onMove: move, onReset: reset }), host);
  });
}
