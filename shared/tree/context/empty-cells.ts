/**
 * Cells that must be empty, because a function that never ran inside itself would be below itself.
 *
 * Proved: h has no recursive calls and lies on every way from outside the circle to p; then h does not run under
 * p → f. The same when one call f → h, never made inside itself, is on every way to p.
 *
 * Assumed, of the two states of a recursive edge, whose sums are partly estimated: nested calls do not lie where the
 * circle is entered, and outermost ones not below themselves. A remainder may still be put there.
 */
import { dominates, getEdgeNode, getFrameNode } from '../graph/dominators.ts';
import { StateFlag } from '../graph/states.ts';
import { hasExactMargins, type Problem, place } from './problem.ts';

/** Why a cell is empty. */
export const Emptiness = { none: 0, assumed: 1, proved: 2 } as const;

/** Whether a function can have such cells at all. */
export function canHaveEmptyCells({ prepared, frame }: Problem): boolean {
  const { of, size } = prepared.circles;
  return of[frame]! >= 0 && size[of[frame]!]! > 1 && !prepared.unbalanced;
}

/** Emptiness of the cell of two states: a caller's and a callee's. Constant time. */
export function getEmptiness({ numbers, prepared, frame }: Problem, row: number, column: number): number {
  const { dominance, functions } = prepared;
  const { of } = prepared.circles;
  const circle = of[frame];
  const target = numbers.getCallee(column);
  if (of[target] !== circle) return Emptiness.none;
  const from = numbers.getCaller(row);
  const entersHere = from < 0 || of[from] !== circle;
  if (column >= numbers.firstNested) return entersHere ? Emptiness.assumed : Emptiness.none;
  if (entersHere) return Emptiness.none;
  const neverInside = functions.neverInside[target] === 1;
  const fromNode = getFrameNode(dominance, from);
  if (neverInside && dominates(dominance, getFrameNode(dominance, target), fromNode)) return Emptiness.proved;
  if (numbers.flags[column]! & StateFlag.unnested && dominates(dominance, getEdgeNode(dominance, column), fromNode)) {
    return numbers.flags[column]! & StateFlag.split && !neverInside ? Emptiness.assumed : Emptiness.proved;
  }
  return Emptiness.none;
}

/** A column with one open row left goes there, and a row with one open column likewise, until nothing changes. */
export function placeWhereOnlyOneIsOpen(
  problem: Problem,
  liveRows: readonly number[],
  liveColumns: readonly number[],
  consistent: boolean,
): void {
  const { rows, columns, rowTime, columnTime } = problem;
  const exact = consistent && hasExactMargins(problem, liveRows, liveColumns);
  const isOpen = new Uint8Array(liveRows.length * liveColumns.length);
  let closed = 0;
  for (let i = 0, at = 0; i < liveRows.length; i++) {
    const row = rows[liveRows[i]!]!;
    for (let j = 0; j < liveColumns.length; j++, at++) {
      if (getEmptiness(problem, row, columns[liveColumns[j]!]!) === Emptiness.none) isOpen[at] = 1;
      else closed++;
    }
  }
  if (closed === 0) return;
  let columnsLeft = liveColumns.length;
  const findOnly = (length: number, test: (index: number) => boolean): number => {
    let found = -1;
    for (let index = 0; index < length; index++) {
      if (!test(index)) continue;
      if (found >= 0) return -1;
      found = index;
    }
    return found;
  };
  const put = (row: number, column: number, fits: boolean): boolean => {
    const placed = place(problem, row, column, exact && fits);
    if (columnTime[column] === 0) columnsLeft--;
    return placed > 0;
  };
  let changed = true;
  while (changed) {
    changed = false;
    liveColumns.forEach((column, j) => {
      if (!(columnTime[column]! > 0)) return;
      const i = findOnly(liveRows.length, (index) => {
        return rowTime[liveRows[index]!]! > 0 && isOpen[index * liveColumns.length + j] === 1;
      });
      if (i < 0) return;
      const row = liveRows[i]!;
      if (put(row, column, columnTime[column]! < rowTime[row]! + 1.5)) changed = true;
    });
    liveRows.forEach((row, i) => {
      if (!(rowTime[row]! > 0) || columnsLeft < 2) return;
      const j = findOnly(liveColumns.length, (index) => {
        return columnTime[liveColumns[index]!]! > 0 && isOpen[i * liveColumns.length + index] === 1;
      });
      if (j < 0) return;
      const column = liveColumns[j]!;
      if (put(row, column, rowTime[row]! < columnTime[column]! + 1.5)) changed = true;
    });
  }
}
