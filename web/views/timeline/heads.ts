/** Names of threads over their lanes, as buttons that fold them. Only those in sight are on the page. */
import { html, render } from 'lit-html';
import { formatMetric } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import { setStyles } from '../../controls/styles.ts';
import type { Lanes } from './lanes.ts';

/** Where rows are, in CSS pixels. */
export interface HeadPlaces {
  readonly row: number;
  readonly ruler: number;
  /** Scroll, in rows, and rows to be seen. */
  readonly top: number;
  readonly rows: number;
}

/** Heads of one timeline. */
export class Heads {
  readonly #root = document.createElement('div');
  readonly #onFold: (lane: number) => void;

  constructor(parent: HTMLElement, onFold: (lane: number) => void) {
    this.#root.className = 'timeline-heads';
    this.#onFold = onFold;
    parent.append(this.#root);
  }

  update({ list, unit }: Lanes, { row, ruler, top, rows }: HeadPlaces): void {
    this.#root.style.setProperty('top', `${ruler}px`);
    const shown = list.flatMap(({ head, name, index, isFolded }, lane) => {
      if (head < 0 || head + 1 <= top || head >= top + rows) return [];
      const length = formatMetric(index.to - index.from, unit);
      const levels = index.levels === 1 ? '1 level' : `${index.levels} levels`;
      return [
        html`<div class="timeline-head" ${setStyles({ height: `${row}px`, transform: `translateY(${(head - top) * row}px)` })}>
          <button type="button" data-lane=${lane} aria-expanded=${isFolded ? 'false' : 'true'} @click=${() => this.#onFold(lane)}>
            ${icon(isFolded ? 'right' : 'down', 12)}<bdi>${name}</bdi><span>${length}, ${levels}</span></button></div>`,
      ];
    });
    render(html`${shown}`, this.#root);
  }
}
