/**
 * Cells that must be empty, because a function that never ran inside itself would be below itself.
 *
 * Proved: h has no recursive calls and lies on every way from outside the circle to p; then h does not run under
 * p → f. The same when one call f → h, never made inside itself, is on every way to p.
 *
 * Assumed, of the two states of a recursive edge, whose sums are partly estimated: nested calls do not lie where the
 * circle is entered, and outermost ones not below themselves. A remainder may still be put there.
 */
import { type Dominance, getEdgeNode, getFrameNode } from '../graph/dominators.ts';
import { StateFlag } from '../graph/states.ts';
import { hasExactMargins, type Problem, place } from './problem.ts';

/** Why a cell is empty. */
export const Emptiness = { none: 0, assumed: 1, proved: 2 } as const;

/** Whether a function can have such cells at all. */
export function canHaveEmptyCells({ prepared, frame }: Problem): boolean {
  const { of, size } = prepared.circles;
  return of[frame]! >= 0 && size[of[frame]!]! > 1 && !prepared.unbalanced;
}

/** What is asked of a row: it is entered from outside the circle, or from a caller that no way leads to. */
const ENTERED = -2;
const UNREACHED = -1;
/** Greater than the number of any place in a dominator tree. */
const NOWHERE = 2 ** 31 - 1;

/**
 * Emptiness of every cell of a matrix. All that is to be looked up belongs to a row or a column, so each is looked up
 * once, and a cell takes a few comparisons.
 */
export class EmptyCells {
  /** Place of each row's caller in the dominator tree, or one of the above. */
  readonly #caller: number[] = [];
  /** 1: the column leads on in the circle, 2: it is a nested state; 0: neither, so no cell of it is empty. */
  readonly #kind: number[] = [];
  /** What each column's function dominates, and what its edge does: from and to; and what the latter makes a cell. */
  readonly #ofFunction: number[] = [];
  readonly #ofEdge: number[] = [];
  readonly #byEdge: number[] = [];

  constructor({ numbers, prepared, frame, rows, columns }: Problem) {
    const { dominance, functions, circles } = prepared;
    const circle = circles.of[frame];
    for (let row = 0; row < rows.length; row++) {
      const from = numbers.getCaller(rows[row]!);
      const isEntered = from < 0 || circles.of[from] !== circle;
      this.#caller.push(isEntered ? ENTERED : (dominance.first[getFrameNode(dominance, from)] ?? UNREACHED));
    }
    for (let column = 0; column < columns.length; column++) {
      const state = columns[column]!;
      const target = numbers.getCallee(state);
      const isNested = state >= numbers.firstNested;
      const kind = circles.of[target] !== circle ? 0 : isNested ? 2 : 1;
      this.#kind.push(kind);
      const flags = numbers.flags[state]!;
      const neverInside = functions.neverInside[target] === 1;
      const ofFunction = kind === 1 && neverInside ? getFrameNode(dominance, target) : -1;
      const ofEdge = kind === 1 && flags & StateFlag.unnested ? getEdgeNode(dominance, state) : -1;
      addRange(this.#ofFunction, dominance, ofFunction);
      addRange(this.#ofEdge, dominance, ofEdge);
      this.#byEdge.push(flags & StateFlag.split && !neverInside ? Emptiness.assumed : Emptiness.proved);
    }
  }

  /** Emptiness of the cell in a row and a column, by position. */
  get(row: number, column: number): number {
    const kind = this.#kind[column]!;
    if (kind === 0) return Emptiness.none;
    const caller = this.#caller[row]!;
    if (kind === 2) return caller === ENTERED ? Emptiness.assumed : Emptiness.none;
    const to = 2 * column + 1;
    if (caller >= this.#ofFunction[to - 1]! && caller <= this.#ofFunction[to]!) return Emptiness.proved;
    if (caller >= this.#ofEdge[to - 1]! && caller <= this.#ofEdge[to]!) return this.#byEdge[column]!;
    return Emptiness.none;
  }
}

/** What a node dominates, as a range of places; an empty one for -1 and for nodes that no way leads to. */
function addRange(ranges: number[], { first, last }: Dominance, node: number): void {
  const from = first[node] ?? -1;
  if (from < 0) ranges.push(NOWHERE, -1);
  else ranges.push(from, last[node]!);
}

/** A column with one open row left goes there, and a row with one open column likewise, until nothing changes. */
export function placeWhereOnlyOneIsOpen(
  problem: Problem,
  empty: EmptyCells,
  liveRows: readonly number[],
  liveColumns: readonly number[],
  consistent: boolean,
): void {
  const { rowTime, columnTime } = problem;
  const exact = consistent && hasExactMargins(problem, liveRows, liveColumns);
  const isOpen = new Uint8Array(liveRows.length * liveColumns.length);
  let closed = 0;
  for (let i = 0, at = 0; i < liveRows.length; i++) {
    for (let j = 0; j < liveColumns.length; j++, at++) {
      if (empty.get(liveRows[i]!, liveColumns[j]!) === Emptiness.none) isOpen[at] = 1;
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
