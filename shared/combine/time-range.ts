/** A stretch of time cut out of a profile: its tree as if nothing had run before or after. */
import { sumFunctions, sumUp } from '../model/context-sums.ts';
import type { ContextTable, Profile, SampleTable, Unit } from '../model/profile.ts';

const TIMES: readonly Unit[] = ['seconds', 'milliseconds', 'microseconds', 'nanoseconds'];

/**
 * The profile of what ran from `from` to `to` on the axis of its samples; the profile itself where it has none. Of a row
 * that reaches over an end, a time counts by the part inside; anything else (bytes, samples) where the row starts. Calls
 * are not known of a part. Cost: linear in samples and contexts.
 */
export function limitToRange(profile: Profile, from: number, to: number): Profile {
  const { samples, contexts, frames, metrics } = profile;
  if (samples === undefined || contexts === undefined) return profile;
  const self = metrics.map(() => new Float64Array(contexts.length));
  const isTime = metrics.map(({ unit }) => TIMES.includes(unit));
  const seen = new Uint8Array(contexts.length);
  let [records, stacks] = [0, 0];
  for (let row = findFirst(samples, from); row < samples.length && samples.start[row]! < to; row++) {
    const context = samples.context[row]!;
    const start = samples.start[row]!;
    const end = row + 1 < samples.length ? samples.start[row + 1]! : samples.end;
    const share = end > start ? (Math.min(end, to) - Math.max(start, from)) / (end - start) : 1;
    const isInside = start >= from;
    if (share <= 0 && !isInside) continue;
    records += 1;
    if (context < 0) continue;
    if (seen[context] === 0) stacks += 1;
    seen[context] = 1;
    metrics.forEach((_, metric) => {
      const value = samples.values[metric]![row]!;
      self[metric]![context]! += isTime[metric] ? value * share : isInside ? value : 0;
    });
  }
  const cut = keepSeen(contexts, seen, self, stacks, records);
  const { samples: _rows, lines: _lines, ...rest } = profile;
  return {
    ...rest,
    functions: sumFunctions(cut, frames.length),
    traits: { ...profile.traits, hasCounts: false },
    contexts: cut,
  };
}

/** The row that is running at `time`, else the first one. */
function findFirst({ start, length }: SampleTable, time: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Contexts that were seen, and those above them. */
function keepSeen(
  contexts: ContextTable,
  seen: Uint8Array,
  self: readonly Float64Array[],
  stacks: number,
  samples: number,
): ContextTable {
  for (let context = contexts.length - 1; context >= 0; context--) {
    const above = contexts.parent[context]!;
    if (seen[context] === 1 && above >= 0) seen[above] = 1;
  }
  const row = new Int32Array(contexts.length).fill(-1);
  const kept: number[] = [];
  for (let context = 0; context < contexts.length; context++) {
    if (seen[context] === 0) continue;
    row[context] = kept.length;
    kept.push(context);
  }
  const parent = Int32Array.from(kept, (context) =>
    contexts.parent[context]! < 0 ? -1 : row[contexts.parent[context]!]!,
  );
  const own = self.map((column) => Float64Array.from(kept, (context) => column[context]!));
  return {
    length: kept.length,
    frame: Int32Array.from(kept, (context) => contexts.frame[context]!),
    parent,
    self: own,
    total: own.map((column) => sumUp(column, parent)),
    stacks,
    samples,
  };
}
