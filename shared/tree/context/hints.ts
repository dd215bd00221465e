/**
 * Hints on who called what, as odds: they move an estimate, they prove nothing.
 *
 * The weights were chosen on recorded programs (docs/call-tree.md); twice or half of each changes little.
 */
import { StateFlag } from '../graph/states.ts';
import type { Problem } from './problem.ts';
import { type Axis, REST } from './rest.ts';

/** The callee is a lambda or comprehension written in the caller's caller: `sorted(key=lambda …)`. */
const WRITTEN_THERE = 60;
/** Both are in one file. */
const SAME_FILE = 2;
/** Below a nested call of a circle, the calls that go on are nested too. */
const NESTED = 30;

/** What a row or a column brings to the odds of its cells; -1 where it brings nothing. */
interface Side {
  /** Function at the other end: the caller of a row, the callee of a column. */
  readonly frame: Int32Array;
  /** Its file. */
  readonly file: Int32Array;
  /** 1: a nested row, or the outermost column of an edge that has nested calls. */
  readonly mark: Uint8Array;
}

/** Odds of the cells of one matrix. */
export class Hints {
  readonly #rows: Side;
  readonly #columns: Side;
  /** Function that each column's was written in. */
  readonly #parent: Int32Array;

  constructor(problem: Problem, rows: Axis, columns: Axis) {
    const { numbers, lexicon } = problem;
    const rowStates = rows.positions.map((position) => (position === REST ? -1 : problem.rows[position]!));
    const columnStates = columns.positions.map((position) => (position === REST ? -1 : problem.columns[position]!));
    const callers = rowStates.map((state) => (state < 0 ? -1 : numbers.getCaller(state)));
    const callees = columnStates.map((state) => (state < 0 ? -1 : numbers.getCallee(state)));
    const getFile = (frame: number) => (frame < 0 ? -1 : lexicon.getFile(frame));
    this.#rows = {
      frame: callers,
      file: callers.map(getFile),
      mark: Uint8Array.from(rowStates, (state) => (state >= numbers.firstNested ? 1 : 0)),
    };
    this.#columns = {
      frame: callees,
      file: callees.map(getFile),
      mark: Uint8Array.from(columnStates, (state) => (state >= 0 && numbers.flags[state]! & StateFlag.split ? 1 : 0)),
    };
    this.#parent = callees.map((frame) => (frame < 0 ? -1 : lexicon.getParent(frame)));
  }

  /** Odds for the callee of column j to lie under the caller of row i. Constant time. */
  get(i: number, j: number): number {
    const nested = this.#columns.mark[j] === 1 && this.#rows.mark[i] === 1 ? 1 / NESTED : 1;
    const caller = this.#rows.frame[i]!;
    if (caller < 0) return nested;
    if (this.#parent[j] === caller) return WRITTEN_THERE * nested;
    const file = this.#columns.file[j]!;
    return file >= 0 && file === this.#rows.file[i] ? SAME_FILE * nested : nested;
  }
}
