/** Columns of the allocations view and the text of each cell, before any element exists. */

import type { FrameIndex, Profile } from '../../../shared/model/profile.ts';
import { type AllocationRows, findCountMetric, getTraceback } from '../../../shared/tree/allocation-rows.ts';
import { getFile, getFullName, getShownName } from '../../../shared/tree/frame-text.ts';
import { isNameless, isState } from '../../../shared/tree/line-rows.ts';
import { formatCount, formatMetric, formatShare, UNKNOWN } from '../../../shared/units/format.ts';
import { baseName, shortPlace } from '../../../shared/units/names.ts';

/** A column of numbers. */
export interface Column {
  readonly name: 'bar' | 'value' | 'share' | 'other' | 'other-share' | 'average';
  readonly head: string;
  readonly meaning: string;
  /** CSS pixels. */
  readonly width: number;
  /** `row` -1: the sum of all. */
  text(row: number): string;
}

/** Room that places have at least, in CSS pixels. */
const PLACE_WIDTH = 240;

/** Columns that have room, in their order: the metric that is shown, the average, then all others. */
export function chooseColumns(rows: AllocationRows, metric: number, width: number): readonly Column[] {
  const columns = listColumns(rows, metric);
  const dropped = new Set<Column>();
  let room = width - PLACE_WIDTH - columns.reduce((sum, column) => sum + column.width, 0);
  const leaving = (['other-share', 'other', 'bar', 'average'] as const).flatMap((name) =>
    columns.filter((column) => column.name === name).reverse(),
  );
  for (const column of leaving) {
    if (room >= 0) break;
    dropped.add(column);
    room += column.width;
  }
  return columns.filter((column) => !dropped.has(column));
}

function listColumns(rows: AllocationRows, metric: number): Column[] {
  const { metrics } = rows.profile;
  const others = metrics.flatMap((_, at) => (at === metric ? [] : [at]));
  const count = findCountMetric(rows.profile, metric);
  const { name } = metrics[metric]!;
  return [
    { name: 'bar', head: '', meaning: `${name}, as a bar`, width: 150, text: () => '' },
    valueColumn(rows, metric, 'value'),
    shareColumn(rows, metric, 'share'),
    ...(count < 0 ? [] : [averageColumn(rows, metric, count)]),
    ...others.flatMap((other) => [valueColumn(rows, other, 'other'), shareColumn(rows, other, 'other-share')]),
  ];
}

function getValue({ values, sums }: AllocationRows, metric: number, row: number): number {
  return row < 0 ? sums[metric]! : values[metric]![row]!;
}

function valueColumn(rows: AllocationRows, metric: number, column: Column['name']): Column {
  const { name, unit } = rows.profile.metrics[metric]!;
  // Blocks are counted, not estimated: all digits.
  const print = unit === 'count' ? formatCount : (value: number) => formatMetric(value, unit);
  return {
    name: column,
    head: name,
    meaning: `${name}, allocated right there`,
    width: 92,
    text: (row) => print(getValue(rows, metric, row)),
  };
}

function shareColumn(rows: AllocationRows, metric: number, column: Column['name']): Column {
  const whole = isState(rows.profile, metric) ? Number.NaN : rows.sums[metric]!;
  const { name } = rows.profile.metrics[metric]!;
  const text = (row: number) => (whole > 0 ? formatShare(getValue(rows, metric, row) / whole) : UNKNOWN);
  return { name: column, head: '%', meaning: `Share of all ${name}`, width: 64, text };
}

function averageColumn(rows: AllocationRows, metric: number, count: number): Column {
  const { name, unit } = rows.profile.metrics[metric]!;
  const text = (row: number) => {
    const blocks = getValue(rows, count, row);
    return blocks > 0 ? formatMetric(getValue(rows, metric, row) / blocks, unit) : UNKNOWN;
  };
  return { name: 'average', head: 'average', meaning: `Average ${name} of a block`, width: 92, text };
}

/** A place in words: what it is called, what stands fainter beside it, and all of it. */
export interface PlaceWords {
  readonly name: string;
  readonly beside: string;
  readonly full: string;
}

/** What a row is called. */
export function describeRow(rows: AllocationRows, row: number): PlaceWords {
  const { profile, by, isLines, frame } = rows;
  const of = frame[row]!;
  const file = getFile(profile, of);
  if (by === 'file') return { name: baseName(file) || '(no file)', beside: getFolder(file), full: file || '(no file)' };
  if (by === 'line' && isLines) {
    const line = profile.frames.line[of]!;
    return { name: shortPlace(file, line), beside: getFolder(file), full: line > 0 ? `${file}:${line}` : file };
  }
  const words = describeFrame(profile, of);
  if (by !== 'traceback') return words;
  const depth = getTraceback(profile, rows.context[row]!).length;
  return {
    ...words,
    beside: `${words.beside}${words.beside === '' ? '' : ' · '}${depth} ${depth === 1 ? 'call' : 'calls'}`,
  };
}

/** What a frame is called: its name and place, or its place alone where the tool knows no functions. */
export function describeFrame(profile: Profile, frame: FrameIndex): PlaceWords {
  const file = getFile(profile, frame);
  const line = profile.frames.line[frame]!;
  const place = shortPlace(file, line);
  if (isNameless(profile, frame)) return { name: place, beside: getFolder(file), full: `${file}:${line}` };
  const full = `${file}${line > 0 ? `:${line}` : ''} (${getFullName(profile, frame)})`;
  return { name: getShownName(profile, frame), beside: file === '' ? '' : place, full };
}

/** The last two folders. */
function getFolder(file: string): string {
  return file.startsWith('<') ? '' : file.split(/[/\\]/).slice(-3, -1).join('/');
}

/** All that the filter looks through: the row's place, and of tracebacks every place on the way. */
export function getRowText(rows: AllocationRows, row: number): string {
  const { profile, by, frame, context } = rows;
  const frames =
    by === 'traceback' ? getTraceback(profile, context[row]!).map((at) => profile.contexts!.frame[at]!) : [frame[row]!];
  const text = (of: FrameIndex) => (by === 'file' ? getFile(profile, of) : describeFrame(profile, of).full);
  return frames.map(text).join('\n').toLowerCase();
}

/** The rows as text with tabs, every digit; tracebacks in one cell, most recent call last. */
export function buildCopyText(rows: AllocationRows, order: ArrayLike<number>): string {
  const { profile, by, values, context } = rows;
  const lines = [[...profile.metrics.map(({ name, unit }) => `${name} (${unit})`), by].join('\t')];
  for (const row of Array.from(order)) {
    const path =
      by === 'traceback'
        ? getTraceback(profile, context[row]!).map((at) => describeFrame(profile, profile.contexts!.frame[at]!).full)
        : [describeRow(rows, row).full];
    // A cell that begins like a formula would be run by a spreadsheet.
    const place = path
      .join(' > ')
      .replace(/[\t\r\n]+/g, ' ')
      .replace(/^[=+\-@]/, "'$&");
    lines.push([...values.map((column) => String(column[row]!)), place].join('\t'));
  }
  return `${lines.join('\n')}\n`;
}
