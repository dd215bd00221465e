/** The lines of a function or file at the right: heads, and one row for each item. All text comes through the template's escaping. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { GAP, getItemText, type Listing } from '../../../shared/tree/line-listing.ts';
import { formatCount } from '../../../shared/units/format.ts';
import { setStyles } from '../../controls/styles.ts';
import { type Column, getHeat, isSilent, type Shown } from './columns.ts';

/** What a row of the listing needs. */
export interface ListingContext {
  readonly shown: Shown;
  readonly listing: Listing;
  readonly source: readonly string[] | null;
  /** What all texts begin with; not shown. */
  readonly indent: string;
  readonly columns: readonly Column[];
  /** Item that the keyboard stands on; -1: none. */
  readonly cursor: number;
  readonly id: string;
}

/** Heads of the columns. */
export function headTemplate({ columns }: Pick<ListingContext, 'columns'>): TemplateResult {
  return html`<div role="row" class="lines-row lines-heads" aria-rowindex="1"
    ><div role="columnheader" class="lines-cell c-line">line</div>${columns.map(
      ({ head, unit, meaning, name }) =>
        html`<div role="columnheader" class=${`lines-cell c-${name}`} title=${unit === '' ? meaning : `${meaning}, in ${unit}`}
          ><span class=${head === '' ? 'unseen' : 'cut'}>${head || meaning}</span>${unit === '' ? nothing : html`<span class="faint">${unit}</span>`}</div>`,
    )}<div role="columnheader" class="lines-cell c-source">source</div></div>`;
}

/** Item `index` of a listing. */
export function itemTemplate(context: ListingContext, index: number): TemplateResult {
  const { listing, columns, cursor, id, shown } = context;
  const [row, line] = [listing.row[index]!, listing.line[index]!];
  if (row === GAP) return gapTemplate(context, index, line);
  const { rows, group } = shown;
  const text = getItemText(rows, listing, index, context.source);
  const heat = row >= 0 ? getHeat(shown, row) : -1;
  const isKnown = row >= 0 && !isSilent(rows, row);
  const first = rows.groups.firstLine[group]!;
  return html`<div
    role="row" id=${`${id}-${index}`} data-index=${index} aria-rowindex=${index + 2}
    aria-selected=${index === cursor ? 'true' : 'false'}
    class=${classMap({
      'lines-row': true,
      [`is-hot-${heat}`]: heat >= 0,
      'is-hot': heat >= 0,
      'is-cursor': index === cursor,
      'is-first': first > 0 && line === first,
    })}
    ><div role="gridcell" class="lines-cell c-line">${line > 0 ? line : '–'}</div>${columns.map((column) =>
      cellTemplate(column, isKnown ? row : -1),
    )}<div role="gridcell" class="lines-cell c-source" title=${text?.trim() || nothing}>${text === null ? nothing : expandTabs(text.slice(text.startsWith(context.indent) ? context.indent.length : 0))}</div></div>`;
}

function gapTemplate({ columns, id }: ListingContext, index: number, missing: number): TemplateResult {
  return html`<div role="row" id=${`${id}-${index}`} data-index=${index} aria-rowindex=${index + 2} class="lines-row is-gap"
    ><div role="gridcell" class="lines-cell c-line" aria-hidden="true">⋮</div><div role="gridcell" class="lines-cell c-gap"
      aria-colspan=${columns.length + 1}>${formatCount(missing)} ${missing === 1 ? 'line' : 'lines'} not in the profile</div></div>`;
}

function cellTemplate(column: Column, row: number): TemplateResult {
  if (row < 0) return html`<div role="gridcell" class=${`lines-cell c-${column.name}`}></div>`;
  const text = column.text(row);
  if (column.bar === undefined) {
    // Of one unit: decimal points stand under each other.
    const point = column.unit === '' ? -1 : text.indexOf('.');
    const decimals = point < 0 ? 0 : text.length - point - 1;
    return html`<div role="gridcell" class=${`lines-cell c-${column.name}`}
      ><span class=${column.unit === '' ? '' : `decimals-${Math.min(3, decimals)}`}>${text}</span></div>`;
  }
  const bar = column.bar(row);
  const width = `${bar > 0 ? Math.min(100, bar * 100).toFixed(2) : 0}%`;
  return html`<div role="gridcell" class=${`lines-cell c-${column.name}`}><span class="lines-bar-box" aria-hidden="true"
      ><i ${setStyles({ width })}></i></span><span class="lines-share">${text}</span></div>`;
}

/** Line ends would be lines of their own. */
function expandTabs(text: string): string {
  return text.replace(/[\r\n]+$/, '').replaceAll('\t', '    ');
}
