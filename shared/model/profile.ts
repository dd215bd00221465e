/**
 * A profile as columns: what every reader produces and everything else consumes.
 *
 *   strings    0 .. n-1                      names and files, each once
 *   frames     0 .. f-1   name, file, line   functions at a place
 *   functions  0 .. f-1   numbers of each frame (parallel to frames)
 *   calls      0 .. c-1   caller → callee    edges of the call graph, with their own numbers
 *   contexts   0 .. x-1   frame, parent      calling-context tree: every distinct path once
 *   samples    0 .. s-1   context, start     what ran when
 *   lines      0 .. l-1   frame, line        source lines with their own values
 *   series, spans, measurements              values over time, named stretches of time, timed statements
 *
 * A file holds some of these. Calls and contexts exclude each other: edges of a tree follow from it. The profiles of one
 * group may share strings and frames.
 *
 * All of it is plain data (typed arrays, numbers, strings), so that a profile passes between threads unchanged.
 * Nothing changes a profile after it was built.
 */
import type { ProfileWarning } from '../errors.ts';
import type { PrintUnit } from '../units/format.ts';
import type { StringTable } from './strings.ts';

/** Row of the frame table. -1 means none. */
export type FrameIndex = number & { readonly __flavor?: 'FrameIndex' };
/** Row of the call (edge) table. -1 means none. */
export type CallIndex = number & { readonly __flavor?: 'CallIndex' };

/** Row of the context table. -1 means none: above a root, or nothing ran. */
export type ContextIndex = number & { readonly __flavor?: 'ContextIndex' };

/** Units a metric can have. Values stay in the file's own unit; percent are 0 to 100, as the tools print them. */
export type Unit = PrintUnit;

/** A named measure. The first metric of a profile is the one shown by default. */
export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  /** True: a state (memory in use, a rate), of which no sum says anything; of several the largest counts. */
  readonly isState?: boolean;
}

/** Functions at a place. Columns of equal length; order as in the file. */
export interface FrameTable {
  readonly length: number;
  /** Name as the file has it, such as `<method 'match' of 're.Pattern' objects>`. */
  readonly name: Int32Array;
  /** Path as the file has it; pstats has `~` for built-ins. */
  readonly file: Int32Array;
  /** First line as the file has it, also where it is 0 or -1. */
  readonly line: Int32Array;
}

/**
 * The file's own numbers of every frame; length and order of the frame table. NaN: the file does not have it
 * (a caller without an entry of its own, pyinstrument's counts, a negative count).
 */
export interface FunctionTable {
  readonly calls: Float64Array;
  readonly primitiveCalls: Float64Array;
  /** One column per metric. */
  readonly self: readonly Float64Array[];
  readonly total: readonly Float64Array[];
}

/**
 * Edges of a call graph: `caller` called `callee`. A pair occurs once. Numbers are those of the callee when called
 * from that caller; NaN where the file does not have them (`profile` and sampled files store counts only).
 * In the order of callees: those of one callee are a run, in the file's order.
 */
export interface CallTable {
  readonly length: number;
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  readonly calls: Float64Array;
  readonly primitiveCalls: Float64Array;
  readonly self: readonly Float64Array[];
  readonly total: readonly Float64Array[];
}

/**
 * A calling-context tree: one context per distinct path of frames. Parents come before children, and no two children of
 * a parent have the same frame.
 */
export interface ContextTable {
  readonly length: number;
  readonly frame: Int32Array;
  /** -1 for a root. */
  readonly parent: Int32Array;
  /** One column per metric: what is the context's own, and with all below it. Never NaN. */
  readonly self: readonly Float64Array[];
  readonly total: readonly Float64Array[];
  /** How often it was entered; absent when nobody counted. */
  readonly calls?: Float64Array;
  /** Distinct whole stacks that were seen, and how many records they were seen in; NaN: not known. */
  readonly stacks: number;
  readonly samples: number;
}

/**
 * What ran when: rows in the order of time, each from its start to that of the next one (the last to `end`).
 *
 * `continued` tells calls apart: of the stack of a row, so many frames from the root on are the same calls that were
 * running in the row before. It is at most the depth of both stacks.
 */
export interface SampleTable {
  readonly length: number;
  /** -1: nothing ran. */
  readonly context: Int32Array;
  /** Never falls. In the unit of `axis`. */
  readonly start: Float64Array;
  readonly end: number;
  readonly continued: Int32Array;
  /** One column per metric: what each row adds to the self of its context. */
  readonly values: readonly Float64Array[];
  readonly axis: Metric;
}

/** Source lines with their own values. Rows of a function are a run, in the order of lines. */
export interface LineTable {
  readonly length: number;
  /** Function that the line is in; -1: not known. */
  readonly frame: Int32Array;
  readonly file: Int32Array;
  readonly line: Int32Array;
  /** Hits; NaN: nobody counted. */
  readonly calls: Float64Array;
  /** One column per metric, NaN: not measured. What the tool says of the line. */
  readonly values: readonly Float64Array[];
  /** Where `values` are without callees: with them. */
  readonly totals?: readonly Float64Array[];
  /** Text of the line; -1: not in the file. */
  readonly text: Int32Array;
}

/** Values over time. */
export interface Series {
  readonly name: string;
  readonly unit: Unit;
  /** Process or thread it belongs to; `''`: the only one. */
  readonly group: string;
  /** Seconds, as the file has them (since 1970 or since the start). Never falls. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  /** `count`: the file has no times, and `time` counts what happened one after the other. */
  readonly axis?: 'count';
}

/** A named stretch of time, in seconds like those of the series beside it. */
export interface Span {
  readonly name: string;
  readonly start: number;
  /** NaN: it never ended. */
  readonly end: number;
  readonly values: readonly number[];
}

/** A timed statement. */
export interface Measurement {
  readonly name: string;
  readonly unit: Unit;
  /** Loops of each repeat; NaN: not known. */
  readonly loops: number;
  /** One per repeat, per loop. */
  readonly values: Float64Array;
  /** What the tool says where it does not list the repeats. */
  readonly stated?: {
    readonly mean?: number;
    readonly deviation?: number;
    readonly best?: number;
    readonly repeats?: number;
  };
}

/** Facts about how to understand the numbers. */
export interface ProfileTraits {
  /** Counts are samples (a sampling profiler wrote them): more samples than direct ones is not recursion. */
  readonly sampled: boolean;
  /** False when the file has no call counts at all (pyinstrument). */
  readonly hasCounts: boolean;
  /** A frame's line is the one that was running, not the function's first: a function has as many frames as lines ran. */
  readonly linesRan?: boolean;
}

/** One profile: a thread, a process, or all of a file. Tables that are absent are not in the file. */
export interface Profile {
  /** Thread, process, event type, or empty when the file holds just one. */
  readonly name: string;
  readonly metrics: readonly Metric[];
  readonly strings: StringTable;
  readonly frames: FrameTable;
  readonly functions: FunctionTable;
  readonly calls: CallTable;
  readonly traits: ProfileTraits;
  readonly contexts?: ContextTable;
  readonly samples?: SampleTable;
  readonly lines?: LineTable;
  readonly series?: readonly Series[];
  readonly spans?: readonly Span[];
  readonly measurements?: readonly Measurement[];
}

/** All profiles of one file. */
export interface ProfileGroup {
  /** Id of the reader, such as `pstats`. */
  readonly format: string;
  /** Tool (and version) as far as the file tells, else null. */
  readonly writer: string | null;
  readonly profiles: readonly Profile[];
  readonly warnings: readonly ProfileWarning[];
  /** What else the file says of the run, such as its command line: name and value, as text. */
  readonly about?: readonly (readonly [name: string, value: string])[];
}
