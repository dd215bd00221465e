/**
 * The rules every profile keeps, whoever built it. A profile that breaks one is our mistake, not the file's: hence a
 * plain `Error`. Only numbers that are not finite are the file's: those in it were too large to be added up or
 * converted. Cost: linear in frames and calls.
 */
import { FormatError } from '../errors.ts';
import type { Profile } from './profile.ts';

function assert(isTrue: boolean, rule: string): void {
  if (!isTrue) throw new Error(`checkProfile: ${rule}`);
}

/** @throws FormatError when a number of the file, or a sum of them, is beyond what a double holds. */
function refuseInfinite(value: number): void {
  if (Math.abs(value) !== Number.POSITIVE_INFINITY) return;
  throw new FormatError('The file has numbers that are too large to be added up (beyond 1.7e308)', {
    offset: 0,
    advice: 'Make the profile again: no program runs for so long',
  });
}

/** Throws an `Error` that names the broken rule, if one is. */
export function checkProfile(profile: Profile): void {
  checkStrings(profile);
  checkFunctions(profile);
  checkCalls(profile);
  checkContexts(profile);
  checkSamples(profile);
  checkLines(profile);
  checkTimes(profile);
}

function checkStrings(profile: Profile): void {
  const { strings, frames } = profile;
  assert(
    strings.start.length === strings.length && strings.end.length === strings.length,
    'string columns have one length',
  );
  for (let i = 0; i < strings.length; i++) {
    const start = strings.start[i]!;
    const end = strings.end[i]!;
    if (start < 0 || end < start || end > strings.bytes.length) assert(false, `string ${i} lies within the bytes`);
  }
  assert(frames.name.length === frames.length, 'frames.name has one entry per frame');
  assert(frames.file.length === frames.length, 'frames.file has one entry per frame');
  assert(frames.line.length === frames.length, 'frames.line has one entry per frame');
  checkIndexes(frames.name, strings.length, 'frames.name');
  checkIndexes(frames.file, strings.length, 'frames.file');
}

function checkFunctions(profile: Profile): void {
  const { functions, frames, metrics } = profile;
  assert(metrics.length > 0, 'a profile has a metric');
  checkCounts(functions.calls, functions.primitiveCalls, frames.length, 'functions');
  checkMetrics(functions.self, metrics.length, frames.length, 'functions.self');
  checkMetrics(functions.total, metrics.length, frames.length, 'functions.total');
}

function checkCalls(profile: Profile): void {
  const { calls, frames, metrics } = profile;
  assert(calls.caller.length === calls.length, 'calls.caller has one entry per call');
  assert(calls.callee.length === calls.length, 'calls.callee has one entry per call');
  checkIndexes(calls.caller, frames.length, 'calls.caller');
  checkIndexes(calls.callee, frames.length, 'calls.callee');
  checkCounts(calls.calls, calls.primitiveCalls, calls.length, 'calls');
  checkMetrics(calls.self, metrics.length, calls.length, 'calls.self');
  checkMetrics(calls.total, metrics.length, calls.length, 'calls.total');
  // In the order of callees, and no caller twice of one of them.
  const lastCallee = new Int32Array(frames.length).fill(-1);
  for (let i = 0; i < calls.length; i++) {
    const caller = calls.caller[i]!;
    const callee = calls.callee[i]!;
    if (i > 0 && callee < calls.callee[i - 1]!) assert(false, `calls are in the order of callees (row ${i})`);
    if (lastCallee[caller] === callee) assert(false, `a caller and callee meet in one row only (row ${i})`);
    lastCallee[caller] = callee;
  }
}

function checkIndexes(column: Int32Array, limit: number, name: string): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value < 0 || value >= limit) assert(false, `${name}[${i}] points into its table`);
  }
}

/** Counts are NaN (unknown) or finite and not negative, and primitive ones are no more than all. */
function checkCounts(calls: Float64Array, primitive: Float64Array, length: number, name: string): void {
  assert(calls.length === length && primitive.length === length, `${name} has one count per row`);
  for (let i = 0; i < length; i++) {
    const all = calls[i]!;
    const some = primitive[i]!;
    refuseInfinite(all);
    if (all < 0 || some < 0 || some > all) {
      assert(false, `${name} row ${i} has counts with 0 <= primitive <= all`);
    }
  }
}

function checkMetrics(columns: readonly Float64Array[], metrics: number, length: number, name: string): void {
  assert(columns.length === metrics, `${name} has one column per metric`);
  for (const column of columns) {
    assert(column.length === length, `${name} has one value per row`);
    for (let i = 0; i < length; i++) refuseInfinite(column[i]!);
  }
}

function checkContexts({ contexts, calls, frames, metrics }: Profile): void {
  if (contexts === undefined) return;
  const { length, frame, parent } = contexts;
  assert(calls.length === 0, 'a profile has calls or contexts');
  assert(frame.length === length && parent.length === length, 'context columns have one length');
  checkIndexes(frame, frames.length, 'contexts.frame');
  for (let i = 0; i < length; i++) {
    if (parent[i]! < -1 || parent[i]! >= i) assert(false, `parents come before children (context ${i})`);
  }
  checkMetrics(contexts.self, metrics.length, length, 'contexts.self');
  checkMetrics(contexts.total, metrics.length, length, 'contexts.total');
  for (const column of [...contexts.self, ...contexts.total]) {
    for (let i = 0; i < length; i++) if (Number.isNaN(column[i]!)) assert(false, `values of context ${i} are known`);
  }
  assert(contexts.calls === undefined || contexts.calls.length === length, 'contexts have one count each');
}

function checkSamples({ samples, contexts, metrics }: Profile): void {
  if (samples === undefined) return;
  const { length, context, start, continued, end } = samples;
  assert(
    context.length === length && start.length === length && continued.length === length,
    'sample columns have one length',
  );
  checkMetrics(samples.values, metrics.length, length, 'samples.values');
  for (let i = 0; i < length; i++) {
    if (context[i]! < -1 || context[i]! >= (contexts?.length ?? 0)) assert(false, `sample ${i} has a context or none`);
    refuseInfinite(start[i]!);
    if (Number.isNaN(start[i]!)) assert(false, `sample ${i} has a time`);
    if (i > 0 && start[i]! < start[i - 1]!) assert(false, `samples are in the order of time (row ${i})`);
    if (continued[i]! < 0) assert(false, `sample ${i} continues no less than nothing`);
  }
  refuseInfinite(end);
  assert(length === 0 || (Number.isFinite(end) && end >= start[length - 1]!), 'samples end after they start');
}

function checkLines({ lines, frames, strings, metrics }: Profile): void {
  if (lines === undefined) return;
  const { length } = lines;
  for (const column of [lines.frame, lines.file, lines.line, lines.calls, lines.text]) {
    assert(column.length === length, 'line columns have one length');
  }
  checkIndexes(lines.file, strings.length, 'lines.file');
  for (let i = 0; i < length; i++) {
    if (lines.frame[i]! < -1 || lines.frame[i]! >= frames.length) assert(false, `line row ${i} has a function or none`);
    if (lines.text[i]! < -1 || lines.text[i]! >= strings.length) assert(false, `line row ${i} has a text or none`);
  }
  checkMetrics(lines.values, metrics.length, length, 'lines.values');
  if (lines.totals !== undefined) checkMetrics(lines.totals, metrics.length, length, 'lines.totals');
}

function checkTimes({ series = [], spans = [], measurements = [] }: Profile): void {
  for (const { name, time, value } of series) {
    assert(time.length === value.length, `series ${name} has one value per time`);
    for (let i = 0; i < time.length; i++) {
      refuseInfinite(time[i]!);
      refuseInfinite(value[i]!);
      if (Number.isNaN(time[i]!) || (i > 0 && time[i]! < time[i - 1]!)) assert(false, `series ${name} is in order`);
    }
  }
  for (const { name, start, end } of spans) {
    refuseInfinite(start);
    refuseInfinite(end);
    assert(!Number.isNaN(start), `span ${name} has a start`);
  }
  for (const { name, values, loops, stated } of measurements) {
    refuseInfinite(loops);
    for (const value of Object.values(stated ?? {})) refuseInfinite(value);
    for (const value of values) {
      refuseInfinite(value);
      if (Number.isNaN(value)) assert(false, `repeats of ${name} are known`);
    }
  }
}
