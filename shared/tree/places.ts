/**
 * Places in the rebuilt tree, and how one is unfolded into its callees.
 *
 *   place = (state, share, nested share)      total = share · total of the state + nested share · total of its twin
 *
 * A child's share of its state is the place's share of the row, times the row's cell over the state's total. Columns
 * add up to their state's total, so the shares of one state add up to 1 over the whole tree.
 *
 * How sure a place is, in three grades that are kept apart:
 *
 *   whole      certainty that the place is *all* of its state: then what lies inside is as sure as the matrix
 *   low, high  bounds of its total, sound for every place: what the other rows must leave, and what the row can hold
 *   ground     the weakest thing the bounds rest on: exact, or a match of sums
 */
import type { FrameIndex } from '../model/profile.ts';
import { Certainty } from './call-tree.ts';
import { getCap } from './context/called-once.ts';
import type { Context } from './context/context.ts';
import type { ContextCache } from './context/context-cache.ts';
import type { Gathered } from './context/gathered.ts';
import type { GraphNumbers } from './graph/numbers.ts';
import { StateFlag } from './graph/states.ts';
import type { PlaceList } from './place-list.ts';

/** What unfolding needs to know of a place; numbers in the prepared graph's units. */
export interface Place {
  /** The outermost state of an edge, or a root state. */
  readonly state: number;
  readonly share: number;
  /** Share of the edge's nested state; 0 where there is none. */
  readonly nestedShare: number;
  readonly total: number;
  readonly whole: number;
  readonly low: number;
  readonly high: number;
  readonly ground: number;
}

/** A place with the numbers that are shown. */
export interface NewPlace extends Place {
  readonly self: number;
  /** Not a whole number where it is estimated. */
  readonly calls: number;
}

/** Part of a function's calls: all rows of its matrix that a place stands for. */
export interface Part {
  readonly state: number;
  readonly share: number;
}

/** Rounding of a unit or so in bounds is no uncertainty. */
const SAME_UNITS = 1;
/** Bounds this near to each other, as a part of the total, count as knowing the width. */
const NARROW = 0.05;

/** The place of a root state. */
export function getRootPlace(numbers: GraphNumbers, state: number): NewPlace {
  const total = numbers.getTotal(state);
  const estimated = (numbers.flags[state]! & (StateFlag.soft | StateFlag.guessed)) !== 0;
  return {
    state,
    share: 1,
    nestedShare: 0,
    total,
    self: numbers.getSelf(state),
    calls: numbers.getCalls(state),
    whole: estimated ? Certainty.inferred : Certainty.exact,
    low: estimated ? 0 : total,
    high: estimated ? Math.max(numbers.getFunctionTotal(numbers.getCallee(state)), total) : total,
    ground: Certainty.exact,
  };
}

/** How sure a place's width is. */
export function getCertainty(whole: number, low: number, high: number, total: number, ground: number): number {
  if (whole !== Certainty.inferred) return whole;
  if (high - low <= SAME_UNITS) return ground;
  return high - low <= NARROW * total ? Certainty.bounded : Certainty.inferred;
}

/** The places below a place, in no order, in a list that the next call fills anew. Cost: the cells of its rows. */
export function unfold(contexts: ContextCache, place: Place): PlaceList {
  const { numbers } = contexts;
  const parts: Part[] = [{ state: place.state, share: place.share }];
  if (place.nestedShare > 0) parts.push({ state: numbers.getTwin(place.state), share: place.nestedShare });
  return unfoldParts(contexts, numbers.getCallee(place.state), parts, getAbove(numbers, place));
}

/** What a child inherits from the place above it; `low` and `high` bound the time spent in callees there. */
export interface Above {
  readonly whole: number;
  readonly ground: number;
  readonly low: number;
  readonly high: number;
}

/** The places below some parts of a function's calls, as above. */
export function unfoldParts(
  contexts: ContextCache,
  frame: FrameIndex,
  parts: readonly Part[],
  above: Above,
): PlaceList {
  const { numbers, gathered, places } = contexts;
  const context = contexts.get(frame);
  gathered.begin(context.columns.length);
  for (const { state, share } of parts) {
    const row = context.rowAt[numbers.getIncomingIndex(frame, state)]!;
    gathered.addRow(context, row, share, state < numbers.firstNested);
  }
  places.begin(gathered.length);
  for (let at = 0; at < gathered.length; at++)
    addPlace(numbers, context, gathered, gathered.column[at]!, above, places);
  return places;
}

/** What the places below a place inherit. */
function getAbove(numbers: GraphNumbers, { state, whole, ground, low, high }: Place): Above {
  if (whole === Certainty.exact) {
    const time = numbers.getRoom(state);
    return { whole, ground, low: time, high: time };
  }
  const twin = numbers.getTwin(state);
  const own = numbers.getSelf(state) + (twin >= 0 ? numbers.getSelf(twin) : 0);
  return { whole, ground, low: Math.max(0, low - own), high };
}

function addPlace(
  numbers: GraphNumbers,
  context: Context,
  gathered: Gathered,
  column: number,
  above: Above,
  places: PlaceList,
): void {
  const state = context.columns[column]!;
  const time = gathered.time[column]!;
  const nestedTime = gathered.nestedTime[column]!;
  const certainty = gathered.certainty[column]!;
  const stateTotal = numbers.getTotal(state);
  const flags = numbers.flags[state]!;
  const isGuessed = (flags & StateFlag.guessed) !== 0;
  const isFree = (flags & StateFlag.free) !== 0;
  const isSplit = (flags & StateFlag.split) !== 0;
  const estimated = time + nestedTime;

  let whole: number = Certainty.inferred;
  if (!isGuessed && !isSplit) {
    if (flags & StateFlag.sole) {
      if (above.whole === Certainty.exact && !context.contradictory) whole = Certainty.exact;
    } else if (!isFree && context.cells.support[column] === 1) {
      whole = Math.min(above.whole, certainty);
    }
  }
  if (numbers.isPutBack(state)) whole = Math.min(whole, Certainty.matched);
  const isWidthKnown =
    above.whole !== Certainty.inferred &&
    certainty !== Certainty.inferred &&
    !isGuessed &&
    (!isFree || certainty === Certainty.exact);

  let total = estimated;
  let low: number;
  let high: number;
  let ground: number;
  if (whole !== Certainty.inferred || isWidthKnown) {
    // Where sums were scaled up to fit, no more than all of the state is here; the rest stays with the place above.
    if (!isSplit) total = Math.min(estimated, stateTotal);
    low = high = total;
    ground = whole !== Certainty.inferred ? whole : Math.min(above.ground, above.whole, certainty);
  } else {
    // Only what has numbers of its own was measured with others than its total.
    const cap = flags & (StateFlag.own | StateFlag.countOnly) ? getCap(numbers, state) : stateTotal;
    const isLoose = context.loose || context.contradictory || isSplit || isFree || isGuessed;
    high = Math.min(above.high, cap);
    total = Math.min(estimated, high); // what is cut stays with the place above
    low = isLoose ? 0 : Math.min(total, Math.max(0, cap - (context.callerTime - above.low)));
    ground = above.whole === Certainty.matched ? Math.min(above.ground, Certainty.matched) : above.ground;
  }
  const kept = estimated > 0 ? total / estimated : 0;
  addTimes(places, numbers, state, stateTotal, kept * time, kept * nestedTime, whole, low, high, ground);
}

/** Adds the place of an edge that has this much of its outermost state's time, `stateTotal`, and of its nested state's. */
export function addTimes(
  places: PlaceList,
  numbers: GraphNumbers,
  state: number,
  stateTotal: number,
  time: number,
  nestedTime: number,
  whole: number,
  low: number,
  high: number,
  ground: number,
): void {
  const at = places.length++;
  const share = time > 0 ? Math.min(1, time / stateTotal) : 0;
  let self = share * numbers.getSelf(state);
  let calls = share * numbers.getCalls(state);
  let nestedShare = 0;
  if (nestedTime > 0) {
    const twin = numbers.getTwin(state);
    nestedShare = Math.min(1, nestedTime / numbers.getTotal(twin));
    self += nestedShare * numbers.getSelf(twin);
    calls += nestedShare * numbers.getCalls(twin);
  }
  places.state[at] = state;
  places.share[at] = share;
  places.nestedShare[at] = nestedShare;
  places.total[at] = time + nestedTime;
  places.self[at] = self;
  places.calls[at] = calls;
  places.whole[at] = whole;
  places.low[at] = low;
  places.high[at] = high;
  places.ground[at] = ground;
}
