/**
 * Makes profiles: one row at a time with `ProfileBuilder`, or from finished columns with `buildProfile`.
 *
 * Both check the result. Rows of calls may come in any order; they are grouped by callee, and rows of the same caller
 * and callee are added up.
 */
import { checkProfile } from './check.ts';
import { FrameBook } from './frame-book.ts';
import { LineBuilder } from './line-builder.ts';
import type { CallTable, FrameIndex, Metric, Profile, ProfileTraits } from './profile.ts';

/** Numbers of a function or a call; what is left out is unknown (NaN). */
export interface Numbers {
  readonly calls?: number;
  readonly primitiveCalls?: number;
  /** One value per metric. */
  readonly self?: readonly number[];
  readonly total?: readonly number[];
}

/** What a profile is besides its rows; all of it has a default. */
export interface BuilderOptions {
  readonly name?: string;
  /** First one is shown by default; time in seconds unless told otherwise. */
  readonly metrics?: readonly Metric[];
  readonly traits?: ProfileTraits;
}

const DEFAULT_METRICS: readonly Metric[] = [{ name: 'time', unit: 'seconds' }];
const DEFAULT_TRAITS: ProfileTraits = { sampled: false, hasCounts: true };

/** Takes frames and calls one by one; `build` makes the profile. For small and odd profiles; big readers fill columns. */
export class ProfileBuilder {
  /** Lines of the profile, where the file has some. */
  readonly lines: LineBuilder;
  private readonly name: string;
  private readonly metrics: readonly Metric[];
  private readonly traits: ProfileTraits;
  private readonly book: FrameBook;
  private readonly numbers: (Numbers | undefined)[] = [];
  private readonly callRows: { caller: FrameIndex; callee: FrameIndex; numbers: Numbers }[] = [];

  /** `book`: strings and frames that several profiles of a file share. */
  constructor(options: BuilderOptions = {}, book = new FrameBook()) {
    this.name = options.name ?? '';
    this.metrics = options.metrics ?? DEFAULT_METRICS;
    this.traits = options.traits ?? DEFAULT_TRAITS;
    this.lines = new LineBuilder(this.metrics.length);
    this.book = book;
  }

  /** Row of the frame of this name, file and line; made when it is new. */
  addFrame(name: string, file: string, line: number): FrameIndex {
    return this.book.frame(name, file, line);
  }

  /** States the numbers of a function. */
  setFunction(frame: FrameIndex, numbers: Numbers): void {
    this.numbers[frame] = numbers;
  }

  /** States a call; a second one of the same pair is added to the first. */
  addCall(caller: FrameIndex, callee: FrameIndex, numbers: Numbers): void {
    this.callRows.push({ caller, callee, numbers });
  }

  /** The profile. The builder may not be used afterwards. */
  build(): Profile {
    const rows = this.callRows;
    const { strings, frames } = this.book.tables(this.metrics.length);
    const calls: CallTable = {
      length: rows.length,
      caller: Int32Array.from(rows, (row) => row.caller),
      callee: Int32Array.from(rows, (row) => row.callee),
      ...this.buildNumbers(rows.map((row) => row.numbers)),
    };
    const lines = this.lines.build();
    return buildProfile({
      name: this.name,
      metrics: this.metrics,
      strings,
      frames,
      functions: this.buildNumbers(Array.from({ length: frames.length }, (_, frame) => this.numbers[frame] ?? {})),
      calls: groupCalls(calls, frames.length),
      traits: this.traits,
      ...(lines === null ? {} : { lines }),
    });
  }

  private buildNumbers(rows: readonly Numbers[]) {
    return {
      calls: Float64Array.from(rows, (row) => row.calls ?? Number.NaN),
      primitiveCalls: Float64Array.from(rows, (row) => row.primitiveCalls ?? row.calls ?? Number.NaN),
      self: this.metrics.map((_, metric) => Float64Array.from(rows, (row) => row.self?.[metric] ?? Number.NaN)),
      total: this.metrics.map((_, metric) => Float64Array.from(rows, (row) => row.total?.[metric] ?? Number.NaN)),
    };
  }
}

/** A profile of finished columns, checked. The columns belong to it from now on. */
export function buildProfile(columns: Profile): Profile {
  checkProfile(columns);
  return columns;
}

/** The same calls grouped by callee (order within a callee kept), rows of one pair added up. */
export function groupCalls(calls: CallTable, frameCount: number): CallTable {
  const firstOfCallee = new Int32Array(frameCount + 1);
  for (let i = 0; i < calls.length; i++) firstOfCallee[calls.callee[i]! + 1]!++;
  for (let frame = 0; frame < frameCount; frame++) firstOfCallee[frame + 1]! += firstOfCallee[frame]!;
  const order = new Int32Array(calls.length);
  const next = firstOfCallee.slice();
  for (let i = 0; i < calls.length; i++) order[next[calls.callee[i]!]!++] = i;

  // Row of each kept call, and the row that every call is added to.
  const kept: number[] = [];
  const target = new Int32Array(calls.length);
  const rowOfCaller = new Int32Array(frameCount).fill(-1);
  let groupStart = 0;
  for (let at = 0; at < order.length; at++) {
    const call = order[at]!;
    if (at > 0 && calls.callee[order[at - 1]!] !== calls.callee[call]) groupStart = kept.length;
    const caller = calls.caller[call]!;
    if (rowOfCaller[caller]! < groupStart) {
      rowOfCaller[caller] = kept.length;
      kept.push(call);
    }
    target[call] = rowOfCaller[caller]!;
  }
  const sum = (column: Float64Array): Float64Array => {
    const sums = new Float64Array(kept.length);
    for (let i = 0; i < column.length; i++) sums[target[i]!]! += column[i]!;
    return sums;
  };
  return {
    length: kept.length,
    caller: Int32Array.from(kept, (call) => calls.caller[call]!),
    callee: Int32Array.from(kept, (call) => calls.callee[call]!),
    calls: sum(calls.calls),
    primitiveCalls: sum(calls.primitiveCalls),
    self: calls.self.map(sum),
    total: calls.total.map(sum),
  };
}
