/** Elements of the allocations view: heads, rows, the calls of an opened traceback, the sum. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { type AllocationRows, getTraceback } from '../../../shared/tree/allocation-rows.ts';
import { shortenMiddle } from '../../../shared/units/names.ts';
import { icon } from '../../controls/icons.ts';
import { setStyles } from '../../controls/styles.ts';
import type { PanelProps } from '../panel-props.ts';
import { type Column, describeFrame, describeRow, type PlaceWords } from './cells.ts';

/** Letters of a name that have room; the rest is cut in the middle. */
const NAME_LETTERS = 60;

/** What a line needs. */
export interface LineContext {
  readonly props: PanelProps;
  readonly rows: AllocationRows;
  readonly columns: readonly Column[];
  /** Line that the keyboard stands on; -1: none. */
  readonly cursor: number;
  readonly open: ReadonlySet<number>;
  readonly id: string;
  /** Largest value: a full bar. */
  readonly largest: number;
}

/** Heads of the columns. */
export function headTemplate({ columns, rows }: Pick<LineContext, 'columns' | 'rows'>): TemplateResult {
  const place = rows.by === 'line' && !rows.isLines ? 'function' : rows.by;
  return html`<div role="row" class="alloc-row" aria-rowindex="1">${columns.map(
    ({ name, head, meaning }) =>
      html`<div role="columnheader" class=${`alloc-cell c-${name}`} title=${meaning}><span class=${head === '' ? 'unseen' : 'cut'}>${head || meaning}</span></div>`,
  )}<div role="columnheader" class="alloc-cell c-place">${place}</div></div>`;
}

/** A row of numbers. */
export function rowTemplate(context: LineContext, index: number, row: number): TemplateResult {
  const { props, rows, cursor, open, id, largest } = context;
  const frame = rows.frame[row]!;
  const isTraceback = rows.by === 'traceback';
  const isOpen = open.has(row);
  const isSelected = frame === props.selected && rows.by !== 'file';
  const isMatch = props.matches === null ? null : matches(props, rows, row);
  const isLit = props.matches?.[frame] === 1;
  const swatch = html`<span class="swatch" ${setStyles({ background: props.swatch(frame) })}></span>`;
  const twist = isTraceback ? html`<span class="alloc-twist">${icon(isOpen ? 'down' : 'right', 12)}</span>` : nothing;
  const value = rows.values[props.metric]![row]!;
  const bar = largest > 0 && value > 0 ? value / largest : 0;
  return html`<div
    role="row" id=${`${id}-${index}`} data-index=${index} aria-rowindex=${index + 2}
    aria-level=${isTraceback ? 1 : nothing} aria-expanded=${isTraceback ? String(isOpen) : nothing} aria-selected=${isSelected ? 'true' : 'false'}
    class=${classMap({ 'alloc-row': true, 'is-selected': isSelected, 'is-cursor': index === cursor, 'is-other': isMatch === false })}
    >${cellTemplates(context.columns, row, bar)}${placeTemplate(describeRow(rows, row), isLit, html`${twist}${swatch}`)}</div>`;
}

/** A call of an opened traceback: root first, the most recent last. */
export function callTemplate(context: LineContext, index: number, row: number, depth: number): TemplateResult {
  const { props, rows, columns, cursor, id } = context;
  const { profile } = rows;
  const path = getTraceback(profile, rows.context[row]!);
  const frame = profile.contexts!.frame[path[depth]!]!;
  const isMatch = props.matches === null ? null : props.matches[frame] === 1;
  const isSelected = frame === props.selected;
  const mark = depth === path.length - 1 ? html`<span class="faint alloc-last">allocated here</span>` : nothing;
  const swatch = html`<span class="swatch" ${setStyles({ background: props.swatch(frame) })}></span>`;
  return html`<div
    role="row" id=${`${id}-${index}`} data-index=${index} aria-rowindex=${index + 2} aria-level="2" aria-selected=${isSelected ? 'true' : 'false'}
    class=${classMap({ 'alloc-row': true, 'is-call': true, 'is-selected': isSelected, 'is-cursor': index === cursor, 'is-other': isMatch === false })}
    >${columns.map(({ name }) => html`<div role="gridcell" class=${`alloc-cell c-${name}`}></div>`)}${placeTemplate(
      describeFrame(profile, frame),
      isMatch === true,
      swatch,
      mark,
    )}</div>`;
}

/** The sum of all rows. */
export function sumTemplate({ columns, rows }: Pick<LineContext, 'columns' | 'rows'>, shown: number): TemplateResult {
  const words = shown === rows.length ? 'all of it' : 'all of it, also what the filter hides';
  return html`<div role="row" class="alloc-row alloc-sum">${cellTemplates(columns, -1, 0)}<div role="gridcell" class="alloc-cell c-place">${words}</div></div>`;
}

function cellTemplates(columns: readonly Column[], row: number, bar: number): readonly TemplateResult[] {
  return columns.map((column) => {
    if (column.name !== 'bar')
      return html`<div role="gridcell" class=${`alloc-cell c-${column.name}`}>${column.text(row)}</div>`;
    const width = `${(Math.min(1, bar) * 100).toFixed(2)}%`;
    return html`<div role="gridcell" class="alloc-cell c-bar"><span class="alloc-bar" aria-hidden="true"><i ${setStyles({ width })}></i></span></div>`;
  });
}

function placeTemplate(
  { name, beside, full }: PlaceWords,
  isMatch: boolean,
  before: unknown,
  after: unknown = nothing,
): TemplateResult {
  const short = shortenMiddle(name, NAME_LETTERS);
  return html`<div role="gridcell" class="alloc-cell c-place" title=${full}>${before}<bdi class="alloc-name">${
    isMatch ? html`<mark>${short}</mark>` : short
  }</bdi> <bdi class="faint">${beside}</bdi>${after}</div>`;
}

/** Of a traceback, any of its calls; of a file, any of its frames is one too many to ask: its leading one. */
function matches({ matches: found }: PanelProps, rows: AllocationRows, row: number): boolean {
  if (rows.by !== 'traceback') return found![rows.frame[row]!] === 1;
  const { frame } = rows.profile.contexts!;
  return getTraceback(rows.profile, rows.context[row]!).some((at) => found![frame[at]!] === 1);
}
