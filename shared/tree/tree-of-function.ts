/**
 * The tree below one function, wherever it is called from: all its outermost calls merged into one node.
 *
 *   node 0 "all" → node 1 the function → its callees, each with the time of its caller entry → …
 *
 * Of a function in no circle the first two levels need no estimate: the file has them.
 */
import type { FrameIndex } from '../model/profile.ts';
import { Certainty, type NodeIndex } from './call-tree.ts';
import type { ContextCache } from './context/context-cache.ts';
import type { GraphNumbers } from './graph/numbers.ts';
import { StateFlag } from './graph/states.ts';
import { findOutermostParts } from './outermost-parts.ts';
import { PlaceList } from './place-list.ts';
import { addTimes, type NewPlace, type Part, unfoldParts } from './places.ts';
import { UnfoldedTree } from './unfolded-tree.ts';

/** Node 1 stands for several states; everything below is a tree like any other. */
export class TreeOfFunction extends UnfoldedTree {
  readonly #contexts: ContextCache;
  readonly #frame: FrameIndex;
  readonly #parts: readonly Part[];
  readonly #top: NewPlace | null;

  constructor(contexts: ContextCache, frame: FrameIndex, mostNodes: number) {
    const parts = findOutermostParts(contexts.numbers, frame);
    const top = getTop(contexts.numbers, frame, parts);
    const tops = new PlaceList();
    tops.begin(1);
    if (top) tops.add(top);
    super(contexts, tops, mostNodes);
    this.#contexts = contexts;
    this.#frame = frame;
    this.#parts = parts;
    this.#top = top;
  }

  protected override openNode(node: NodeIndex): boolean {
    if (node !== 1 || !this.#top || this.#parts.length === 1) return super.openNode(node);
    return this.appendPlaces(node, this.#unfoldTop(this.#top));
  }

  #unfoldTop(top: NewPlace): PlaceList {
    const { numbers, places } = this.#contexts;
    if (numbers.prepared.circles.of[this.#frame]! < 0) return listCallees(numbers, this.#frame, places);
    return unfoldParts(this.#contexts, this.#frame, this.#parts, {
      whole: Certainty.inferred,
      ground: top.ground,
      low: Math.max(0, top.low - top.self),
      high: top.high,
    });
  }
}

/** All parts as one place; its state is that of the first, to name the function. Null for a function never called. */
function getTop(numbers: GraphNumbers, frame: FrameIndex, parts: readonly Part[]): NewPlace | null {
  const first = parts[0];
  if (!first) return null;
  let total = 0;
  let self = 0;
  let calls = 0;
  for (const { state, share } of parts) {
    total += share * numbers.getTotal(state);
    self += share * numbers.getSelf(state);
    calls += share * numbers.getCalls(state);
  }
  const stated = numbers.getFunctionTotal(frame);
  // Each part was rounded to a unit of its own.
  const isStated = Math.abs(total - stated) <= parts.length + 1e-9 * stated;
  const isFact = first.share === 1 && !(numbers.flags[first.state]! & StateFlag.soft);
  const isWhole = numbers.prepared.circles.of[frame]! < 0 || (parts.length === 1 && isFact);
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
function listCallees(numbers: GraphNumbers, frame: FrameIndex, places: PlaceList): PlaceList {
  let callerTime = 0;
  let calleeTime = 0;
  for (const state of numbers.getIncoming(frame)) callerTime += numbers.getRoom(state);
  const callees = numbers.getOutgoing(frame);
  for (const state of callees) calleeTime += numbers.getTotal(state);
  // Callees that contradict their callers are cut down to what there is.
  const scale = calleeTime > callerTime ? callerTime / calleeTime : 1;
  const isContradictory = calleeTime - callerTime > 1e-3 * calleeTime;
  places.begin(callees.length);
  for (const state of callees) {
    const total = numbers.getTotal(state);
    const time = scale * total;
    if (!(time > 0)) continue;
    const isSure = !isContradictory && !(numbers.flags[state]! & StateFlag.guessed);
    const whole = isSure ? Certainty.exact : Certainty.inferred;
    const high = isSure ? time : Math.min(callerTime, Math.max(time, numbers.getMeasured(state)));
    addTimes(places, numbers, state, total, time, 0, whole, isSure ? time : 0, high, Certainty.exact);
  }
  return places;
}
