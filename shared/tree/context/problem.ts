/**
 * One function's riddle: whose callees are whose.
 *
 *                    callees of f
 *                  g      h      k        rows     states that call f, each with its time less f's own
 *      a → f    [  ?      ?      ?  ] 7   columns  states that f calls, each with its time
 *      b → f    [  ?      ?      ?  ] 3   cells    how much of a column lies under a row: not in the file
 *                  4      5      1
 *
 * Each step of the solution (the files beside this one) places some time: it adds cells and lowers `rowTime` and
 * `columnTime`, which hold what is still to be placed. A row or column with 0 left is done. Rows and columns are
 * numbered by position, in key order.
 */
import type { FrameIndex } from '../../model/profile.ts';
import { Certainty } from '../call-tree.ts';
import type { GraphNumbers } from '../graph/numbers.ts';
import { StateFlag, VAGUE } from '../graph/states.ts';
import { compareFrames } from '../key-order.ts';
import type { PreparedGraph } from '../prepare.ts';
import type { Lexicon } from './lexicon.ts';

/** Most cells of a matrix that is worked out in full. */
export const CELL_LIMIT = 250_000;

/** A function's rows and columns, and what is still to be placed. */
export interface Problem {
  readonly prepared: PreparedGraph;
  readonly numbers: GraphNumbers;
  readonly lexicon: Lexicon;
  readonly frame: FrameIndex;
  /** State of each row. */
  readonly rows: Int32Array;
  /** State of each column. */
  readonly columns: Int32Array;
  readonly rowTime: Float64Array;
  readonly columnTime: Float64Array;
  /** 1: the row's time is no exact number. */
  readonly rowVague: Uint8Array;
  /** 1: the column's time is estimated. */
  readonly columnFree: Uint8Array;
  /** The row and the column of a function's call to itself, where that is its only circle; -1 if there is none. */
  selfRow: number;
  selfColumn: number;
  readonly cells: Cells;
}

/** Cells found so far, in the order found. Two entries of one place add up. */
export class Cells {
  readonly row: number[] = [];
  readonly column: number[] = [];
  readonly value: number[] = [];
  readonly certainty: number[] = [];

  add(row: number, column: number, value: number, certainty: number): void {
    if (!(value > 0)) return;
    this.row.push(row);
    this.column.push(column);
    this.value.push(value);
    this.certainty.push(certainty);
  }
}

/** The riddle of one function, nothing placed yet. Cost: sorting its callers and callees. */
export function poseProblem(numbers: GraphNumbers, lexicon: Lexicon, frame: FrameIndex): Problem {
  const { flags } = numbers;
  const rows = numbers.getIncoming(frame);
  const columns = numbers.getOutgoing(frame);
  sortStates(numbers, rows, true);
  sortStates(numbers, columns, false);
  return {
    prepared: numbers.prepared,
    numbers,
    lexicon,
    frame,
    rows,
    columns,
    rowTime: Float64Array.from(rows, (state) => numbers.getRoom(state)),
    columnTime: Float64Array.from(columns, (state) => numbers.getTotal(state)),
    rowVague: Uint8Array.from(rows, (state) => (flags[state]! & VAGUE ? 1 : 0)),
    columnFree: Uint8Array.from(columns, (state) => (flags[state]! & StateFlag.free ? 1 : 0)),
    selfRow: -1,
    selfColumn: -1,
    cells: new Cells(),
  };
}

/** Edges by the key of their other end, then roots, then nested states by key. */
function sortStates(numbers: GraphNumbers, states: Int32Array, areRows: boolean): void {
  if (states.length < 2) return;
  const { firstNested, edgeCount, profile } = numbers;
  const kind = (state: number) => (state < edgeCount ? 0 : state < firstNested ? 1 : 2);
  const otherEnd = (state: number) => (areRows ? numbers.getCaller(state) : numbers.getCallee(state));
  states.sort((a, b) => kind(a) - kind(b) || compareFrames(profile, otherEnd(a), otherEnd(b)) || a - b);
}

/** Positions with time left. */
export function getLive(time: Float64Array): Int32Array {
  let count = 0;
  for (const value of time) if (value > 0) count++;
  const live = new Int32Array(count);
  let at = 0;
  for (let position = 0; position < time.length; position++) if (time[position]! > 0) live[at++] = position;
  return live;
}

/** Sum over some positions. */
export function sumAt(values: Float64Array, positions: Int32Array): number {
  let sum = 0;
  for (const position of positions) sum += values[position]!;
  return sum;
}

/** Whether every row and column with time left has an exact number. */
export function hasExactMargins(problem: Problem, rows: Int32Array, columns: Int32Array): boolean {
  return (
    !rows.some((row) => problem.rowVague[row] === 1) && !columns.some((column) => problem.columnFree[column] === 1)
  );
}

/**
 * Places as much of a column under a row as both have left. What remains below half a unit is rounding and goes.
 * Returns what was placed.
 */
export function place(problem: Problem, row: number, column: number, proved: boolean): number {
  const { rowTime, columnTime, cells } = problem;
  const value = Math.min(columnTime[column]!, rowTime[row]!);
  cells.add(row, column, value, proved ? Certainty.exact : Certainty.inferred);
  rowTime[row] = dropRest(rowTime[row]! - value);
  columnTime[column] = dropRest(columnTime[column]! - value);
  return value;
}

function dropRest(time: number): number {
  return time < 0.5 ? 0 : time;
}
