/**
 * A function whose only circle is a call to itself: which of its calls are first ones is known.
 *
 *   a → f → f → f → g      the file's total of f → f is that of first calls (directly below a → f);
 *                          the calls below those lie under f → f only
 *
 * So the column f → f is cut in two: its first calls are shared among the other rows, and are an exact number; the
 * rest goes under its own row at once. With one other row nothing is left to share.
 */
import { Certainty } from '../call-tree.ts';
import { StateFlag } from '../graph/states.ts';
import type { Problem } from './problem.ts';

/** Splits the self-edge of the problem's function, if that is its only circle. */
export function splitSelfRecursion(problem: Problem): void {
  const { numbers, prepared, frame, rows, columns, rowTime, columnTime, columnFree, rowVague } = problem;
  const { circles } = prepared;
  if (circles.of[frame]! < 0 || circles.size[circles.of[frame]!] !== 1) return;
  const column = columns.findIndex((state) => numbers.getCallee(state) === frame);
  const state = columns[column]!;
  const row = rows.indexOf(state);
  problem.selfRow = row;
  problem.selfColumn = column;
  const first = numbers.getMeasured(state);
  problem.cells.add(row, column, numbers.getTotal(state) - first, Certainty.inferred);
  rowTime[row] = Math.max(0, first - numbers.getSelf(state));
  columnTime[column] = first;
  rowVague[row] = 0;
  columnFree[column] = 0;
  if (rows.length !== 2) return;
  const other = 1 - row;
  if (first > 0 && rowTime[other]! >= first && !(numbers.flags[rows[other]!]! & StateFlag.soft)) {
    problem.cells.add(other, column, first, Certainty.exact);
    rowTime[other]! -= first;
    columnTime[column] = 0;
  }
}
