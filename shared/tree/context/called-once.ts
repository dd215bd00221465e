/**
 * A callee that ran once ran inside one call of one caller. If only one row has as much time as it took, that is where
 * it was: proved.
 */
import { Certainty } from '../call-tree.ts';
import type { GraphNumbers } from '../graph/numbers.ts';
import { StateFlag } from '../graph/states.ts';
import type { Problem } from './problem.ts';

/** Passes over the columns: each placement lowers a row and may leave another column only one row. */
const MOST_PASSES = 16;

/** Places every column with one call that only one row can hold. */
export function placeCalledOnce(problem: Problem, liveRows: readonly number[], liveColumns: readonly number[]): void {
  const { numbers, rows, columns, rowTime, columnTime, columnFree, rowVague, cells } = problem;
  let waiting: number[] = [];
  for (let at = 0; at < liveColumns.length; at++) {
    const column = liveColumns[at]!;
    if (!columnFree[column] && numbers.getCalls(columns[column]!) === 1) waiting.push(column);
  }
  if (waiting.length === 0) return;
  if (waiting.length > 1) waiting.sort((a, b) => columnTime[b]! - columnTime[a]! || a - b);
  // The most a single call below the row can have taken: what was placed there without a proof may be elsewhere.
  const room = rowTime.slice();
  for (let at = 0; at < cells.length; at++) {
    if (cells.certainty[at] === Certainty.inferred) room[cells.row[at]!]! += cells.value[at]!;
  }
  for (let row = 0; row < room.length; row++) {
    const state = rows[row]!;
    if (numbers.flags[state]! & StateFlag.soft) {
      room[row] = Math.max(numbers.getFunctionTotal(numbers.getCallee(state)), numbers.getTotal(state));
    } else if (rowVague[row]) {
      room[row] = getCap(numbers, state);
    }
  }
  const heap = new RoomHeap(room, liveRows);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const before = waiting.length;
    waiting = waiting.filter((column) => {
      const time = columnTime[column]!;
      const row = heap.most;
      const fits = room[row]! >= time - 0.5 && heap.second < time - 0.5 && rowTime[row]! >= time - 0.5;
      if (!fits) return true;
      cells.add(row, column, time, Certainty.exact);
      rowTime[row] = Math.max(0, rowTime[row]! - time);
      columnTime[column] = 0;
      if (!rowVague[row]) {
        room[row]! -= time;
        heap.siftMost();
      }
      return false;
    });
    if (waiting.length === before) break;
  }
  for (let row = 0; row < rowTime.length; row++) if (rowTime[row]! <= 0) rowTime[row] = 0;
}

/** Most that one place of a state can have. */
export function getCap(numbers: GraphNumbers, state: number): number {
  const measured = numbers.getMeasured(state);
  // Times that were shared out by counts bound nothing.
  if (!(numbers.flags[state]! & StateFlag.countOnly)) return measured;
  return Math.max(measured, numbers.getFunctionTotal(numbers.getCallee(state)));
}

/** Rows by room: the one of most room, and how much the next one has. Only the first ever changes. */
class RoomHeap {
  readonly #room: Float64Array;
  readonly #rows: number[];

  constructor(room: Float64Array, rows: readonly number[]) {
    this.#room = room;
    // A falling sequence is a heap.
    this.#rows = rows.slice().sort((a, b) => room[b]! - room[a]! || a - b);
  }

  get most(): number {
    return this.#rows[0]!;
  }

  get second(): number {
    const left = this.#rows.length > 1 ? this.#room[this.#rows[1]!]! : -1;
    const right = this.#rows.length > 2 ? this.#room[this.#rows[2]!]! : -1;
    return Math.max(left, right);
  }

  /** Restores the order after the first row's room has shrunk. */
  siftMost(): void {
    const rows = this.#rows;
    const moved = rows[0]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= rows.length) break;
      if (child + 1 < rows.length && this.#before(rows[child + 1]!, rows[child]!)) child++;
      if (!this.#before(rows[child]!, moved)) break;
      rows[at] = rows[child]!;
      at = child;
    }
    rows[at] = moved;
  }

  #before(a: number, b: number): boolean {
    const ahead = this.#room[a]! - this.#room[b]!;
    return ahead > 0 || (ahead === 0 && a < b);
  }
}
