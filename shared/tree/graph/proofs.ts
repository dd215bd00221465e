/**
 * What the file proves about a state before any estimate is made; sets flags of states.
 *
 *   vague     as a caller, its own time is not a fact: an estimated total, a split edge, a soft root
 *   guessed   its times were shared out by counts, and there were others to share with
 *   sole      there is one path to it: its caller has one state, which is sole, and is in no circle
 */
import type { Components } from './components.ts';
import { StateFlag, type States } from './states.ts';

/** Marks vague, guessed and sole states. Linear: one pass, callers first. */
export function markProofs(states: States, { cyclic, order }: Components, edgeCount: number): void {
  const { flags, twin, incoming, outgoing, callee, firstNested } = states;
  for (let state = 0; state < states.length; state++) {
    if (twin[state]! >= 0 || flags[state]! & (StateFlag.free | StateFlag.soft)) flags[state]! |= StateFlag.vague;
  }
  const isAlone = (frame: number) => incoming.start[frame + 1]! - incoming.start[frame]! === 1;
  const hasGuess = new Uint8Array(cyclic.length);
  for (let state = 0; state < edgeCount; state++) {
    if (!(flags[state]! & StateFlag.countOnly) || isAlone(callee[state]!)) continue;
    flags[state]! |= StateFlag.guessed;
    hasGuess[callee[state]!] = 1;
  }
  for (let state = edgeCount; state < firstNested; state++) {
    if (hasGuess[callee[state]!]) flags[state]! |= StateFlag.guessed;
    flags[state]! |= StateFlag.sole;
  }
  for (let index = order.length - 1; index >= 0; index--) {
    const frame = order[index]!;
    if (cyclic[frame] || !isAlone(frame)) continue;
    if (!(flags[incoming.items[incoming.start[frame]!]!]! & StateFlag.sole)) continue;
    for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) {
      flags[outgoing.items[at]!]! |= StateFlag.sole;
    }
  }
}

/** Whether rows and columns balance so badly that deviations say nothing: over 1 % of the callers' time. Linear. */
export function isUnbalanced({ incoming, outgoing, total, self }: States, cyclic: Uint8Array): boolean {
  let off = 0;
  let all = 0;
  for (let frame = 0; frame < cyclic.length; frame++) {
    if (cyclic[frame] || outgoing.start[frame] === outgoing.start[frame + 1]) continue;
    let rows = 0;
    let columns = 0;
    for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
      const state = incoming.items[at]!;
      rows += total[state]! - self[state]!;
    }
    for (let at = outgoing.start[frame]!; at < outgoing.start[frame + 1]!; at++) columns += total[outgoing.items[at]!]!;
    off += Math.abs(rows - columns);
    all += rows;
  }
  return off > 0.01 * all;
}
