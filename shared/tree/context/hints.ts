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

/** Odds of the cells of one matrix, from what its rows and columns bring; -1 where they bring nothing. */
export class Hints {
  /** The row's caller, its file, and whether the row is a nested state. */
  readonly #caller: number[] = [];
  readonly #callerFile: number[] = [];
  readonly #isNested: boolean[] = [];
  /** File of the column's callee, the function that was written in, and whether its edge has nested calls too. */
  readonly #file: number[] = [];
  readonly #parent: number[] = [];
  readonly #isSplit: boolean[] = [];

  constructor(problem: Problem, rows: Axis, columns: Axis) {
    const { numbers, lexicon } = problem;
    for (let i = 0; i < rows.length; i++) {
      const position = rows.positions[i]!;
      const state = position === REST ? -1 : problem.rows[position]!;
      const caller = state < 0 ? -1 : numbers.getCaller(state);
      this.#caller.push(caller);
      this.#callerFile.push(caller < 0 ? -1 : lexicon.getFile(caller));
      this.#isNested.push(state >= numbers.firstNested);
    }
    for (let j = 0; j < columns.length; j++) {
      const position = columns.positions[j]!;
      const state = position === REST ? -1 : problem.columns[position]!;
      const callee = state < 0 ? -1 : numbers.getCallee(state);
      this.#file.push(callee < 0 ? -1 : lexicon.getFile(callee));
      this.#parent.push(callee < 0 ? -1 : lexicon.getParent(callee));
      this.#isSplit.push(state >= 0 && (numbers.flags[state]! & StateFlag.split) !== 0);
    }
  }

  /** Odds for the callee of column j to lie under the caller of row i. Constant time. */
  get(i: number, j: number): number {
    const nested = this.#isSplit[j] && this.#isNested[i] ? 1 / NESTED : 1;
    const caller = this.#caller[i]!;
    if (caller < 0) return nested;
    if (this.#parent[j] === caller) return WRITTEN_THERE * nested;
    const file = this.#file[j]!;
    return file >= 0 && file === this.#callerFile[i] ? SAME_FILE * nested : nested;
  }
}
