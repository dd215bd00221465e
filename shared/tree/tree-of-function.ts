/**
 * The tree below one function, wherever it is called from: all its outermost calls merged into one node.
 *
 *   node 0 "all" → node 1 the function → its callees, each with the time of its caller entry → …
 *
 * Of a function in no circle the first two levels need no estimate: the file has them.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { Certainty, type NodeIndex } from './call-tree.ts';
import type { ContextCache } from './context/context-cache.ts';
import { StateFlag } from './graph/states.ts';
import { findOutermostParts } from './outermost-parts.ts';
import { getPlace, type NewPlace, type Part, type Place, unfoldParts } from './places.ts';
import type { PreparedGraph } from './prepare.ts';
import { UnfoldedTree } from './unfolded-tree.ts';

/** Node 1 stands for several states; everything below is a tree like any other. */
export class TreeOfFunction extends UnfoldedTree {
  readonly #prepared: PreparedGraph;
  readonly #contexts: ContextCache;
  readonly #frame: FrameIndex;
  readonly #parts: readonly Part[];
  readonly #top: NewPlace | null;

  constructor(profile: Profile, prepared: PreparedGraph, contexts: ContextCache, frame: FrameIndex) {
    const parts = findOutermostParts(prepared, frame);
    const top = getTop(prepared, frame, parts);
    super(profile, prepared, contexts, top ? [top] : []);
    this.#prepared = prepared;
    this.#contexts = contexts;
    this.#frame = frame;
    this.#parts = parts;
    this.#top = top;
  }

  protected override openNode(node: NodeIndex): void {
    if (node !== 1 || !this.#top || this.#parts.length === 1) super.openNode(node);
    else this.appendPlaces(node, this.#unfoldTop(this.#top));
  }

  #unfoldTop(top: Place & { readonly self: number }): NewPlace[] {
    const prepared = this.#prepared;
    if (!prepared.components.cyclic[this.#frame]) return getCallees(prepared, this.#frame);
    return unfoldParts(prepared, this.#contexts, this.#frame, this.#parts, {
      whole: Certainty.inferred,
      ground: top.ground,
      low: Math.max(0, top.low - top.self),
      high: top.high,
    });
  }
}

/** All parts as one place; its state is that of the first, to name the function. Null for a function never called. */
function getTop(
  { states, functions, components }: PreparedGraph,
  frame: FrameIndex,
  parts: readonly Part[],
): NewPlace | null {
  const first = parts[0];
  if (!first) return null;
  let total = 0;
  let self = 0;
  let calls = 0;
  for (const { state, share } of parts) {
    total += share * states.total[state]!;
    self += share * states.self[state]!;
    calls += share * states.calls[state]!;
  }
  const stated = functions.total[frame]!;
  // Each part was rounded to a unit of its own.
  const isStated = Math.abs(total - stated) <= parts.length + 1e-9 * stated;
  const isFact = first.share === 1 && !(states.flags[first.state]! & StateFlag.soft);
  const isWhole = components.cyclic[frame] === 0 || (parts.length === 1 && isFact);
  return {
    state: first.state,
    share: first.share,
    nestedShare: 0,
    total,
    self,
    calls,
    whole: isStated && isWhole ? Certainty.exact : Certainty.inferred,
    low: isStated ? total : Math.min(total, stated),
    high: isStated ? total : Math.max(total, stated),
    ground: Certainty.exact,
  };
}

/** The callees of a function in no circle: every call of it is here, so every caller entry is here whole. */
function getCallees(prepared: PreparedGraph, frame: FrameIndex): NewPlace[] {
  const { states } = prepared;
  const { incoming, outgoing, total, self, flags } = states;
  let callerTime = 0;
  let calleeTime = 0;
  for (let at = incoming.start[frame]!; at < incoming.start[frame + 1]!; at++) {
    const state = incoming.items[at]!;
    callerTime += Math.max(0, total[state]! - self[state]!);
  }
  const callees = outgoing.items.subarray(outgoing.start[frame]!, outgoing.start[frame + 1]!);
  for (const state of callees) calleeTime += total[state]!;
  // Callees that contradict their callers are cut down to what there is.
  const scale = calleeTime > callerTime ? callerTime / calleeTime : 1;
  const isContradictory = calleeTime - callerTime > 1e-3 * calleeTime;
  const places: NewPlace[] = [];
  for (const state of callees) {
    const time = scale * total[state]!;
    if (!(time > 0)) continue;
    const isSure = !isContradictory && !(flags[state]! & StateFlag.guessed);
    places.push(
      getPlace(prepared, state, time, 0, {
        whole: isSure ? Certainty.exact : Certainty.inferred,
        low: isSure ? time : 0,
        high: isSure ? time : Math.min(callerTime, Math.max(time, states.measured[state]!)),
        ground: Certainty.exact,
      }),
    );
  }
  return places;
}
