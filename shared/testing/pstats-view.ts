/**
 * A profile looked up the way Python's `pstats` holds it: by function, with its callers and callees.
 */
import { getFrameFile, getFrameKey, getFrameName } from '../model/frame-key.ts';
import type { FrameIndex, Profile } from '../model/profile.ts';

/** Numbers of a function, or of a call as the callee's. */
export interface PstatsNumbers {
  readonly calls: number;
  readonly primitiveCalls: number;
  readonly self: number;
  readonly total: number;
}

/** One function of a profile. */
export interface PstatsFunction extends PstatsNumbers {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** By key of the caller. */
  readonly callers: ReadonlyMap<string, PstatsNumbers>;
  /** By key of the callee: the callee's numbers when called from here. */
  readonly callees: ReadonlyMap<string, PstatsNumbers>;
}

/** Key of a function as `getFrameKey` makes it. */
export function keyOf(file: string, line: number, name: string): string {
  return `${file}:${line}(${name})`;
}

/** All functions of a profile by their key, in the file's order. */
export function viewAsPstats(profile: Profile): Map<string, PstatsFunction> {
  const { calls, functions, frames } = profile;
  const keys = Array.from({ length: frames.length }, (_, frame) => getFrameKey(profile, frame));
  const callers = keys.map(() => new Map<string, PstatsNumbers>());
  const callees = keys.map(() => new Map<string, PstatsNumbers>());
  for (let row = 0; row < calls.length; row++) {
    const numbers = {
      calls: calls.calls[row]!,
      primitiveCalls: calls.primitiveCalls[row]!,
      self: calls.self[0]![row]!,
      total: calls.total[0]![row]!,
    };
    callers[calls.callee[row]!]!.set(keys[calls.caller[row]!]!, numbers);
    callees[calls.caller[row]!]!.set(keys[calls.callee[row]!]!, numbers);
  }
  const describe = (frame: FrameIndex): PstatsFunction => ({
    file: getFrameFile(profile, frame),
    line: frames.line[frame]!,
    name: getFrameName(profile, frame),
    calls: functions.calls[frame]!,
    primitiveCalls: functions.primitiveCalls[frame]!,
    self: functions.self[0]![frame]!,
    total: functions.total[0]![frame]!,
    callers: callers[frame]!,
    callees: callees[frame]!,
  });
  return new Map(keys.map((key, frame) => [key, describe(frame)]));
}

/** Sum of the known values; what is unknown (NaN) is left out. */
export function sumKnown(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return sum;
}
