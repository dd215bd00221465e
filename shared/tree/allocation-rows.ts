/**
 * Where something was allocated: by line, by file, or by the whole traceback. A row's values are what was allocated right
 * there, so rows add up to all of it.
 *
 *   line        file and line; of profiles whose frames are functions, the function
 *   file        all lines of a file
 *   traceback   one row for each stack that allocated anything itself
 */
import type { ContextIndex, FrameIndex, Profile } from '../model/profile.ts';

/** What rows are gathered by. */
export type AllocationsBy = 'line' | 'file' | 'traceback';

/** Rows, as columns. */
export interface AllocationRows {
  readonly profile: Profile;
  readonly by: AllocationsBy;
  readonly length: number;
  /** Function or line where it was allocated; by file, the one with the most of the first metric. */
  readonly frame: Int32Array;
  /** Of tracebacks: their end. Otherwise -1. */
  readonly context: Int32Array;
  /** By metric. */
  readonly values: readonly Float64Array[];
  /** By metric: all of it. */
  readonly sums: readonly number[];
  /** True where frames are lines that ran: a row by line is a line of a file then, else a function. */
  readonly isLines: boolean;
}

/** The rows of a profile with contexts. Cost: linear in contexts. */
export function buildAllocationRows(profile: Profile, by: AllocationsBy): AllocationRows {
  const { contexts, metrics, frames } = profile;
  const isLines = profile.traits.linesRan === true;
  const length = contexts?.length ?? 0;
  const rowOf = new Map<string | number, number>();
  const frame: number[] = [];
  const context: number[] = [];
  const values: number[][] = metrics.map(() => []);
  const most: number[] = [];
  for (let at = 0; at < length; at++) {
    const own = metrics.map((_, metric) => contexts!.self[metric]![at]!);
    if (own.every((value) => value === 0)) continue;
    const of: FrameIndex = contexts!.frame[at]!;
    const key =
      by === 'traceback'
        ? at
        : by === 'file'
          ? frames.file[of]!
          : isLines
            ? `${frames.file[of]!} ${frames.line[of]!}`
            : of;
    let row = rowOf.get(key);
    if (row === undefined) {
      row = frame.length;
      rowOf.set(key, row);
      frame.push(of);
      context.push(by === 'traceback' ? at : -1);
      most.push(own[0]!);
      for (const column of values) column.push(0);
    } else if (own[0]! > most[row]!) {
      most[row] = own[0]!;
      frame[row] = of;
    }
    own.forEach((value, metric) => {
      values[metric]![row]! += value;
    });
  }
  const columns = values.map((column) => Float64Array.from(column));
  return {
    profile,
    by,
    length: frame.length,
    frame: Int32Array.from(frame),
    context: Int32Array.from(context),
    values: columns,
    sums: columns.map((column) => column.reduce((sum, value) => sum + value, 0)),
    isLines,
  };
}

/** Rows, largest first; equals in the order of the file. */
export function rankAllocations({ values, length }: AllocationRows, metric: number): Int32Array {
  const column = values[metric]!;
  return Int32Array.from({ length }, (_, row) => row).sort((a, b) => column[b]! - column[a]! || a - b);
}

/** Contexts of a traceback, root first: the most recent call last. */
export function getTraceback({ contexts }: Profile, end: ContextIndex): readonly ContextIndex[] {
  const path: ContextIndex[] = [];
  for (let at = end; at >= 0; at = contexts!.parent[at]!) path.push(at);
  return path.reverse();
}

/**
 * The metric that counts the blocks of a size, by which it has an average; -1: there is none. pprof has several sizes, each
 * with a count of its own: `inuse_space` and `inuse_objects`. Samples are no blocks.
 */
export function findCountMetric({ metrics }: Profile, size: number): number {
  const { name, unit } = metrics[size]!;
  if (unit !== 'bytes') return -1;
  const counts = metrics.flatMap((metric, at) => (metric.unit === 'count' && metric.name !== 'samples' ? [at] : []));
  const sizes = metrics.filter((metric) => metric.unit === 'bytes');
  if (sizes.length === 1 && counts.length === 1) return counts[0]!;
  const family = name.slice(0, name.lastIndexOf('_') + 1);
  return family === '' ? -1 : (counts.find((at) => metrics[at]!.name.startsWith(family)) ?? -1);
}
