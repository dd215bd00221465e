/**
 * Random samples in order of time for property tests, and the calls that they consist of, listed the slow way.
 */
import fc from 'fast-check';
import { FrameBook } from '../model/frame-book.ts';
import type { FrameIndex, Profile } from '../model/profile.ts';
import { StackProfile } from '../model/stack-profile.ts';

/** A call of a listed profile. */
export interface ListedCall {
  readonly frame: FrameIndex;
  readonly depth: number;
  /** Rows of the sample table: the first one, and the first one after it. */
  readonly first: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** A row: its stack of functions (empty: nothing runs), how long it runs, and how many calls of those it could it goes on with. */
export interface SampleRow {
  readonly stack: readonly number[];
  readonly time: number;
  readonly goesOn: number;
}

const FUNCTIONS = 5;

/** Rows as a run could have them: stacks that share much, rows without length, idle time, calls that end and begin again. */
export const sampleRows: fc.Arbitrary<SampleRow[]> = fc
  .array(
    fc.record({
      keep: fc.nat(6),
      grow: fc.array(fc.nat(FUNCTIONS - 1), { maxLength: 3 }),
      isIdle: fc.nat(9),
      time: fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 })),
      goesOn: fc.oneof({ weight: 3, arbitrary: fc.constant(99) }, { weight: 1, arbitrary: fc.nat(5) }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((rows) => {
    let stack: number[] = [];
    return rows.map(({ keep, grow, isIdle, time, goesOn }) => {
      stack = isIdle === 0 ? [] : [...stack.slice(0, keep), ...grow];
      return { stack, time, goesOn };
    });
  });

/** A profile of such rows; the first one begins at `start`. */
export function profileOfRows(rows: readonly SampleRow[], start = 0): Profile {
  const book = new FrameBook();
  const frames = Array.from({ length: FUNCTIONS }, (_, i) => book.frame(`f${i}`, 'app.py', i + 1));
  const profile = new StackProfile(book, { metrics: [{ name: 'time', unit: 'milliseconds' }], sampled: true });
  let time = start;
  for (const row of rows) {
    const context = profile.findStack(row.stack.map((i) => frames[i]!));
    profile.addSample(context, time, [row.time], Math.min(profile.countShared(context), row.goesOn));
    time += row.time;
  }
  profile.endSamples(time);
  return profile.build();
}

/** All calls of a profile, level by level, each in order of time. */
export function listCalls({ samples, contexts }: Profile): ListedCall[] {
  const calls: ListedCall[] = [];
  if (samples === undefined || contexts === undefined) return calls;
  const open: { frame: number; first: number }[] = [];
  const timeOf = (row: number): number => (row < samples.length ? samples.start[row]! : samples.end);
  const close = (to: number, row: number): void => {
    while (open.length > to) {
      const { frame, first } = open.pop()!;
      calls.push({ frame, depth: open.length, first, end: row, from: timeOf(first), to: timeOf(row) });
    }
  };
  for (let row = 0; row < samples.length; row++) {
    const stack: number[] = [];
    for (let at = samples.context[row]!; at >= 0; at = contexts.parent[at]!) stack.unshift(contexts.frame[at]!);
    close(samples.continued[row]!, row);
    for (let depth = open.length; depth < stack.length; depth++) open.push({ frame: stack[depth]!, first: row });
  }
  close(0, samples.length);
  return calls.sort((a, b) => a.depth - b.depth || a.first - b.first);
}
