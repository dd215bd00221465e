/** The bar over the table: filter, grouping, what the search does here, the sum of what matches, Copy. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { GroupBy } from '../../../shared/tree/function-rows.ts';
import { icon } from '../../controls/icons.ts';
import { menu } from '../../controls/popover.ts';
import { getSumParts } from './cells.ts';
import type { TableProps } from './props.ts';

const GROUPS: readonly GroupBy[] = ['none', 'package', 'file', 'directory'];

/** What the bar asks of the table around it. */
export interface BarActions {
  /** Arrow down in the filter: on into the rows. */
  enterRows(): void;
  copy(): void;
}

/** The bar's elements. `id` is a prefix that is unique on the page. */
export function barTemplate(props: TableProps, id: string, actions: BarActions): TemplateResult {
  return html`<div class="functions-bar">
    ${filterTemplate(props, id, actions)} ${groupTemplate(props, id)} ${searchTemplate(props)}
    <span class="functions-sum" role="status" id=${`${id}-sum`}>${sumTemplate(props)}</span>
    <button type="button" class="btn" data-action="copy-rows" aria-label="Copy rows" @click=${actions.copy}>
      ${icon('copy')}<span class="functions-wide">Copy</span>
    </button>
  </div>`;
}

function filterTemplate(props: TableProps, id: string, actions: BarActions): TemplateResult {
  const { filter } = props;
  const isWrong = props.filterError !== null;
  const clear = () => props.onFilter({ text: '' });
  const input = (event: Event) => props.onFilter({ text: (event.currentTarget as HTMLInputElement).value });
  const keydown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter.text !== '') clear();
    else if (event.key === 'ArrowDown') actions.enterRows();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class=${isWrong ? 'field wrong' : 'field'} role="search" aria-label="Filter functions">
    ${icon('filter', 14)}
    <input type="text" data-action="table-filter" aria-label="Filter functions by name or path" placeholder="Filter by name or path"
      aria-invalid=${isWrong ? 'true' : nothing} aria-describedby=${isWrong ? `${id}-sum` : nothing}
      autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="1000" @input=${input} @keydown=${keydown}>
    ${
      filter.text === ''
        ? nothing
        : html`<button type="button" class="opt" aria-label="Clear the filter" @click=${clear}>${icon('close', 12)}</button>`
    }
    <button type="button" class="opt" data-action="table-filter-regex" aria-label="Regular expression" title="Regular expression"
      aria-pressed=${filter.regex ? 'true' : 'false'} @click=${() => props.onFilter({ regex: !filter.regex })}>.*</button>
  </div>`;
}

function groupTemplate(props: TableProps, id: string): TemplateResult {
  return menu(
    {
      id: `${id}-group`,
      name: `Group: ${props.group}`,
      className: 'btn tight',
      button: html`Group <b>${props.group}</b>${icon('down', 14)}`,
    },
    GROUPS.map((group) => ({ label: group, checked: group === props.group, run: () => props.onGroup(group) })),
  );
}

function searchTemplate({ search, onSearchNarrows }: TableProps): TemplateResult | typeof nothing {
  if (search === null) return nothing;
  return html`<button type="button" class="btn tight" role="checkbox" data-action="table-search-narrows"
    aria-checked=${search.narrows ? 'true' : 'false'} @click=${() => onSearchNarrows(!search.narrows)}
    ><span class="box">${search.narrows ? icon('check', 10) : nothing}</span>Matches only</button>`;
}

function sumTemplate(props: TableProps): TemplateResult {
  if (props.filterError !== null) return html`<span class="functions-wrong">${props.filterError}</span>`;
  const parts = getSumParts(props.rows, props.arrangement);
  return html`${parts.map(({ kind, text }) =>
    kind === 'number'
      ? html`<b>${text}</b>`
      : kind === 'words'
        ? html`<span class="functions-words">${text}</span>`
        : text,
  )}`;
}
