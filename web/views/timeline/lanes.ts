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
  /** Never without length, so that all of it has a place. */
  readonly axis: { readonly from: number; readonly to: number };
  /** What was recorded on the axis: 0 where samples have no length. */
  readonly length: number;
  readonly unit: Unit;
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
  return { list, rows: row, axis, length: to - from, unit, otherAxis: threads.length - shown.length };
}

/** Levels of stacks in all, above the row `firstRow`, and among the `rows` from there on: heads of lanes do not count. */
export function measureLevels(
  { list }: Lanes,
  firstRow: number,
  rows: number,
): { readonly rows: number; readonly first: number; readonly fitting: number } {
  const countBefore = (row: number): number =>
    list.reduce((levels, lane) => levels + Math.max(0, Math.min(lane.levels, row - lane.top)), 0);
  const first = countBefore(firstRow);
  return { rows: countBefore(Number.POSITIVE_INFINITY), first, fitting: countBefore(firstRow + rows) - first };
}

/**
 * What a stretch of one function is called: a call, where somebody saw it begin and end. Samples only tell that it ran
 * each time that somebody looked, which may have been several calls.
 */
export function getCallWord({ list }: Lanes, count: number): string {
  const isSampled = list.some(({ profile }) => profile.traits.sampled);
  if (count === 1) return isSampled ? 'stretch' : 'call';
  return isSampled ? 'stretches' : 'calls';
}

/** What a stretch of the axis is called: not everything that is sampled is time. */
export function getLengthWord({ unit }: Lanes): string {
  return unit.endsWith('seconds') ? 'duration' : 'amount';
}
