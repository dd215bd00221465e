/**
 * One report: functions and calls as they are read, and the profile that they make.
 */
import { ProfileBuilder } from '../../model/build.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { FrameIndex, Profile } from '../../model/profile.ts';
import { parsePlace } from './place.ts';
import type { Row, RowNumbers } from './rows.ts';

/** A list of callers or of callees, as it stands in the text. */
export class CallList {
  readonly kind: 'callers' | 'callees';
  readonly about: (readonly [name: string, value: string])[] = [];
  readonly entries: { readonly name: string; readonly rows: Row[] }[] = [];
  /** Functions that the list is said to have been reduced to; NaN: it has all. */
  listed = Number.NaN;
  readonly #arrow: string;
  readonly #width: number;

  /** `width`: of the column of names. */
  constructor(kind: 'callers' | 'callees', width: number) {
    this.kind = kind;
    this.#arrow = kind === 'callers' ? '<-' : '->';
    this.#width = width;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** A function whose callers or callees follow. */
  begin(name: string): void {
    this.entries.push({ name, rows: [] });
  }

  /** One of them. */
  add(row: Row): void {
    this.entries.at(-1)!.rows.push(row);
  }

  /** Where the arrow behind a name stands: at the width of the names, or where else it is a word. -1: nowhere. */
  findArrow(line: string): number {
    const arrow = this.#arrow;
    const isWord = (at: number) =>
      line.startsWith(arrow, at) &&
      (at + 2 >= line.length || line[at + 2] === ' ') &&
      (at === 0 || line[at - 1] === ' ');
    if (isWord(this.#width)) return this.#width;
    if (/^\s/.test(line)) return -1;
    for (let at = line.indexOf(arrow); at >= 0; at = line.indexOf(arrow, at + 1)) if (isWord(at)) return at;
    return -1;
  }
}

interface Call {
  readonly caller: FrameIndex;
  readonly callee: FrameIndex;
  readonly numbers: RowNumbers;
}

/** Functions and calls of a report. */
export class Report {
  readonly title: string;
  readonly about: (readonly [name: string, value: string])[] = [];
  /** Calls that the head of the report speaks of; NaN: it has none. */
  statedCalls = Number.NaN;
  hasTable = false;
  /** Rows that the table is said to have been reduced to; NaN: it has all. */
  listed = Number.NaN;
  // Frames of other reports would be functions of unknown numbers in this one: each has its own.
  readonly #book = new FrameBook();
  /** By the name as it is printed. */
  readonly #frames = new Map<string, FrameIndex>();
  readonly #functions = new Map<FrameIndex, RowNumbers>();
  /** Totals that lists of calls state, which are those of the whole function. */
  readonly #totals = new Map<FrameIndex, number>();
  readonly #calls = new Map<string, Call>();
  readonly #listed = { callers: 0, callees: 0 };

  constructor(title: string) {
    this.title = title;
  }

  /** Adds a row of the table; false when there is one of that name. */
  addFunction(row: Row): boolean {
    const frame = this.#frame(row.rest);
    const known = this.#functions.get(frame);
    this.#functions.set(frame, known === undefined ? row : addUp(known, row));
    return known === undefined;
  }

  get rows(): number {
    return this.#functions.size;
  }

  get hasCalls(): boolean {
    return this.#listed.callers + this.#listed.callees > 0;
  }

  /** Whether a list can be of the same run: it names no function that a whole table lacks, and no call differs. */
  agreesWith(list: CallList): boolean {
    const isWhole = this.hasTable && Number.isNaN(this.listed);
    for (const { name, rows } of list.entries) {
      const listed = this.#frames.get(name);
      if (listed === undefined) {
        if (isWhole) return false;
        continue;
      }
      for (const row of rows) {
        const other = this.#frames.get(row.rest);
        if (other === undefined) continue;
        const { caller, callee, numbers } = orient(list, listed, other, row);
        const known = this.#calls.get(`${caller} ${callee}`);
        if (known !== undefined && !isEqual(known.numbers, numbers)) return false;
      }
    }
    return true;
  }

  /** Adds the calls of a list. Those that both lists have are one. */
  addCalls(list: CallList): void {
    for (const fact of list.about) this.about.push(fact);
    this.#listed[list.kind] += list.entries.length;
    for (const { name, rows } of list.entries) {
      const listed = this.#frame(name);
      for (const row of rows) {
        const other = this.#frame(row.rest);
        const call = orient(list, listed, other, row);
        if (Number.isNaN(row.self) && !Number.isNaN(row.total)) this.#totals.set(other, row.total);
        this.#calls.set(`${call.caller} ${call.callee}`, call);
      }
    }
  }

  /** Calls of all rows of the table that have a count. */
  sumCalls(): number {
    let sum = 0;
    for (const { calls } of this.#functions.values()) if (!Number.isNaN(calls)) sum += calls;
    return sum;
  }

  /** The profile. Nothing may be added afterwards. */
  build(name: string): Profile {
    for (const list of ['callers', 'callees'] as const) {
      if (this.#listed[list] > 0) this.about.push([`functions with ${list} listed`, String(this.#listed[list])]);
    }
    const rows = [...this.#functions.values()];
    const hasCounts =
      rows.length + this.#calls.size === 0 ||
      [...rows, ...[...this.#calls.values()].map(({ numbers }) => numbers)].some(({ calls }) => !Number.isNaN(calls));
    const builder = new ProfileBuilder({ name, traits: { sampled: false, hasCounts } }, this.#book);
    for (const [frame, { calls, primitiveCalls, self, total }] of this.#functions) {
      builder.setFunction(frame, { calls, primitiveCalls, self: [self], total: [total] });
    }
    for (const [frame, total] of this.#totals) {
      if (!this.#functions.has(frame)) builder.setFunction(frame, { total: [total] });
    }
    for (const { caller, callee, numbers } of this.#calls.values()) {
      const { calls, primitiveCalls, self, total } = numbers;
      builder.addCall(caller, callee, { calls, primitiveCalls, self: [self], total: [total] });
    }
    return builder.build();
  }

  #frame(text: string): FrameIndex {
    let frame = this.#frames.get(text);
    if (frame === undefined) {
      const { name, file, line } = parsePlace(text);
      frame = this.#book.frame(name, file, line);
      this.#frames.set(text, frame);
    }
    return frame;
  }
}

/** A call as a row of a list says it, from caller to callee. */
function orient(list: CallList, listed: FrameIndex, other: FrameIndex, row: Row): Call {
  // Without a self time it is a count, and the total is that of the named function.
  const numbers = Number.isNaN(row.self) ? { ...row, total: Number.NaN } : row;
  return list.kind === 'callers'
    ? { caller: other, callee: listed, numbers }
    : { caller: listed, callee: other, numbers };
}

function addUp(one: RowNumbers, other: RowNumbers): RowNumbers {
  return {
    calls: one.calls + other.calls,
    primitiveCalls: one.primitiveCalls + other.primitiveCalls,
    self: one.self + other.self,
    total: one.total + other.total,
  };
}

function isEqual(one: RowNumbers, other: RowNumbers): boolean {
  return (
    Object.is(one.calls, other.calls) &&
    Object.is(one.primitiveCalls, other.primitiveCalls) &&
    Object.is(one.self, other.self) &&
    Object.is(one.total, other.total)
  );
}
