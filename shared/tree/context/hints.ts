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
  readonly frame: number[];
  /** Its file. */
  readonly file: number[];
  /** A nested row, or the outermost column of an edge that has nested calls. */
  readonly mark: boolean[];
}

/** Odds of the cells of one matrix. */
export class Hints {
  readonly #rows: Side = { frame: [], file: [], mark: [] };
  readonly #columns: Side = { frame: [], file: [], mark: [] };
  /** Function that each column's was written in. */
  readonly #parent: number[] = [];

  constructor(problem: Problem, rows: Axis, columns: Axis) {
    const { numbers, lexicon } = problem;
    for (let i = 0; i < rows.length; i++) {
      const position = rows.positions[i]!;
      const state = position === REST ? -1 : problem.rows[position]!;
      const caller = state < 0 ? -1 : numbers.getCaller(state);
      addTo(this.#rows, caller, caller < 0 ? -1 : lexicon.getFile(caller), state >= numbers.firstNested);
    }
    for (let j = 0; j < columns.length; j++) {
      const position = columns.positions[j]!;
      const state = position === REST ? -1 : problem.columns[position]!;
      const callee = state < 0 ? -1 : numbers.getCallee(state);
      const isSplit = state >= 0 && (numbers.flags[state]! & StateFlag.split) !== 0;
      addTo(this.#columns, callee, callee < 0 ? -1 : lexicon.getFile(callee), isSplit);
      this.#parent.push(callee < 0 ? -1 : lexicon.getParent(callee));
    }
  }

  /** Odds for the callee of column j to lie under the caller of row i. Constant time. */
  get(i: number, j: number): number {
    const nested = this.#columns.mark[j] && this.#rows.mark[i] ? 1 / NESTED : 1;
    const caller = this.#rows.frame[i]!;
    if (caller < 0) return nested;
    if (this.#parent[j] === caller) return WRITTEN_THERE * nested;
    const file = this.#columns.file[j]!;
    return file >= 0 && file === this.#rows.file[i] ? SAME_FILE * nested : nested;
  }
}

function addTo(side: Side, frame: number, file: number, mark: boolean): void {
  side.frame.push(frame);
  side.file.push(file);
  side.mark.push(mark);
}
