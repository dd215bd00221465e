/**
 * yappi's own files: a pickle of (YFuncStats, clock type).
 *
 *   YFuncStats { _clock_type, _as_list: [YFuncStat, …], … }
 *   YFuncStat is a dict: 0 name, 1 module, 2 line, 3 calls, 4 primitive calls, 5 is it a builtin, 6 total, 7 self,
 *     8 index, 9 YChildFuncStats { _as_list: [YChildFuncStat, …] }, then thread and tag of its first call
 *   YChildFuncStat is a dict: 0 index, 1 calls, 2 primitive calls, 3 total, 4 self, …, 8 module, 9 line, 10 name
 *
 * Times are seconds. The module is a path, or `builtins`. What is averaged or put together in it (13 and on) is not
 * looked at: it follows from the rest.
 */

import type { PickleRules } from '../../decode/pickle.ts';
import { NONE, NOTHING, type PickleValue } from '../../decode/pickle-values.ts';
import type { Source } from '../../decode/source.ts';
import { type Numbers, ProfileBuilder } from '../../model/build.ts';
import type { FrameIndex, ProfileGroup } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import { openPickle, type PickledProfile } from '../pickled.ts';
import type { StageHook } from '../reader.ts';
import { YAPPI_CLASSES } from './format.ts';

/** Functions and callees, written out: lists may be shared in a pickle. */
const MAX_ROWS = 1_000_000;
/** Entries of one function. Newer versions may add some. */
const MAX_FIELDS = 64;

const RULES: PickleRules = {
  format: 'yappi-ystat',
  classes: YAPPI_CLASSES,
  advice: "Save it again: yappi.get_func_stats().save('app.ystat')",
};

/** Reads a file. @throws FormatError */
export function readYstat(source: Source, onStage: StageHook): ProfileGroup {
  const notes = new Notes();
  const pickled: PickledProfile = openPickle(source, RULES, notes);
  const { values, root } = pickled;
  const stats = values.tupleLength(root) === 2 ? values.item(root, 0) : root;
  if (!values.className(stats)?.endsWith('.YFuncStats')) pickled.fail('an instance of YFuncStats', stats);
  const reader = new FunctionReader(pickled);
  const functions = reader.listOf(stats, 'a list of functions');
  for (const stat of functions) reader.addFunction(stat);
  for (const stat of functions) reader.addCallees(stat);
  const { builder } = reader;
  for (const [frame, numbers] of reader.numbers) builder.setFunction(frame, numbers);
  const clock = values.text(values.get(values.state(stats), '_clock_type')) ?? values.text(values.item(root, 1));
  onStage('build');
  return {
    format: 'yappi-ystat',
    writer: 'yappi',
    profiles: [builder.build()],
    warnings: notes.list(),
    about: clock === null ? [] : [['clock', clock]],
  };
}

type Sums = Required<Numbers> & { readonly self: [number]; readonly total: [number] };

/** Where fields stand. */
interface Fields {
  readonly calls: number;
  readonly primitive: number;
  readonly total: number;
  readonly self: number;
  readonly module: number;
  readonly line: number;
  readonly name: number;
}

const FUNCTION: Fields = { name: 0, module: 1, line: 2, calls: 3, primitive: 4, total: 6, self: 7 };
const FUNCTION_INDEX = 8;
const FUNCTION_CALLEES = 9;
const CALLEE: Fields = { calls: 1, primitive: 2, total: 3, self: 4, module: 8, line: 9, name: 10 };
const CALLEE_INDEX = 0;

class FunctionReader {
  readonly builder = new ProfileBuilder();
  readonly numbers = new Map<FrameIndex, Sums>();
  readonly #pickled: PickledProfile;
  /** Frames by yappi's number of a function. */
  readonly #frames = new Map<number, FrameIndex>();
  readonly #seen = new Set<PickleValue>();
  #rows = 0;

  constructor(pickled: PickledProfile) {
    this.#pickled = pickled;
  }

  /** The values of a list that an instance wraps; none where there is none at all. */
  listOf(holder: PickleValue, expected: string): readonly PickleValue[] {
    const { values } = this.#pickled;
    if (holder === NOTHING || holder === NONE) return [];
    const list = values.className(holder) === null ? holder : values.get(values.state(holder), '_as_list');
    const found = values.list(list) ?? this.#pickled.fail(expected, list);
    this.#rows += found.length;
    if (this.#rows > MAX_ROWS) this.#pickled.failTooMany(`${MAX_ROWS} functions and callees`);
    return found;
  }

  /** Adds a function with its own numbers. */
  addFunction(stat: PickleValue): void {
    if (this.#seen.has(stat)) return;
    this.#seen.add(stat);
    const frame = this.#frame(stat, FUNCTION);
    const index = this.#pickled.values.number(this.#field(stat, FUNCTION_INDEX));
    if (!Number.isNaN(index) && !this.#frames.has(index)) this.#frames.set(index, frame);
    const numbers = this.#numbersOf(stat, FUNCTION);
    const known = this.numbers.get(frame);
    this.numbers.set(frame, known === undefined ? numbers : addUp(known, numbers));
  }

  /** Adds what a function called, when all functions are known. */
  addCallees(stat: PickleValue): void {
    if (!this.#seen.delete(stat)) return;
    const { values } = this.#pickled;
    const caller = this.#frame(stat, FUNCTION);
    for (const callee of this.listOf(this.#field(stat, FUNCTION_CALLEES), 'a list of callees')) {
      const known = this.#frames.get(values.number(this.#field(callee, CALLEE_INDEX)));
      // A callee that was filtered out has no entry of its own, but its name.
      this.builder.addCall(caller, known ?? this.#frame(callee, CALLEE), this.#numbersOf(callee, CALLEE));
    }
  }

  #field(stat: PickleValue, field: number): PickleValue {
    const { values } = this.#pickled;
    const entries = values.entries(stat);
    if (entries === null || values.className(stat) === null || entries.length > 2 * MAX_FIELDS) {
      this.#pickled.fail('an instance of YFuncStat', stat);
    }
    return values.get(stat, field);
  }

  #frame(stat: PickleValue, fields: Fields): FrameIndex {
    const { values } = this.#pickled;
    const name = this.#field(stat, fields.name);
    const module = this.#field(stat, fields.module);
    const line = values.number(this.#field(stat, fields.line));
    return this.builder.addFrame(
      values.text(name) ?? this.#pickled.fail('the name of a function', name),
      values.text(module) ?? '',
      line === (line | 0) ? line : 0,
    );
  }

  #numbersOf(stat: PickleValue, fields: Fields): Sums {
    const read = (field: number) => this.#pickled.values.number(this.#field(stat, field));
    const calls = readCount(read(fields.calls));
    const primitive = readCount(read(fields.primitive));
    return {
      calls: Math.max(calls, primitive),
      primitiveCalls: Math.min(calls, primitive),
      self: [readTime(read(fields.self))],
      total: [readTime(read(fields.total))],
    };
  }
}

function readCount(count: number): number {
  return count >= 0 && count < Number.POSITIVE_INFINITY ? count : Number.NaN;
}

function readTime(time: number): number {
  return Number.isFinite(time) ? time : Number.NaN;
}

function addUp(one: Sums, other: Sums): Sums {
  return {
    calls: one.calls + other.calls,
    primitiveCalls: one.primitiveCalls + other.primitiveCalls,
    self: [one.self[0] + other.self[0]],
    total: [one.total[0] + other.total[0]],
  };
}
