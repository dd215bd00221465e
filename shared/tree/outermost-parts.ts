/**
 * The calls of a function that are not made inside another call of it, as parts of its incoming states.
 *
 *   a → f → g → f        the second f is inside the first: to count its time again would show f wider than it is
 *
 * Of a function that is in no circle these are all calls. In a circle, calls from outside it are always outermost, a
 * call from a place that f is on every way to never is; the others share what is left of the file's total of f, which
 * is that of outermost calls.
 */
import type { FrameIndex } from '../model/profile.ts';
import { dominates } from './graph/dominators.ts';
import type { Part } from './places.ts';
import type { PreparedGraph } from './prepare.ts';

/** Parts of the function's incoming states that hold its outermost calls. Cost: its callers. */
export function findOutermostParts(prepared: PreparedGraph, frame: FrameIndex): Part[] {
  const { states, components, dominance, functions } = prepared;
  const { incoming, caller, total, firstNested } = states;
  const { component, cyclic } = components;
  const parts: Part[] = [];
  const inner: number[] = [];
  let left = functions.total[frame]!;
  for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
    const state = incoming.items[at]!;
    const from = caller[state]!;
    if (from < 0 || !cyclic[frame] || component[from] !== component[frame]) {
      parts.push({ state, share: 1 });
      left -= total[state]!;
    } else if (state < firstNested && from !== frame && !dominates(dominance, frame, from)) inner.push(state);
  }
  const sum = inner.reduce((all, state) => all + total[state]!, 0);
  const share = Math.min(1, left / sum);
  if (sum > 0 && share > 0) parts.push(...inner.map((state) => ({ state, share })));
  return parts;
}
