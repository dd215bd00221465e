/**
 * The estimate for what nothing proves: a first guess from counts, deviations and hints, then fitted to the margins.
 *
 *   guess of a cell   share of the column by calls            q · C
 *                     + the row's excess over its share       (R − q · ΣR), put on the columns whose cost varies
 *                     × hints                                 where it was written, nested calls, same count
 *
 * Rows and columns of the result have their exact sums (sinkhorn.ts); every cell is `inferred`. A matrix above
 * 250 000 cells keeps its largest rows and columns and merges the others into one of each (rest.ts).
 */
import { Certainty } from '../call-tree.ts';
import { getCalleeVariance } from '../graph/variances.ts';
import { canHaveEmptyCells, Emptiness, getEmptiness } from './empty-cells.ts';
import { Hints } from './hints.ts';
import { CELL_LIMIT, getLive, type Problem } from './problem.ts';
import { type Axis, mergeRest, REST, type RestShares } from './rest.ts';
import { fillRemainder, type Matrix, scaleToMargins } from './sinkhorn.ts';

/** No cell is guessed below 2 % of what its share would be. */
const FLOOR = 0.02;
/** What is left of a guess that contradicts "called once": practically nothing, but more than a proved 0. */
const ALL_BUT_IMPOSSIBLE = 1e-9;
/** A callee with one call is in one place; the cells of its other rows are held down by this. */
const ELSEWHERE = 1e-6;
/** Same count and nearly the same time: odds of at most 300, for a callee with at least half of its caller's time. */
const ALIKE_MOST = 300;
const ALIKE_NEAR = 0.5;
/** Cell visits of one fit. */
const FIT_WORK = 5_000_000;

/** Fits what is left of rows and columns and adds it to the cells. Returns the merged rest's shares, null if none. */
export function fitRest(problem: Problem): RestShares | null {
  const { numbers, prepared } = problem;
  const callers = numbers.getFunctionCalls(problem.frame);
  let rows = toAxis(problem, getLive(problem.rowTime), problem.rowTime, problem.rows, () => 0);
  let columns = toAxis(problem, getLive(problem.columnTime), problem.columnTime, problem.columns, (state) =>
    getCalleeVariance(
      numbers.getCalls(state),
      numbers.getTotal(state),
      callers,
      prepared.functions.variance[numbers.getCallee(state)]!,
    ),
  );
  let rest: RestShares | null = null;
  if (rows.length * columns.length > CELL_LIMIT) {
    const keptRows = Math.min(rows.length, Math.max(500, Math.floor(CELL_LIMIT / columns.length)));
    const keptColumns = Math.min(columns.length, Math.max(1, Math.floor(CELL_LIMIT / keptRows)));
    const mergedRows = mergeRest(rows, keptRows, problem.selfRow, problem.rows.length);
    const mergedColumns = mergeRest(columns, keptColumns, problem.selfColumn, problem.columns.length);
    rows = mergedRows.axis;
    columns = mergedColumns.axis;
    rest = { rowShare: mergedRows.share, columnShare: mergedColumns.share };
  }
  const matrix = new Float64Array(rows.length * columns.length);
  const emptiness = markEmpty(problem, rows, columns);
  guess(problem, rows, columns, emptiness, matrix);
  if (problem.prepared.hasCounts && !problem.prepared.unbalanced) favourAlike(rows, columns, matrix);
  const fitted: Matrix = { cells: matrix, rows: rows.time, columns: columns.time };
  const rounds = Math.max(20, Math.min(100, Math.floor(FIT_WORK / matrix.length)));
  scaleToMargins(fitted, rounds);
  if (concentrateOnce(problem, rows, columns, matrix)) scaleToMargins(fitted, rounds);
  fillRemainder(fitted, emptiness);
  rows.positions.forEach((row, i) => {
    columns.positions.forEach((column, j) => {
      problem.cells.add(row, column, matrix[i * columns.length + j]!, Certainty.inferred);
    });
  });
  return rest;
}

function toAxis(
  { numbers }: Problem,
  positions: Int32Array,
  time: Float64Array,
  states: Int32Array,
  varianceOf: (state: number) => number,
): Axis {
  return {
    length: positions.length,
    positions,
    time: Float64Array.from(positions, (position) => time[position]!),
    calls: Float64Array.from(positions, (position) => numbers.getCalls(states[position]!)),
    variance: Float64Array.from(positions, (position) => varianceOf(states[position]!)),
  };
}

function markEmpty(problem: Problem, rows: Axis, columns: Axis): Uint8Array {
  const emptiness = new Uint8Array(rows.length * columns.length);
  const possible = canHaveEmptyCells(problem);
  if (!possible && problem.selfRow < 0) return emptiness;
  rows.positions.forEach((row, i) => {
    if (row === REST) return;
    columns.positions.forEach((column, j) => {
      if (column === REST) return;
      const isSelf = row === problem.selfRow && column === problem.selfColumn;
      emptiness[i * columns.length + j] = isSelf
        ? Emptiness.proved
        : possible
          ? getEmptiness(problem, problem.rows[row]!, problem.columns[column]!)
          : Emptiness.none;
    });
  });
  return emptiness;
}

function guess(problem: Problem, rows: Axis, columns: Axis, emptiness: Uint8Array, matrix: Float64Array): void {
  const allRows = sum(rows.time);
  const factor = allRows / sum(columns.time);
  const allCalls = sum(rows.calls) || 1;
  const allVariance = sum(columns.variance);
  const once = isOnce(problem, columns);
  const hints = new Hints(problem, rows, columns);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    const time = rows.time[i]!;
    const share = rows.calls[i]! / allCalls;
    const excess = time - share * allRows;
    const leastShare = FLOOR * Math.min(share, time / allRows);
    for (let j = 0; j < columns.length; j++, at++) {
      if (emptiness[at] !== Emptiness.none) continue;
      const column = columns.positions[j]!;
      const columnTime = columns.time[j]! * factor;
      const part = allVariance > 0 ? columns.variance[j]! / allVariance : columnTime / allRows;
      let value = Math.max(share * columnTime + excess * part, leastShare * columnTime);
      value *= hints.get(i, j);
      if (once[j] && !problem.columnFree[column] && time < columns.time[j]! * (1 - 1e-9)) value *= ALL_BUT_IMPOSSIBLE;
      matrix[at] = value;
    }
  }
}

/** Which columns stand for a single call. */
function isOnce({ prepared }: Problem, columns: Axis): boolean[] {
  return Array.from(columns.positions, (column, j) => column !== REST && columns.calls[j] === 1 && prepared.hasCounts);
}

/** A callee with a caller's count and nearly all of its time was probably called by it, once per call (dispatchers). */
function favourAlike(rows: Axis, columns: Axis, matrix: Float64Array): void {
  const byCalls = new Map<number, number[]>();
  rows.calls.forEach((calls, i) => {
    const known = byCalls.get(calls);
    if (known) known.push(i);
    else byCalls.set(calls, [i]);
  });
  columns.calls.forEach((calls, j) => {
    for (const i of byCalls.get(calls) ?? []) {
      const ratio = columns.time[j]! / rows.time[i]!;
      if (!(ratio > 1 - ALIKE_NEAR && columns.time[j]! <= rows.time[i]! * (1 + 1e-9))) continue;
      matrix[i * columns.length + j]! *= Math.min(ALIKE_MOST, ALIKE_NEAR / (1 - ratio + 1e-9));
    }
  });
}

/** Columns of a single call go to their likeliest row. Whether anything changed. */
function concentrateOnce(problem: Problem, rows: Axis, columns: Axis, matrix: Float64Array): boolean {
  let changed = false;
  isOnce(problem, columns).forEach((once, j) => {
    if (!once) return;
    let best = 0;
    for (let i = 1; i < rows.length; i++) {
      if (matrix[i * columns.length + j]! > matrix[best * columns.length + j]!) best = i;
    }
    for (let i = 0; i < rows.length; i++) {
      const at = i * columns.length + j;
      if (i === best || matrix[at] === 0) continue;
      matrix[at]! *= ELSEWHERE;
      changed = true;
    }
  });
  return changed;
}

function sum(values: Float64Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
