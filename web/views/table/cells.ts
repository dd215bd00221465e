/**
 * The text of one line of the table, column by column, before any element exists.
 *
 *   ncalls     tottime ms        %        percall     ...  place            (name)
 *   198,397/5,943   77|.7    ████ 4.3 %   392|ns           nodes.py:202     (_fast_findall)
 *
 * A column of one unit is split at its decimal point, a column of mixed units before its unit, so that the view can set
 * both parts to stand under each other.
 */
import type { FrameIndex, Profile } from '../../../shared/model/profile.ts';
import type { GroupRows, RowArrangement } from '../../../shared/tree/arrange-rows.ts';
import { getFile, getOtherPlace, getShownName } from '../../../shared/tree/frame-text.ts';
import {
  type FunctionRows,
  getSelfPerCall,
  getTotalPerCall,
  isOfCallsOnly,
} from '../../../shared/tree/function-rows.ts';
import {
  type ColumnUnit,
  chooseColumnUnit,
  formatCount,
  formatInUnit,
  formatMetric,
  formatShare,
  THIN,
} from '../../../shared/units/format.ts';
import { baseName, isBuiltinFile } from '../../../shared/units/names.ts';

/** A number in two parts: what is aligned on the right, and what follows in a slot of fixed width. */
export type SplitText = readonly [head: string, tail: string];

/** A share with its bar. */
export interface ShareCell {
  readonly text: string;
  /** Width of the bar, 0 to 1; NaN draws none. */
  readonly bar: number;
}

/** The numbers of one line. */
export interface NumberCells {
  readonly calls: string;
  /** Primitive calls with their slash, empty where they equal the calls. */
  readonly primitive: string;
  readonly self: SplitText;
  readonly selfShare: ShareCell;
  readonly selfPerCall: SplitText;
  readonly total: SplitText;
  readonly totalShare: ShareCell;
  readonly totalPerCall: SplitText;
}

/** Units of the columns that have one for all their numbers. */
export interface ColumnUnits {
  readonly self: ColumnUnit;
  readonly total: ColumnUnit;
}

/** Below this in cumtime's unit, the largest tottime has no three digits left: the column then has a unit of its own. */
const LEAST_SELF = 0.1;

/**
 * The units that tottime and cumtime are told in; null where there is none to choose (samples, percentages). One unit for
 * both, so that they compare at a glance, but where it would print tottime as zeros.
 */
export function getColumnUnits(rows: FunctionRows): ColumnUnits | null {
  const largest = rows.wholeTotal;
  const largestSelf = getLargest(rows.self);
  const total = chooseColumnUnit(largest, rows.unit);
  if (total === null) return null;
  const isTooSmall = largestSelf > 0 && largestSelf * total.scale < LEAST_SELF;
  // A hundred times as large as it is, a number is told in a unit that leaves it at least 0.1.
  return { total, self: (isTooSmall ? chooseColumnUnit(largestSelf * 100, rows.unit) : null) ?? total };
}

/** Letters of the longest `ncalls` and of the longest whole part of a time: what those columns must have room for. */
export function getLongestTexts(
  rows: FunctionRows,
  units: ColumnUnits | null,
  groups: GroupRows | null,
): { calls: number; time: number } {
  const ofGroups = groups === null ? 0 : countMostLetters(groups.calls, groups.primitiveCalls);
  const calls = Math.max(ofGroups, countMostLetters(rows.calls, rows.primitiveCalls));
  if (units === null) return { calls, time: 0 };
  // The sum of all self times is the most that a group can have.
  const letters = (value: number, unit: ColumnUnit) => splitPoint(formatInUnit(value, unit))[0].length;
  const largest = rows.wholeTotal;
  return { calls, time: Math.max(letters(largest, units.total), letters(rows.whole, units.self)) };
}

/** Largest number of a column; 0 where there is none. */
function getLargest(column: Float64Array): number {
  let largest = 0;
  for (let row = 0; row < column.length; row++) if (column[row]! > largest) largest = column[row]!;
  return largest;
}

function countMostLetters(calls: Float64Array, primitiveCalls: Float64Array): number {
  let most = 0;
  let largest = 0;
  // Of the longest pair so far: two numbers that are no larger are no longer.
  let [longCalls, longPrimitive] = [-1, -1];
  for (let row = 0; row < calls.length; row++) {
    const [all, primitive] = [calls[row]!, primitiveCalls[row]!];
    if (Number.isNaN(primitive) || primitive === all) {
      if (all > largest) largest = all;
    } else if (!(all <= longCalls && primitive <= longPrimitive)) {
      const letters = countCallLetters(all, primitive);
      if (letters > most) [most, longCalls, longPrimitive] = [letters, all, primitive];
    }
  }
  return Math.max(most, calls.length > 0 ? countLetters(largest) : 0);
}

function countCallLetters(calls: number, primitive: number): number {
  const second = Number.isNaN(primitive) || primitive === calls ? 0 : 1 + countLetters(primitive);
  return countLetters(calls) + second;
}

/** Letters of a whole number with its commas, without making the text. */
function countLetters(value: number): number {
  if (!(value >= 1)) return 1;
  const digits = Math.floor(Math.log10(value)) + 1;
  return digits + Math.floor((digits - 1) / 3);
}

/** Cells of a function. */
export function getFunctionCells(
  rows: FunctionRows,
  arrangement: RowArrangement,
  units: ColumnUnits | null,
  frame: FrameIndex,
): NumberCells {
  return {
    ...getCallCells(rows.calls[frame]!, rows.primitiveCalls[frame]!),
    self: splitValue(rows.self[frame]!, rows, units?.self),
    selfShare: getShare(rows.self[frame]!, rows.whole, arrangement.maxSelf),
    selfPerCall: splitUnit(formatMetric(getSelfPerCall(rows, frame), rows.unit)),
    total: splitValue(rows.total[frame]!, rows, units?.total),
    totalShare: getShare(rows.total[frame]!, rows.wholeTotal, arrangement.maxTotal),
    totalPerCall: splitUnit(formatMetric(getTotalPerCall(rows, frame), rows.unit)),
  };
}

/** Cells of the head of a group. Totals of several functions have no sum: their cells are empty. */
export function getGroupCells(
  rows: FunctionRows,
  arrangement: RowArrangement,
  units: ColumnUnits | null,
  group: number,
): NumberCells {
  const groups = arrangement.groups!;
  return {
    ...getCallCells(groups.calls[group]!, groups.primitiveCalls[group]!),
    self: splitValue(groups.self[group]!, rows, units?.self),
    selfShare: getShare(groups.self[group]!, rows.whole, arrangement.maxSelf),
    selfPerCall: splitUnit(formatMetric(groups.selfPerCall[group]!, rows.unit)),
    total: ['', ''],
    totalShare: { text: '', bar: Number.NaN },
    totalPerCall: ['', ''],
  };
}

/**
 * Where a function is, short: `core.py:208`, `built-in`. A package's own file is named with its folder, because
 * `__init__.py` alone could be any.
 */
export function getPlace(profile: Profile, frame: FrameIndex): string {
  const file = getFile(profile, frame);
  const place = getOtherPlace(profile, frame);
  if (!/^__(init|main)__\.py/.test(place)) return place;
  const folder = baseName(file.slice(0, Math.max(0, file.length - baseName(file).length - 1)));
  return folder === '' ? place : `${folder}/${place}`;
}

/** True for functions without a place: their name stands without parentheses, as in pstats. */
export function isBuiltin(profile: Profile, frame: FrameIndex): boolean {
  return isBuiltinFile(getFile(profile, frame));
}

/** Name that stands in the table. A nameless function still has something to click on. */
export function getTableName(profile: Profile, frame: FrameIndex): string {
  return getShownName(profile, frame) || '(no name)';
}

/** A piece of the sentence over the table: numbers are strong, words go where there is no room. */
export interface SumPart {
  readonly text: string;
  readonly kind: 'number' | 'plain' | 'words';
}

/** The sentence over the table: `45 of 1,698 functions match, self 63.5 ms (3.5 %)`, in parts. */
export function getSumParts(rows: FunctionRows, arrangement: RowArrangement): readonly SumPart[] {
  const part = (kind: SumPart['kind'], text: string): SumPart => ({ kind, text });
  const self = formatMetric(arrangement.self, rows.unit);
  const noun = rows.functions === 1 ? 'function' : 'functions';
  if (arrangement.count === rows.functions) {
    const count = part('number', formatCount(rows.functions));
    if (isOfCallsOnly(rows)) return [count, part('plain', ` ${noun}`)];
    return [count, part('plain', ` ${noun}, self `), part('number', self)];
  }
  const share = rows.whole > 0 ? ` (${formatShare(arrangement.self / rows.whole)})` : '';
  const verb = arrangement.count === 1 ? 'matches' : 'match';
  return [
    part('number', formatCount(arrangement.count)),
    part('plain', ` of ${formatCount(rows.functions)}`),
    part('words', ` ${noun} ${verb}`),
    part('plain', ', self '),
    part('number', self),
    part('plain', share),
  ];
}

function getCallCells(calls: number, primitive: number): { calls: string; primitive: string } {
  const same = Number.isNaN(primitive) || primitive === calls;
  return { calls: formatCount(calls), primitive: same ? '' : `/${formatCount(primitive)}` };
}

function splitValue(value: number, rows: FunctionRows, unit: ColumnUnit | undefined): SplitText {
  return unit === undefined ? splitUnit(formatMetric(value, rows.unit)) : splitPoint(formatInUnit(value, unit));
}

/** `77.7` as `77` and `.7`. */
export function splitPoint(text: string): SplitText {
  const at = text.indexOf('.');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** `392 ns` as `392` and `ns`. */
export function splitUnit(text: string): SplitText {
  const at = text.indexOf(THIN);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function getShare(value: number, whole: number, largest: number): ShareCell {
  // A profile without time has no shares to tell, and 0 of 0 is no number.
  if (!(whole > 0)) return { text: formatShare(value === 0 ? 0 : Number.NaN), bar: Number.NaN };
  return { text: formatShare(value / whole), bar: largest > 0 ? Math.max(0, value / largest) : Number.NaN };
}
