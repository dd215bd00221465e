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
import type { Profile } from '../model/profile.ts';
import { type Clock, WHOLE } from './compact-clocks.ts';
import type { Coder } from './compact-columns.ts';
import type { NumberColumn } from './compact-numbers.ts';
import { orderByMention, orderCalleesFirst, spansOfCallees } from './compact-order.ts';
import { compactError } from './compact-streams.ts';

const INT32_LIMIT = 2 ** 31;

/** Calls of one callee after another; which, and how many. Known when writing, filled in when reading. */
export interface CallRuns {
  readonly callee: Int32Array;
  readonly length: Int32Array;
}

/** A profile on its way, what is known from its head, and the columns that are being written or filled in. */
export type Draft = Pick<Profile, 'strings' | 'frames' | 'functions' | 'calls'>;

/** Who calls whom. Files list callers mostly in the order of the functions, and callees always. */
export function codeGraph(coder: Coder, { frames, calls }: Draft, runs: CallRuns): void {
  const callee = coder.integers('callees', runs.callee, 0, frames.length);
  const length = coder.integers('numbers of callers', runs.length, 1, INT32_LIMIT);
  const caller = coder.integers('callers', calls.caller, 0, frames.length);
  let call = 0;
  let before = -1;
  for (let run = 0; run < runs.callee.length; run++) {
    callee.code(run, before + 1);
    length.code(run, 1);
    before = runs.callee[run]!;
    const end = call + runs.length[run]!;
    if (end > calls.length) throw compactError(`there are more callers than the ${calls.length} calls`);
    let neighbour = before;
    for (; call < end; call++) {
      calls.callee[call] = before;
      caller.code(call, neighbour);
      neighbour = calls.caller[call]!;
    }
  }
  if (call < calls.length) throw compactError(`there are callers for ${call} of ${calls.length} calls`);
}

/** Names, files and lines. Needs the graph. A string is new, or that of the frame before, or any. */
export function codeFrames(coder: Coder, { strings, frames, calls }: Draft): void {
  const file = coder.integers('files', frames.file, 0, strings.length);
  const name = coder.integers('names', frames.name, 0, strings.length);
  const line = coder.integers('lines', frames.line, -INT32_LIMIT, INT32_LIMIT);
  const lastLine = new Int32Array(strings.length);
  let newest = -1;
  let fileBefore = 0;
  let nameBefore = 0;
  const order = orderByMention(calls, spansOfCallees(calls, frames.length));
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

/** Counts and times. Needs the graph. `clocks` has one entry per metric. */
export function codeNumbers(
  coder: Coder,
  { frames, functions, calls }: Draft,
  clocks: readonly (Clock | null)[],
): void {
  const spans = spansOfCallees(calls, frames.length);
  const all = {
    own: coder.numbers('calls of functions', functions.calls, WHOLE),
    edges: coder.numbers('calls', calls.calls, WHOLE),
  };
  const primitive = {
    own: coder.numbers('primitive calls of functions', functions.primitiveCalls, WHOLE),
    edges: coder.numbers('primitive calls', calls.primitiveCalls, WHOLE),
  };
  codeCounts(all, primitive, spans);
  const order = orderCalleesFirst(calls, frames.length);
  clocks.forEach((clock, metric) => {
    const self = {
      own: coder.numbers('own times of functions', functions.self[metric]!, clock),
      edges: coder.numbers('own times of calls', calls.self[metric]!, clock),
    };
    codeSelf(self, all, spans);
    const total = {
      own: coder.numbers('times of functions', functions.total[metric]!, clock),
      edges: coder.numbers('times of calls', calls.total[metric]!, clock),
    };
    codeTotal(total, self, calls.caller, spans, order);
  });
}

/** One measure: of functions, and of their calls by caller. */
interface Measure {
  readonly own: NumberColumn;
  readonly edges: NumberColumn;
}

/** All calls are primitive, as a rule; the last caller made those that the others did not. */
function codeCounts(all: Measure, primitive: Measure, spans: Int32Array): void {
  for (let frame = 0; 2 * frame < spans.length; frame++) {
    let rest = all.own.code(frame, 0);
    let primitiveRest = primitive.own.code(frame, rest);
    const isRecursive = primitiveRest !== rest;
    const end = spans[2 * frame + 1]!;
    for (let call = spans[2 * frame]!; call < end; call++) {
      const isLast = call === end - 1;
      const count = all.edges.code(call, isLast ? rest : 0);
      rest -= count;
      primitiveRest -= primitive.edges.code(call, isLast && isRecursive ? primitiveRest : count);
    }
  }
}

/** A call takes as long whoever calls, as a rule; the last caller's part is what the others left. */
function codeSelf(self: Measure, all: Measure, spans: Int32Array): void {
  for (let frame = 0; 2 * frame < spans.length; frame++) {
    const time = self.own.code(frame, 0);
    const count = all.own.at(frame);
    let rest = time;
    const end = spans[2 * frame + 1]!;
    for (let call = spans[2 * frame]!; call < end; call++) {
      const isLast = call === end - 1;
      rest -= self.edges.code(call, isLast ? rest : (time * all.edges.at(call)) / count);
    }
  }
}

/**
 * A function's time is its own and that of its calls. All of those are known when callees come first in `order`; a
 * circle of calls counts as far as it is known.
 */
function codeTotal(total: Measure, self: Measure, caller: Int32Array, spans: Int32Array, order: Int32Array): void {
  const expected = new Float64Array(order.length);
  for (let frame = 0; frame < order.length; frame++) expected[frame] = self.own.at(frame);
  for (let at = 0; at < order.length; at++) {
    const frame = order[at]!;
    let rest = total.own.code(frame, expected[frame]!);
    const end = spans[2 * frame + 1]!;
    for (let call = spans[2 * frame]!; call < end; call++) {
      const isLast = call === end - 1;
      const time = total.edges.code(call, isLast ? rest : self.edges.at(call));
      rest -= time;
      expected[caller[call]!]! += time;
    }
  }
}
