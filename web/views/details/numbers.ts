/** What the details panel says about one function and one block of it, as text, before any element exists. */
import type { FrameIndex, Profile } from '../../../shared/model/profile.ts';
import { type CallTree, Certainty, type NodeIndex } from '../../../shared/tree/call-tree.ts';
import { type Edge, getCallerCount } from '../../../shared/tree/edges.ts';
import { getFile, getPrefix, getShownName } from '../../../shared/tree/frame-text.ts';
import { type FunctionRows, getCallSums, getTotalPerCall } from '../../../shared/tree/function-rows.ts';
import {
  ESTIMATED,
  formatCalls,
  formatCount,
  formatMetric,
  formatRange,
  formatShare,
  UNKNOWN,
} from '../../../shared/units/format.ts';
import { baseName, isBuiltinFile } from '../../../shared/units/names.ts';

/** A number and its share; the share is empty where there is none to tell. */
export interface Amount {
  readonly text: string;
  readonly share: string;
}

/** The same numbers of a block or of a function. */
export interface Amounts {
  readonly total: Amount;
  readonly self: Amount;
  readonly calls: Amount;
  /** Empty where all calls are primitive, and of blocks, where nobody knows. */
  readonly primitiveCalls: Amount;
  readonly perCall: Amount;
}

/** Name as charts label it, with its module where the name alone says too little. */
export function getLabel(profile: Profile, frame: FrameIndex): string {
  if (frame < 0) return 'all';
  return getPrefix(profile, frame) + (getShownName(profile, frame) || '(no name)');
}

/** What counts are called: a sampling profiler counts samples, and of those the ones with the function on top. */
export function getWords({ traits }: Profile): { calls: string; primitiveCalls: string; perCall: string } {
  return traits.sampled
    ? { calls: 'samples', primitiveCalls: 'on top', perCall: 'per sample' }
    : { calls: 'calls', primitiveCalls: 'primitive', perCall: 'per call' };
}

/** Path and line, unshortened; `built-in` where there is none. */
export function getFullPlace(profile: Profile, frame: FrameIndex): string {
  const file = getFile(profile, frame);
  if (isBuiltinFile(file)) return file === '' && profile.contexts !== undefined ? 'no file known' : 'built-in';
  const line = profile.frames.line[frame] ?? 0;
  return line > 0 ? `${file}:${line}` : file;
}

/** The same place in two parts, file and line first; the directory is empty where there is none. */
export function getPlaceParts(
  profile: Profile,
  frame: FrameIndex,
): { readonly file: string; readonly directory: string } {
  const place = getFullPlace(profile, frame);
  const file = getFile(profile, frame);
  const name = baseName(file);
  if (isBuiltinFile(file) || name === '' || !file.endsWith(name)) return { file: place, directory: '' };
  const directory = file.slice(0, file.length - name.length);
  // The separator at the end says nothing, unless it is all there is, as in `/` and `C:\\`.
  const isTop = /^(?:[a-z]:)?[\\/]$/i.test(directory);
  return { file: name + place.slice(file.length), directory: isTop ? directory : directory.slice(0, -1) };
}

/**
 * Numbers of a function everywhere, as the file states them. `whole` is the total of the tree: self times may add up to
 * less than the time of the roots, and a function that ran all the time is no more than all of it.
 */
export function getFunctionAmounts(rows: FunctionRows, frame: FrameIndex, whole = rows.whole): Amounts {
  const share = (value: number) => getShareText(value, rows.whole);
  const calls = rows.calls[frame] ?? Number.NaN;
  const primitive = rows.primitiveCalls[frame] ?? Number.NaN;
  const value = (column: Float64Array) => formatMetric(column[frame] ?? Number.NaN, rows.unit);
  return {
    total: {
      text: value(rows.total),
      share: getShareText(rows.total[frame] ?? Number.NaN, Math.max(rows.wholeTotal, whole)),
    },
    self: { text: value(rows.self), share: share(rows.self[frame] ?? Number.NaN) },
    calls: { text: formatCount(calls), share: '' },
    primitiveCalls: { text: primitive === calls || Number.isNaN(primitive) ? '' : formatCount(primitive), share: '' },
    perCall: { text: formatMetric(getTotalPerCall(rows, frame), rows.unit), share: '' },
  };
}

/**
 * Numbers of a block. Of an estimated block all four carry `≈`; of one whose width has narrow bounds the total is a range
 * and the rest carries `≈`. Unknown ones are a dash.
 */
export function getBlockAmounts(tree: CallTree, node: NodeIndex, whole: number): Amounts {
  const unit = tree.profile.metrics[tree.metric]?.unit ?? 'count';
  const certainty = tree.certainty[node];
  const total = tree.total[node] ?? Number.NaN;
  const self = tree.self[node] ?? Number.NaN;
  const calls = tree.calls[node] ?? Number.NaN;
  const sure = certainty === Certainty.exact || certainty === Certainty.matched;
  const about = (text: string) => (sure || text === UNKNOWN ? text : ESTIMATED + text);
  const range = formatRange(tree.low[node]!, tree.high[node]!, unit);
  return {
    total: {
      text: certainty === Certainty.bounded ? range : about(formatMetric(total, unit)),
      share: getShareText(total, whole),
    },
    self: { text: about(formatMetric(self, unit)), share: getShareText(self, whole) },
    // A share of calls can be under one; what ran, ran at least once.
    calls: { text: about(formatCount(calls > 0 ? Math.max(1, calls) : calls)), share: '' },
    primitiveCalls: { text: '', share: '' },
    perCall: { text: about(formatMetric(calls > 0 ? total / Math.max(1, calls) : Number.NaN, unit)), share: '' },
  };
}

/** Numbers of the whole profile: its total as the tree has it, calls as pstats counts them. */
export function getProfileAmounts(rows: FunctionRows, tree: CallTree): { total: string; calls: string } {
  const sums = getCallSums(rows.profile);
  const primitiveCalls = sums.primitiveCalls || 0;
  let calls = UNKNOWN;
  // Each sample has one function on top; the sum of all counts would be the sum of stack depths.
  const { contexts, traits } = tree.profile;
  const metric = rows.profile.metrics[tree.metric];
  // Where samples are what is measured, the total tells them already.
  if (metric?.unit === 'count' && metric.name === 'samples') calls = UNKNOWN;
  else if (contexts !== undefined && traits.sampled) calls = formatCount(contexts.samples);
  else if (traits.sampled) calls = formatCount(primitiveCalls);
  else if (rows.length > 0 && !Number.isNaN(sums.calls)) calls = formatCalls(sums.calls, primitiveCalls);
  return { total: formatMetric(tree.total[0] ?? Number.NaN, rows.unit), calls };
}

/** Roots of a tree in the form of edges, widest first. Opens node 0. */
export function findRoots(tree: CallTree): Edge[] {
  tree.open(0);
  const first = tree.firstChild[0] ?? 0;
  return Array.from({ length: tree.childCount[0] ?? 0 }, (_, index) => ({
    call: -1,
    frame: tree.frame[first + index]!,
    calls: tree.calls[first + index]!,
    primitiveCalls: Number.NaN,
    self: tree.self[first + index]!,
    total: tree.total[first + index]!,
  }));
}

/** Why the width of a block is an estimate, and what is known about it. */
export interface Estimate {
  /**
   * The nearest function above the block that has several callers: the file tells what it called, but not for which of
   * them. -1: there is none (a recursion).
   */
  readonly shared: FrameIndex;
  /** Different callers of `shared`. */
  readonly callers: number;
  /** True when the tree was cut down to an estimated block: what made it one is above the cut, out of sight. */
  readonly isCut: boolean;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Total of the block above, what the estimate is a part of. */
  readonly above: number;
}

/** The explanation of an estimated block; null for measured ones. */
export function getEstimate(tree: CallTree, node: NodeIndex): Estimate | null {
  if (node <= 0 || tree.exact || tree.certainty[node] !== Certainty.inferred) return null;
  let shared = -1;
  let callers = 0;
  for (let at = tree.parent[node]!; at > 0; at = tree.parent[at]!) {
    callers = getCallerCount(tree.profile, tree.frame[at]!);
    if (callers > 1) {
      shared = tree.frame[at]!;
      break;
    }
  }
  let top = node;
  while (tree.parent[top]! > 0) top = tree.parent[top]!;
  const isCut = shared < 0 && tree.certainty[top] === Certainty.inferred;
  const low = tree.low[node]!;
  const high = tree.high[node]!;
  const above = Math.max(tree.total[tree.parent[node]!]!, tree.total[node]!);
  const value = tree.total[node]!;
  return { shared, callers: shared < 0 ? 0 : callers, isCut, value, low, high: Math.max(low, high), above };
}

/** A share as text; a dash when it is unknown, nothing when there is nothing to be a share of. */
export function getShareText(value: number, whole: number): string {
  if (!(whole > 0)) return '';
  return formatShare(value / whole);
}
