/**
 * What the file proves about a state before any estimate is made; sets flags of states.
 *
 *   guessed   its times were shared out by counts, and there were others to share with
 *   sole      there is one path to it: its caller has one state, which is sole, and is in no circle
 */
import { findPairs, getPair } from './adjacency.ts';
import type { Wiring } from './reconcile.ts';
import { type DraftStates, StateFlag } from './states.ts';

/** Marks guessed and sole states. Linear: one pass, callers first. */
export function markProofs(states: DraftStates, wiring: Wiring): void {
  const { flags, edges, entering } = states;
  if (edges.countOnly) markGuessed(states, wiring);
  for (let state = edges.length; state < states.firstNested; state++) flags[state]! |= StateFlag.sole;
  const { outgoing, circles } = wiring;
  const { order } = wiring.components;
  for (let index = order.length - 1; index >= 0; index--) {
    const frame = order[index]!;
    if (circles.of[frame]! >= 0) continue;
    const from = outgoing.start[frame]!;
    const to = outgoing.start[frame + 1]!;
    if (from === to || countEntering(states, wiring, frame) !== 1) continue;
    const edge = wiring.entering[frame]!;
    const only = edge < wiring.entering[frame + 1]! ? edge : getPair(entering, findPairs(entering, frame), frame);
    if (!(flags[only]! & StateFlag.sole)) continue;
    for (let at = from; at < to; at++) flags[outgoing.items[at]!]! |= StateFlag.sole;
  }
}

function markGuessed(states: DraftStates, wiring: Wiring): void {
  const { flags, edges, extra } = states;
  const hasGuess = new Uint8Array(wiring.entering.length - 1);
  for (let edge = 0; edge < edges.length; edge++) {
    const callee = edges.callee[edge]!;
    if (!(flags[edge]! & StateFlag.countOnly) || countEntering(states, wiring, callee) === 1) continue;
    flags[edge]! |= StateFlag.guessed;
    hasGuess[callee] = 1;
  }
  for (let state = edges.length; state < states.firstNested; state++) {
    if (hasGuess[extra.callee[state - edges.length]!]) flags[state]! |= StateFlag.guessed;
  }
}

function countEntering({ hasExtra, entering }: DraftStates, wiring: Wiring, frame: number): number {
  let count = wiring.entering[frame + 1]! - wiring.entering[frame]!;
  if (hasExtra[frame]! & 1) {
    for (let at = findPairs(entering, frame); getPair(entering, at, frame) >= 0; at++) count++;
  }
  return count;
}

/** Whether rows and columns balance so badly that deviations say nothing: over 1 % of the callers' time. Linear. */
export function isUnbalanced(
  { edges, extra, ...states }: DraftStates,
  { entering, outgoing, circles }: Wiring,
): boolean {
  const columns = new Float64Array(entering.length - 1);
  for (let edge = 0; edge < edges.length; edge++) columns[edges.caller[edge]!]! += edges.total[edge]!;
  let off = 0;
  let all = 0;
  for (let frame = 0; frame < columns.length; frame++) {
    if (circles.of[frame]! >= 0 || outgoing.start[frame] === outgoing.start[frame + 1]) continue;
    let rows = 0;
    for (let edge = entering[frame]!; edge < entering[frame + 1]!; edge++)
      rows += edges.total[edge]! - edges.self[edge]!;
    if (states.hasExtra[frame]! & 1) {
      for (let at = findPairs(states.entering, frame); ; at++) {
        const state = getPair(states.entering, at, frame);
        if (state < 0) break;
        rows += extra.total[state - edges.length]! - extra.self[state - edges.length]!;
      }
    }
    off += Math.abs(rows - columns[frame]!);
    all += rows;
  }
  return off > 0.01 * all;
}
