/**
 * Lines: functions or files at the left, ranked by the metric; the lines of one of them at the right, with hits, values,
 * heat, and its source as far as it can be had.
 *
 *   filter, by, rank   │ name, sums                     hottest ‹ 3 of 28 ›   copy
 *   ranked             │ line  hits  value  per hit  ▇▇ share  source
 *                      │ sentence about the source
 *
 * Which one is shown follows the selection; a file without functions, and the line that is pointed at, are settings of this
 * view. Only rows on screen are elements.
 */
import './lines.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { FrameIndex } from '../../../shared/model/profile.ts';
import { GAP } from '../../../shared/tree/line-listing.ts';
import { findGroup } from '../../../shared/tree/line-ranks.ts';
import type { LineGroup } from '../../../shared/tree/line-rows.ts';
import { setStyles } from '../../controls/styles.ts';
import type { MountPanel, PanelProps } from '../panel-props.ts';
import { getNextRow } from '../row-keys.ts';
import { RowList } from '../row-list.ts';
import { type BarActions, barTemplate, noteTemplate, sideBarTemplate } from './bars.ts';
import { type Column, chooseColumns, GUTTER_WIDTH, type Shown } from './columns.ts';
import { LinesContents } from './contents.ts';
import { headTemplate, itemTemplate } from './listing.ts';
import { getGroupFile, type RankedContext, rankedTemplate } from './ranked.ts';
import { type LinesSetting, parseSetting, printSetting } from './setting.ts';

/** Equal to the heights in lines.css: the rows' places are computed. */
const OPTION_HEIGHT = 24;
const LINE_HEIGHT = 18;
const HEAD_HEIGHT = 28;
const PRINTED_OPTIONS = 20;
const PRINTED_LINES = 200;
/** Width of a scroll bar, at most, in CSS pixels. */
const SCROLLBAR = 14;

let mounted = 0;

/** Shows the lines of a profile. */
export const mountLines: MountPanel = (host, props) => {
  const view = new LinesView(host, props);
  return { update: (next) => view.update(next), destroy: () => view.destroy() };
};

class LinesView {
  readonly #host: HTMLElement;
  /** In the host, which other views live in, too: what is drawn with templates must not be taken away under them. */
  readonly #root = document.createElement('div');
  readonly #id = `lines-${++mounted}`;
  readonly #ranked: RowList;
  readonly #lines: RowList;
  readonly #resized: ResizeObserver;
  readonly #contents: LinesContents;
  #props: PanelProps;
  #setting: LinesSetting;
  /** Function that this view asked to be selected, until it is; -1: none. */
  #chosen: FrameIndex = -1;
  /** For those who listen: where a jump has led. */
  #said = '';
  #frame = 0;
  #isPainted = false;
  #isGone = false;
  /** Something was chosen elsewhere: it is to be seen. Waits for the next drawing, which knows the sizes. */
  #isRevealDue = true;

  constructor(host: HTMLElement, props: PanelProps) {
    this.#host = host;
    this.#props = props;
    this.#setting = parseSetting(props.option);
    this.#contents = new LinesContents(props, this.#setting, () => this.#renew());
    const draw = () => this.#draw();
    const find = (selector: string) => () => this.#find(selector);
    this.#ranked = new RowList({ rowHeight: OPTION_HEIGHT, headHeight: 0, find: find('.lines-ranked'), draw });
    this.#lines = new RowList({ rowHeight: LINE_HEIGHT, headHeight: HEAD_HEIGHT, find: find('.lines-grid'), draw });
    this.#root.className = 'lines';
    host.append(this.#root);
    this.#root.addEventListener('keydown', this.#onKey);
    this.#resized = new ResizeObserver(() => this.#schedule());
    this.#resized.observe(host);
    this.#draw();
    this.#schedule();
  }

  update(props: PanelProps): void {
    const before = this.#props;
    this.#props = props;
    this.#setting = parseSetting(props.option);
    const isOther = props.selected !== before.selected && props.selected >= 0;
    if (isOther || props.profile !== before.profile || props.option !== before.option) this.#isRevealDue = true;
    this.#renew();
    // A function that was chosen elsewhere is shown, whatever file or line was looked at.
    const { file, line } = this.#setting;
    const isFromElsewhere = isOther && props.option === before.option && props.selected !== this.#chosen;
    if (isFromElsewhere && (file !== '' || line !== 0)) this.#set({ file: '', line: 0 });
    this.#chosen = -1;
    if (props.printing) this.#draw();
  }

  destroy(): void {
    this.#isGone = true;
    this.#resized.disconnect();
    this.#ranked.destroy();
    this.#lines.destroy();
    cancelAnimationFrame(this.#frame);
    this.#root.remove();
    this.#host.removeAttribute('data-view-ready');
  }

  #find(selector: string): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(selector);
  }

  #renew(): void {
    // A source may come when its view is gone, and another one lives in the host.
    if (this.#isGone) return;
    const { group, rows } = this.#contents;
    if (this.#contents.update(this.#props, this.#setting)) {
      if (this.#contents.group !== group || this.#contents.rows !== rows) this.#lines.toTop();
      this.#isRevealDue = true;
    }
    this.#schedule();
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
        if (this.#root.isConnected) this.#host.setAttribute('data-view-ready', 'lines');
      });
    });
  }

  #draw(): void {
    const isFirst = this.#find('.lines-grid') === null;
    if (this.#isRevealDue && !isFirst) this.#reveal();
    this.#prepare();
    render(this.#template(), this.#root);
    if (isFirst && this.#find('.lines-grid') !== null) this.#schedule();
  }

  #prepare(): void {
    this.#ranked.prepare(this.#contents.options.length);
    this.#lines.prepare(this.#contents.listing?.length ?? 0);
  }

  #reveal(): void {
    this.#isRevealDue = false;
    this.#prepare();
    const { options, group, cursor } = this.#contents;
    const option = options.indexOf(group);
    if (option >= 0) this.#ranked.center(option);
    if (cursor >= 0) this.#lines.center(cursor);
  }

  #template(): TemplateResult {
    const { rows, options, group, listing, cursor, hottest, row, answer } = this.#contents;
    if (rows.groups.length === 0) return html`<p class="lines-nothing">There are no lines in this profile.</p>`;
    const shown = this.#contents.getShown(this.#setting);
    const columns = chooseColumns(shown, (this.#find('.lines-main')?.clientWidth ?? 800) - SCROLLBAR);
    const widths = [GUTTER_WIDTH, ...columns.map((column) => column.width)].map((each) => `${each}px`).join(' ');
    const option = options.indexOf(group);
    return html`<div class="lines-side">
        ${sideBarTemplate(rows, this.#setting, this.#id, this.#actions)}
        <div role="listbox" tabindex="0" class="lines-ranked" aria-label=${rows.by === 'file' ? 'Files by lines' : 'Functions by lines'}
          aria-activedescendant=${option >= 0 ? `${this.#id}-o-${option}` : nothing}
          @scroll=${this.#ranked.onScroll} @click=${this.#onOption} @pointerover=${this.#onOver} @pointerleave=${() => this.#props.onHover(-1)}
          >${options.length === 0 ? this.#nothing() : nothing}${this.#rankedTemplate()}</div>
      </div>
      <div class="lines-main">
        ${barTemplate(shown, hottest, row, this.#actions)}
        <div role="grid" tabindex="0" class="lines-grid" aria-label="Lines" ${setStyles({ '--lines-columns': `${widths} minmax(0, 1fr)` })}
          aria-rowcount=${(listing?.length ?? 0) + 1} aria-colcount=${columns.length + 2}
          aria-activedescendant=${cursor >= 0 ? `${this.#id}-l-${cursor}` : nothing}
          @scroll=${this.#lines.onScroll} @click=${this.#onLine} @copy=${this.#onCopy}
          ><div role="rowgroup" class="lines-head">${headTemplate({ columns })}</div>${this.#listingTemplate(shown, columns)}</div>
        ${noteTemplate(shown, listing, answer)}
        <span class="unseen" role="status">${this.#said}</span>
      </div>`;
  }

  #rankedTemplate(): TemplateResult {
    const { rows, options, group, largest, matches } = this.#contents;
    const { printing } = this.#props;
    const { first, end, top } = printing
      ? { first: 0, end: Math.min(PRINTED_OPTIONS, options.length), top: 0 }
      : this.#ranked.window;
    const context: RankedContext = {
      props: this.#props,
      rows,
      measure: this.#contents.getMeasure(this.#setting),
      id: `${this.#id}-o`,
      count: options.length,
      shown: group,
      largest,
      matches,
    };
    const lines: TemplateResult[] = [];
    for (let index = first; index < end; index++) lines.push(rankedTemplate(context, index, options[index]!));
    return spaceTemplate(printing ? end * OPTION_HEIGHT : this.#ranked.height, top, lines, 'presentation');
  }

  #listingTemplate(shown: Shown, columns: readonly Column[]): TemplateResult {
    const { listing, source, indent, cursor } = this.#contents;
    const { printing } = this.#props;
    const count = listing?.length ?? 0;
    const { first, end, top } = printing
      ? { first: 0, end: Math.min(PRINTED_LINES, count), top: 0 }
      : this.#lines.window;
    const items: TemplateResult[] = [];
    const id = `${this.#id}-l`;
    if (listing !== null)
      for (let index = first; index < end; index++)
        items.push(itemTemplate({ shown, listing, source, indent, columns, cursor, id }, index));
    return spaceTemplate(printing ? end * LINE_HEIGHT : this.#lines.height, top, items, 'rowgroup');
  }

  #nothing(): TemplateResult {
    return html`<p class="lines-nothing"><span>Nothing matches <b>${this.#setting.find}</b>.</span>
      <button type="button" class="link" @click=${() => this.#actions.filter('')}>Clear the filter</button></p>`;
  }

  readonly #actions: BarActions = {
    filter: (find) => this.#set({ find }),
    by: (by) => {
      const { rows, group } = this.#contents;
      this.#set({ by, file: by === 'file' && group >= 0 ? getGroupFile(rows, group) : '' });
    },
    rank: (rank) => this.#set({ rank }),
    enterList: () => this.#find('.lines-ranked')?.focus(),
    walk: (step) => this.#walk(step),
    copy: () => this.#copy(),
  };

  /** The app has the last word: what it gives back is what counts. */
  #set(change: Partial<LinesSetting>): void {
    const option = printSetting({ ...this.#setting, ...change });
    if (option !== this.#props.option) this.#props.onOption(option, 'typing');
  }

  #select(frame: FrameIndex): void {
    if (frame < 0 || frame === this.#props.selected) return;
    this.#chosen = frame;
    this.#props.onSelect(frame);
  }

  /** Shows a group of the list. */
  #show(group: LineGroup): void {
    const { rows } = this.#contents;
    const isFile = this.#contents.isFile(group);
    this.#set({ file: isFile ? getGroupFile(rows, group) : '', line: 0 });
    if (!isFile && findGroup(rows, this.#props.selected) !== group) this.#select(rows.groups.frame[group]!);
  }

  #onOption = (event: Event): void => {
    const group = this.#contents.options[getIndex(event)];
    if (group !== undefined) this.#show(group);
  };

  #onOver = (event: Event): void => {
    const { options, rows } = this.#contents;
    const group = options[getIndex(event)];
    this.#props.onHover(group === undefined || rows.by === 'file' ? -1 : rows.groups.frame[group]!);
  };

  #onLine = (event: Event): void => {
    const index = getIndex(event);
    if (index < 0 || this.#contents.listing?.row[index] === GAP) return;
    // Text that is being selected with the pointer is not a click.
    if (document.getSelection()?.type === 'Range') return;
    this.#point(index);
    this.#choose();
  };

  /** Points at a line. */
  #point(index: number): void {
    const line = this.#contents.listing?.line[index] ?? 0;
    this.#contents.cursor = index;
    this.#lines.reveal(index);
    if (line > 0) this.#set({ line });
    this.#schedule();
  }

  /** Selects the function of the line that is pointed at. */
  #choose(): void {
    const { rows, row, group } = this.#contents;
    this.#select(row >= 0 ? rows.frame[row]! : rows.by === 'file' ? -1 : rows.groups.frame[group]!);
  }

  /** To the next hottest line of the profile, or the one before. */
  #walk(step: 1 | -1): void {
    const { rows, row, hottest } = this.#contents;
    const at = row < 0 ? -1 : hottest.indexOf(row);
    const index = at < 0 ? 0 : at + step;
    const next = hottest[index];
    if (next === undefined) return;
    const line = rows.line[next]!;
    const isFile = this.#contents.isFile(rows.group[next]!);
    this.#said = `Line ${line}, number ${index + 1} of ${hottest.length} by heat`;
    this.#set({ file: isFile ? getGroupFile(rows, rows.group[next]!) : '', line });
    if (!isFile) this.#select(rows.frame[next]!);
    this.#isRevealDue = true;
    this.#schedule();
  }

  #copy(): void {
    const { rows, group, listing, cursor } = this.#contents;
    const line = cursor >= 0 ? (listing?.line[cursor] ?? 0) : rows.groups.firstLine[group]!;
    const file = getGroupFile(rows, group);
    this.#props.onCopy(line > 0 ? `${file}:${line}` : file, 'Place');
  }

  #onCopy = (event: ClipboardEvent): void => {
    if (document.getSelection()?.type === 'Range') return;
    event.preventDefault();
    this.#copy();
  };

  #onKey = (event: KeyboardEvent): void => {
    const target = event.target as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, [popover]') !== null) return;
    if (event.key === '.' || event.key === ',') this.#walk(event.key === '.' ? 1 : -1);
    else if (target.matches('.lines-ranked')) {
      if (!this.#moveOption(event.key)) return;
    } else if (target.matches('.lines-grid')) {
      if (!this.#moveLine(event.key)) return;
    } else return;
    // These keys mean something else on the page around the view.
    event.preventDefault();
    event.stopPropagation();
  };

  #moveOption(key: string): boolean {
    const { options, group } = this.#contents;
    if (key === 'ArrowRight' || key === 'Enter') this.#find('.lines-grid')?.focus();
    else {
      const next = getNextRow(key, options.indexOf(group), options.length - 1, this.#ranked.page);
      if (next === null) return false;
      this.#show(options[next]!);
      this.#ranked.reveal(next);
      this.#schedule();
    }
    return true;
  }

  #moveLine(key: string): boolean {
    const { listing, cursor } = this.#contents;
    if (key === 'Enter') this.#choose();
    else if (key === 'ArrowLeft') this.#find('.lines-ranked')?.focus();
    else {
      let next = getNextRow(key, cursor, (listing?.length ?? 0) - 1, this.#lines.page);
      if (next === null) return false;
      const step = next < cursor ? -1 : 1;
      while (listing?.row[next] === GAP) next += step;
      this.#point(next);
    }
    return true;
  }
}

/** All rows' space, with the rows on screen in their place. */
function spaceTemplate(height: number, top: number, rows: readonly TemplateResult[], role: string): TemplateResult {
  return html`<div role=${role} class="row-space" ${setStyles({ height: `${height}px` })}><div role="presentation" class="row-window"
    ${setStyles({ transform: `translateY(${top}px)` })}>${rows}</div></div>`;
}

function getIndex(event: Event): number {
  return Number((event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
}
