/**
 * Hints on who called what, as odds: they move an estimate, they prove nothing.
 *
 * The weights were chosen on recorded programs (docs/call-tree.md); twice or half of each changes little.
 */
import type { PreparedGraph } from '../prepare.ts';

/** The callee is a lambda or comprehension written in the caller's caller: `sorted(key=lambda …)`. */
const WRITTEN_THERE = 60;
/** Both are in one file. */
const SAME_FILE = 2;
/** Below a nested call of a circle, the calls that go on are nested too. */
const NESTED = 30;

/**
 * Odds for a callee state (column) to lie under a caller state (row) of one function; `file` is the frames' column.
 * Constant time.
 */
export function getAffinity({ states, lexicon }: PreparedGraph, file: Int32Array, row: number, column: number): number {
  const isOutermost = column < states.firstNested && states.twin[column]! >= 0;
  const nested = isOutermost && row >= states.firstNested ? 1 / NESTED : 1;
  const caller = states.caller[row]!;
  if (caller < 0) return nested;
  const callee = states.callee[column]!;
  if (lexicon.parent[callee] === caller) return WRITTEN_THERE * nested;
  const fileOfCallee = file[callee]!;
  const same = fileOfCallee === file[caller] && fileOfCallee !== lexicon.builtinFile;
  return same ? SAME_FILE * nested : nested;
}
