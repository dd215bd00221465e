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
import { visitRow } from './context/frozen-rows.ts';
import { StateFlag } from './graph/states.ts';
import type { PreparedGraph } from './prepare.ts';

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
export function getRootPlace(prepared: PreparedGraph, state: number): NewPlace {
  const { states, functions } = prepared;
  const total = states.total[state]!;
  const estimated = (states.flags[state]! & (StateFlag.soft | StateFlag.guessed)) !== 0;
  return {
    state,
    share: 1,
    nestedShare: 0,
    total,
    self: states.self[state]!,
    calls: states.calls[state]!,
    whole: estimated ? Certainty.inferred : Certainty.exact,
    low: estimated ? 0 : total,
    high: estimated ? Math.max(functions.total[states.callee[state]!]!, total) : total,
    ground: Certainty.exact,
  };
}

/** How sure a place's width is. */
export function getCertainty({ whole, low, high, total, ground }: Place): number {
  if (whole !== Certainty.inferred) return whole;
  if (high - low <= SAME_UNITS) return ground;
  return high - low <= NARROW * total ? Certainty.bounded : Certainty.inferred;
}

/** Time of one callee edge at a place, as it is gathered from the cells. */
interface Gathered {
  readonly state: number;
  time: number;
  nestedTime: number;
  certainty: number;
}

/** The places below a place, in no order. Cost: the cells of its rows. */
export function unfold(prepared: PreparedGraph, contexts: ContextCache, place: Place): NewPlace[] {
  const { states } = prepared;
  const parts: Part[] = [{ state: place.state, share: place.share }];
  if (place.nestedShare > 0) parts.push({ state: states.twin[place.state]!, share: place.nestedShare });
  return unfoldParts(prepared, contexts, states.callee[place.state]!, parts, {
    whole: place.whole,
    ground: place.ground,
    ...getCalleeRange(prepared, place),
  });
}

/** What a child inherits from the place above it; `low` and `high` bound the time spent in callees there. */
export interface Above {
  readonly whole: number;
  readonly ground: number;
  readonly low: number;
  readonly high: number;
}

/** The places below some parts of a function's calls, in no order. */
export function unfoldParts(
  prepared: PreparedGraph,
  contexts: ContextCache,
  frame: FrameIndex,
  parts: readonly Part[],
  above: Above,
): NewPlace[] {
  const { firstNested, twin } = prepared.states;
  const context = contexts.get(frame);
  const gathered = new Map<number, Gathered>();
  for (const { state: rowState, share } of parts) {
    const mayBeCertain = rowState < firstNested;
    visitRow(context.cells, contexts.rowOf[rowState]!, (column, value, certainty) => {
      const time = share * value;
      if (!(time > 0)) return;
      const state = context.columns[column]!;
      const nested = state >= firstNested;
      const outer = nested ? twin[state]! : state;
      let child = gathered.get(outer);
      if (!child) {
        const sure = mayBeCertain && !nested ? certainty : Certainty.inferred;
        child = { state: outer, time: 0, nestedTime: 0, certainty: sure };
        gathered.set(outer, child);
      } else child.certainty = Certainty.inferred; // two states of an edge, several rows, or a part from merged rows
      if (nested) child.nestedTime += time;
      else child.time += time;
    });
  }
  return Array.from(gathered.values(), (child) => toPlace(prepared, contexts, context, child, above));
}

/** Bounds of the time that a place spends in callees. */
function getCalleeRange({ states }: PreparedGraph, { state, whole, low, high }: Place): { low: number; high: number } {
  if (whole === Certainty.exact) {
    const time = Math.max(0, states.total[state]! - states.self[state]!);
    return { low: time, high: time };
  }
  const twin = states.twin[state]!;
  const own = states.self[state]! + (twin >= 0 ? states.self[twin]! : 0);
  return { low: Math.max(0, low - own), high };
}

function toPlace(
  prepared: PreparedGraph,
  contexts: ContextCache,
  context: Context,
  { state, time, nestedTime, certainty }: Gathered,
  above: Above,
): NewPlace {
  const { states } = prepared;
  const flags = states.flags[state]!;
  const isGuessed = (flags & StateFlag.guessed) !== 0;
  const isFree = (flags & StateFlag.free) !== 0;
  const isSplit = states.twin[state]! >= 0;
  const estimated = time + nestedTime;

  let whole: number = Certainty.inferred;
  if (!isGuessed && !isSplit) {
    if (flags & StateFlag.sole) {
      if (above.whole === Certainty.exact && !context.contradictory) whole = Certainty.exact;
    } else if (!isFree && context.cells.support[contexts.columnOf[state]!] === 1) {
      whole = Math.min(above.whole, certainty);
    }
  }
  if (flags & StateFlag.putBack) whole = Math.min(whole, Certainty.matched);
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
    if (!isSplit) total = Math.min(estimated, states.total[state]!);
    low = high = total;
    ground = whole !== Certainty.inferred ? whole : Math.min(above.ground, above.whole, certainty);
  } else {
    const cap = getCap({ prepared }, state);
    const isLoose = context.loose || context.contradictory || isSplit || isFree || isGuessed;
    high = Math.min(above.high, cap);
    total = Math.min(estimated, high); // what is cut stays with the place above
    low = isLoose ? 0 : Math.min(total, Math.max(0, cap - (context.callerTime - above.low)));
    ground = above.whole === Certainty.matched ? Math.min(above.ground, Certainty.matched) : above.ground;
  }
  const kept = estimated > 0 ? total / estimated : 0;
  return getPlace(prepared, state, kept * time, kept * nestedTime, { whole, low, high, ground });
}

/** The place of an edge that has this much of its outermost and of its nested state's time. */
export function getPlace(
  { states }: PreparedGraph,
  state: number,
  time: number,
  nestedTime: number,
  sureness: Above,
): NewPlace {
  const twin = states.twin[state]!;
  const share = time > 0 ? Math.min(1, time / states.total[state]!) : 0;
  const nestedShare = nestedTime > 0 ? Math.min(1, nestedTime / states.total[twin]!) : 0;
  const nestedSelf = nestedShare > 0 ? nestedShare * states.self[twin]! : 0;
  const nestedCalls = nestedShare > 0 ? nestedShare * states.calls[twin]! : 0;
  return {
    state,
    share,
    nestedShare,
    total: time + nestedTime,
    self: share * states.self[state]! + nestedSelf,
    calls: share * states.calls[state]! + nestedCalls,
    ...sureness,
  };
}
