/** Moments that something was measured at: where the crosshair can stand, and what was known there. */
import { findLastAt } from '../../../shared/tree/series/series-lines.ts';
import { getEnd } from '../../../shared/tree/series/stacked.ts';
import type { Track } from './tracks.ts';

/** Seconds since the start of the moment next after `from` (or before it); `from` itself where there is none. */
export function findNextMoment(tracks: readonly Track[], from: number, step: 1 | -1): number {
  let best = Number.NaN;
  for (const track of tracks) {
    const { time, offset } = track;
    let index = findIndexAt(track, from);
    if (step > 0) index++;
    else while (index >= 0 && time[index]! - offset >= from) index--;
    if (index < 0 || index >= time.length) continue;
    const at = time[index]! - offset;
    if (Number.isNaN(best) || (step > 0 ? at < best : at > best)) best = at;
  }
  return Number.isNaN(best) ? from : best;
}

/** The moment nearest to `at`; NaN where nothing was ever measured. */
export function findNearestMoment(tracks: readonly Track[], at: number): number {
  let best = Number.NaN;
  for (const track of tracks) {
    const last = findIndexAt(track, at);
    for (const index of [last, last + 1]) {
      if (index < 0 || index >= track.time.length) continue;
      const moment = track.time[index]! - track.offset;
      if (Number.isNaN(best) || Math.abs(moment - at) < Math.abs(best - at)) best = moment;
    }
  }
  return best;
}

/** A track's last value at or before a moment; NaN before it began and after it ended. Of a level, what it adds. */
export function getValueAt(track: Track, at: number): number {
  const { time, value, offset, level, below } = track;
  const index = findIndexAt(track, at);
  if (index < 0 || at > getEnd(time) - offset) return Number.NaN;
  return level === 'level' && below !== null ? value[index]! - below.value[index]! : value[index]!;
}

/**
 * Index of the last point at or before a moment since the start; -1: none. Times since 1970 lose digits when the start is
 * added to a moment again, so it is their distance from the start that counts.
 */
function findIndexAt({ time, offset }: Track, at: number): number {
  let index = findLastAt(time, at + offset);
  while (index + 1 < time.length && time[index + 1]! - offset <= at) index++;
  while (index >= 0 && time[index]! - offset > at) index--;
  return index;
}
