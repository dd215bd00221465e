/**
 * Calls as a list: all of the selected function's, else those that are drawn. What the picture shows, in words and
 * numbers, for whoever reads better than looks, or looks for the longest one.
 */

import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import { formatCount, formatMetric, formatShare } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import { setStyles } from '../../controls/styles.ts';
import { getNextRow } from '../row-keys.ts';
import { RowScroller } from '../table/scroll.ts';
import { getCallWord, getLengthWord, type Lanes } from './lanes.ts';
import { getFrame, getFunctionName, getTimes, type LaneCall } from './scene.ts';
import { formatMoment } from './times.ts';

const ROW_HEIGHT = 24;
const HEAD_HEIGHT = 28;
/** Lines that are copied at most: what a spreadsheet takes. */
const MOST_COPIED = 1_000_000;

/** Calls by number: they may be a million, so none is an object before it is looked at. */
export interface CallRows {
  readonly length: number;
  get(row: number): LaneCall;
}

/** What the list shows. */
export interface CallListProps {
  readonly lanes: Lanes;
  readonly calls: CallRows;
  /** Function whose calls they are all; -1: what is drawn. */
  readonly frame: FrameIndex;
  /** True while calls are still being found. */
  readonly isSearching: boolean;
  readonly printing: boolean;
  swatch(frame: FrameIndex): string;
  /** Shows a call in the picture. */
  onGo(call: LaneCall): void;
  onCopy(text: string, what: string): void;
  onClose(): void;
}

/** Orders that rows can have. */
type Order = 'start' | 'longest';

/** The list of one timeline. */
export class CallList {
  readonly root = document.createElement('div');
  readonly #scroller = new RowScroller(ROW_HEIGHT);
  readonly #resized: ResizeObserver;
  #props: CallListProps | null = null;
  #order: Order = 'start';
  /** Rows in the order of length; null until asked for. */
  #longest: Uint32Array | null = null;
  #cursor = -1;

  constructor() {
    this.root.className = 'timeline-list';
    this.#resized = new ResizeObserver(() => this.#draw());
    this.#resized.observe(this.root);
  }

  update(props: CallListProps): void {
    if (props.calls !== this.#props?.calls) {
      this.#longest = null;
      this.#cursor = -1;
      if (props.frame !== this.#props?.frame) {
        this.#scroller.toTop();
        const grid = this.#grid;
        if (grid !== null) grid.scrollTop = 0;
      }
    }
    this.#props = props;
    this.#draw();
  }

  destroy(): void {
    this.#resized.disconnect();
    this.root.remove();
  }

  get #grid(): HTMLElement | null {
    return this.root.querySelector('.timeline-grid');
  }

  #draw(): void {
    if (this.#props === null) return;
    const { calls } = this.#props;
    this.#scroller.resize(calls.length, Math.max(0, (this.#grid?.clientHeight ?? 0) - HEAD_HEIGHT));
    render(this.#template(this.#props), this.root);
  }

  #template(props: CallListProps): TemplateResult {
    const { lanes, calls, frame } = props;
    const { first, end, top } = this.#scroller.window;
    const rows: TemplateResult[] = [];
    for (let row = first; row < end; row++) rows.push(this.#rowTemplate(props, row));
    const name = frame < 0 ? '' : getFunctionName(lanes.list[0]!, frame);
    const count = formatCount(calls.length);
    const word = getCallWord(lanes, calls.length);
    const what = frame < 0 ? 'Calls that are drawn' : `Calls of ${name}`;
    return html`<div class="timeline-list-bar">
        <span class="cut"><b>${count}</b> ${
          frame < 0
            ? html`${word} ${calls.length === 1 ? 'is' : 'are'} drawn; select a function for all of its ${getCallWord(lanes, 2)}`
            : html`${word} of <b><bdi>${name}</bdi></b>${props.isSearching ? ', still counting' : nothing}`
        }</span>
        <span class="grow"></span>
        <button type="button" class="btn" data-action="timeline-copy" @click=${this.#copy}>${icon('copy')}<span>Copy</span></button>
        <button type="button" class="btn icon" aria-label="Close the list" @click=${props.onClose}>${icon('close')}</button>
      </div>
      <div class=${`timeline-grid${lanes.list.length > 1 ? ' has-threads' : ''}`} role="grid" tabindex="0" aria-label=${what}
        aria-rowcount=${calls.length + 1} aria-colcount=${lanes.list.length > 1 ? 6 : 5}
        aria-activedescendant=${this.#cursor >= first && this.#cursor < end ? `timeline-call-${this.#cursor}` : nothing}
        @scroll=${this.#onScroll} @keydown=${this.#onKey} @click=${this.#onClick}>
        <div role="rowgroup" class="timeline-list-head"><div role="row" class="timeline-list-row" aria-rowindex="1">
          ${this.#headTemplate('start', 'start')}${this.#headTemplate(getLengthWord(lanes), 'longest')}
          <div role="columnheader">% of all</div><div role="columnheader">level</div>
          ${lanes.list.length > 1 ? html`<div role="columnheader" class="is-text">thread</div>` : nothing}
          <div role="columnheader" class="is-text">function</div>
        </div></div>
        <div role="rowgroup" class="timeline-list-space" ${setStyles({ height: `${this.#scroller.scrollHeight}px` })}>
          <div role="presentation" class="timeline-list-rows" ${setStyles({ transform: `translateY(${top}px)` })}>${rows}</div>
        </div>
      </div>`;
  }

  #headTemplate(label: string, order: Order): TemplateResult {
    const isSorted = this.#order === order;
    const sort = () => {
      this.#order = order;
      this.#cursor = -1;
      this.#draw();
    };
    return html`<div role="columnheader" aria-sort=${isSorted ? (order === 'start' ? 'ascending' : 'descending') : 'none'}>
      <button type="button" class=${isSorted ? 'strong' : ''} @click=${sort}>${label}</button></div>`;
  }

  #rowTemplate({ lanes, swatch }: CallListProps, row: number): TemplateResult {
    const call = this.#getCall(row);
    const { axis, unit } = lanes;
    const { from, to } = getTimes(lanes, call);
    const frame = getFrame(lanes, call);
    const lane = lanes.list[call.lane]!;
    return html`<div role="row" id=${`timeline-call-${row}`} class=${`timeline-list-row${row === this.#cursor ? ' is-cursor' : ''}`}
      aria-rowindex=${row + 2} aria-selected=${row === this.#cursor ? 'true' : 'false'} data-row=${row}>
      <div role="gridcell">${formatMoment(from, to - from, axis.from, unit)}</div>
      <div role="gridcell" class="strong">${formatMetric(to - from, unit)}</div>
      <div role="gridcell" class="muted">${formatShare((to - from) / (axis.to - axis.from))}</div>
      <div role="gridcell" class="muted">${call.depth + 1}</div>
      ${lanes.list.length > 1 ? html`<div role="gridcell" class="is-text muted cut"><bdi>${lane.name}</bdi></div>` : nothing}
      <div role="gridcell" class="is-text cut"><i class="sw" ${setStyles({ background: swatch(frame) })}></i><bdi>${getFunctionName(lane, frame)}</bdi></div>
    </div>`;
  }

  #getCall(row: number): LaneCall {
    const { calls, lanes } = this.#props!;
    if (this.#order === 'start') return calls.get(row);
    if (this.#longest === null) {
      const length = Float64Array.from({ length: calls.length }, (_, i) => {
        const { from, to } = getTimes(lanes, calls.get(i));
        return to - from;
      });
      this.#longest = Uint32Array.from(length, (_, i) => i).sort((a, b) => length[b]! - length[a]! || a - b);
    }
    return calls.get(this.#longest[row]!);
  }

  #onScroll = (): void => {
    const grid = this.#grid;
    if (grid === null || this.#scroller.isAt(grid.scrollTop)) return;
    this.#scroller.scrolled(grid.scrollTop);
    this.#draw();
  };

  #onClick = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset.row;
    if (row !== undefined) this.#go(Number(row));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = (this.#props?.calls.length ?? 0) - 1;
    if (last < 0) return;
    const next = getNextRow(event.key, this.#cursor, last, this.#scroller.page);
    if (next !== null) this.#moveTo(next);
    else if (event.key === 'Enter' && this.#cursor >= 0) this.#go(this.#cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #moveTo(row: number): void {
    this.#cursor = row;
    if (this.#scroller.reveal(row)) {
      const grid = this.#grid;
      if (grid !== null) {
        grid.scrollTop = this.#scroller.wantedScrollTop;
        this.#scroller.aligned(grid.scrollTop);
      }
    }
    this.#draw();
  }

  #go(row: number): void {
    this.#cursor = row;
    this.#draw();
    this.#props?.onGo(this.#getCall(row));
  }

  #copy = (): void => {
    const { lanes, calls, onCopy } = this.#props!;
    const lines = [`start\t${getLengthWord(lanes)}\tlevel\tthread\tfunction`];
    for (let row = 0; row < Math.min(calls.length, MOST_COPIED); row++) {
      const call = this.#getCall(row);
      const { from, to } = getTimes(lanes, call);
      const lane = lanes.list[call.lane]!;
      const name = getFunctionName(lane, getFrame(lanes, call)).replaceAll(/\s/g, ' ');
      lines.push([from, to - from, call.depth + 1, lane.name.replaceAll(/\s/g, ' '), name].join('\t'));
    }
    onCopy(lines.join('\n'), `${formatCount(lines.length - 1)} ${getCallWord(lanes, lines.length - 1)}`);
  };
}
