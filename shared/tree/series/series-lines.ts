/**
 * Values over time as lines of a chart: one per series, with a name of its own, and the stretch of time they all share.
 */
import type { Profile, Series, Span, Unit } from '../../model/profile.ts';

/** A series to be drawn. */
export interface SeriesLine {
  /** Its stable name, unique among the lines: `memory`, or `memory@14395` of a group. */
  readonly key: string;
  readonly name: string;
  /** Process or thread; `''`: the only one. */
  readonly group: string;
  readonly unit: Unit;
  /** Seconds, as the file has them; never falls. */
  readonly time: Float64Array;
  readonly value: Float64Array;
}

/** Seconds, as the file has them. */
export interface Stretch {
  readonly start: number;
  /** Never before `start`. */
  readonly end: number;
}

/** Times from here on (1985) are taken to count from 1970, and smaller ones from the start of the run. */
const DATES_FROM = 5e8;

/** Lines of all series, in the order of the file. Series without points are left out. */
export function listLines(threads: readonly Profile[]): SeriesLine[] {
  const seen = new Map<string, number>();
  return threads.flatMap((thread) => {
    const series = thread.series ?? [];
    return series
      .filter(({ time }) => time.length > 0)
      .map(({ name, unit, time, value, group: own }: Series) => {
        const group = own === '' && threads.length > 1 ? thread.name : own;
        const key = group === '' ? name : `${name}@${group}`;
        const before = seen.get(key) ?? 0;
        seen.set(key, before + 1);
        return { key: before === 0 ? key : `${key}#${before + 1}`, name, group, unit, time, value };
      });
  });
}

/** Spans of all threads, in the order of the file. */
export function listSpans(threads: readonly Profile[]): Span[] {
  return threads.flatMap((thread) => thread.spans ?? []);
}

/** From the first to the last moment that anything is known of; null where nothing is. */
export function findStretch(lines: readonly SeriesLine[], spans: readonly Span[]): Stretch | null {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const { time } of lines) {
    start = Math.min(start, time[0]!);
    end = Math.max(end, time.at(-1)!);
  }
  for (const span of spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.start, Number.isNaN(span.end) ? span.start : span.end);
  }
  return start <= end ? { start, end } : null;
}

/** What times count: seconds, or things that happened one after the other where the file has no seconds at all. */
export function getTimeUnit(threads: readonly Profile[]): 'seconds' | 'count' {
  const series = threads.flatMap((thread) => thread.series ?? []);
  return series.length > 0 && series.every(({ axis }) => axis === 'count') ? 'count' : 'seconds';
}

/** Milliseconds since 1970 at which the run began; NaN where the file counts from its start. */
export function getStartDate({ start }: Stretch): number {
  return start >= DATES_FROM ? start * 1000 : Number.NaN;
}

/**
 * Lines by unit, in the order of their first appearance: those of one unit share a scale.
 */
export function groupByUnit(lines: readonly SeriesLine[]): { readonly unit: Unit; readonly lines: SeriesLine[] }[] {
  const panels = new Map<Unit, SeriesLine[]>();
  for (const line of lines) {
    const known = panels.get(line.unit);
    if (known) known.push(line);
    else panels.set(line.unit, [line]);
  }
  return [...panels].map(([unit, members]) => ({ unit, lines: members }));
}

/** Index of the last of `time` that is at or before `at`; -1: none is. */
export function findLastAt(time: Float64Array, at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
