/**
 * Columns of a listing: which there are, which have room, and the text of each number, before any element exists.
 *
 *   line   hits   total ms   per hit   ████ of function   of all   other metrics   source
 *
 * A column of amounts has one unit for the function or file that is shown, so that numbers compare at a glance.
 */
import {
  getLargest,
  getLineColumn,
  getShareOfAll,
  getShareOfGroup,
  hasShares,
  type LineMeasure,
} from '../../../shared/tree/line-ranks.ts';
import { isState, type LineGroup, type LineRow, type LineRows } from '../../../shared/tree/line-rows.ts';
import {
  chooseColumnUnit,
  formatCount,
  formatInUnit,
  formatMetric,
  formatShare,
  UNKNOWN,
} from '../../../shared/units/format.ts';

/** A column of numbers. */
export interface Column {
  readonly name: 'hits' | 'value' | 'other' | 'each' | 'share' | 'all' | 'metric';
  readonly head: string;
  /** Unit of all its numbers; `''`: each has its own. */
  readonly unit: string;
  /** What the head means, in words. */
  readonly meaning: string;
  /** CSS pixels. */
  readonly width: number;
  text(row: LineRow): string;
  /** Length of a bar, 0 to 1; absent: there are none. */
  bar?(row: LineRow): number;
}

/** What the listing shows. */
export interface Shown {
  readonly rows: LineRows;
  readonly group: LineGroup;
  readonly metric: number;
  readonly measure: LineMeasure;
  /** Largest value of a line of the group, by which bars are measured. */
  readonly largest: number;
  /** Whether lines are shares of the group. */
  readonly isShared: boolean;
  /** Lines of the group of which something was measured. */
  readonly count: number;
}

/** What is shown, with what all its rows need. Cost: a look at every line of the group. */
export function makeShown(rows: LineRows, group: LineGroup, metric: number, measure: LineMeasure): Shown {
  const largest = getLargest(rows, getLineColumn(rows, metric, measure), group);
  const { start } = rows.groups;
  let count = 0;
  for (let row = start[group]!; row < start[group + 1]!; row++) if (!isSilent(rows, row)) count++;
  return { rows, group, metric, measure, largest, isShared: hasShares(rows, metric, measure, group), count };
}

/** Room that source text has at least, in CSS pixels. */
const SOURCE_WIDTH = 260;
/** Line number, with its padding. */
export const GUTTER_WIDTH = 56;

/** Columns that have room in `width` pixels, in their order. What matters least goes first; nothing is cut off. */
export function chooseColumns(shown: Shown, width: number): readonly Column[] {
  const columns = listColumns(shown);
  const dropped = new Set<Column>();
  const leaving = [
    ...columns.filter(({ name }) => name === 'metric').reverse(),
    ...pick('all', 'each', 'other', 'hits'),
  ];
  let room = width - GUTTER_WIDTH - SOURCE_WIDTH - columns.reduce((sum, column) => sum + column.width, 0);
  for (const column of leaving) {
    if (room >= 0) break;
    dropped.add(column);
    room += column.width;
  }
  return columns.filter((column) => !dropped.has(column));

  function pick(...names: readonly Column['name'][]): Column[] {
    return names.flatMap((name) => columns.filter((column) => column.name === name));
  }
}

function listColumns(shown: Shown): readonly Column[] {
  const { rows, metric, measure } = shown;
  const { profile, totals, metrics } = rows;
  const { unit } = profile.metrics[metric]!;
  const hasHits = rows.calls.some((calls) => !Number.isNaN(calls));
  const isAmount = !isState(profile, metric);
  const other: LineMeasure = measure === 'self' ? 'total' : 'self';
  return [
    ...(hasHits ? [hitsColumn(rows)] : []),
    valueColumn(shown, metric, measure, 'value'),
    ...(totals === null ? [] : [valueColumn(shown, metric, other, 'other')]),
    ...(hasHits && isAmount && unit !== 'percent' ? [eachColumn(shown)] : []),
    shareColumn(shown),
    ...(Number.isNaN(rows.wholes[metric]!) ? [] : [allColumn(shown)]),
    ...metrics.filter((each) => each !== metric).map((each) => valueColumn(shown, each, 'self', 'metric')),
  ];
}

function hitsColumn(rows: LineRows): Column {
  const text = (row: LineRow) => formatCount(rows.calls[row]!);
  return { name: 'hits', head: 'hits', unit: '', meaning: 'How often the line ran', width: 76, text };
}

function valueColumn(shown: Shown, metric: number, measure: LineMeasure, name: Column['name']): Column {
  const { rows, group } = shown;
  const { name: title, unit } = rows.profile.metrics[metric]!;
  const column = getLineColumn(rows, metric, measure);
  const scale = chooseColumnUnit(getLargest(rows, column, group), unit);
  const isSplit = rows.totals !== null && name !== 'metric';
  const meaning = !isSplit
    ? title
    : measure === 'self'
      ? `${title} of the line alone`
      : `${title} with what the line calls`;
  return {
    name,
    head: isSplit ? measure : title,
    unit: scale?.unit ?? '',
    meaning,
    width: 84,
    text: (row) => {
      const value = column[row]!;
      if (Number.isNaN(value)) return UNKNOWN;
      // Counts with all their digits: there is room.
      if (unit === 'count') return formatCount(value);
      return scale === null ? formatMetric(value, unit) : formatInUnit(value, scale);
    },
  };
}

function eachColumn({ rows, metric, measure }: Shown): Column {
  const column = getLineColumn(rows, metric, measure);
  const { unit } = rows.profile.metrics[metric]!;
  const text = (row: LineRow) => {
    const calls = rows.calls[row]!;
    return calls > 0 ? formatMetric(column[row]! / calls, unit) : UNKNOWN;
  };
  return { name: 'each', head: 'per hit', unit: '', meaning: 'Each time the line ran', width: 84, text };
}

function shareColumn({ rows, group, metric, measure, largest, isShared }: Shown): Column {
  const column = getLineColumn(rows, metric, measure);
  const of = rows.by === 'file' || rows.groups.frame[group]! < 0 ? 'file' : 'function';
  const bar = (row: LineRow) => (largest > 0 ? column[row]! / largest : Number.NaN);
  if (!isShared)
    return { name: 'share', head: '', unit: '', meaning: 'Beside the largest', width: 84, text: () => '', bar };
  const text = (row: LineRow) => formatShare(getShareOfGroup(rows, metric, measure, row));
  return { name: 'share', head: `of ${of}`, unit: '', meaning: `Share of the ${of}`, width: 118, text, bar };
}

function allColumn({ rows, metric, measure }: Shown): Column {
  const column = getLineColumn(rows, metric, measure);
  const text = (row: LineRow) => formatShare(getShareOfAll(rows, metric, column[row]!));
  return { name: 'all', head: 'of all', unit: '', meaning: 'Share of all of the profile', width: 64, text };
}

/** Steps of heat, as many as the design has. */
export const HEAT_STEPS = 7;

/** Heat of a line, 0 to 6, by the square root of its share of the function; of states, by the largest. -1: none. */
export function getHeat({ rows, metric, measure, largest, isShared }: Shown, row: LineRow): number {
  const column = getLineColumn(rows, metric, measure);
  if (!(column[row]! > 0)) return -1;
  const share = isShared ? getShareOfGroup(rows, metric, measure, row) : column[row]! / largest;
  return Math.min(HEAT_STEPS - 1, Math.floor(Math.sqrt(Math.min(1, share)) * HEAT_STEPS));
}

/** True for a line of which nothing was measured: one of a report that did not run. */
export function isSilent({ calls, values }: LineRows, row: LineRow): boolean {
  return Number.isNaN(calls[row]!) && values.every((column) => Number.isNaN(column[row]!));
}
