/** What stands around the list and the listing: filter and menus, the name of what is shown, ways to the hottest lines, a sentence. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Listing } from '../../../shared/tree/line-listing.ts';
import { getGroupColumn, getShareOfAll, type LineMeasure } from '../../../shared/tree/line-ranks.ts';
import { isState, type LineRow, type LineRows, type LinesBy } from '../../../shared/tree/line-rows.ts';
import { formatCount, formatMetric, formatShare } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import { menu } from '../../controls/popover.ts';
import type { SourceAnswer } from '../panel-props.ts';
import type { Shown } from './columns.ts';
import { describeGroup } from './ranked.ts';
import type { LinesSetting } from './setting.ts';

/** What the bars ask for. */
export interface BarActions {
  filter(text: string): void;
  by(by: LinesBy): void;
  rank(rank: LineMeasure): void;
  /** On from the filter into the list. */
  enterList(): void;
  walk(step: 1 | -1): void;
  copy(): void;
}

/** Over the list: filter, and what is listed in which order. */
export function sideBarTemplate(
  rows: LineRows,
  setting: LinesSetting,
  id: string,
  actions: BarActions,
): TemplateResult {
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && setting.find !== '') actions.filter('');
    else if (event.key === 'ArrowDown') actions.enterList();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const what = setting.by === 'file' ? 'files' : 'functions';
  return html`<div class="lines-sidebar">
    <div class="field" role="search" aria-label=${`Filter ranked ${what}`}>${icon('filter', 14)}<input type="text" data-action="lines-filter"
      aria-label=${`Filter ranked ${what} by name or path`} placeholder="Filter" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="1000"
      .value=${live(setting.find)} @input=${(event: Event) => actions.filter((event.currentTarget as HTMLInputElement).value)} @keydown=${press}>${
        setting.find === ''
          ? nothing
          : html`<button type="button" class="opt" aria-label="Clear the filter" @click=${() => actions.filter('')}>${icon('close', 12)}</button>`
      }</div>
    ${menu(
      {
        id: `${id}-by`,
        name: `By: ${setting.by}`,
        className: 'btn tight',
        button: html`By <b>${setting.by}</b>${icon('down', 14)}`,
      },
      (['function', 'file'] as const).map((by) => ({
        label: by,
        checked: by === setting.by,
        run: () => actions.by(by),
      })),
    )}${
      rows.groups.totals === null
        ? nothing
        : menu(
            {
              id: `${id}-rank`,
              name: `Rank: ${setting.rank}`,
              className: 'btn tight',
              button: html`Rank <b>${setting.rank}</b>${icon('down', 14)}`,
            },
            (['self', 'total'] as const).map((rank) => ({
              label: rank,
              detail: rank === 'self' ? 'the line alone' : 'with what it calls',
              checked: rank === setting.rank,
              run: () => actions.rank(rank),
            })),
          )
    }
  </div>`;
}

/** Over the listing: what it is of, and the way to the hottest lines. */
export function barTemplate(shown: Shown, hottest: Int32Array, row: LineRow, actions: BarActions): TemplateResult {
  const { rows, group } = shown;
  const { name, place, full } = describeGroup(rows, group);
  const at = row < 0 ? -1 : hottest.indexOf(row);
  const rank =
    at < 0
      ? `${formatCount(hottest.length)} hot ${hottest.length === 1 ? 'line' : 'lines'}`
      : `${formatCount(at + 1)} of ${formatCount(hottest.length)}`;
  return html`<div class="lines-bar">
    <h2 class="lines-title" title=${full}><bdi class="cut">${name}</bdi><bdi class="faint cut">${place}</bdi></h2>
    <span class="lines-sums">${sumTemplate(shown)}</span>
    <span class="lines-walk" role="group" aria-label="Hottest lines"><button type="button" class="btn icon" data-action="lines-hotter" aria-label="Hotter line" title="Hotter line (,)"
        aria-disabled=${hottest.length === 0 || at === 0 ? 'true' : nothing} @click=${() => actions.walk(-1)}>${icon('previous')}</button><span class="lines-rank">${rank}</span><button
        type="button" class="btn icon" data-action="lines-cooler" aria-label="Next hottest line" title="Next hottest line (.)"
        aria-disabled=${hottest.length === 0 || at === hottest.length - 1 ? 'true' : nothing} @click=${() => actions.walk(1)}>${icon('down')}</button></span>
    <button type="button" class="btn" data-action="lines-copy" aria-label="Copy path and line" title="Copy path:line" @click=${() => actions.copy()}>${icon('copy')}<span
      class="lines-wide">Copy place</span></button>
  </div>`;
}

/** Value of all lines of the group, its share, and its lines. */
function sumTemplate({ rows, group, metric, measure, count }: Shown): TemplateResult {
  const { name, unit } = rows.profile.metrics[metric]!;
  const value = getGroupColumn(rows, metric, measure)[group]!;
  const share = getShareOfAll(rows, metric, value);
  if (Number.isNaN(value)) return html`no ${name} in ${formatCount(count)} ${count === 1 ? 'line' : 'lines'}`;
  const most = isState(rows.profile, metric) ? 'at most ' : '';
  return html`${most}<b>${formatMetric(value, unit)}</b>${Number.isNaN(share) ? '' : ` (${formatShare(share)})`} in ${formatCount(count)} ${count === 1 ? 'line' : 'lines'}`;
}

/** Under the listing: what is to be known about the source and the numbers, if anything is. */
export function noteTemplate(
  shown: Shown,
  listing: Listing | null,
  answer: SourceAnswer | null,
): TemplateResult | typeof nothing {
  const { rows, group, metric } = shown;
  const notes: string[] = [];
  const { start } = rows.groups;
  const lacksText = rows.text.subarray(start[group]!, start[group + 1]!).some((text) => text < 0);
  if (answer?.kind === 'none' && lacksText) notes.push(answer.message);
  if (answer === null && lacksText && rows.groups.inFile[group]! < 0)
    notes.push(
      'Only line numbers are known: the profile names no function of this file, by which its source could be had.',
    );
  if (start[group] === start[group + 1]) notes.push('No line of it ran.');
  if (listing !== null && listing.beyond > 0)
    notes.push(
      'The file has fewer lines than the profile knows: it has changed since, and its text may stand at other lines.',
    );
  if (mayOverlap(rows, metric))
    notes.push('A line counts what it calls, so functions that call each other count twice in shares of all.');
  if (notes.length === 0) return nothing;
  return html`<p class="lines-note" title=${notes.join(' ')}><span class="cut">${notes.join(' ')}</span></p>`;
}

/** True where a tool's times of lines are with callees, and several functions were watched. */
function mayOverlap(rows: LineRows, metric: number): boolean {
  const { unit } = rows.profile.metrics[metric]!;
  const isStated = rows.profile.lines !== undefined && rows.totals === null;
  return isStated && unit.endsWith('seconds') && rows.groups.length > 1;
}
