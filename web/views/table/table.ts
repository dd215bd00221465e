/**
 * The function table: every function of the profile with the file's own numbers, and the full text twin of the charts.
 *
 * Only the rows on screen are elements; `scroll.ts` says which ones. The keyboard's row (the cursor) and the scroll
 * position are the only things kept here. One element has the focus (the grid), the cursor is its active descendant.
 *
 *   bar      filter, group, sum, copy
 *   grid     scrolls: a head that stays, then a space of all rows' height holding the rows on screen
 */
import { getNextRow } from '../row-keys.ts';
import './table.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { RowArrangement } from '../../../shared/tree/arrange-rows.ts';
import { nextSort } from '../../../shared/tree/function-rows.ts';
import { setStyles } from '../../controls/styles.ts';
import type { View } from '../view.ts';
import { barTemplate } from './bar.ts';
import { type ColumnUnits, getColumnUnits, getLongestTexts } from './cells.ts';
import { COLUMNS, getColumns, isCounted } from './columns.ts';
import { buildCopyText } from './copy-text.ts';
import { headTemplates } from './heads.ts';
import type { TableProps } from './props.ts';
import { lineTemplate } from './rows.ts';
import { RowScroller } from './scroll.ts';

/** Equal to `--h-row` and `--h-head`; the rows' places are computed, so the numbers are needed here too. */
const ROW_HEIGHT = 24;
const HEAD_HEIGHT = 28;
/** Quiet time after which the scroll thumb is put where it belongs. */
const ALIGN_AFTER_MS = 160;

const PRINTED_ROWS = 60;

/** Lines that are elements, where the first of them is, and the height of all, in pixels. */
interface Part {
  readonly first: number;
  readonly end: number;
  readonly top: number;
  readonly height: number;
}

let mounted = 0;

/** Shows the function table in `host`, filling it. `data-view-ready="table"` is set once the rows are painted. */
export function mountTable(host: HTMLElement, props: TableProps): View<TableProps> {
  const view = new TableView(host, props);
  return { update: (next) => view.update(next), destroy: () => view.destroy() };
}

class TableView {
  readonly #host: HTMLElement;
  readonly #id = `functions-${++mounted}`;
  readonly #scroller = new RowScroller(ROW_HEIGHT);
  readonly #resized: ResizeObserver;
  #props: TableProps;
  #units: ColumnUnits | null;
  #cursor = -1;
  #frame = 0;
  /** Rows stand on screen, or will in the next frame. */
  #isPainted = false;
  #alignTimer = 0;
  /** The selection changed: its row is to be seen. Waits for the next drawing, which knows the table's height. */
  #isRevealDue = true;

  constructor(host: HTMLElement, props: TableProps) {
    this.#host = host;
    this.#props = props;
    this.#units = getColumnUnits(props.rows);
    host.classList.add('functions');
    this.#makeRoom();
    // Rows on screen follow from the height alone; what the width asks for is done by the styles.
    let height = Number.NaN;
    this.#resized = new ResizeObserver(() => {
      if (host.clientHeight === height) return;
      height = host.clientHeight;
      this.#schedule();
    });
    this.#resized.observe(host);
    this.#draw();
    this.#schedule();
  }

  update(props: TableProps): void {
    const before = this.#props;
    this.#props = props;
    if (props.rows !== before.rows) this.#units = getColumnUnits(props.rows);
    if (props.rows !== before.rows || props.arrangement.groups !== before.arrangement.groups) this.#makeRoom();
    if (props.rows !== before.rows || isReordered(before.arrangement, props.arrangement)) {
      this.#scroller.toTop();
      this.#cursor = -1;
    }
    if (props.selected !== before.selected) this.#isRevealDue = true;
    if (props.printing) render(this.#template(), this.#host);
    this.#schedule();
  }

  destroy(): void {
    this.#resized.disconnect();
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#alignTimer);
    render(nothing, this.#host);
    this.#host.classList.remove('functions');
    this.#host.removeAttribute('data-view-ready');
  }

  /** Columns of numbers are as wide as their longest one: a number that is cut off is another number. */
  #makeRoom(): void {
    const { calls, time } = getLongestTexts(this.#props.rows, this.#units, this.#props.arrangement.groups);
    this.#host.classList.toggle('is-uncounted', !isCounted(this.#props.rows));
    this.#host.style.setProperty('--functions-calls-letters', String(calls));
    this.#host.style.setProperty('--functions-time-letters', String(time));
  }

  /** Draws before the next paint, however often it is asked. */
  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      if (this.#isPainted) return;
      this.#isPainted = true;
      requestAnimationFrame(() => this.#host.setAttribute('data-view-ready', 'table'));
    });
  }

  #draw(): void {
    const { lines } = this.#props.arrangement;
    const grid = this.#grid;
    this.#scroller.resize(lines.length, Math.max(0, (grid?.clientHeight ?? 0) - HEAD_HEIGHT));
    if (grid !== null && this.#isRevealDue) this.#revealSelected();
    this.#align(grid);
    render(this.#template(), this.#host);
    const input = this.#host.querySelector<HTMLInputElement>('[data-action="table-filter"]');
    // Not bound in the template: what is drawn may be older than what was typed meanwhile.
    const text = this.#props.getFilterText();
    if (input && input.value !== text) input.value = text;
    if (grid === null) this.#schedule();
  }

  get #grid(): HTMLElement | null {
    return this.#host.querySelector<HTMLElement>('.functions-grid');
  }

  /** Puts the browser's scroll position where the rows are. True when it was elsewhere. */
  #align(grid: HTMLElement | null): boolean {
    if (grid === null || this.#alignTimer !== 0) return false;
    const wanted = this.#scroller.wantedScrollTop;
    if (Math.abs(grid.scrollTop - wanted) < 1) return false;
    // The space must be tall enough before it can be scrolled that far.
    const space = grid.querySelector<HTMLElement>('.functions-space');
    space?.style.setProperty('height', `${this.#scroller.scrollHeight}px`);
    grid.scrollTop = wanted;
    this.#scroller.aligned(grid.scrollTop);
    return true;
  }

  #template(): TemplateResult {
    const { arrangement } = this.#props;
    const { first, end, top, height } = this.#props.printing ? this.#getPrinted() : this.#getShown();
    const context = { props: this.#props, units: this.#units, cursor: this.#cursor, id: this.#id };
    const lines: TemplateResult[] = [];
    for (let index = first; index < end; index++) lines.push(lineTemplate(context, index));
    const active = this.#cursor >= first && this.#cursor < end ? `${this.#id}-${this.#cursor}` : nothing;
    const actions = { enterRows: () => this.#enterRows(), copy: () => this.#copy() };
    return html`${barTemplate(this.#props, this.#id, actions)}
      <div
        role=${arrangement.groups === null ? 'grid' : 'treegrid'}
        class="functions-grid"
        aria-label="Functions"
        aria-rowcount=${arrangement.lines.length + 1}
        aria-colcount=${COLUMNS.length}
        aria-activedescendant=${active}
        tabindex="0"
        @scroll=${this.#onScroll}
        @keydown=${this.#onKey}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
      >
        <div role="rowgroup" class="functions-head">
          <div role="row" class="functions-row" aria-rowindex="1">${headTemplates(getColumns(this.#props.rows), this.#props.sort, this.#units)}</div>
        </div>
        ${arrangement.lines.length === 0 ? this.#nothing() : nothing}
        <div role="rowgroup" class="functions-space" ${setStyles({ height: `${height}px` })}>
          <div role="presentation" class="functions-rows" ${setStyles({ transform: `translateY(${top}px)` })}>${lines}</div>
        </div>
      </div>`;
  }

  #getShown(): Part {
    return { ...this.#scroller.window, height: this.#scroller.scrollHeight };
  }

  #getPrinted(): Part {
    const end = Math.min(PRINTED_ROWS, this.#props.arrangement.lines.length);
    return { first: 0, end, top: 0, height: end * ROW_HEIGHT };
  }

  #nothing(): TemplateResult {
    const { rows, filter, search } = this.#props;
    if (rows.length === 0) return html`<p class="functions-nothing">There are no functions in this profile.</p>`;
    const undo =
      filter.text !== ''
        ? { text: 'Clear the filter', act: () => this.#props.onFilter({ text: '' }) }
        : { text: 'Show all functions', act: () => this.#props.onSearchNarrows(false) };
    const what = [filter.text, search?.narrows ? search.text : ''].filter((text) => text !== '');
    return html`<p class="functions-nothing">
      <span>Nothing matches <b>${what.join(' and ')}</b>.</span>
      <button type="button" class="link" data-action="table-undo" @click=${undo.act}>${undo.text}</button>
    </p>`;
  }

  #onScroll = (): void => {
    const grid = this.#grid;
    // Our own move, whose rows are drawn already.
    if (grid === null || this.#scroller.isAt(grid.scrollTop)) return;
    this.#scroller.scrolled(grid.scrollTop);
    window.clearTimeout(this.#alignTimer);
    this.#alignTimer = window.setTimeout(() => {
      this.#alignTimer = 0;
      if (this.#align(this.#grid)) this.#schedule();
    }, ALIGN_AFTER_MS);
    // A scroll event comes once per frame and before its paint: drawing now shows no empty rows.
    this.#draw();
  };

  #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const head = target.closest<HTMLElement>('[data-sort]');
    if (head !== null) {
      const column = COLUMNS.find((each) => each.sort === head.dataset.sort)?.sort;
      if (column) this.#props.onSort(nextSort(this.#props.sort, column, event.shiftKey));
      return;
    }
    const index = getLineIndex(target);
    if (index < 0) return;
    this.#cursor = index;
    this.#choose(index);
  };

  #onDoubleClick = (event: MouseEvent): void => {
    const line = this.#props.arrangement.lines[getLineIndex(event.target as Element)] ?? -1;
    if (line >= 0) this.#props.onRoot(line);
  };

  /** Selects a function, opens or closes a group. */
  #choose(index: number): void {
    const line = this.#props.arrangement.lines[index];
    if (line === undefined) return;
    if (line >= 0) this.#props.onSelect(line);
    else this.#toggle(-1 - line);
    this.#schedule();
  }

  #toggle(group: number): void {
    const name = this.#props.arrangement.groups?.name(group);
    if (name !== undefined) this.#props.onToggleGroup(name);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#props.arrangement.lines.length - 1;
    if (last < 0) return;
    const line = this.#props.arrangement.lines[this.#cursor] ?? 0;
    const next = getNextRow(event.key, this.#cursor, last, this.#scroller.page);
    if (next !== null) this.#moveTo(next);
    else if (this.#cursor < 0) return;
    else if (event.key === 'Enter' && event.shiftKey && line >= 0) this.#props.onRoot(line);
    else if (event.key === 'Enter') this.#choose(this.#cursor);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') this.#fold(line, event.key === 'ArrowRight');
    else return;
    // These keys mean something else on the page around the table.
    event.preventDefault();
    event.stopPropagation();
  };

  /** Opens or closes the group under the cursor; from a function, goes up to its group. */
  #fold(line: number, open: boolean): void {
    const { arrangement } = this.#props;
    if (arrangement.groups === null) return;
    if (line < 0) {
      if (arrangement.groups.open.has(-1 - line) !== open) this.#toggle(-1 - line);
      return;
    }
    let head = this.#cursor;
    while (head > 0 && arrangement.lines[head]! >= 0) head--;
    if (!open) this.#moveTo(head);
  }

  #moveTo(index: number): void {
    this.#cursor = index;
    this.#scroller.reveal(index);
    this.#leaveScroll();
    this.#schedule();
  }

  #enterRows(): void {
    this.#grid?.focus();
    this.#moveTo(0);
  }

  /** Brings the selected function's row into view when it is not. */
  #revealSelected(): void {
    this.#isRevealDue = false;
    if (this.#props.selected < 0) return;
    const index = this.#props.arrangement.lines.indexOf(this.#props.selected);
    if (index < 0) return;
    this.#cursor = index;
    if (this.#scroller.center(index)) this.#leaveScroll();
  }

  /** Rows were moved by us: the browser's position follows at the next drawing. */
  #leaveScroll(): void {
    window.clearTimeout(this.#alignTimer);
    this.#alignTimer = 0;
  }

  #copy(): void {
    this.#props.onCopy(buildCopyText(this.#props.rows, this.#props.arrangement));
  }
}

function getLineIndex(target: Element): number {
  return Number(target.closest<HTMLElement>('[data-line]')?.dataset.line ?? -1);
}

/** True when lines are others or stand elsewhere, not only opened or closed groups. */
function isReordered(before: RowArrangement, after: RowArrangement): boolean {
  const [from, to] = [before.options, after.options];
  return (
    from.sort !== to.sort ||
    from.grouping !== to.grouping ||
    from.matches.some((marks, index) => marks !== to.matches[index])
  );
}
