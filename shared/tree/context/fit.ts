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
import { Emptiness, type EmptyCells } from './empty-cells.ts';
import { Hints } from './hints.ts';
import { CELL_LIMIT, type Problem } from './problem.ts';
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
export function fitRest(
  problem: Problem,
  empty: EmptyCells | null,
  liveRows: readonly number[],
  liveColumns: readonly number[],
): RestShares | null {
  let rows = toAxis(problem, liveRows, problem.rowTime, problem.rows);
  let columns = toAxis(problem, liveColumns, problem.columnTime, problem.columns);
  addVariance(problem, columns);
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
  const emptiness = markEmpty(problem, empty, rows, columns);
  const once = isOnce(problem, columns);
  guess(problem, rows, columns, once, emptiness, matrix);
  if (problem.prepared.hasCounts && !problem.prepared.unbalanced) favourAlike(rows, columns, matrix);
  const fitted: Matrix = { cells: matrix, rows: rows.time, columns: columns.time };
  const rounds = Math.max(20, Math.min(100, Math.floor(FIT_WORK / matrix.length)));
  scaleToMargins(fitted, rounds);
  if (concentrateOnce(rows, columns, once, matrix)) scaleToMargins(fitted, rounds);
  fillRemainder(fitted, emptiness);
  problem.cells.reserve(matrix.length);
  for (let i = 0, at = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++, at++) {
      problem.cells.add(rows.positions[i]!, columns.positions[j]!, matrix[at]!, Certainty.inferred);
    }
  }
  return rest;
}

function toAxis({ numbers }: Problem, positions: readonly number[], timeAt: Float64Array, states: Int32Array): Axis {
  const { length } = positions;
  const time = new Float64Array(length);
  const calls = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const position = positions[at]!;
    time[at] = timeAt[position]!;
    calls[at] = numbers.getCalls(states[position]!);
  }
  return { length, positions, time, calls, variance: new Float64Array(length) };
}

function addVariance({ numbers, prepared, frame, columns: states }: Problem, columns: Axis): void {
  const callers = numbers.getFunctionCalls(frame);
  const { variance } = prepared.functions;
  for (let at = 0; at < columns.length; at++) {
    const state = states[columns.positions[at]!]!;
    const ofCallee = variance[numbers.getCallee(state)]!;
    columns.variance[at] = getCalleeVariance(columns.calls[at]!, numbers.getTotal(state), callers, ofCallee);
  }
}

function markEmpty(problem: Problem, empty: EmptyCells | null, rows: Axis, columns: Axis): Uint8Array {
  const emptiness = new Uint8Array(rows.length * columns.length);
  if (empty === null && problem.selfRow < 0) return emptiness;
  for (let i = 0, at = 0; i < rows.length; i++) {
    const row = rows.positions[i]!;
    for (let j = 0; j < columns.length; j++, at++) {
      const column = columns.positions[j]!;
      if (row === REST || column === REST) continue;
      if (row === problem.selfRow && column === problem.selfColumn) emptiness[at] = Emptiness.proved;
      else if (empty !== null) emptiness[at] = empty.get(row, column);
    }
  }
  return emptiness;
}

function guess(
  problem: Problem,
  rows: Axis,
  columns: Axis,
  once: readonly boolean[],
  emptiness: Uint8Array,
  matrix: Float64Array,
): void {
  const allRows = sum(rows.time);
  const factor = allRows / sum(columns.time);
  const allCalls = sum(rows.calls) || 1;
  const allVariance = sum(columns.variance);
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
  const once: boolean[] = [];
  for (let j = 0; j < columns.length; j++) {
    once.push(prepared.hasCounts && columns.calls[j] === 1 && columns.positions[j] !== REST);
  }
  return once;
}

/** A callee with a caller's count and nearly all of its time was probably called by it, once per call (dispatchers). */
function favourAlike(rows: Axis, columns: Axis, matrix: Float64Array): void {
  for (let i = 0, at = 0; i < rows.length; i++) {
    const calls = rows.calls[i]!;
    const time = rows.time[i]!;
    for (let j = 0; j < columns.length; j++, at++) {
      if (columns.calls[j] !== calls) continue;
      const ratio = columns.time[j]! / time;
      if (!(ratio > 1 - ALIKE_NEAR && columns.time[j]! <= time * (1 + 1e-9))) continue;
      matrix[at]! *= Math.min(ALIKE_MOST, ALIKE_NEAR / (1 - ratio + 1e-9));
    }
  }
}

/** Columns of a single call go to their likeliest row. Whether anything changed. */
function concentrateOnce(rows: Axis, columns: Axis, once: readonly boolean[], matrix: Float64Array): boolean {
  let changed = false;
  for (let j = 0; j < columns.length; j++) {
    if (!once[j]) continue;
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
  }
  return changed;
}

function sum(values: Float64Array): number {
  let all = 0;
  for (let at = 0; at < values.length; at++) all += values[at]!;
  return all;
}
