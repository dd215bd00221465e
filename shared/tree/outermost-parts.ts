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
import { isInner } from './graph/components.ts';
import { dominates, getFrameNode } from './graph/dominators.ts';
import type { GraphNumbers } from './graph/numbers.ts';
import type { Part } from './places.ts';

/** Parts of the function's incoming states that hold its outermost calls. Cost: its callers. */
export function findOutermostParts(numbers: GraphNumbers, frame: FrameIndex): Part[] {
  const { circles, dominance } = numbers.prepared;
  const parts: Part[] = [];
  const inner: number[] = [];
  let left = numbers.getFunctionTotal(frame);
  const node = getFrameNode(dominance, frame);
  for (const state of numbers.getIncoming(frame)) {
    const from = numbers.getCaller(state);
    if (!isInner(circles, from, frame)) {
      parts.push({ state, share: 1 });
      left -= numbers.getTotal(state);
    } else if (state < numbers.firstNested && from !== frame) {
      if (!dominates(dominance, node, getFrameNode(dominance, from))) inner.push(state);
    }
  }
  const sum = inner.reduce((all, state) => all + numbers.getTotal(state), 0);
  const share = Math.min(1, left / sum);
  if (sum > 0 && share > 0) {
    for (const state of inner) parts.push({ state, share });
  }
  return parts;
}
