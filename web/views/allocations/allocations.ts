/**
 * Allocations: where memory was taken, largest first, by line, file or whole traceback, with counts, shares and the
 * average. Tracebacks open to their calls, the most recent one last.
 *
 *   bar      gathering, filter, sum, copy
 *   grid     ████  512 KiB  65.7 %  2,424 …  importlib.py:488
 *   sum      of all rows
 *
 * Only rows on screen are elements. Which tracebacks are open is kept here alone.
 */
import './allocations.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import {
  type AllocationRows,
  buildAllocationRows,
  getTraceback,
  rankAllocations,
} from '../../../shared/tree/allocation-rows.ts';
import { formatCount, formatMetric } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import { menu } from '../../controls/popover.ts';
import { setStyles } from '../../controls/styles.ts';
import type { MountPanel, PanelProps } from '../panel-props.ts';
import { getNextRow } from '../row-keys.ts';
import { RowList } from '../row-list.ts';
import { buildCopyText, chooseColumns, getRowText } from './cells.ts';
import { callTemplate, headTemplate, type LineContext, rowTemplate, sumTemplate } from './rows.ts';
import { type AllocationsSetting, GATHERINGS, parseSetting, printSetting } from './setting.ts';

/** Equal to the heights in allocations.css: the rows' places are computed. */
const ROW_HEIGHT = 24;
const HEAD_HEIGHT = 28;
const PRINTED_ROWS = 60;

let mounted = 0;

/** Shows where memory was allocated. */
export const mountAllocations: MountPanel = (host, props) => {
  const view = new AllocationsView(host, props);
  return { update: (next) => view.update(next), destroy: () => view.destroy() };
};

/** A line of the grid: a row, or a call of its traceback (`depth` from the root). */
interface Line {
  readonly row: number;
  /** -1: the row itself. */
  readonly depth: number;
}

class AllocationsView {
  readonly #host: HTMLElement;
  /** In the host, which other views live in, too: what is drawn with templates must not be taken away under them. */
  readonly #root = document.createElement('div');
  readonly #id = `allocations-${++mounted}`;
  readonly #list: RowList;
  readonly #resized: ResizeObserver;
  #props: PanelProps;
  #setting: AllocationsSetting;
  #rows: AllocationRows;
  #order: readonly number[] = [];
  #lines: readonly Line[] = [];
  readonly #open = new Set<number>();
  #cursor = -1;
  #frame = 0;
  #isPainted = false;
  #isRevealDue = true;

  constructor(host: HTMLElement, props: PanelProps) {
    this.#host = host;
    this.#props = props;
    this.#setting = parseSetting(props.option);
    this.#rows = buildAllocationRows(props.profile, this.#setting.by);
    this.#list = new RowList({
      rowHeight: ROW_HEIGHT,
      // The sum stays at the bottom, as the head does at the top.
      headHeight: HEAD_HEIGHT + ROW_HEIGHT,
      find: () => this.#grid,
      draw: () => this.#draw(),
    });
    this.#root.className = 'alloc';
    host.append(this.#root);
    this.#resized = new ResizeObserver(() => this.#schedule());
    this.#resized.observe(host);
    this.#arrange();
    this.#draw();
    this.#schedule();
  }

  update(props: PanelProps): void {
    const before = this.#props;
    const { by, find } = this.#setting;
    this.#props = props;
    this.#setting = parseSetting(props.option);
    const isOther = props.profile !== before.profile || this.#setting.by !== by;
    if (isOther) {
      this.#rows = buildAllocationRows(props.profile, this.#setting.by);
      this.#open.clear();
    }
    if (isOther || props.metric !== before.metric || this.#setting.find !== find) {
      this.#arrange();
      this.#cursor = -1;
      this.#list.toTop();
      this.#isRevealDue = true;
    }
    if (props.selected !== before.selected) this.#isRevealDue = true;
    if (props.printing) this.#draw();
    this.#schedule();
  }

  destroy(): void {
    this.#resized.disconnect();
    this.#list.destroy();
    cancelAnimationFrame(this.#frame);
    this.#root.remove();
    this.#host.removeAttribute('data-view-ready');
  }

  get #grid(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('.alloc-grid');
  }

  #arrange(): void {
    const wanted = this.#setting.find.trim().toLowerCase();
    const order = [...rankAllocations(this.#rows, this.#props.metric)];
    this.#order = wanted === '' ? order : order.filter((row) => getRowText(this.#rows, row).includes(wanted));
    this.#layLines();
  }

  #layLines(): void {
    const lines: Line[] = [];
    for (const row of this.#order) {
      lines.push({ row, depth: -1 });
      if (!this.#open.has(row)) continue;
      const { length } = getTraceback(this.#rows.profile, this.#rows.context[row]!);
      for (let depth = 0; depth < length; depth++) lines.push({ row, depth });
    }
    this.#lines = lines;
  }

  /** Draws before the next paint, however often it is asked. */
  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      if (this.#isPainted) return;
      this.#isPainted = true;
      requestAnimationFrame(() => {
        if (this.#root.isConnected) this.#host.setAttribute('data-view-ready', 'allocations');
      });
    });
  }

  #draw(): void {
    const isFirst = this.#grid === null;
    this.#list.prepare(this.#lines.length);
    if (this.#isRevealDue && !isFirst) {
      this.#reveal();
      this.#list.prepare(this.#lines.length);
    }
    render(this.#template(), this.#root);
    if (isFirst) this.#schedule();
  }

  /** Brings a row of the selected function into view, unless one is pointed at. */
  #reveal(): void {
    this.#isRevealDue = false;
    const { selected } = this.#props;
    if (selected < 0 || (this.#cursor >= 0 && this.#getFrame(this.#lines[this.#cursor]) === selected)) return;
    const index = this.#lines.findIndex(({ row }) => this.#rows.frame[row] === selected);
    if (index < 0) return;
    this.#cursor = index;
    this.#list.center(index);
  }

  #template(): TemplateResult {
    const { metric, printing } = this.#props;
    const rows = this.#rows;
    const columns = chooseColumns(rows, metric, this.#root.clientWidth || 1000);
    const widths = `${columns.map(({ width }) => `${width}px`).join(' ')} minmax(0, 1fr)`;
    const count = this.#lines.length;
    const { first, end, top } = printing ? { first: 0, end: Math.min(PRINTED_ROWS, count), top: 0 } : this.#list.window;
    const context: LineContext = {
      props: this.#props,
      rows,
      columns,
      cursor: this.#cursor,
      open: this.#open,
      id: this.#id,
      largest: this.#order.length > 0 ? rows.values[metric]![this.#order[0]!]! : 0,
    };
    const lines: TemplateResult[] = [];
    for (let index = first; index < end; index++) {
      const { row, depth } = this.#lines[index]!;
      lines.push(depth < 0 ? rowTemplate(context, index, row) : callTemplate(context, index, row, depth));
    }
    const isTree = rows.by === 'traceback';
    const height = `${printing ? end * ROW_HEIGHT : this.#list.height}px`;
    return html`${this.#barTemplate()}
      <div role=${isTree ? 'treegrid' : 'grid'} tabindex="0" class="alloc-grid" aria-label="Allocations" ${setStyles({ '--alloc-columns': widths })}
        aria-rowcount=${count + 2} aria-colcount=${columns.length + 1} aria-activedescendant=${this.#cursor >= first && this.#cursor < end ? `${this.#id}-${this.#cursor}` : nothing}
        @scroll=${this.#list.onScroll} @keydown=${this.#onKey} @click=${this.#onClick} @pointerover=${this.#onOver} @pointerleave=${() => this.#props.onHover(-1)}
        ><div role="rowgroup" class="alloc-head">${headTemplate({ columns, rows })}</div
        >${count === 0 ? this.#nothing() : nothing}<div role="rowgroup" class="row-space" ${setStyles({ height })}><div role="presentation" class="row-window"
          ${setStyles({ transform: `translateY(${top}px)` })}>${lines}</div></div
        ><div role="rowgroup" class="alloc-foot">${sumTemplate({ columns, rows }, this.#order.length)}</div></div>`;
  }

  #barTemplate(): TemplateResult {
    const { by, find } = this.#setting;
    const rows = this.#rows;
    const title = (each: string) => (each === 'line' && !rows.isLines ? 'function' : each);
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && find !== '') this.#set({ find: '' });
      else if (event.key === 'ArrowDown') this.#grid?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    return html`<div class="alloc-bar-row">
      <div class="field" role="search" aria-label="Filter allocations">${icon('filter', 14)}<input type="text" data-action="allocations-filter"
        aria-label="Filter allocations by name or path" placeholder="Filter by name or path" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="1000"
        .value=${live(find)} @input=${(event: Event) => this.#set({ find: (event.currentTarget as HTMLInputElement).value })} @keydown=${press}>${
          find === ''
            ? nothing
            : html`<button type="button" class="opt" aria-label="Clear the filter" @click=${() => this.#set({ find: '' })}>${icon('close', 12)}</button>`
        }</div>
      ${menu(
        {
          id: `${this.#id}-by`,
          name: `By: ${title(by)}`,
          className: 'btn tight',
          button: html`By <b>${title(by)}</b>${icon('down', 14)}`,
        },
        GATHERINGS.map((each) => ({ label: title(each), checked: each === by, run: () => this.#set({ by: each }) })),
      )}
      <span class="alloc-total" role="status">${this.#tellSum(title(by))}</span>
      <button type="button" class="btn" data-action="allocations-copy" aria-label="Copy rows" @click=${() => this.#copy()}>${icon('copy')}<span class="alloc-wide">Copy</span></button>
    </div>`;
  }

  #tellSum(kind: string): TemplateResult {
    const { metric } = this.#props;
    const { profile, values, length } = this.#rows;
    const { unit } = profile.metrics[metric]!;
    let sum = 0;
    for (const row of this.#order) sum += values[metric]![row]!;
    const shown = this.#order.length;
    const of = shown === length ? '' : ` of ${formatCount(length)}`;
    return html`<b>${formatCount(shown)}</b>${of} ${length === 1 ? kind : `${kind}s`}, <b>${formatMetric(sum, unit)}</b>`;
  }

  #nothing(): TemplateResult {
    const { find } = this.#setting;
    if (find === '') return html`<p class="alloc-nothing">Nothing was allocated in this profile.</p>`;
    return html`<p class="alloc-nothing"><span>Nothing matches <b>${find}</b>.</span>
      <button type="button" class="link" @click=${() => this.#set({ find: '' })}>Clear the filter</button></p>`;
  }

  #set(change: Partial<AllocationsSetting>): void {
    const option = printSetting({ ...this.#setting, ...change });
    if (option !== this.#props.option) this.#props.onOption(option, 'typing');
  }

  #copy(): void {
    this.#props.onCopy(buildCopyText(this.#rows, this.#order), 'Rows');
  }

  /** The function of a line; -1: there is none. */
  #getFrame(line: Line | undefined): FrameIndex {
    if (line === undefined) return -1;
    const { profile, frame, context } = this.#rows;
    if (line.depth < 0) return frame[line.row]!;
    return profile.contexts!.frame[getTraceback(profile, context[line.row]!)[line.depth]!]!;
  }

  #onOver = (event: Event): void => {
    this.#props.onHover(this.#rows.by === 'file' ? -1 : this.#getFrame(this.#lines[getIndex(event)]));
  };

  #onClick = (event: Event): void => {
    const index = getIndex(event);
    if (index < 0) return;
    this.#cursor = index;
    if ((event.target as Element).closest('.alloc-twist') === null) this.#choose(index);
    else this.#toggle(index);
    this.#schedule();
  };

  /** Selects the function of a line; opens or closes a traceback that is selected already. */
  #choose(index: number): void {
    const line = this.#lines[index];
    const frame = this.#getFrame(line);
    if (line === undefined || frame < 0) return;
    if (this.#rows.by === 'traceback' && line.depth < 0) this.#toggle(index);
    if (frame !== this.#props.selected) this.#props.onSelect(frame);
  }

  #toggle(index: number): void {
    const row = this.#lines[index]?.row ?? -1;
    if (row < 0 || this.#rows.by !== 'traceback') return;
    if (!this.#open.delete(row)) this.#open.add(row);
    this.#layLines();
    this.#moveTo(this.#lines.findIndex((line) => line.row === row && line.depth < 0));
  }

  #moveTo(index: number): void {
    this.#cursor = index;
    this.#list.prepare(this.#lines.length);
    this.#list.reveal(index);
    this.#schedule();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#lines.length - 1;
    if (last < 0) return;
    const at = this.#cursor;
    const next = getNextRow(event.key, at, last, this.#list.page);
    if (next !== null) this.#moveTo(next);
    else if (at < 0) return;
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(at);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') this.#fold(at, event.key === 'ArrowRight');
    else return;
    this.#schedule();
    // These keys mean something else on the page around the view.
    event.preventDefault();
    event.stopPropagation();
  };

  /** Opens or closes the traceback under the cursor; from a call, goes up to its traceback. */
  #fold(index: number, open: boolean): void {
    const line = this.#lines[index];
    if (line === undefined || this.#rows.by !== 'traceback') return;
    if (line.depth < 0) {
      if (this.#open.has(line.row) !== open) this.#toggle(index);
    } else if (!open) this.#moveTo(index - line.depth - 1);
  }
}

function getIndex(event: Event): number {
  return Number((event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
}
