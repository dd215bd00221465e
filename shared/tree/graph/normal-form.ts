/**
 * Reads a profile's numbers into normal form: whole units, no unknowns, calls and outer calls in one order.
 *
 * What the file does not have is filled with what the tree can compute with, and what contradicts itself is repaired
 * and counted. Times of edges that have counts only, and of functions that have a name only, are filled in later
 * (reconcile.ts), when it is known which functions are recursive.
 */
import { getFrameKey } from '../../model/frame-key.ts';
import type { Profile } from '../../model/profile.ts';
import type { CallGraph, EdgeNumbers, FunctionNumbers } from './call-graph.ts';
import { CONTRADICTIONS, type WarningList } from './warning-list.ts';

/** A time of 2^62 ns, 146 years, is a broken clock; more would leave the range of exact sums far behind. */
const GREATEST_VALUE = 2 ** 62;

/** The profile's call graph in one metric. Adds to `warnings` what had to be repaired. Linear. */
export function normalise(profile: Profile, metric: number, warnings: WarningList): CallGraph {
  // Nanoseconds: what Python's clock counts in. Bytes and counts are whole already.
  const scale = profile.metrics[metric]?.unit === 'seconds' ? 1e9 : 1;
  const toUnits = (value: number, where: () => string): number => {
    if (!Number.isFinite(value)) {
      warnings.add(CONTRADICTIONS.notANumber, where);
      return 0;
    }
    if (value < 0) {
      warnings.add(CONTRADICTIONS.negative, where);
      return 0;
    }
    return Math.min(Math.round(value * scale), GREATEST_VALUE);
  };
  const functions = readFunctions(profile, metric, toUnits, warnings);
  const edges = readEdges(profile, metric, toUnits, warnings);
  if (!profile.traits.hasCounts) {
    // Time stands in for counts, so that shares of calls become shares of time.
    for (let frame = 0; frame < functions.length; frame++) {
      functions.calls[frame] = functions.outerCalls[frame] = Math.max(1, functions.total[frame]!);
    }
    for (let edge = 0; edge < edges.length; edge++) {
      edges.calls[edge] = edges.outerCalls[edge] = Math.max(1, edges.total[edge]!);
    }
  }
  return { functions, edges, scale, hasCounts: profile.traits.hasCounts, firstPutBack: edges.length };
}

type ToUnits = (value: number, where: () => string) => number;

function readFunctions(profile: Profile, metric: number, toUnits: ToUnits, warnings: WarningList): FunctionNumbers {
  const length = profile.frames.length;
  const own = profile.functions;
  const selfColumn = own.self[metric]!;
  const totalColumn = own.total[metric]!;
  const functions = {
    length,
    calls: new Float64Array(length),
    outerCalls: new Float64Array(length),
    self: new Float64Array(length),
    total: new Float64Array(length),
    unknown: new Uint8Array(length),
  };
  for (let frame = 0; frame < length; frame++) {
    if (Number.isNaN(selfColumn[frame]) && Number.isNaN(totalColumn[frame]) && Number.isNaN(own.calls[frame])) {
      functions.unknown[frame] = 1;
      warnings.add(CONTRADICTIONS.callerWithoutEntry, () => getFrameKey(profile, frame));
      continue;
    }
    const where = () => getFrameKey(profile, frame);
    const first = toCount(own.calls[frame]!);
    const second = toCount(own.primitiveCalls[frame]!);
    const calls = Math.max(first, second);
    functions.calls[frame] = calls;
    // In a sampled file more samples than direct ones is no recursion.
    functions.outerCalls[frame] = profile.traits.sampled ? calls : Math.min(first, second);
    const self = toUnits(selfColumn[frame]!, where);
    const total = toUnits(totalColumn[frame]!, where);
    if (total < self) warnings.add(CONTRADICTIONS.totalBelowSelf, where);
    functions.self[frame] = self;
    functions.total[frame] = Math.max(total, self);
  }
  return functions;
}

function readEdges(profile: Profile, metric: number, toUnits: ToUnits, warnings: WarningList): EdgeNumbers {
  const own = profile.calls;
  const length = own.length;
  const selfColumn = own.self[metric]!;
  const totalColumn = own.total[metric]!;
  const edges = {
    length,
    caller: own.caller,
    callee: own.callee,
    calls: new Float64Array(length),
    outerCalls: new Float64Array(length),
    self: new Float64Array(length),
    total: new Float64Array(length),
    countOnly: new Uint8Array(length),
  };
  for (let edge = 0; edge < length; edge++) {
    const first = toCount(own.calls[edge]!);
    if (Number.isNaN(selfColumn[edge]) && Number.isNaN(totalColumn[edge])) {
      edges.countOnly[edge] = 1;
      edges.calls[edge] = edges.outerCalls[edge] = first;
      continue;
    }
    const where = () => `${getFrameKey(profile, own.caller[edge]!)} → ${getFrameKey(profile, own.callee[edge]!)}`;
    const second = toCount(own.primitiveCalls[edge]!);
    edges.calls[edge] = Math.max(first, second);
    edges.outerCalls[edge] = Math.min(first, second);
    const self = toUnits(selfColumn[edge]!, where);
    const total = toUnits(totalColumn[edge]!, where);
    if (total < self) warnings.add(CONTRADICTIONS.edgeTotalBelowSelf, where);
    edges.self[edge] = self;
    edges.total[edge] = Math.max(total, self);
  }
  return edges;
}

function toCount(value: number): number {
  return value > 0 ? Math.min(value, GREATEST_VALUE) : 0;
}
