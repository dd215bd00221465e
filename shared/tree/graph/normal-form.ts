/**
 * Reads a profile's numbers into normal form: whole units, no unknowns, calls and outer calls in one order.
 *
 * What the file does not have is filled with what the tree can compute with, and what contradicts itself is repaired
 * and counted. Times of edges that have counts only, and of functions that have a name only, are filled in later
 * (reconcile.ts), when it is known which functions are recursive. Of edges that have a total only (callgrind), the self
 * is a share of the callee's.
 *
 * A row in order takes two comparisons; only the others are looked at closely.
 */
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile, Unit } from '../../model/profile.ts';
import type { CallGraph, EdgeNumbers, FunctionNumbers } from './call-graph.ts';
import { GREATEST_VALUE, toCount, toUnits } from './units.ts';
import { CONTRADICTIONS, type WarningKind, type WarningList } from './warning-list.ts';

/** The profile's call graph in one metric. Adds to `warnings` what had to be repaired. Linear. */
export function normalise(profile: Profile, metric: number, warnings: WarningList): CallGraph {
  const scale = getScale(profile.metrics[metric]?.unit ?? 'count');
  const functions = readFunctions(profile, metric, scale, warnings);
  const edges = readEdges(profile, metric, scale, functions, warnings);
  // Functions in a flat report contain each other, nobody knows how: all that can be drawn of them is their own time.
  if (edges.length === 0 && (functions.length > 1 || !isStated(profile.functions.self[metric]!)))
    functions.total.set(functions.self);
  const { hasCounts } = profile.traits;
  if (!hasCounts) {
    // Time stands in for counts, so that shares of calls become shares of time.
    for (let frame = 0; frame < functions.length; frame++) {
      functions.calls[frame] = functions.outerCalls[frame] = Math.max(1, functions.total[frame]!);
    }
    for (let edge = 0; edge < edges.length; edge++) {
      edges.calls[edge] = edges.outerCalls[edge] = Math.max(1, edges.total[edge]!);
    }
  }
  return { functions, edges, scale, hasCounts, putBack: new Int32Array(0) };
}

/** Whole units per unit of a metric: nanoseconds are what Python's clock counts in; bytes and counts are whole already. */
function getScale(unit: Unit): number {
  switch (unit) {
    case 'seconds':
      return 1e9;
    case 'milliseconds':
      return 1e6;
    case 'microseconds':
      return 1e3;
    case 'percent':
      // Reports have two decimals.
      return 1e4;
    case 'nanoseconds':
    case 'bytes':
    case 'bytes per second':
    case 'count':
      return 1;
    default:
      return unit satisfies never;
  }
}

function readFunctions(profile: Profile, metric: number, scale: number, warnings: WarningList): FunctionNumbers {
  const length = profile.frames.length;
  const own = profile.functions;
  const selfColumn = own.self[metric]!;
  const totalColumn = own.total[metric]!;
  const calls = new Float64Array(length);
  const outerCalls = new Float64Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const unknown = new Uint8Array(length);
  const { sampled } = profile.traits;
  for (let frame = 0; frame < length; frame++) {
    const ownSelf = selfColumn[frame]!;
    const ownTotal = totalColumn[frame]!;
    const first = toCount(own.calls[frame]!);
    const second = toCount(Number.isNaN(own.primitiveCalls[frame]!) ? own.calls[frame]! : own.primitiveCalls[frame]!);
    const all = first > second ? first : second;
    // In a sampled file more samples than direct ones is no recursion.
    const outer = sampled ? all : first > second ? second : first;
    if (ownSelf >= 0 && ownTotal >= ownSelf && ownTotal * scale <= GREATEST_VALUE) {
      self[frame] = Math.round(ownSelf * scale);
      total[frame] = Math.round(ownTotal * scale);
    } else if (Number.isNaN(ownSelf) && Number.isNaN(ownTotal) && Number.isNaN(own.calls[frame])) {
      unknown[frame] = 1;
      // Where there are no calls, it is nobody's caller, but a function of another part of the file.
      if (profile.calls.length > 0) warnings.add(CONTRADICTIONS.callerWithoutEntry, () => getFrameKey(profile, frame));
      continue;
    } else {
      const where = () => getFrameKey(profile, frame);
      self[frame] = repair(ownSelf, selfColumn, scale, where, warnings);
      total[frame] = repair(ownTotal, totalColumn, scale, where, warnings);
      raise(self, total, frame, Number.isNaN(ownTotal) ? null : CONTRADICTIONS.totalBelowSelf, where, warnings);
    }
    calls[frame] = all;
    outerCalls[frame] = outer;
  }
  return { length, calls, outerCalls, self, total, unknown };
}

function readEdges(
  profile: Profile,
  metric: number,
  scale: number,
  functions: FunctionNumbers,
  warnings: WarningList,
): EdgeNumbers {
  const own = profile.calls;
  const { length, caller, callee } = own;
  const selfColumn = own.self[metric]!;
  const totalColumn = own.total[metric]!;
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  let countOnly: Uint8Array | null = null;
  let totalOnly: Uint8Array | null = null;
  for (let edge = 0; edge < length; edge++) {
    const ownSelf = selfColumn[edge]!;
    const ownTotal = totalColumn[edge]!;
    if (ownSelf >= 0 && ownTotal >= ownSelf && ownTotal * scale <= GREATEST_VALUE) {
      self[edge] = Math.round(ownSelf * scale);
      total[edge] = Math.round(ownTotal * scale);
    } else if (Number.isNaN(ownSelf) && Number.isNaN(ownTotal)) {
      countOnly ??= new Uint8Array(length);
      countOnly[edge] = 1;
    } else if (Number.isNaN(ownSelf) && ownTotal >= 0) {
      totalOnly ??= new Uint8Array(length);
      totalOnly[edge] = 1;
      total[edge] = toUnits(ownTotal, scale);
    } else {
      const where = () => `${getFrameKey(profile, caller[edge]!)} → ${getFrameKey(profile, callee[edge]!)}`;
      self[edge] = repair(ownSelf, selfColumn, scale, where, warnings);
      total[edge] = repair(ownTotal, totalColumn, scale, where, warnings);
      raise(self, total, edge, Number.isNaN(ownTotal) ? null : CONTRADICTIONS.edgeTotalBelowSelf, where, warnings);
    }
  }
  const isAsStated = profile.traits.hasCounts && countOnly === null && areCountsInOrder(own.calls, own.primitiveCalls);
  const counts = isAsStated
    ? { calls: own.calls, outerCalls: own.primitiveCalls }
    : orderCounts(own.calls, own.primitiveCalls, countOnly);
  const edges = { length, caller, callee, ...counts, self, total, countOnly, totalOnly };
  if (totalOnly !== null) shareSelf(edges, functions, totalOnly);
  return edges;
}

/**
 * Gives edges with a total only their share of the callee's self: by their calls where it calls itself, for then the
 * totals count the same costs once a level, else by their totals, which is exact for the only caller. An edge has no
 * more than its callee.
 */
function shareSelf(edges: EdgeNumbers, functions: FunctionNumbers, totalOnly: Uint8Array): void {
  const { length, caller, callee, calls, self, total } = edges;
  const isRecursive = new Uint8Array(functions.length);
  const sums = new Float64Array(functions.length);
  for (let edge = 0; edge < length; edge++) {
    const of = callee[edge]!;
    if (caller[edge] === of) isRecursive[of] = 1;
    if (totalOnly[edge] === 1) total[edge] = Math.min(total[edge]!, functions.total[of]!);
  }
  for (let edge = 0; edge < length; edge++) {
    const of = callee[edge]!;
    sums[of]! += isRecursive[of] === 1 ? calls[edge]! : total[edge]!;
  }
  for (let edge = 0; edge < length; edge++) {
    if (totalOnly[edge] === 0) continue;
    const of = callee[edge]!;
    const part = isRecursive[of] === 1 ? calls[edge]! : total[edge]!;
    const whole = isRecursive[of] === 1 ? functions.calls[of]! : functions.total[of]!;
    const share = Math.floor((functions.self[of]! * part) / Math.max(1, sums[of]!, whole));
    self[edge] = Math.min(share, total[edge]!);
  }
}

const stated = new WeakMap<Float64Array, boolean>();

/**
 * Whether the file has numbers of this kind at all: what none of its rows has, nobody wrote down wrongly. Looked up once
 * per column.
 */
function isStated(column: Float64Array): boolean {
  let known = stated.get(column);
  if (known === undefined) {
    known = column.some((value) => !Number.isNaN(value));
    stated.set(column, known);
  }
  return known;
}

/** A value that is not in order, in units. */
function repair(
  value: number,
  column: Float64Array,
  scale: number,
  where: () => string,
  warnings: WarningList,
): number {
  if (Number.isNaN(value)) {
    if (isStated(column)) warnings.add(CONTRADICTIONS.notANumber, where);
  } else if (value === Number.POSITIVE_INFINITY) warnings.add(CONTRADICTIONS.notANumber, where);
  else if (value < 0) warnings.add(CONTRADICTIONS.negative, where);
  return toUnits(value, scale);
}

/** A total is at least the self. `kind`: what is to be said of it; null where the file tells no total that could be too small. */
function raise(
  self: Float64Array,
  total: Float64Array,
  row: number,
  kind: WarningKind | null,
  where: () => string,
  warnings: WarningList,
): void {
  if (total[row]! >= self[row]!) return;
  if (kind !== null) warnings.add(kind, where);
  total[row] = self[row]!;
}

/** Whether both counts are known everywhere, the first being all calls. */
function areCountsInOrder(first: Float64Array, second: Float64Array): boolean {
  for (let row = 0; row < first.length; row++) {
    if (!(first[row]! >= second[row]! && second[row]! >= 0 && first[row]! <= GREATEST_VALUE)) return false;
  }
  return true;
}

function orderCounts(
  first: Float64Array,
  second: Float64Array,
  countOnly: Uint8Array | null,
): { calls: Float64Array; outerCalls: Float64Array } {
  const calls = new Float64Array(first.length);
  const outerCalls = new Float64Array(first.length);
  for (let row = 0; row < first.length; row++) {
    const one = toCount(first[row]!);
    const other = countOnly?.[row] || Number.isNaN(second[row]!) ? one : toCount(second[row]!);
    calls[row] = Math.max(one, other);
    outerCalls[row] = Math.min(one, other);
  }
  return { calls, outerCalls };
}
