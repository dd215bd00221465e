/**
 * Equal sums: a caller whose callee time is, to the nanosecond, the sum of a few callees probably called just these.
 *
 *   row 7 301 442 ns  =  column 5 000 101 + column 2 301 341      and no other columns add up to it
 *
 * Accepted only where chance is no explanation: the number of sums that were tried, over the whole matrix, is at most
 * 1 % of the ticks of the file's clock in the value they had to hit. (A clock of whole milliseconds makes many sums equal.)
 */
import { Certainty } from '../call-tree.ts';
import type { Problem } from './problem.ts';

const MOST_CHANCE = 0.01;
const MOST_TERMS = 4;
/** Sums that may be tried for one row or column, and for one function. */
const SUM_LIMIT = 20_000;
const WORK_LIMIT = 500_000;

/** What is left of rows or columns, in whole units. */
interface Rest {
  readonly positions: readonly number[];
  /** Time of each position; MATCHED for those that are done. */
  readonly time: number[];
  /** Those that are not done. */
  size: number;
}

const MATCHED = -1;

/** Matches rows with sums of columns and columns with sums of rows. Margins must be exact. */
export function matchSums(problem: Problem, liveRows: readonly number[], liveColumns: readonly number[]): void {
  const { rowTime, columnTime, selfRow, selfColumn, cells } = problem;
  const { resolution } = problem.prepared;
  const rowsLeft = toRest(rowTime, liveRows);
  const columnsLeft = toRest(columnTime, liveColumns);
  const rowsBefore = rowsLeft.size;
  const hits: { row: number; column: number; value: number }[] = [];
  let work = 0;
  const matchEach = (ones: Rest, others: Rest, areRows: boolean): boolean => {
    const self = areRows ? selfRow : selfColumn;
    const otherSelf = areRows ? selfColumn : selfRow;
    let changed = false;
    for (const one of listLeft(ones).sort((a, b) => ones.time[a]! - ones.time[b]!)) {
      if (ones.size < 2 || others.size < 2 || work > WORK_LIMIT) break;
      const target = ones.time[one]!;
      const mostTried = (MOST_CHANCE * target) / resolution;
      work += others.size;
      if (others.size * ones.size > mostTried) continue;
      const isSelf = ones.positions[one] === self;
      const terms: number[] = [];
      const values: number[] = [];
      for (let other = 0; other < others.time.length; other++) {
        const value = others.time[other]!;
        if (value === MATCHED || value > target || (isSelf && others.positions[other] === otherSelf)) continue;
        terms.push(other);
        values.push(value);
      }
      work += Math.min(SUM_LIMIT, Math.floor(mostTried / ones.size));
      const hit = findUniqueSum(values, target, mostTried / ones.size);
      if (!hit) continue;
      for (const index of hit) {
        const other = terms[index]!;
        const row = areRows ? ones.positions[one]! : others.positions[other]!;
        const column = areRows ? others.positions[other]! : ones.positions[one]!;
        hits.push({ row, column, value: others.time[other]! });
        others.time[other] = MATCHED;
        others.size--;
      }
      ones.time[one] = MATCHED;
      ones.size--;
      changed = true;
    }
    return changed;
  };
  let changed = true;
  while (changed && rowsLeft.size > 1 && columnsLeft.size > 1) {
    changed = matchEach(rowsLeft, columnsLeft, true);
    changed = matchEach(columnsLeft, rowsLeft, false) || changed;
  }
  // A function's call to itself is never below itself: matches that leave it no other place were chance.
  if (isStuck(rowsLeft, selfRow, columnsLeft, selfColumn) || isStuck(columnsLeft, selfColumn, rowsLeft, selfRow))
    return;
  for (const { row, column, value } of hits) cells.add(row, column, value, Certainty.matched);
  fillFromRest(rowTime, rowsLeft);
  fillFromRest(columnTime, columnsLeft);
  placeLast(problem, rowsLeft, columnsLeft, rowsBefore);
}

function isStuck(ones: Rest, self: number, others: Rest, otherSelf: number): boolean {
  return ones.size === 1 && isLeft(ones, self) && isLeft(others, otherSelf);
}

function isLeft({ positions, time }: Rest, position: number): boolean {
  const at = positions.indexOf(position);
  return at >= 0 && time[at] !== MATCHED;
}

/** A single remaining row or column is determined. */
function placeLast(problem: Problem, rowsLeft: Rest, columnsLeft: Rest, rowsBefore: number): void {
  const { rowTime, columnTime, selfRow, selfColumn, cells } = problem;
  if (rowsLeft.size === 0 || columnsLeft.size === 0) return;
  if (rowsLeft.size > 1 && columnsLeft.size > 1) return;
  if (isLeft(rowsLeft, selfRow) && isLeft(columnsLeft, selfColumn)) return;
  const certainty = rowsLeft.size < rowsBefore ? Certainty.matched : Certainty.exact;
  const rows = listLeft(rowsLeft);
  const columns = listLeft(columnsLeft);
  let sum = 0;
  for (const at of rows) sum += rowsLeft.time[at]!;
  for (const atRow of rows) {
    const row = rowsLeft.positions[atRow]!;
    const time = rowsLeft.time[atRow]!;
    for (const atColumn of columns) {
      const column = columnsLeft.positions[atColumn]!;
      if (sum > 0) cells.add(row, column, (columnsLeft.time[atColumn]! * time) / sum, certainty);
      columnTime[column] = 0;
    }
    rowTime[row] = 0;
  }
}

function toRest(time: Float64Array, positions: readonly number[]): Rest {
  const rounded: number[] = [];
  for (let at = 0; at < positions.length; at++) rounded.push(Math.round(time[positions[at]!]!));
  return { positions, time: rounded, size: positions.length };
}

/** Where in the rest those stand that are not done. */
function listLeft({ time }: Rest): number[] {
  const left: number[] = [];
  for (let at = 0; at < time.length; at++) if (time[at] !== MATCHED) left.push(at);
  return left;
}

function fillFromRest(time: Float64Array, { positions, time: rounded }: Rest): void {
  for (let at = 0; at < positions.length; at++) time[positions[at]!] = Math.max(0, rounded[at]!);
}

/**
 * Indexes of the only few values that add up to `target`; null if there are none, or several, or if more than
 * `mostTried` sums would have to be tried.
 */
export function findUniqueSum(values: readonly number[], target: number, mostTried: number): number[] | null {
  let tried = 0;
  for (let terms = 1; terms <= Math.min(MOST_TERMS, values.length); terms++) {
    tried += countChoices(values.length, terms);
    if (tried > Math.min(SUM_LIMIT, mostTried)) return null;
    const hits = terms === 2 ? findPairs(values, target) : findSums(values, target, terms);
    if (hits.length > 0) return hits.length === 1 ? hits[0]! : null;
  }
  return null;
}

function countChoices(from: number, terms: number): number {
  let count = 1;
  for (let index = 0; index < terms; index++) count = (count * (from - index)) / (index + 1);
  return count;
}

/** Of values that occur twice, the last one is taken. */
function findPairs(values: readonly number[], target: number): number[][] {
  const hits: number[][] = [];
  for (let index = 1; index < values.length; index++) {
    const wanted = target - values[index]!;
    let other = index - 1;
    while (other >= 0 && values[other] !== wanted) other--;
    if (other >= 0) hits.push([other, index]);
  }
  return hits;
}

/** All choices of `terms` values with the sum, at most two of them. */
function findSums(values: readonly number[], target: number, terms: number): number[][] {
  const hits: number[][] = [];
  const first: number[] = []; // all but the last of the chosen
  for (let index = 0; index < terms - 1; index++) first.push(index);
  for (;;) {
    let sum = 0;
    for (let at = 0; at < first.length; at++) sum += values[first[at]!]!;
    for (let last = terms > 1 ? first[terms - 2]! + 1 : 0; last < values.length; last++) {
      if (sum + values[last]! === target && hits.push([...first, last]) > 1) return hits;
    }
    let at = terms - 2;
    while (at >= 0 && first[at] === values.length - terms + at) at--;
    if (at < 0) return hits;
    first[at]!++;
    for (let next = at + 1; next < first.length; next++) first[next] = first[next - 1]! + 1;
  }
}
