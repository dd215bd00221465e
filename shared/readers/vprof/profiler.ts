/**
 * Part `p`: cProfile's functions without their callers. vprof rounds the cumulative time to 4 decimals and its share
 * of the whole to 4 decimals of a percent; the finer of the two is taken.
 */
import type { Numbers } from '../../model/build.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import { buildPlainProfile } from '../../model/plain-profile.ts';
import type { FrameIndex } from '../../model/profile.ts';
import { asNumber, asText, getField, type JsonObject } from '../json-values.ts';
import { type Part, toLine } from './part.ts';

/** A whole of so many seconds, of which a millionth is as fine as the rounded time. */
const FINE_WHOLE = 100;

/** Reads the rows. */
export function readProfiler(part: JsonObject, book: FrameBook, name: string): Part {
  const rows = getField(part, 'callStats');
  const whole = asNumber(getField(part, 'totalTime'));
  const functions = new Map<FrameIndex, Numbers>();
  for (const row of Array.isArray(rows) ? rows : []) {
    if (!Array.isArray(row)) continue;
    const [cumulative, percent, calls, primitive, self] = row.slice(3, 8).map(asNumber) as number[];
    const total = whole < FINE_WHOLE && !Number.isNaN(percent!) ? (percent! * whole) / 100 : cumulative!;
    functions.set(book.frame(asText(row[2]), asText(row[0]), toLine(row[1])), {
      calls: Math.max(calls!, primitive!),
      primitiveCalls: Math.min(calls!, primitive!),
      self: [self!],
      // Never less than its own part, which is not rounded.
      total: [Math.max(total, self!)],
    });
  }
  const build = () => buildPlainProfile(book, { name, metrics: [{ name: 'time', unit: 'seconds' }], functions });
  return { isEmpty: functions.size === 0, build };
}
