/** The bar over the table: filter, grouping, what the search does here, the sum of what matches, Copy. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { GroupBy } from '../../../shared/tree/function-rows.ts';
import { icon } from '../icon.ts';
import { getSumParts } from './cells.ts';
import type { TableProps } from './props.ts';

const GROUPS: readonly GroupBy[] = ['none', 'package', 'file', 'directory'];

/** What the bar asks of the table around it. */
export interface BarActions {
  /** Arrow down in the filter: on into the rows. */
  enterRows(): void;
  copy(): void;
}

/** The bar's elements. */
export function barTemplate(props: TableProps, id: string, actions: BarActions): TemplateResult {
  return html`<div class="functions-bar">
    ${filterTemplate(props, id, actions)} ${groupTemplate(props)} ${searchTemplate(props)}
    <span class="functions-sum" role="status" id=${`${id}-sum`}>${sumTemplate(props)}</span>
    <button type="button" class="functions-button" data-action="copy-rows" aria-label="Copy rows" @click=${actions.copy}>
      ${icon('copy')}<span class="only-wide">Copy</span>
    </button>
  </div>`;
}

function filterTemplate(props: TableProps, id: string, actions: BarActions): TemplateResult {
  const { filter } = props;
  const input = (event: Event) => props.onFilter({ ...filter, text: (event.currentTarget as HTMLInputElement).value });
  const keydown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter.text !== '') props.onFilter({ ...filter, text: '' });
    else if (event.key === 'ArrowDown') actions.enterRows();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class=${props.filterError === null ? 'functions-field' : 'functions-field is-wrong'}>
    ${icon('filter', 14)}
    <input
      type="text"
      data-action="table-filter"
      aria-label="Filter functions by name or path"
      aria-invalid=${props.filterError === null ? nothing : 'true'}
      aria-describedby=${props.filterError === null ? nothing : `${id}-sum`}
      placeholder="Filter by name or path"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      maxlength="1000"
      @input=${input}
      @keydown=${keydown}
    />
    ${
      filter.text === ''
        ? nothing
        : html`<button type="button" class="functions-clear" aria-label="Clear filter" @click=${() => props.onFilter({ ...filter, text: '' })}>
            ${icon('close', 12)}
          </button>`
    }
    <button
      type="button"
      class="functions-regex"
      data-action="table-filter-regex"
      aria-label="Regular expression"
      title="Regular expression"
      aria-pressed=${filter.regex ? 'true' : 'false'}
      @click=${() => props.onFilter({ ...filter, regex: !filter.regex })}
    >.*</button>
  </div>`;
}

function groupTemplate(props: TableProps): TemplateResult {
  const change = (event: Event) => props.onGroup((event.currentTarget as HTMLSelectElement).value as GroupBy);
  return html`<label class="functions-choice"
    ><span class="only-mid">Group</span
    ><select data-action="table-group" aria-label="Group" @change=${change}>
      ${GROUPS.map((group) => html`<option value=${group} ?selected=${group === props.group}>${group}</option>`)}</select
    >${icon('arrowDown', 14)}</label
  >`;
}

function searchTemplate({ search, onSearchNarrows }: TableProps): TemplateResult | typeof nothing {
  if (search === null) return nothing;
  const change = (event: Event) => onSearchNarrows((event.currentTarget as HTMLInputElement).checked);
  return html`<label class="functions-choice"
    ><input type="checkbox" data-action="table-search-narrows" .checked=${search.narrows} @change=${change} />Search matches only</label
  >`;
}

function sumTemplate(props: TableProps): TemplateResult {
  if (props.filterError !== null) return html`<span class="functions-wrong">${props.filterError}</span>`;
  const parts = getSumParts(props.rows, props.arrangement);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<b>${part}</b>` : part))}`;
}
