/**
 * Samples of one thread: stacks by row of the stack table, in order of time.
 */
import { sumFunctions, sumUp } from '../../model/context-sums.ts';
import type { FrameBook } from '../../model/frame-book.ts';
import type { Metric } from '../../model/profile.ts';
import type { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { Places } from '../line-sums.ts';
import type { Notes } from '../notes.ts';
import type { GeckoStacks } from './stacks.ts';
import { type GeckoTable, geckoFault, isJson, type Json } from './tables.ts';

/** What is needed of a thread. */
export interface ThreadSamples {
  readonly thread: Json;
  /** Samples, or what looks like them. */
  readonly table: GeckoTable;
  /** Their name in the thread. */
  readonly field: string;
  readonly tables: GeckoStacks;
  /** Milliseconds from sample to sample, for the last one. */
  readonly interval: number;
  readonly stacks: StackProfile;
  readonly book: FrameBook;
  readonly notes: Notes;
}

/** What samples count, by their weights: samples and their time, time alone, or bytes. */
export function describeMetrics(table: unknown, field: string): readonly Metric[] {
  const type = isJson(table) ? table.weightType : undefined;
  if (type === 'bytes' || field !== 'samples') return [{ name: 'bytes', unit: 'bytes' }];
  if (type === 'tracing-ms') return [{ name: 'time', unit: 'milliseconds' }];
  return [
    { name: 'samples', unit: 'count' },
    { name: 'time', unit: 'milliseconds' },
  ];
}

/** Adds the samples of a thread, and its lines. */
export function readSamples(of: ThreadSamples): void {
  const { table, stacks, tables } = of;
  const stackOf = table.indexes('stack', tables.length);
  const context = makeContexts(of, stackOf);
  const time = readTimes(of);
  const weight = table.numbers('weight', 1) ?? new Float64Array(table.length).fill(1);
  const order = orderByTime(time, of.notes);
  const hasTime = isSampled(of);
  const self = Array.from({ length: hasTime ? 2 : 1 }, () => new Float64Array(tables.length));
  for (let at = 0; at < order.length; at++) {
    const sample = order[at]!;
    const next = at + 1 < order.length ? time[order[at + 1]!]! : time[sample]! + of.interval;
    const values = hasTime ? [weight[sample]!, next - time[sample]!] : [weight[sample]!];
    const stack = stackOf[sample]!;
    stacks.addSample(stack < 0 ? -1 : context[stack]!, time[sample]!, values);
    stacks.endSamples(next);
    if (stack >= 0) {
      for (let metric = 0; metric < values.length; metric++) self[metric]![stack]! += values[metric]!;
    }
  }
  addLines(of, self);
}

function isSampled({ thread, field }: ThreadSamples): boolean {
  return describeMetrics(thread[field], field).length > 1;
}

/** Contexts of the stacks that samples have; -1 for others. */
function makeContexts({ tables, stacks }: ThreadSamples, stackOf: Int32Array): Int32Array {
  const { length, prefix, frameRow, frames } = tables;
  const isUsed = new Uint8Array(length);
  for (const stack of stackOf) if (stack >= 0) isUsed[stack] = 1;
  for (let stack = length - 1; stack >= 0; stack--) {
    if (isUsed[stack] === 1 && prefix[stack]! >= 0) isUsed[prefix[stack]!] = 1;
  }
  const context = new Int32Array(length).fill(-1);
  for (let stack = 0; stack < length; stack++) {
    if (isUsed[stack] === 0) continue;
    const row = frameRow[stack]!;
    if (row < 0) throw geckoFault(`${tables.describe(stack)} has no frame`);
    const above = prefix[stack]!;
    context[stack] = stacks.contexts.child(above < 0 ? -1 : context[above]!, frames.find(row));
    refuseTooManyContexts(stacks.contexts.length, 'gecko');
  }
  return context;
}

/** Milliseconds of each sample; differences are added up. Samples without a time take that of the one before. */
function readTimes({ table, interval }: ThreadSamples): Float64Array {
  const time = table.numbers('time', Number.NaN);
  const deltas = time === null ? table.numbers('timeDeltas', 0) : null;
  const times = new Float64Array(table.length);
  let now = 0;
  for (let sample = 0; sample < times.length; sample++) {
    if (time !== null) now = Number.isNaN(time[sample]!) ? now : time[sample]!;
    else if (deltas !== null) now += deltas[sample]!;
    else now = sample * interval;
    times[sample] = now;
  }
  return times;
}

function orderByTime(time: Float64Array, notes: Notes): Int32Array | number[] {
  const order = Int32Array.from(time, (_, sample) => sample);
  if (time.every((value, sample) => sample === 0 || value >= time[sample - 1]!)) return order;
  notes.add(
    'not-in-order',
    (count) => `Samples of ${count === 1 ? 'one thread were' : `${count} threads were`} not in order of time: sorted.`,
    () => null,
  );
  return [...order].sort((a, b) => time[a]! - time[b]! || a - b);
}

/** Adds the lines that ran, where frames have them: sums over the stack table, in which each stack is a row. */
function addLines({ tables, stacks, book }: ThreadSamples, self: readonly Float64Array[]): void {
  const { prefix, frameRow, frames } = tables;
  const places = new Places();
  const total = self.map((column) => sumUp(column, prefix));
  const isUsed = (stack: number) => total.some((column) => column[stack] !== 0);
  const place = frameRow.map((row, stack) =>
    row < 0 || !isUsed(stack) ? -1 : places.find(frames.find(row), frames.line[row]!),
  );
  if (places.length === 0) return;
  const nowhere = places.length;
  const sums = sumFunctions(
    {
      length: prefix.length,
      frame: place.map((row) => (row < 0 ? nowhere : row)),
      parent: prefix,
      self,
      total,
    },
    nowhere + 1,
  );
  for (let row = 0; row < nowhere; row++) {
    const values = sums.self.map((column) => column[row]!);
    const totals = sums.total.map((column) => column[row]!);
    if (totals.every((total) => total === 0)) continue;
    const frame = places.frame[row]!;
    stacks.lines.add(frame, book.fileOf(frame), places.line[row]!, { values, totals });
  }
}
