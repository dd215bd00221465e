/**
 * Profiles made worse, as clocks, tools and merges make them.
 */
import { buildProfile } from '../model/build.ts';
import type { CallTable, FunctionTable, Profile } from '../model/profile.ts';

type Change = (value: number, row: number) => number;

/** All times changed. */
export function mapTimes(profile: Profile, change: Change): Profile {
  return buildProfile({
    ...profile,
    functions: mapTable(profile.functions, change),
    calls: mapTable(profile.calls, change),
  });
}

/** The times of calls changed; functions keep theirs. */
export function mapCallTimes(profile: Profile, change: Change): Profile {
  return buildProfile({ ...profile, calls: mapTable(profile.calls, change) });
}

function mapTable<T extends FunctionTable | CallTable>(table: T, change: Change): T {
  const map = (columns: readonly Float64Array[]) => columns.map((column) => column.map(change));
  return { ...table, self: map(table.self), total: map(table.total) };
}

/** Calls that are not kept are lost from the file. */
export function keepCalls(profile: Profile, isKept: (call: number) => boolean): Profile {
  const { calls } = profile;
  const rows = Array.from({ length: calls.length }, (_, call) => call).filter(isKept);
  const pickInts = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return buildProfile({
    ...profile,
    calls: {
      length: rows.length,
      caller: pickInts(calls.caller),
      callee: pickInts(calls.callee),
      calls: pick(calls.calls),
      primitiveCalls: pick(calls.primitiveCalls),
      self: calls.self.map(pick),
      total: calls.total.map(pick),
    },
  });
}
