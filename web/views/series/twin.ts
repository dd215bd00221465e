/**
 * The same in words: exact ends and extremes of every line, the spans, and the points of the stretch in view.
 */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Theme } from '../../../shared/color/palette.ts';
import type { Span, Unit } from '../../../shared/model/profile.ts';
import { buildPointRows, type PointRows } from '../../../shared/tree/series/point-rows.ts';
import type { SeriesLine } from '../../../shared/tree/series/series-lines.ts';
import { formatCount, formatMetric, formatRange, UNKNOWN } from '../../../shared/units/format.ts';
import { shortenMiddle } from '../../../shared/units/names.ts';
import { icon } from '../../controls/icons.ts';
import { setStyles } from '../../controls/styles.ts';
import { getLineColor } from '../../paint/series-colors.ts';
import type { SeriesSetting } from './option.ts';
import type { TimeView } from './picture.ts';
import { getLabel, type Panel, type SeriesFile } from './tracks.ts';
import { formatChange, formatMoment, getDuration, getSpanValues } from './words.ts';

/** What the tables show. */
export interface TwinProps {
  readonly file: SeriesFile;
  readonly other: SeriesFile | null;
  readonly panels: readonly Panel[];
  readonly setting: SeriesSetting;
  readonly theme: Theme;
  readonly view: TimeView;
  readonly isZoomed: boolean;
  /** CSS pixels there are. */
  readonly width: number;
  readonly spanUnit: Unit;
  /** Span that is pointed at, or whose function is selected; -1: none. */
  readonly marked: number;
  /** Spans that a search does not match. */
  isDim(row: number): boolean;
  onToggle(key: string): void;
  onSpan(row: number): void;
  onCopy(text: string, what: string): void;
}

/** Rows of the points, and of the spans, at most. */
export const MOST_ROWS = 200;
const COLUMN_PX = 104;
const TIME_PX = 130;
/** Width of the column of names, equal to that in the style sheet, and of a letter in it, roughly. */
const NAME_SHARE = 0.3;
const LETTER_PX = 6.7;
const LEAST_LETTERS = 8;

/** The tables. */
export function twinTemplate(props: TwinProps): TemplateResult {
  const { lines, spans } = props.file;
  return html`${lines.length === 0 ? nothing : factsTable(props)}${spans.length === 0 ? nothing : spansTable(props)}${lines.length === 0 ? nothing : pointsTable(props)}`;
}

function factsTable(props: TwinProps): TemplateResult {
  const { file, other, panels, theme, onToggle } = props;
  const entries = new Map(panels.flatMap((panel) => panel.entries.map((entry) => [entry.key, entry])));
  const rows = [
    ...file.lines.map((line) => ({ line, source: file, isOther: false })),
    ...(other?.lines ?? []).map((line) => ({ line, source: other!, isOther: true })),
  ];
  const shown = rows.slice(0, MOST_ROWS);
  return html`<table class="series-table" aria-label="Lines">
    <caption><span>Lines, over the whole run</span>${count(shown.length, rows.length)}</caption>
    <thead><tr><th scope="col">line</th><th scope="col" class="series-wide">points</th><th scope="col" class="series-wide">first</th><th scope="col">last</th><th scope="col">least</th><th scope="col">most</th><th scope="col">most at</th></tr></thead>
    <tbody>${shown.map(({ line, source, isOther }) => {
      const facts = source.facts(line);
      const entry = entries.get(line.key)!;
      const value = (each: number) => formatMetric(each, line.unit);
      return html`<tr>
        <th scope="row"><button type="button" class="series-entry" role="switch" aria-checked=${entry.isShown ? 'true' : 'false'} @click=${() => onToggle(line.key)}
          ><span class="box">${entry.isShown ? icon('check', 10) : nothing}</span><i class=${isOther ? 'is-dashed' : ''} ${setStyles({ 'background-color': getLineColor(entry.hue, theme), 'border-top-color': getLineColor(entry.hue, theme) })}></i
          ><span class="cut" title=${getLabel(line)}>${getLabel(line)}</span>${isOther ? html`<span class="faint cut series-wide">${source.name}</span>` : nothing}</button></th>
        <td class="series-wide">${formatCount(facts.points)}</td><td class="series-wide">${value(facts.first)}</td><td>${value(facts.last)}</td><td>${value(facts.least)}</td><td>${value(facts.most)}</td><td>${formatMoment(facts.mostAt - source.start, source.axis)}</td>
      </tr>`;
    })}</tbody>
  </table>`;
}

function spansTable(props: TwinProps): TemplateResult {
  const { file, spanUnit, marked, isDim, width, onSpan, onCopy } = props;
  const order = orderSpans(file.spans);
  const shown = order.slice(0, MOST_ROWS);
  const letters = Math.max(LEAST_LETTERS, Math.floor((width * NAME_SHARE) / LETTER_PX));
  const value = (each: number) => formatMetric(each, spanUnit);
  // Those with values are of functions (mprof); asynchronous ones of a trace have none, and are of anything.
  const hasValues = file.spans.some(({ values }) => values.length > 0);
  const [title, head] = hasValues ? ['Functions', 'function'] : ['Spans', 'span'];
  return html`<table class="series-table" aria-label=${`${title} and their stretches of time`}>
    <caption><span>${title}</span>${count(shown.length, order.length, 'longest')}${copyButton('spans', () => onCopy(printSpans(file, order), title))}</caption>
    <thead><tr><th scope="col">${head}</th><th scope="col">began at</th><th scope="col">duration</th>${
      hasValues
        ? html`<th scope="col" class="series-wide">at start</th><th scope="col" class="series-wide">at end</th><th scope="col">increment</th>`
        : nothing
    }</tr></thead>
    <tbody>${shown.map((row) => {
      const span = file.spans[row]!;
      const [start, end] = getSpanValues(span);
      return html`<tr class=${`${row === marked ? 'is-selected' : ''}${isDim(row) ? ' is-dim' : ''}`}>
        <th scope="row"><button type="button" class="series-entry" title=${`Zoom to ${span.name}`} @click=${() => onSpan(row)}><span class="cut">${shortenMiddle(span.name, letters)}</span></button></th>
        <td>${formatMoment(span.start - file.start, file.axis)}</td><td>${formatMoment(getDuration(span), file.axis)}</td>${
          hasValues
            ? html`<td class="series-wide">${value(start)}</td><td class="series-wide">${value(end)}</td><td>${formatChange(end - start, spanUnit)}</td>`
            : nothing
        }
      </tr>`;
    })}</tbody>
  </table>`;
}

function pointsTable(props: TwinProps): TemplateResult {
  const { file, view, isZoomed, width, setting, onCopy } = props;
  const lines = file.lines.filter(({ key }) => !setting.hidden.includes(key));
  const columns = lines.slice(0, Math.max(1, Math.floor((width - TIME_PX) / COLUMN_PX)));
  const stretch = { start: view.from + file.start, end: view.to + file.start };
  const points = buildPointRows(columns, stretch, MOST_ROWS);
  const left = lines.length - columns.length;
  const what = points.isExact
    ? `Points${isZoomed ? ' in view' : ''}`
    : `Least and most of every ${formatMoment(points.step, file.axis)}${isZoomed ? ' in view' : ''}`;
  return html`<table class="series-table" aria-label=${what}>
    <caption><span>${what}</span>${left > 0 ? html`<span class="faint">${left} more lines: hide some to see others</span>` : nothing}${copyButton('points', () => onCopy(printPoints(columns, points, file), 'Points'))}</caption>
    <thead><tr><th scope="col">${points.isExact ? 'at' : 'from'}</th>${columns.map((line) => html`<th scope="col"><span class="cut" title=${getLabel(line)}>${getLabel(line)}</span></th>`)}</tr></thead>
    <tbody>${points.rows.map(
      ({ time, least, most }) =>
        html`<tr><th scope="row">${formatMoment(time - file.start, file.axis, view.to - view.from)}</th>${columns.map(
          ({ unit }, i) => html`<td>${formatCell(least[i]!, most[i]!, unit)}</td>`,
        )}</tr>`,
    )}</tbody>
  </table>`;
}

function formatCell(least: number, most: number, unit: Unit): string {
  if (Number.isNaN(least)) return UNKNOWN;
  return least === most ? formatMetric(least, unit) : formatRange(least, most, unit);
}

/** In the order of the file's time; where they are too many, the longest. */
function orderSpans(spans: readonly Span[]): number[] {
  const byStart = (a: number, b: number) => spans[a]!.start - spans[b]!.start || a - b;
  const rows = spans.map((_, row) => row);
  if (rows.length <= MOST_ROWS) return rows.sort(byStart);
  const lasting = (row: number) =>
    Number.isNaN(spans[row]!.end) ? Number.POSITIVE_INFINITY : getDuration(spans[row]!);
  return rows.sort((a, b) => lasting(b) - lasting(a) || byStart(a, b));
}

function count(shown: number, all: number, which = 'first'): TemplateResult {
  return shown === all
    ? html`<span class="faint">${formatCount(all)}</span>`
    : html`<span class="faint">the ${which} ${formatCount(shown)} of ${formatCount(all)}</span>`;
}

function copyButton(what: string, run: () => void): TemplateResult {
  return html`<button type="button" class="btn tight" data-action=${`copy-${what}`} aria-label=${`Copy ${what}`} @click=${run}>${icon('copy')}</button>`;
}

/** Exact values, as text that a spreadsheet takes. */
function printPoints(lines: readonly SeriesLine[], { isExact, rows }: PointRows, { start, axis }: SeriesFile): string {
  const head = lines.flatMap((line) => {
    const name = `${clean(getLabel(line))} (${line.unit})`;
    return isExact ? [name] : [`${name} least`, `${name} most`];
  });
  const cell = (value: number) => (Number.isNaN(value) ? '' : String(value));
  const body = rows.map(({ time, least, most }) => [
    String(time - start),
    ...lines.flatMap((_, i) => (isExact ? [cell(least[i]!)] : [cell(least[i]!), cell(most[i]!)])),
  ]);
  return [[axis === 'count' ? 'step' : 'seconds', ...head], ...body].map((row) => row.join('\t')).join('\n');
}

function printSpans({ spans, start }: SeriesFile, order: readonly number[]): string {
  const cell = (value: number) => (Number.isNaN(value) ? '' : String(value));
  const body = order.map((row) => {
    const span = spans[row]!;
    return [clean(span.name), cell(span.start - start), cell(getDuration(span)), ...getSpanValues(span).map(cell)];
  });
  return [['function', 'began at', 'duration', 'at start', 'at end'], ...body].map((row) => row.join('\t')).join('\n');
}

/** Names are one cell, whatever they hold. */
function clean(name: string): string {
  return name.replaceAll(/[\t\r\n]/g, ' ');
}
