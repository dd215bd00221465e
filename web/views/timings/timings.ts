/**
 * Timed statements: a row each, with what its repeats sum up to, every repeat on a common scale, and how it compares with
 * one of them. The repeats themselves, of the row that is chosen, stand below.
 *
 * One element has the focus (the grid); the row that the keyboard stands on is its active descendant, and is the chosen one.
 */
import './timings.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { formatCount, formatMetric, UNKNOWN } from '../../../shared/units/format.ts';
import { shortenMiddle } from '../../../shared/units/names.ts';
import { icon } from '../../controls/icons.ts';
import { menu } from '../../controls/popover.ts';
import { setStyles } from '../../controls/styles.ts';
import { getLineColor } from '../../paint/series-colors.ts';
import { watchSize } from '../chart-parts.ts';
import type { PanelProps } from '../panel-props.ts';
import type { View } from '../view.ts';
import { parseSetting, printSetting, type TimingsSetting } from './option.ts';
import { chooseDiameter, type PlotRoom, plotTemplate } from './plot.ts';
import { printStatements, repeatsTemplate } from './repeats.ts';
import { buildScale, getPlace, type TimingsScale } from './scale.ts';
import { groupStatements, listStatements, type Statement, type StatementGroup } from './statements.ts';
import { describeComparison, describeRepeats, RULE, STATISTIC_WORDS } from './words.ts';

/** Height of a row with its line; equal to `--timings-row`. Few statements have more room for their dots. */
const ROW_PX = { few: 68, many: 44 };
const MOST_FEW = 12;
/** Space left and right of the plot in its cell. */
const PLOT_PAD = 8;
/** A letter of a statement, which is code, and the space around it. */
const LETTER_PX = 7.25;
const NAME_PAD = 24;
const LEAST_LETTERS = 8;
/** Rows that are elements at first, and how many more come at a time. */
const ROWS_AT_ONCE = 300;

let mounted = 0;

/** Shows timed statements in `host`. `data-view-ready="timings"` is set once they are painted. */
export function mountTimings(host: HTMLElement, props: PanelProps): View<PanelProps> {
  const view = new TimingsView(host, props);
  return { update: (next) => view.update(next), destroy: () => view.destroy() };
}

class TimingsView {
  readonly #host: HTMLElement;
  readonly #id = `timings-${++mounted}`;
  readonly #root = document.createElement('div');
  readonly #stopWatching: () => void;
  #props: PanelProps;
  #setting: TimingsSetting;
  #statements: readonly Statement[];
  #groups: readonly StatementGroup[];
  #shown = ROWS_AT_ONCE;
  readonly #rooms = new WeakMap<StatementGroup, { readonly key: string; readonly room: PlotRoom }>();
  #frame = 0;
  #plotWidth = 0;
  #nameLetters = LEAST_LETTERS;
  /** The chosen row is to be brought into sight. */
  #isRevealDue = false;

  constructor(host: HTMLElement, props: PanelProps) {
    this.#host = host;
    this.#props = props;
    this.#setting = parseSetting(props.option);
    this.#statements = listStatements(props.threads);
    this.#groups = groupStatements(this.#statements, this.#setting);
    this.#root.className = 'timings-view';
    host.append(this.#root);
    this.#draw();
    this.#isRevealDue = this.#setting.row !== '';
    this.#stopWatching = watchSize(this.#root, () => this.#schedule());
    this.#schedule();
  }

  update(props: PanelProps): void {
    const before = this.#props;
    this.#props = props;
    if (props.threads !== before.threads) this.#statements = listStatements(props.threads);
    const { base, sort } = this.#setting;
    if (props.option !== before.option) this.#setting = parseSetting(props.option);
    const isRegrouped = props.threads !== before.threads || base !== this.#setting.base || sort !== this.#setting.sort;
    if (isRegrouped) this.#groups = groupStatements(this.#statements, this.#setting);
    const isRedrawn = isRegrouped || props.option !== before.option || props.theme !== before.theme;
    if (props.printing) this.#draw();
    else if (isRedrawn || props.printing !== before.printing) this.#schedule();
  }

  destroy(): void {
    this.#stopWatching();
    cancelAnimationFrame(this.#frame);
    this.#root.remove();
    delete this.#host.dataset.viewReady;
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      this.#host.dataset.viewReady = 'timings';
    });
  }

  #set(change: Partial<TimingsSetting>): void {
    const option = printSetting({ ...this.#setting, ...change });
    if (option !== this.#props.option) this.#props.onOption(option, 'typing');
  }

  get #rowHeight(): number {
    return this.#statements.length <= MOST_FEW ? ROW_PX.few : ROW_PX.many;
  }

  get #rows(): Statement[] {
    return this.#groups.flatMap(({ statements }) => statements);
  }

  #findChosen(): Statement | null {
    const rows = this.#rows;
    return rows.find(({ key }) => key === this.#setting.row) ?? rows[0] ?? null;
  }

  #draw(): void {
    this.#root.style.setProperty('--timings-dot', getLineColor(0, this.#props.theme));
    this.#root.style.setProperty('--timings-row', `${this.#rowHeight}px`);
    // Columns that no row fills take no room.
    this.#root.classList.toggle(
      'is-single',
      this.#groups.every(({ statements }) => statements.length === 1),
    );
    this.#root.classList.toggle(
      'by-mean',
      this.#groups.every(({ statistic }) => statistic === 'mean'),
    );
    render(this.#template(), this.#root);
    const widthOf = (name: string) => this.#root.querySelector<HTMLElement>(`.timings-head .${name}`)?.clientWidth ?? 0;
    const width = widthOf('timings-axis') - 2 * PLOT_PAD;
    this.#nameLetters = Math.max(LEAST_LETTERS, Math.floor((widthOf('timings-name') - NAME_PAD) / LETTER_PX));
    if (width > 0 && width !== this.#plotWidth) {
      this.#plotWidth = width;
      render(this.#template(), this.#root);
    }
    if (!this.#isRevealDue) return;
    this.#isRevealDue = false;
    this.#root.querySelector('.timings-row.is-selected')?.scrollIntoView({ block: 'nearest' });
  }

  #template(): TemplateResult {
    const chosen = this.#findChosen();
    if (chosen === null) return html`<p class="timings-nothing">There are no timed statements in this profile.</p>`;
    const count = this.#statements.length;
    return html`<div class="timings-bar">
        <span class="timings-what"><b>${formatCount(count)}</b> ${count === 1 ? 'statement' : 'statements'}</span>
        ${count === 1 ? nothing : [this.#baseMenu(), this.#sortMenu()]}
        ${this.#zeroSwitch()}
      </div>
      <div class="timings-scroll">
        <div role="grid" class="timings-grid-table" aria-label="Timed statements" aria-rowcount=${count + this.#groups.length} tabindex="0"
          aria-activedescendant=${`${this.#id}-${this.#rows.indexOf(chosen)}`} @keydown=${this.#onKey} @click=${this.#onClick}>
          ${this.#groupTemplates(chosen)}
        </div>
        ${this.#moreTemplate()}
        <p class="timings-note">${count === 1 ? nothing : RULE}</p>
      </div>
      ${repeatsTemplate(chosen, () => this.#props.onCopy(printStatements(this.#statements), 'Repeats'))}`;
  }

  #groupTemplates(chosen: Statement): TemplateResult[] {
    let index = 0;
    return this.#groups.map((group) => {
      const first = index;
      index += group.statements.length;
      const shown = group.statements.slice(0, Math.max(0, this.#shown - first));
      const room = this.#getRoom(group, shown);
      return html`<div role="rowgroup" class="timings-head">${this.#headTemplate(group, room.scale)}</div>
        <div role="rowgroup">${shown.map((statement, i) => this.#rowTemplate(group, statement, { index: first + i, room, chosen }))}</div>`;
    });
  }

  /** Scale and size of the dots of a group: the same object as before while nothing changes them. */
  #getRoom(group: StatementGroup, shown: readonly Statement[]): PlotRoom {
    const key = `${this.#plotWidth} ${this.#rowHeight} ${this.#setting.fromZero} ${shown.length}`;
    const known = this.#rooms.get(group);
    if (known?.key === key) return known.room;
    const rows = group.statements.map(({ row }) => row);
    const scale = buildScale(rows, group.unit, Math.max(1, this.#plotWidth), this.#setting.fromZero);
    const size = { scale, width: this.#plotWidth, height: this.#rowHeight - 1 };
    const drawn = shown.map(({ row }) => row);
    const room = { ...size, diameter: chooseDiameter(drawn, size) };
    this.#rooms.set(group, { key, room });
    return room;
  }

  #headTemplate({ statistic, base, statements }: StatementGroup, scale: TimingsScale): TemplateResult {
    const against =
      statements.length === 1 || base === null
        ? nothing
        : html`against ${this.#setting.base}<span class="timings-by">, by ${STATISTIC_WORDS[statistic]}</span>`;
    const width = this.#plotWidth;
    let free = Number.NEGATIVE_INFINITY;
    const marks = scale.marks.flatMap(({ value, text }) => {
      const x = getPlace(scale, value) * width;
      // A mark's text takes some 7 px a letter.
      const half = text.length * 3.5;
      if (x - half < free) return [];
      free = x + half + 6;
      const left = Math.max(0, Math.min(width - 2 * half, x - half));
      return [
        html`<span class="timings-mark" ${setStyles({ left: `${PLOT_PAD + left}px`, width: `${2 * half}px` })}>${text}</span>`,
      ];
    });
    return html`<div role="row" class="timings-row">
      <div role="columnheader" class="timings-name">statement</div>
      <div role="columnheader" class="timings-axis" aria-label=${scale.isLog ? 'repeats, logarithmic scale' : 'repeats'}>${marks}${scale.isLog ? html`<span class="timings-log">logarithmic scale</span>` : nothing}</div>
      <div role="columnheader">best</div>
      <div role="columnheader">median</div>
      <div role="columnheader" class="timings-mean-cell">mean ± deviation</div>
      <div role="columnheader" class="timings-wide">worst</div>
      <div role="columnheader" class="timings-against">${against}</div>
    </div>`;
  }

  #rowTemplate(
    group: StatementGroup,
    statement: Statement,
    { index, room, chosen }: { readonly index: number; readonly room: PlotRoom; readonly chosen: Statement },
  ): TemplateResult {
    const { unit, base, statistic, statements } = group;
    const { key, row } = statement;
    const comparison = group.compare(statement);
    const value = (each: number) => formatMetric(each, unit);
    const isAlone = statements.length === 1;
    const words =
      base === null || isAlone
        ? { text: '', reason: '' }
        : describeComparison(comparison, row, base.row, { baseWord: this.#setting.base, statistic });
    const deviation = Number.isNaN(row.deviation) ? value(row.mean) : `${value(row.mean)} ± ${value(row.deviation)}`;
    const baseValue = base === null || isAlone ? Number.NaN : base.row[statistic];
    return html`<div role="row" id=${`${this.#id}-${index}`} data-index=${index} class=${key === chosen.key ? 'timings-row is-selected' : 'timings-row'} aria-selected=${key === chosen.key ? 'true' : 'false'}>
      <div role="rowheader" class="timings-name"><span class="timings-code" title=${key}>${shortenMiddle(key, this.#nameLetters)}</span><span class="timings-repeats-count">${describeRepeats(row)}</span></div>
      <div role="gridcell" class="timings-cell" aria-label=${describePlot(row, value)}>${this.#plotWidth > 0 ? guard([row, room, baseValue], () => plotTemplate(row, room, baseValue)) : nothing}</div>
      <div role="gridcell"><b>${value(row.best)}</b></div>
      <div role="gridcell">${value(row.median)}</div>
      <div role="gridcell" class="timings-mean-cell">${deviation}</div>
      <div role="gridcell" class="timings-wide">${value(row.worst)}</div>
      <div role="gridcell" class=${`timings-against is-${comparison.verdict}`}><span>${words.text}</span><span class="timings-reason">${words.reason}</span></div>
    </div>`;
  }

  #moreTemplate(): TemplateResult | typeof nothing {
    const left = this.#statements.length - this.#shown;
    if (left <= 0) return nothing;
    const more = () => {
      this.#shown += ROWS_AT_ONCE;
      this.#schedule();
    };
    return html`<button type="button" class="btn line timings-more" @click=${more}>Show ${formatCount(Math.min(left, ROWS_AT_ONCE))} of ${formatCount(left)} more</button>`;
  }

  #baseMenu(): TemplateResult {
    const { base } = this.#setting;
    const item = (value: TimingsSetting['base']) => ({
      label: value,
      checked: base === value,
      run: () => this.#set({ base: value }),
    });
    return menu(
      {
        id: `${this.#id}-base`,
        className: 'btn tight',
        name: `Compare with the ${base}`,
        align: 'right',
        button: html`<span>Against</span><b>${base}</b>${icon('down', 14)}`,
      },
      [item('fastest'), item('first')],
    );
  }

  #sortMenu(): TemplateResult {
    const { sort } = this.#setting;
    const titles = { file: 'as in the file', best: 'best first' };
    const item = (value: TimingsSetting['sort']) => ({
      label: titles[value],
      checked: sort === value,
      run: () => this.#set({ sort: value }),
    });
    return menu(
      {
        id: `${this.#id}-sort`,
        className: 'btn tight',
        name: `Order: ${titles[sort]}`,
        align: 'right',
        button: html`<span>Order</span><b>${titles[sort]}</b>${icon('down', 14)}`,
      },
      [item('file'), item('best')],
    );
  }

  #zeroSwitch(): TemplateResult {
    const { fromZero } = this.#setting;
    return html`<button type="button" class="btn tight" role="switch" data-action="timings-zero" aria-checked=${fromZero ? 'true' : 'false'} @click=${() => this.#set({ fromZero: !fromZero })}
      ><span class="box">${fromZero ? icon('check', 10) : nothing}</span>From zero</button>`;
  }

  #onClick = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-index]');
    if (row !== null) this.#choose(Number(row.dataset.index));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = this.#rows;
    const last = Math.min(this.#shown, rows.length) - 1;
    const at = rows.findIndex(({ key }) => key === this.#findChosen()?.key);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: last,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#choose(Math.max(0, Math.min(last, move)));
  };

  #choose(index: number): void {
    const statement = this.#rows[index];
    if (statement === undefined) return;
    this.#isRevealDue = true;
    this.#set({ row: index === 0 ? '' : statement.key });
    this.#schedule();
  }
}

function describePlot(
  { isStated, sorted, best, worst, lowerQuarter, upperQuarter }: Statement['row'],
  value: (each: number) => string,
): string {
  if (isStated) return UNKNOWN;
  const half = sorted.length < 4 ? '' : `, half of them from ${value(lowerQuarter)} to ${value(upperQuarter)}`;
  return `${formatCount(sorted.length)} ${sorted.length === 1 ? 'repeat' : 'repeats'} from ${value(best)} to ${value(worst)}${half}`;
}
