/**
 * Lanes: the threads that have samples, one under the other, each with its name on a row of its own where there are several.
 *
 *   row 0   ▾ MainThread     head
 *   row 1   main             outermost calls of lane 0
 *   row 2   …
 *   row 5   ▸ Worker         folded: a head alone
 */
import type { TimelineLane } from '../../../shared/layout/timeline.ts';
import type { TimelineIndex } from '../../../shared/layout/timeline-index.ts';
import type { Profile, Unit } from '../../../shared/model/profile.ts';

/** A thread and its rows. */
export interface Lane extends TimelineLane {
  readonly profile: Profile;
  readonly name: string;
  /** Row of its name; -1 where it stands alone. */
  readonly head: number;
  readonly isFolded: boolean;
}

/** All lanes, the axis they share, and what is not among them. */
export interface Lanes {
  readonly list: readonly Lane[];
  readonly rows: number;
  readonly axis: { readonly from: number; readonly to: number };
  readonly unit: Unit;
  /** What the axis counts, such as `time`. */
  readonly axisName: string;
  /** Threads whose samples count something else, so that they have no place on this axis. */
  readonly otherAxis: number;
}

/** A thread that is ready to be drawn. */
export interface IndexedThread {
  readonly profile: Profile;
  readonly index: TimelineIndex;
}

/** Puts threads under each other. Null when none of them has samples. */
export function arrangeLanes(threads: readonly IndexedThread[], folded: readonly number[]): Lanes | null {
  const unit = threads[0]?.index.samples.axis.unit;
  if (unit === undefined) return null;
  const shown = threads.filter(({ index }) => index.samples.axis.unit === unit);
  const hasHeads = shown.length > 1;
  let row = 0;
  const list = shown.map(({ profile, index }, number): Lane => {
    const head = hasHeads ? row++ : -1;
    const isFolded = hasHeads && folded.includes(number);
    const levels = isFolded ? 0 : index.levels;
    const top = row;
    row += levels;
    return { profile, index, name: profile.name || `Thread ${number + 1}`, head, top, levels, isFolded };
  });
  const from = Math.min(...list.map(({ index }) => index.from));
  const to = Math.max(...list.map(({ index }) => index.to));
  // Samples of no length still have a place.
  const axis = { from, to: to > from ? to : from + 1 };
  const axisName = shown[0]!.index.samples.axis.name;
  return { list, rows: row, axis, unit, axisName, otherAxis: threads.length - shown.length };
}

/** Lane of a row, its head included; -1 below all. */
export function findLane({ list }: Lanes, row: number): number {
  return list.findIndex(({ top, levels }) => row < top + levels);
}

/** Levels of stacks among the rows `from` .. `end` - 1. */
export function countLevels({ list }: Lanes, from: number, end: number): number {
  let levels = 0;
  for (const lane of list) levels += Math.max(0, Math.min(end, lane.top + lane.levels) - Math.max(from, lane.top));
  return levels;
}
