/**
 * Makes profiles without stacks: lines, values over time, timed statements, or functions that stand alone.
 */
import { buildProfile, type Numbers } from './build.ts';
import type { FrameBook } from './frame-book.ts';
import type { LineBuilder } from './line-builder.ts';
import { noCalls, unknownFunctions } from './nothing.ts';
import type { FrameIndex, Measurement, Metric, Profile, Series, Span } from './profile.ts';

/** Tables of such a profile; those that the file does not have are left out. */
export interface PlainTables {
  readonly name?: string;
  readonly metrics: readonly Metric[];
  readonly lines?: LineBuilder;
  /** Numbers of functions that the file states. */
  readonly functions?: ReadonlyMap<FrameIndex, Numbers>;
  readonly series?: readonly Series[];
  readonly spans?: readonly Span[];
  readonly measurements?: readonly Measurement[];
}

/** A profile of these tables. */
export function buildPlainProfile(book: FrameBook, tables: PlainTables): Profile {
  const { name = '', metrics, series = [], spans = [], measurements = [] } = tables;
  const { strings, frames } = book.tables(metrics.length);
  const lines = tables.lines?.build() ?? null;
  const stated = tables.functions ?? new Map<FrameIndex, Numbers>();
  const column = (get: (numbers: Numbers) => number | undefined) =>
    Float64Array.from({ length: frames.length }, (_, frame) => get(stated.get(frame) ?? {}) ?? Number.NaN);
  const functions =
    stated.size === 0
      ? unknownFunctions(frames.length, metrics.length)
      : {
          calls: column(({ calls }) => calls),
          primitiveCalls: column(({ calls, primitiveCalls }) => primitiveCalls ?? calls),
          self: metrics.map((_, metric) => column(({ self }) => self?.[metric])),
          total: metrics.map((_, metric) => column(({ total }) => total?.[metric])),
        };
  return buildProfile({
    name,
    metrics,
    strings,
    frames,
    functions,
    calls: noCalls(metrics.length),
    traits: { sampled: false, hasCounts: functions.calls.some((calls) => !Number.isNaN(calls)) },
    ...(lines === null ? {} : { lines }),
    ...(series.length === 0 ? {} : { series }),
    ...(spans.length === 0 ? {} : { spans }),
    ...(measurements.length === 0 ? {} : { measurements }),
  });
}
