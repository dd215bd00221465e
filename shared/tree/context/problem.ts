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
import { growBytes, growFloats, growInts } from '../growing-tree.ts';
import { sortByFrame } from '../key-order.ts';
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

/**
 * Cells found so far, in the order found. Two entries of one place add up. Columns are longer than `length`. What is
 * kept of them is frozen-rows.ts, so one list serves one matrix after the other.
 */
export class Cells {
  length = 0;
  row = new Int32Array(FIRST_CELLS);
  column = new Int32Array(FIRST_CELLS);
  value = new Float64Array(FIRST_CELLS);
  certainty = new Uint8Array(FIRST_CELLS);

  add(row: number, column: number, value: number, certainty: number): void {
    if (!(value > 0)) return;
    if (this.length === this.row.length) this.reserve(this.length);
    const at = this.length++;
    this.row[at] = row;
    this.column[at] = column;
    this.value[at] = value;
    this.certainty[at] = certainty;
  }

  /** Makes room for `more` cells. */
  reserve(more: number): void {
    const capacity = this.length + more;
    if (capacity <= this.row.length) return;
    this.row = growInts(this.row, capacity);
    this.column = growInts(this.column, capacity);
    this.value = growFloats(this.value, capacity);
    this.certainty = growBytes(this.certainty, capacity);
  }
}

const FIRST_CELLS = 8;

/** The riddle of one function, nothing placed yet. Cost: sorting its callers and callees. */
export function poseProblem(numbers: GraphNumbers, lexicon: Lexicon, frame: FrameIndex, cells: Cells): Problem {
  cells.length = 0;
  const { flags } = numbers;
  const rows = sortStates(numbers, numbers.getIncoming(frame), true);
  const columns = sortStates(numbers, numbers.getOutgoing(frame), false);
  const rowTime = new Float64Array(rows.length);
  const rowVague = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    rowTime[row] = numbers.getRoom(rows[row]!);
    rowVague[row] = flags[rows[row]!]! & VAGUE ? 1 : 0;
  }
  const columnTime = new Float64Array(columns.length);
  const columnFree = new Uint8Array(columns.length);
  for (let column = 0; column < columns.length; column++) {
    columnTime[column] = numbers.getTotal(columns[column]!);
    columnFree[column] = flags[columns[column]!]! & StateFlag.free ? 1 : 0;
  }
  return {
    prepared: numbers.prepared,
    numbers,
    lexicon,
    frame,
    rows,
    columns,
    rowTime,
    columnTime,
    rowVague,
    columnFree,
    selfRow: -1,
    selfColumn: -1,
    cells,
  };
}

/** Edges by the key of their other end, then roots, then nested states by key. */
function sortStates(numbers: GraphNumbers, states: Int32Array, areRows: boolean): Int32Array {
  if (states.length < 2) return states;
  const { firstNested, edgeCount, profile } = numbers;
  const sorted = new Int32Array(states.length);
  // They come by kind, and each kind by number.
  for (let from = 0, to = 0; from < states.length; from = to) {
    const end = states[from]! < edgeCount ? edgeCount : states[from]! < firstNested ? firstNested : numbers.length;
    while (to < states.length && states[to]! < end) to++;
    if (to - from === 1) {
      sorted[from] = states[from]!;
      continue;
    }
    const frames = new Int32Array(to - from);
    for (let at = from; at < to; at++) {
      frames[at - from] = areRows ? numbers.getCaller(states[at]!) : numbers.getCallee(states[at]!);
    }
    const order = sortByFrame(profile, frames);
    for (let at = 0; at < order.length; at++) sorted[from + at] = states[from + order[at]!]!;
  }
  return sorted;
}

/**
 * Positions with time left. As here, a matrix is solved with plain loops and arrays: most are tiny, a first picture needs
 * a hundred of them before the engine has optimised anything, and views of typed arrays and callbacks cost more than
 * the sums.
 */
export function getLive(time: Float64Array): number[] {
  const live: number[] = [];
  for (let position = 0; position < time.length; position++) if (time[position]! > 0) live.push(position);
  return live;
}

/** Sum over some positions. */
export function sumAt(values: Float64Array, positions: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < positions.length; at++) sum += values[positions[at]!]!;
  return sum;
}

/** Whether every row and column with time left has an exact number. */
export function hasExactMargins(problem: Problem, rows: readonly number[], columns: readonly number[]): boolean {
  const { rowVague, columnFree } = problem;
  for (let at = 0; at < rows.length; at++) if (rowVague[rows[at]!] === 1) return false;
  for (let at = 0; at < columns.length; at++) if (columnFree[columns[at]!] === 1) return false;
  return true;
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
