/** The heads of the columns: buttons that sort, with the direction, and the rank where several columns sort. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { SortKey } from '../../../shared/tree/function-rows.ts';
import { icon } from '../../controls/icons.ts';
import type { ColumnUnits } from './cells.ts';
import type { Column } from './columns.ts';

/** All heads, in order. `units` are those of the columns that have one unit each. */
export function headTemplates(
  columns: readonly Column[],
  sort: readonly SortKey[],
  units: ColumnUnits | null,
): readonly TemplateResult[] {
  return columns.map((column, index) => {
    const rank = sort.findIndex((key) => key.column === column.sort);
    const key = sort[rank];
    return html`<div
      role="columnheader"
      class=${`cell ${column.cell}${key === undefined ? '' : ' is-sorted'}`}
      aria-colindex=${index + 1}
      aria-sort=${column.sort === null ? nothing : getDirection(key)}
    >${
      column.sort === null
        ? html`<span aria-label=${column.label}>${column.head}</span>`
        : sortTemplate(column, key, sort.length > 1 ? rank + 1 : 0, units)
    }</div>`;
  });
}

/** `rank` counts from 1; 0 says nothing about it. */
function sortTemplate(
  column: Column,
  key: SortKey | undefined,
  rank: number,
  units: ColumnUnits | null,
): TemplateResult {
  const isRanked = key !== undefined && rank > 0;
  return html`<button
    type="button"
    data-action=${column.action}
    data-sort=${column.sort}
    aria-label=${isRanked ? `${column.label}, sort key ${rank}` : column.label}
  >${key === undefined ? nothing : icon(key.descending ? 'down' : 'previous', 11)}${isRanked ? html`<sup>${rank}</sup>` : nothing}<span
      class="functions-word">${column.head}</span>${column.unit !== null && units !== null ? html`<span class="faint">${units[column.unit].unit}</span>` : nothing}</button>`;
}

function getDirection(key: SortKey | undefined): 'none' | 'ascending' | 'descending' {
  if (key === undefined) return 'none';
  return key.descending ? 'descending' : 'ascending';
}
