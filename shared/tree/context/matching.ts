/**
 * Equal sums: a caller whose callee time is, to the nanosecond, the sum of a few callees probably called just these.
 *
 *   row 7 301 442 ns  =  column 5 000 101 + column 2 301 341      and no other columns add up to it
 *
 * Accepted only where chance is no explanation: the number of sums that were tried, over the whole matrix, is at most
 * 1 % of the ticks of the file's clock in the value they had to hit. (A clock of whole milliseconds makes many sums equal.)
 */
import { Certainty } from '../call-tree.ts';
import { getLive, type Problem } from './problem.ts';

const MOST_CHANCE = 0.01;
const MOST_TERMS = 4;
/** Sums that may be tried for one row or column, and for one function. */
const SUM_LIMIT = 20_000;
const WORK_LIMIT = 500_000;

/** What is left of rows or columns: position → time, in whole units. Order: that of the positions. */
type Rest = Map<number, number>;

/** Matches rows with sums of columns and columns with sums of rows. Margins must be exact. */
export function matchSums(problem: Problem): void {
  const { rowTime, columnTime, selfRow, selfColumn, cells } = problem;
  const { resolution } = problem.prepared;
  const rowsLeft = toRest(rowTime);
  const columnsLeft = toRest(columnTime);
  const rowsBefore = rowsLeft.size;
  const hits: { row: number; column: number; value: number }[] = [];
  let work = 0;
  const matchEach = (ones: Rest, others: Rest, areRows: boolean): boolean => {
    let changed = false;
    for (const one of [...ones.keys()].sort((a, b) => ones.get(a)! - ones.get(b)!)) {
      if (ones.size < 2 || others.size < 2 || work > WORK_LIMIT) break;
      const target = ones.get(one)!;
      const mostTried = (MOST_CHANCE * target) / resolution;
      work += others.size;
      if (others.size * ones.size > mostTried) continue;
      const isSelf = one === (areRows ? selfRow : selfColumn);
      const terms: number[] = [];
      for (const [other, value] of others) {
        if (value <= target && !(isSelf && other === (areRows ? selfColumn : selfRow))) terms.push(other);
      }
      work += Math.min(SUM_LIMIT, Math.floor(mostTried / ones.size));
      const values = terms.map((term) => others.get(term)!);
      const hit = findUniqueSum(values, target, mostTried / ones.size);
      if (!hit) continue;
      for (const index of hit) {
        const other = terms[index]!;
        const [row, column] = areRows ? [one, other] : [other, one];
        hits.push({ row: row!, column: column!, value: others.get(other)! });
        others.delete(other);
      }
      ones.delete(one);
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
  return ones.size === 1 && ones.has(self) && others.has(otherSelf);
}

/** A single remaining row or column is determined. */
function placeLast(problem: Problem, rowsLeft: Rest, columnsLeft: Rest, rowsBefore: number): void {
  const { rowTime, columnTime, selfRow, selfColumn, cells } = problem;
  if (rowsLeft.size === 0 || columnsLeft.size === 0) return;
  if (rowsLeft.size > 1 && columnsLeft.size > 1) return;
  if (rowsLeft.has(selfRow) && columnsLeft.has(selfColumn)) return;
  const certainty = rowsLeft.size < rowsBefore ? Certainty.matched : Certainty.exact;
  let sum = 0;
  for (const time of rowsLeft.values()) sum += time;
  for (const [row, time] of rowsLeft) {
    for (const [column, value] of columnsLeft) {
      if (sum > 0) cells.add(row, column, (value * time) / sum, certainty);
      columnTime[column] = 0;
    }
    rowTime[row] = 0;
  }
}

function toRest(time: Float64Array): Rest {
  return new Map(Array.from(getLive(time), (position) => [position, Math.round(time[position]!)]));
}

function fillFromRest(time: Float64Array, rest: Rest): void {
  for (let position = 0; position < time.length; position++) time[position] = rest.get(position) ?? 0;
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

function findPairs(values: readonly number[], target: number): number[][] {
  const lastWith = new Map<number, number>();
  const hits: number[][] = [];
  values.forEach((value, index) => {
    const other = lastWith.get(target - value);
    if (other !== undefined) hits.push([other, index]);
    lastWith.set(value, index);
  });
  return hits;
}

/** All choices of `terms` values with the sum, at most two of them. */
function findSums(values: readonly number[], target: number, terms: number): number[][] {
  const hits: number[][] = [];
  const chosen = Array.from({ length: terms }, (_, index) => index);
  for (;;) {
    let sum = 0;
    for (const index of chosen) sum += values[index]!;
    if (sum === target && hits.push(chosen.slice()) > 1) return hits;
    let at = terms - 1;
    while (at >= 0 && chosen[at] === values.length - terms + at) at--;
    if (at < 0) return hits;
    chosen[at]!++;
    for (let next = at + 1; next < terms; next++) chosen[next] = chosen[next - 1]! + 1;
  }
}
