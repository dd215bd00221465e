/**
 * What is known of a profile before it is read: which value each row of each column probably has.
 *
 * All of it is true of call graphs in general, and exact for what cProfile writes where nothing recurses: what callers
 * share out adds up to what the function has, and a function's time is its own and that of its calls. A wrong guess
 * costs bytes, never a number.
 *
 * Chosen by what cProfile wrote for real programs, packed and compressed. Tried, and no gain there: total times shared
 * out by calls, as own times are (2 % more), callers as plain indexes (1 % more), lines without the last one of the
 * same file (0.5 % more).
 */
import type { FrameTable, Profile } from '../model/profile.ts';
import { type Clock, WHOLE } from './compact-clocks.ts';
import type { Coder } from './compact-columns.ts';
import type { NumberColumn } from './compact-numbers.ts';
import { orderByMention, orderCalleesFirst } from './compact-order.ts';
import { compactError } from './compact-streams.ts';

const INT32_LIMIT = 2 ** 31;

/** Tables on their way: the columns that are being written or filled in. */
type Numbers = Pick<Profile, 'functions' | 'calls'>;

/** The graph of a profile, without anything that its functions and calls have. */
interface Graph {
  readonly frames: { readonly length: number };
  readonly calls: { readonly length: number; readonly caller: Int32Array };
}

/** What functions are called and where they are. */
interface Named {
  readonly strings: { readonly length: number };
  readonly frames: FrameTable;
  readonly calls: { readonly caller: Int32Array };
}

/**
 * Who calls whom: how many callers each function has, and which. Files list callers mostly in the order of the
 * functions. Callees follow from it: the calls of function f are the rows from [f] of what is returned to below [f + 1].
 */
export function codeGraph(coder: Coder, { frames, calls }: Graph, callerCounts: Int32Array): Int32Array {
  const counts = coder.integers('numbers of callers', callerCounts, 0, calls.length + 1);
  const caller = coder.integers('callers', calls.caller, 0, frames.length);
  const first = new Int32Array(frames.length + 1);
  let call = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    counts.code(frame, 1);
    const end = call + callerCounts[frame]!;
    if (end > calls.length) throw compactError(`there are more callers than the ${calls.length} calls`);
    for (let neighbour = frame; call < end; call++) {
      caller.code(call, neighbour);
      neighbour = calls.caller[call]!;
    }
    first[frame + 1] = end;
  }
  if (call < calls.length) throw compactError(`there are callers for ${call} of ${calls.length} calls`);
  return first;
}

/** Names, files and lines; `first` is what the graph gave. A string is new, or that of the frame before, or any. */
export function codeFrames(coder: Coder, { strings, frames, calls }: Named, first: Int32Array): void {
  const file = coder.integers('files', frames.file, 0, strings.length);
  const name = coder.integers('names', frames.name, 0, strings.length);
  const line = coder.integers('lines', frames.line, -INT32_LIMIT, INT32_LIMIT);
  const lastLine = new Int32Array(strings.length);
  let newest = -1;
  let fileBefore = 0;
  let nameBefore = 0;
  const order = orderByMention(calls.caller, first);
  for (let at = 0; at < order.length; at++) {
    const frame = order[at]!;
    file.choose(frame, newest + 1, fileBefore);
    fileBefore = frames.file[frame]!;
    newest = Math.max(newest, fileBefore);
    name.choose(frame, newest + 1, nameBefore);
    nameBefore = frames.name[frame]!;
    newest = Math.max(newest, nameBefore);
    line.code(frame, lastLine[fileBefore]!);
    lastLine[fileBefore] = frames.line[frame]!;
  }
}

/** How often each function and each call was made, which is returned; `first` is what the graph gave. */
export function codeCounts(coder: Coder, { functions, calls }: Numbers, first: Int32Array): Measure {
  const all = {
    own: coder.numbers('calls of functions', functions.calls, WHOLE),
    edges: coder.numbers('calls', calls.calls, WHOLE),
  };
  const primitive = {
    own: coder.numbers('primitive calls of functions', functions.primitiveCalls, WHOLE),
    edges: coder.numbers('primitive calls', calls.primitiveCalls, WHOLE),
  };
  shareCounts(all, primitive, first);
  return all;
}

/** Times in one metric; `first` is what the graph gave, `all` what the counts did. */
export function codeTimes(
  coder: Coder,
  { functions, calls }: Numbers,
  metric: number,
  clock: Clock | null,
  { first, all }: { readonly first: Int32Array; readonly all: Measure },
): void {
  const self = {
    own: coder.numbers('own times of functions', functions.self[metric]!, clock),
    edges: coder.numbers('own times of calls', calls.self[metric]!, clock),
  };
  shareSelf(self, all, first);
  const total = {
    own: coder.numbers('times of functions', functions.total[metric]!, clock),
    edges: coder.numbers('times of calls', calls.total[metric]!, clock),
  };
  shareTotal(total, self, calls.caller, first);
}

/** One measure: of functions, and of their calls by caller. */
export interface Measure {
  readonly own: NumberColumn;
  readonly edges: NumberColumn;
}

/** All calls are primitive, as a rule; the last caller made those that the others did not. */
function shareCounts(all: Measure, primitive: Measure, first: Int32Array): void {
  for (let frame = 0; frame + 1 < first.length; frame++) {
    let rest = all.own.code(frame, 0);
    let primitiveRest = primitive.own.code(frame, rest);
    const isRecursive = primitiveRest !== rest;
    const end = first[frame + 1]!;
    for (let call = first[frame]!; call < end; call++) {
      const isLast = call === end - 1;
      const count = all.edges.code(call, isLast ? rest : 0);
      rest -= count;
      primitiveRest -= primitive.edges.code(call, isLast && isRecursive ? primitiveRest : count);
    }
  }
}

/** A call takes as long whoever calls, as a rule; the last caller's part is what the others left. */
function shareSelf(self: Measure, all: Measure, first: Int32Array): void {
  for (let frame = 0; frame + 1 < first.length; frame++) {
    const time = self.own.code(frame, 0);
    const count = all.own.at(frame);
    let rest = time;
    const end = first[frame + 1]!;
    for (let call = first[frame]!; call < end; call++) {
      const isLast = call === end - 1;
      rest -= self.edges.code(call, isLast ? rest : (time * all.edges.at(call)) / count);
    }
  }
}

/**
 * A function's time is its own and that of its calls. All of those are known where callees come first; a circle of
 * calls counts as far as it is known.
 */
function shareTotal(total: Measure, self: Measure, caller: Int32Array, first: Int32Array): void {
  const order = orderCalleesFirst(caller, first);
  const expected = new Float64Array(order.length);
  for (let frame = 0; frame < order.length; frame++) expected[frame] = self.own.at(frame);
  for (let at = 0; at < order.length; at++) {
    const frame = order[at]!;
    let rest = total.own.code(frame, expected[frame]!);
    const end = first[frame + 1]!;
    for (let call = first[frame]!; call < end; call++) {
      const isLast = call === end - 1;
      const time = total.edges.code(call, isLast ? rest : self.edges.at(call));
      rest -= time;
      expected[caller[call]!]! += time;
    }
  }
}
