/** The functions or files at the left, largest first. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { getString } from '../../../shared/model/strings.ts';
import { getFile, getFullName, getPstatsName, getShownName } from '../../../shared/tree/frame-text.ts';
import { getGroupColumn, getShareOfAll, type LineMeasure } from '../../../shared/tree/line-ranks.ts';
import type { LineGroup, LineRows } from '../../../shared/tree/line-rows.ts';
import { formatMetric, formatShare } from '../../../shared/units/format.ts';
import { baseName, shortenMiddle, shortPlace } from '../../../shared/units/names.ts';
import { setStyles } from '../../controls/styles.ts';
import type { PanelProps } from '../panel-props.ts';

/** Letters of a name that have room; the rest is cut in the middle. */
const NAME_LETTERS = 24;

/** A group in words: what it is called, where it is, and all of it. */
export interface GroupWords {
  readonly name: string;
  readonly place: string;
  readonly full: string;
}

/** What a group is called. */
export function describeGroup(rows: LineRows, group: LineGroup): GroupWords {
  const { profile, groups, by } = rows;
  const frame = groups.frame[group]!;
  const file = getString(profile.strings, groups.file[group]!);
  if (by === 'file' || frame < 0) return { name: baseName(file) || '(no file)', place: getFolder(file), full: file };
  const line = groups.firstLine[group]!;
  const full = line > 0 ? getPstatsName(profile, frame) : `${file} (${getFullName(profile, frame)})`;
  return { name: getShownName(profile, frame), place: shortPlace(file, line), full };
}

function getFolder(file: string): string {
  const parts = file.split(/[/\\]/);
  return parts.length > 1 ? parts.slice(-3, -1).join('/') : '';
}

/** All that the filter looks through. */
export function getGroupText(rows: LineRows, group: LineGroup): string {
  const { profile, groups, by } = rows;
  const frame = groups.frame[group]!;
  const file = getString(profile.strings, groups.file[group]!);
  return (
    by === 'file' || frame < 0 ? file : `${file} ${getFullName(profile, frame)} ${getShownName(profile, frame)}`
  ).toLowerCase();
}

/** What a line of the list needs. */
export interface RankedContext {
  readonly props: PanelProps;
  readonly rows: LineRows;
  readonly measure: LineMeasure;
  /** Prefix of element ids. */
  readonly id: string;
  readonly count: number;
  readonly shown: LineGroup;
  /** Largest value of all: a full bar. */
  readonly largest: number;
  /** By group: 1 where the search matches; null: nothing is searched. */
  readonly matches: Uint8Array | null;
}

/** Line `index` of the list: a group. */
export function rankedTemplate(context: RankedContext, index: number, group: LineGroup): TemplateResult {
  const { props, rows, measure, id, count, shown, largest, matches } = context;
  const { name, place, full } = describeGroup(rows, group);
  const frame = rows.groups.frame[group]!;
  const value = getGroupColumn(rows, props.metric, measure)[group]!;
  const isMatch = matches?.[group] === 1;
  const swatch = frame >= 0 && rows.by === 'function' ? props.swatch(frame) : 'transparent';
  const width = `${largest > 0 && value > 0 ? ((value / largest) * 100).toFixed(2) : 0}%`;
  const short = shortenMiddle(name, NAME_LETTERS);
  return html`<div
    role="option" id=${`${id}-${index}`} data-index=${index} title=${full}
    class=${classMap({ 'lines-option': true, 'is-shown': group === shown, 'is-other': matches !== null && !isMatch, 'has-no-share': Number.isNaN(rows.wholes[props.metric]!) })}
    aria-selected=${group === shown ? 'true' : 'false'} aria-setsize=${count} aria-posinset=${index + 1}
    ><span class="lines-name"><span class="swatch" ${setStyles({ background: swatch })}></span>${
      isMatch ? html`<mark><bdi>${short}</bdi></mark>` : html`<bdi>${short}</bdi>`
    }<bdi class="faint">${place}</bdi></span><span class="lines-bar-box" aria-hidden="true"><i ${setStyles({ width })}></i></span
    ><span class="lines-value">${formatMetric(value, rows.profile.metrics[props.metric]!.unit)}</span
    ><span class="lines-share">${Number.isNaN(rows.wholes[props.metric]!) ? nothing : formatShare(getShareOfAll(rows, props.metric, value))}</span></div>`;
}

/** By group, 1 where a function of it matches. */
export function matchGroups(rows: LineRows, matches: Uint8Array): Uint8Array {
  const found = new Uint8Array(rows.groups.length);
  for (let group = 0; group < found.length; group++) {
    const frame = rows.groups.frame[group]!;
    if (frame >= 0 && matches[frame] === 1) found[group] = 1;
  }
  for (let row = 0; row < rows.length; row++) {
    const frame = rows.frame[row]!;
    if (frame >= 0 && matches[frame] === 1) found[rows.group[row]!] = 1;
  }
  return found;
}

/** Path of the file of a group, as the profile has it. */
export function getGroupFile(rows: LineRows, group: LineGroup): string {
  const frame = rows.groups.frame[group]!;
  return frame >= 0 && rows.profile.frames.file[frame] === rows.groups.file[group]
    ? getFile(rows.profile, frame)
    : getString(rows.profile.strings, rows.groups.file[group]!);
}
