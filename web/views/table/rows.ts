/** Elements of one line of the table. All text comes through the template's escaping. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { getListedName } from '../../../shared/tree/frame-text.ts';
import { findMark } from '../../../shared/tree/search.ts';
import { formatCount, THIN } from '../../../shared/units/format.ts';
import { icon } from '../../controls/icons.ts';
import { setStyles } from '../../controls/styles.ts';
import {
  type ColumnUnits,
  getFunctionCells,
  getGroupCells,
  getPlace,
  getTableName,
  isBuiltin,
  type NumberCells,
  type ShareCell,
  type SplitText,
} from './cells.ts';
import type { TableProps } from './props.ts';

/** What a line needs beyond the props. */
export interface LineContext {
  readonly props: TableProps;
  readonly units: ColumnUnits | null;
  /** Line that the keyboard stands on; -1: none. */
  readonly cursor: number;
  /** Prefix of element ids, unique on the page. */
  readonly id: string;
}

/** Line `index` of the arrangement. */
export function lineTemplate(context: LineContext, index: number): TemplateResult {
  const line = context.props.arrangement.lines[index]!;
  return line >= 0 ? functionTemplate(context, index, line) : groupTemplate(context, index, -1 - line);
}

function functionTemplate(context: LineContext, index: number, frame: number): TemplateResult {
  const { props, units } = context;
  const isSelected = frame === props.selected;
  const cells = getFunctionCells(props.rows, props.arrangement, units, frame);
  return html`<div
    role="row"
    id=${`${context.id}-${index}`}
    class=${classMap({
      'functions-row': true,
      'is-selected': isSelected,
      'is-cursor': index === context.cursor,
      'is-child': props.arrangement.groups !== null,
      'is-group': false,
    })}
    aria-rowindex=${index + 2}
    aria-selected=${isSelected ? 'true' : 'false'}
    aria-level=${props.arrangement.groups === null ? nothing : 2}
    aria-expanded=${nothing}
    data-line=${index}
  >${numberTemplates(cells, units)}${nameTemplate(props, frame)}</div>`;
}

function groupTemplate(context: LineContext, index: number, group: number): TemplateResult {
  const { props, units } = context;
  const groups = props.arrangement.groups!;
  const name = groups.name(group);
  const isOpen = groups.open.has(group);
  const cells = getGroupCells(props.rows, props.arrangement, units, group);
  return html`<div
    role="row"
    id=${`${context.id}-${index}`}
    class=${classMap({
      'functions-row': true,
      'is-selected': false,
      'is-cursor': index === context.cursor,
      'is-child': false,
      'is-group': true,
    })}
    aria-rowindex=${index + 2}
    aria-selected="false"
    aria-level="1"
    aria-expanded=${isOpen ? 'true' : 'false'}
    data-line=${index}
  >${numberTemplates(cells, units)}<div role="gridcell" aria-colindex="8" class="cell c-name"><span
      class="functions-twist">${icon(isOpen ? 'down' : 'right', 12)}</span><bdi class="functions-group" title=${name}
      >${name}</bdi><span class="faint">${formatCount(groups.count[group]!)}</span></div></div>`;
}

function numberTemplates(cells: NumberCells, units: ColumnUnits | null): TemplateResult {
  const aligned = units === null ? unitTemplate : pointTemplate;
  return html`<div role="gridcell" aria-colindex="1" class="cell c-calls">${cells.calls}<span class="faint">${cells.primitive}</span></div
    ><div role="gridcell" aria-colindex="2" class="cell c-self">${aligned(cells.self)}</div
    ><div role="gridcell" aria-colindex="3" class="cell c-self-share">${shareTemplate(cells.selfShare)}</div
    ><div role="gridcell" aria-colindex="4" class="cell c-self-each">${unitTemplate(cells.selfPerCall)}</div
    ><div role="gridcell" aria-colindex="5" class="cell c-total">${aligned(cells.total)}</div
    ><div role="gridcell" aria-colindex="6" class="cell c-total-share">${shareTemplate(cells.totalShare)}</div
    ><div role="gridcell" aria-colindex="7" class="cell c-total-each">${unitTemplate(cells.totalPerCall)}</div>`;
}

/** One piece of text, so that it is read and copied as one number; padding puts the decimal points under each other. */
function pointTemplate([head, tail]: SplitText): TemplateResult {
  return html`<span class=${`decimals-${Math.max(0, tail.length - 1)}`}>${head + tail}</span>`;
}

function unitTemplate([head, tail]: SplitText): TemplateResult {
  return html`${head}<span class="slot-unit">${tail === '' ? '' : THIN + tail}</span>`;
}

function shareTemplate({ text, bar }: ShareCell): TemplateResult {
  const width = Number.isNaN(bar) ? '0' : `${(Math.min(1, bar) * 100).toFixed(2)}%`;
  return html`<span class="functions-bar-box" aria-hidden="true"><i ${setStyles({ width })} class=${bar > 0.0005 ? 'is-seen' : ''}></i></span
    ><span class="functions-share">${text}</span>`;
}

function nameTemplate(props: TableProps, frame: number): TemplateResult {
  const { profile } = props;
  const builtin = isBuiltin(profile, frame);
  const place = getPlace(profile, frame);
  const paren = (text: string) =>
    html`<span class="functions-paren faint">${builtin || place === '' ? '' : text}</span>`;
  return html`<div role="gridcell" aria-colindex="8" class="cell c-name" title=${getListedName(profile, frame)}><span
      class="swatch" ${setStyles({ background: props.swatch(frame) })}></span><span class="functions-place"><bdi>${markTemplate(props, frame, place, false)}</bdi></span
      ><span class=${builtin ? 'functions-name is-builtin' : 'functions-name'}>${paren('(')}<bdi class="functions-letters">${markTemplate(props, frame, getTableName(profile, frame), true)}</bdi>${paren(')')}</span></div>`;
}

/** Text with the letters marked that the first fitting query matches. Spans of expressions are those of names. */
function markTemplate(props: TableProps, frame: number, text: string, isName: boolean): TemplateResult {
  for (const { query, found } of props.marks) {
    const mark = isName || query.mode !== 'regex' ? findMark(text, query, found, frame) : null;
    if (mark === null) continue;
    return html`${text.slice(0, mark.from)}<mark>${text.slice(mark.from, mark.to)}</mark>${text.slice(mark.to)}`;
  }
  return html`${text}`;
}
