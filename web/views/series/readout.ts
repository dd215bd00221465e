/** What is known at the crosshair, beside it; or what the bracket under the pointer stands for. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Theme } from '../../../shared/color/palette.ts';
import type { Span, Unit } from '../../../shared/model/profile.ts';
import { formatMetric } from '../../../shared/units/format.ts';
import { setStyles } from '../../controls/styles.ts';
import { getLineColor } from '../../paint/series-colors.ts';
import type { Content } from './content.ts';
import { getValueAt } from './moments.ts';
import type { TimeView } from './picture.ts';
import type { Track } from './tracks.ts';
import { describeSpan, formatMoment, type TimeAxis } from './words.ts';

/** A line of the readout. */
export interface ReadoutRow {
  readonly label: string;
  readonly value: string;
  /** -1: no swatch. */
  readonly hue: number;
  readonly isDashed: boolean;
}

/** A heading and its lines. */
export interface Readout {
  readonly title: string;
  readonly rows: readonly ReadoutRow[];
}

/** More lines are counted only. */
const MOST_ROWS = 14;

/** All values at a moment. `length`: seconds in view. */
export function readMoment(
  { panels, file, other }: Pick<Content, 'panels' | 'file' | 'other'>,
  at: number,
  length: number,
): Readout {
  const tracks = panels.flatMap((panel) => panel.tracks);
  const own = tracks.filter(({ isOther }) => !isOther).flatMap((track) => readTrack(track, at));
  const others = tracks.filter(({ isOther }) => isOther).flatMap((track) => readTrack(track, at));
  const heading: ReadoutRow[] =
    others.length === 0 ? [] : [{ label: other?.name ?? '', value: '', hue: -1, isDashed: false }];
  return {
    title:
      file.axis === 'count'
        ? `step ${formatMoment(at, 'count')}`
        : `${formatMoment(at, 'seconds', length)} since the start`,
    rows: [...own, ...heading, ...others],
  };
}

/** What a bracket stands for. */
export function readSpan(span: Span, unit: Unit): Readout {
  return { title: span.name, rows: [{ label: describeSpan(span, unit), value: '', hue: -1, isDashed: false }] };
}

/** A stretch that is being marked; `length` as above. */
export function readStretch({ from, to }: TimeView, axis: TimeAxis, length: number): Readout {
  const label = `${formatMoment(to - from, axis)} marked`;
  const title = `${formatMoment(from, axis, length)} to ${formatMoment(to, axis, length)}`;
  return { title, rows: [{ label, value: '', hue: -1, isDashed: false }] };
}

/** A readout as one sentence, for those who hear it. */
export function printReadout({ title, rows }: Readout): string {
  return `${title}: ${rows.map(({ label, value }) => (value === '' ? label : `${label} ${value}`)).join(', ')}`;
}

/** The readout as elements. */
export function readoutTemplate({ title, rows }: Readout, theme: Theme): TemplateResult {
  const shown = rows.length <= MOST_ROWS ? rows : rows.slice(0, MOST_ROWS - 1);
  const left = rows.length - shown.length;
  return html`<b>${title}</b>${shown.map((row) => rowTemplate(row, theme))}${
    left > 0 ? html`<span class="series-other">${left} more</span>` : nothing
  }`;
}

/** Three cells of the grid, or one over all of them where there is no line to show. */
function rowTemplate({ label, value, hue, isDashed }: ReadoutRow, theme: Theme): TemplateResult {
  if (hue < 0) return html`<span class="series-other cut">${label}</span>`;
  const color = setStyles({ 'border-top-color': getLineColor(hue, theme) });
  return html`<span class="series-swatch"><i class=${isDashed ? 'is-dashed' : ''} ${color}></i></span><span class="cut">${label}</span
    ><span class="series-value">${value}</span>`;
}

/** A line's value; of the last level of a stack what it adds, then the sum. */
function readTrack(track: Track, at: number): ReadoutRow[] {
  const { label, unit, hue, isOther, level } = track;
  const row = { label, value: formatMetric(getValueAt(track, at), unit), hue, isDashed: isOther };
  if (level !== 'sum') return [row];
  const added = formatMetric(getValueAt({ ...track, level: 'level' }, at), unit);
  return [
    { ...row, value: added },
    { ...row, label: 'together' },
  ];
}
