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
import { Certainty } from './call-tree.ts';
import { getCap } from './context/called-once.ts';
import type { ContextCache } from './context/context-cache.ts';
import { visitRow } from './context/frozen-rows.ts';
import { StateFlag } from './graph/states.ts';
import type { PreparedGraph } from './prepare.ts';

/** A place in the tree; numbers in the prepared graph's units. */
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

/** Rounding of a unit or so in bounds is no uncertainty. */
const SAME_UNITS = 1;
/** Bounds this near to each other, as a part of the total, count as knowing the width. */
const NARROW = 0.05;

/** The place of a root state. */
export function getRootPlace({ states, functions }: PreparedGraph, state: number): Place {
  const total = states.total[state]!;
  const estimated = (states.flags[state]! & (StateFlag.soft | StateFlag.guessed)) !== 0;
  return {
    state,
    share: 1,
    nestedShare: 0,
    total,
    whole: estimated ? Certainty.inferred : Certainty.exact,
    low: estimated ? 0 : total,
    high: estimated ? Math.max(functions.total[states.callee[state]!]!, total) : total,
    ground: Certainty.exact,
  };
}

/** Self time at a place. */
export function getPlaceSelf({ states }: PreparedGraph, { state, share, nestedShare }: Place): number {
  return share * states.self[state]! + (nestedShare > 0 ? nestedShare * states.self[states.twin[state]!]! : 0);
}

/** Calls at a place; not whole numbers where they are estimated. */
export function getPlaceCalls({ states }: PreparedGraph, { state, share, nestedShare }: Place): number {
  return share * states.calls[state]! + (nestedShare > 0 ? nestedShare * states.calls[states.twin[state]!]! : 0);
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
export function unfold(prepared: PreparedGraph, contexts: ContextCache, place: Place): Place[] {
  const { states } = prepared;
  const context = contexts.get(states.callee[place.state]!);
  const gathered = new Map<number, Gathered>();
  const gather = (row: number, share: number, mayBeCertain: boolean) => {
    visitRow(context.cells, row, (column, value, certainty) => {
      const time = share * value;
      if (!(time > 0)) return;
      const state = context.columns[column]!;
      const nested = state >= states.firstNested;
      const outer = nested ? states.twin[state]! : state;
      const sure = mayBeCertain && !nested ? certainty : Certainty.inferred;
      let child = gathered.get(outer);
      if (!child) {
        child = { state: outer, time: 0, nestedTime: 0, certainty: sure };
        gathered.set(outer, child);
      } else child.certainty = Certainty.inferred; // two states of an edge, or a part from merged rows
      if (nested) child.nestedTime += time;
      else child.time += time;
    });
  };
  gather(contexts.rowOf[place.state]!, place.share, true);
  if (place.nestedShare > 0) gather(contexts.rowOf[states.twin[place.state]!]!, place.nestedShare, false);
  const range = getRowRange(prepared, place);
  return Array.from(gathered.values(), (child) => toPlace(prepared, contexts, place, child, range));
}

/** Bounds of the time that a place spends in callees. */
function getRowRange({ states }: PreparedGraph, { state, whole, low, high }: Place): { low: number; high: number } {
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
  above: Place,
  { state, time, nestedTime, certainty }: Gathered,
  row: { low: number; high: number },
): Place {
  const { states } = prepared;
  const context = contexts.get(states.callee[above.state]!);
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
  const widthKnown =
    above.whole !== Certainty.inferred &&
    certainty !== Certainty.inferred &&
    !isGuessed &&
    (!isFree || certainty === Certainty.exact);

  let total = estimated;
  let low = estimated;
  let high = estimated;
  let ground = Math.min(above.ground, above.whole === Certainty.matched ? Certainty.matched : Certainty.exact);
  if (whole !== Certainty.inferred || widthKnown) {
    // A sole path is exact whatever the cells say; else the weaker of the place above and the cell.
    ground = whole !== Certainty.inferred ? whole : Math.min(ground, above.whole, certainty);
  } else {
    const cap = getCap({ prepared }, state);
    const isLoose = context.loose || context.contradictory || isSplit || isFree || isGuessed;
    high = Math.min(row.high, cap);
    low = isLoose ? 0 : Math.max(0, cap - (context.callerTime - row.low));
    total = Math.min(estimated, high); // what is cut stays with the place above
    low = Math.min(low, total);
  }
  const kept = estimated > 0 ? total / estimated : 0;
  return {
    state,
    share: time > 0 ? (kept * time) / states.total[state]! : 0,
    nestedShare: nestedTime > 0 ? (kept * nestedTime) / states.total[states.twin[state]!]! : 0,
    total,
    whole,
    low,
    high,
    ground,
  };
}
