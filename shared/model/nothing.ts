/** Tables of what a file does not have. */
import type { CallTable, FunctionTable } from './profile.ts';

/** A call table without rows. */
export function noCalls(metrics: number): CallTable {
  const none = new Float64Array();
  const columns = Array.from({ length: metrics }, () => none);
  return {
    length: 0,
    caller: new Int32Array(),
    callee: new Int32Array(),
    calls: none,
    primitiveCalls: none,
    self: columns,
    total: columns,
  };
}

/** Numbers of functions of which the file has none. */
export function unknownFunctions(frames: number, metrics: number): FunctionTable {
  const unknown = new Float64Array(frames).fill(Number.NaN);
  const columns = Array.from({ length: metrics }, () => unknown);
  return { calls: unknown, primitiveCalls: unknown, self: columns, total: columns };
}
