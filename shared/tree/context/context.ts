/**
 * How the callee time of each caller of one function is spread over its callees: the context matrix, solved.
 *
 *   pose the problem → split self-recursion → balance sums → one row or one column? done
 *     → cells that must be empty → called once → equal sums → fit → guard
 *
 * A rebuilt node is a share of a row; its children are that share of the row's cells. Columns add up to the time of
 * their state over all rows, so over the whole tree every edge has exactly the self time and the calls that the file
 * says; rows add up to a caller's time less the function's own, so children fill their node.
 */
import type { FrameIndex } from '../../model/profile.ts';
import { Certainty } from '../call-tree.ts';
import type { GraphNumbers } from '../graph/numbers.ts';
import { StateFlag, VAGUE } from '../graph/states.ts';
import { placeCalledOnce } from './called-once.ts';
import { canHaveEmptyCells, EmptyCells, placeWhereOnlyOneIsOpen } from './empty-cells.ts';
import { fitRest } from './fit.ts';
import { fitIntoRoom, freezeRows, type Rows } from './frozen-rows.ts';
import type { Lexicon } from './lexicon.ts';
import { matchSums } from './matching.ts';
import {
  CELL_LIMIT,
  type Cells,
  getLive,
  hasExactMargins,
  type Problem,
  place,
  poseProblem,
  sumAt,
} from './problem.ts';
import type { RestShares } from './rest.ts';
import { splitSelfRecursion } from './self-recursion.ts';

/** A solved matrix. Row positions are those of `rows`; numbers are in the prepared graph's units. */
export interface Context {
  /** State of each row. */
  readonly rows: Int32Array;
  /** Position of each state among the callee's in `rows`. */
  readonly rowAt: Int32Array;
  /** State of each column. */
  readonly columns: Int32Array;
  /** Position of the outermost state's column, by column; null where no column is a nested state. */
  readonly outer: Int32Array | null;
  readonly cells: Rows;
  /** Callee time of all rows together. */
  readonly callerTime: number;
  /** Some row's time is no exact number. */
  readonly loose: boolean;
  /** The callees' times exceed the callers': no child of the function is exact. */
  readonly contradictory: boolean;
}

/** Solves the context matrix of one function; `scratch` is overwritten. Cost: callers × callees × rounds, bounded as the steps say. */
export function solveContext(numbers: GraphNumbers, lexicon: Lexicon, frame: FrameIndex, scratch: Cells): Context {
  const edges = numbers.getIncoming(frame);
  if (edges.length === 1 && numbers.prepared.circles.of[frame]! < 0) return solveOnlyRow(numbers, frame, edges);
  const problem = poseProblem(numbers, lexicon, frame, scratch);
  const { rows, columns } = problem;
  const room = problem.rowTime.slice();
  const { contradictory, rest } = solve(problem);
  const rowAt = new Int32Array(rows.length);
  let callerTime = 0;
  let loose = false;
  for (let row = 0; row < rows.length; row++) {
    rowAt[numbers.getIncomingIndex(frame, rows[row]!)] = row;
    callerTime += room[row]!;
    loose ||= (numbers.flags[rows[row]!]! & (VAGUE | StateFlag.guessed)) !== 0;
  }
  const cells = freezeRows(problem.cells, room, columns.length, rest);
  return { rows, rowAt, columns, outer: findOuter(numbers, columns), cells, callerTime, loose, contradictory };
}

/**
 * A function outside circles with one caller, as most are: all of its callees are there. The steps of `solve` for this
 * case, without sorting: neither an estimated time nor a nested state can occur.
 */
function solveOnlyRow(numbers: GraphNumbers, frame: FrameIndex, rows: Int32Array): Context {
  const columns = numbers.getOutgoing(frame);
  const room = numbers.getRoom(rows[0]!);
  const time = new Float64Array(columns.length);
  let sum = 0;
  let live = 0;
  for (let column = 0; column < columns.length; column++) {
    time[column] = numbers.getTotal(columns[column]!);
    sum += time[column]!;
    if (time[column]! > 0) live++;
  }
  const off = room > 0 ? Math.abs(room - sum) : 0;
  const isCut = off > 1 && (sum > room || numbers.prepared.unbalanced);
  const count = room > 0 ? live : 0;
  const column = new Int32Array(count);
  const value = new Float64Array(count);
  const certainty = new Uint8Array(count).fill(off > 1 ? Certainty.inferred : Certainty.exact);
  const support = new Int32Array(columns.length);
  let at = 0;
  for (let position = 0; position < columns.length && count > 0; position++) {
    if (!(time[position]! > 0)) continue;
    column[at] = position;
    value[at++] = isCut ? time[position]! * (room / sum) : time[position]!;
    support[position] = 1;
  }
  fitIntoRoom(value, certainty, 0, count, room);
  return {
    rows,
    rowAt: new Int32Array(1),
    columns,
    outer: null,
    cells: { start: Int32Array.of(0, count, count), column, value, certainty, support, rest: null },
    callerTime: room,
    loose: (numbers.flags[rows[0]!]! & (VAGUE | StateFlag.guessed)) !== 0,
    contradictory: room > 0 ? isCut && off > 1e-3 * sum : live > 0,
  };
}

function findOuter(numbers: GraphNumbers, columns: Int32Array): Int32Array | null {
  const last = columns[columns.length - 1] ?? 0;
  // Nested states come last.
  if (last < numbers.firstNested) return null;
  const positions = new Map<number, number>();
  const outer = new Int32Array(columns.length);
  for (let column = 0; column < columns.length; column++) {
    const state = columns[column]!;
    if (state < numbers.firstNested) positions.set(state, column);
    outer[column] = state < numbers.firstNested ? column : positions.get(numbers.getTwin(state))!;
  }
  return outer;
}

function solve(problem: Problem): { contradictory: boolean; rest: RestShares | null } {
  const { prepared, rowTime, columnTime, cells } = problem;
  splitSelfRecursion(problem);
  let rows = getLive(rowTime);
  let columns = getLive(columnTime);
  if (rows.length === 0 || columns.length === 0) return { contradictory: columns.length > 0, rest: null };
  const { consistent, contradictory } = balanceSums(problem, rows, columns);
  const done = { contradictory, rest: null };

  if (rows.length === 1 || (columns.length === 1 && columns[0] !== problem.selfColumn)) {
    const certainty = consistent && hasExactMargins(problem, rows, columns) ? Certainty.exact : Certainty.inferred;
    const all = sumAt(rowTime, rows);
    for (const row of rows) {
      for (const column of columns) cells.add(row, column, columnTime[column]! * (rowTime[row]! / all), certainty);
    }
    return done;
  }
  const empty = canHaveEmptyCells(problem) ? new EmptyCells(problem) : null;
  if (empty !== null && rows.length * columns.length <= CELL_LIMIT) {
    placeWhereOnlyOneIsOpen(problem, empty, rows, columns, consistent);
    rows = getLive(rowTime);
    columns = getLive(columnTime);
    if (rows.length === 0 || columns.length === 0) return done;
  }
  if (consistent && !prepared.unbalanced && prepared.hasCounts) {
    placeCalledOnce(problem, rows, columns);
    rows = getLive(rowTime);
    columns = getLive(columnTime);
    if (rows.length === 0 || columns.length === 0) return done;
    const isSelf = rows[0] === problem.selfRow && columnTime[problem.selfColumn]! > 0;
    if (rows.length === 1 && !isSelf) {
      const exact = hasExactMargins(problem, rows, columns);
      for (const column of columns) place(problem, rows[0]!, column, exact);
      return done;
    }
  }
  if (consistent && !prepared.unbalanced && hasExactMargins(problem, rows, columns)) {
    matchSums(problem, rows, columns);
    rows = getLive(rowTime);
    columns = getLive(columnTime);
    if (rows.length === 0 || columns.length === 0) return done;
  }
  return { contradictory, rest: fitRest(problem, empty, rows, columns) };
}

/**
 * Makes rows and columns have one sum. Callees of more time than the callers have are cut down, so that no child
 * exceeds its node; callers of more time than the callees have keep the difference as their own (a callee whose entry
 * another one of the same name has overwritten is missing from the file).
 */
function balanceSums(
  problem: Problem,
  rows: readonly number[],
  columns: readonly number[],
): { consistent: boolean; contradictory: boolean } {
  const { rowTime, columnTime, rowVague, columnFree, prepared } = problem;
  const rowSum = sumAt(rowTime, rows);
  const columnSum = sumAt(columnTime, columns);
  // Half a unit per margin is rounding; estimated totals are balanced to about 1e-9.
  const estimated = rowVague.includes(1) || columnFree.includes(1);
  const tolerance = estimated ? 1 + 1e-7 * rowSum : 1;
  const off = Math.abs(rowSum - columnSum);
  if (off <= tolerance) return { consistent: true, contradictory: false };
  if (columnSum > rowSum || prepared.unbalanced) {
    for (let at = 0; at < columns.length; at++) columnTime[columns[at]!]! *= rowSum / columnSum;
    return { consistent: false, contradictory: off > 1e-3 * columnSum };
  }
  for (let at = 0; at < rows.length; at++) rowTime[rows[at]!]! *= columnSum / rowSum;
  return { consistent: false, contradictory: false };
}
