/**
 * The rules every profile keeps, whoever built it. A profile that breaks one is our mistake, not the file's: hence a
 * plain `Error`. Cost: linear in frames and calls.
 */
import type { Profile } from './profile.ts';

function assert(isTrue: boolean, rule: string): void {
  if (!isTrue) throw new Error(`checkProfile: ${rule}`);
}

/** Throws an `Error` that names the broken rule, if one is. */
export function checkProfile(profile: Profile): void {
  checkStrings(profile);
  checkFunctions(profile);
  checkCalls(profile);
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
    if (all < 0 || some < 0 || all === Number.POSITIVE_INFINITY || some > all) {
      assert(false, `${name} row ${i} has counts with 0 <= primitive <= all`);
    }
  }
}

function checkMetrics(columns: readonly Float64Array[], metrics: number, length: number, name: string): void {
  assert(columns.length === metrics, `${name} has one column per metric`);
  for (const column of columns) {
    assert(column.length === length, `${name} has one value per row`);
    for (let i = 0; i < length; i++) {
      const value = column[i]!;
      if (value - value !== 0 && !Number.isNaN(value)) assert(false, `${name}[${i}] is finite or NaN`);
    }
  }
}
