/**
 * A profile as columns: what every reader produces and everything else consumes.
 *
 *   strings   0 .. n-1                      names and files, each once
 *   frames    0 .. f-1   name, file, line   functions at a place
 *   functions 0 .. f-1   numbers of each frame as the file states them (parallel to frames)
 *   calls     0 .. c-1   caller → callee    edges of the call graph, with their own numbers
 *
 * All of it is plain data (typed arrays, numbers, strings), so that a profile passes between threads unchanged.
 * Nothing changes a profile after it was built.
 */
import type { ProfileWarning } from '../errors.ts';
import type { StringTable } from './strings.ts';

/** Row of the frame table. -1 means none. */
export type FrameIndex = number & { readonly __flavor?: 'FrameIndex' };
/** Row of the call (edge) table. -1 means none. */
export type CallIndex = number & { readonly __flavor?: 'CallIndex' };

/** Units a metric can have. Times stay in the file's own unit; pstats has seconds. */
export type Unit = 'seconds' | 'bytes' | 'count';

/** A named measure. The first metric of a profile is the one shown by default. */
export interface Metric {
  readonly name: string;
  readonly unit: Unit;
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

/** Facts about how to understand the numbers. */
export interface ProfileTraits {
  /** Counts are samples (a sampling profiler wrote them): more samples than direct ones is not recursion. */
  readonly sampled: boolean;
  /** False when the file has no call counts at all (pyinstrument). */
  readonly hasCounts: boolean;
}

/** One profile: a thread, a process, or all of a file. */
export interface Profile {
  /** Thread, process, event type, or empty when the file holds just one. */
  readonly name: string;
  readonly metrics: readonly Metric[];
  readonly strings: StringTable;
  readonly frames: FrameTable;
  readonly functions: FunctionTable;
  readonly calls: CallTable;
  readonly traits: ProfileTraits;
}

/** All profiles of one file. */
export interface ProfileGroup {
  /** Id of the reader, such as `pstats`. */
  readonly format: string;
  /** Tool (and version) as far as the file tells, else null. */
  readonly writer: string | null;
  readonly profiles: readonly Profile[];
  readonly warnings: readonly ProfileWarning[];
}
