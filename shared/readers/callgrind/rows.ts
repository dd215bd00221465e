/**
 * Functions of a file, and what a thread did in them, as columns that grow.
 */
import { growColumn } from '../../decode/columns.ts';
import { checkProbes, growSlots, makeSlots, mixHash } from '../../decode/hash-slots.ts';

const FIRST_ROOM = 256;
/** A first guess of rows; memory that is not written to costs nothing. */
const GUESSED_BYTES = 64_000_000;
const BYTES_PER_LINE = 24;
const BYTES_PER_EDGE = 96;

/** Functions by object, file and name, as KCachegrind tells them apart: strings of all three. */
export class FunctionRows {
  length = 0;
  object = new Int32Array(FIRST_ROOM);
  file = new Int32Array(FIRST_ROOM);
  name = new Int32Array(FIRST_ROOM);
  /** Line that calls went to; 0: not known. */
  target = new Int32Array(FIRST_ROOM);
  /** Smallest line with costs in the function's own file; 0: none. */
  firstLine = new Int32Array(FIRST_ROOM);
  #slots = makeSlots(FIRST_ROOM);
  #probes = 0;

  /** Row of a function, made when it is new. */
  find(object: number, file: number, name: number): number {
    const hash = mixHash(Math.imul(Math.imul(object + 1, 31) ^ file, 0x9e3779b1) ^ Math.imul(name, 0x85ebca6b));
    const mask = this.#slots.length - 2;
    let at = (hash << 1) & mask;
    for (let row = this.#slots[at + 1]! - 1; row >= 0; row = this.#slots[at + 1]! - 1) {
      if (this.name[row] === name && this.file[row] === file && this.object[row] === object) return row;
      this.#probes++;
      at = (at + 2) & mask;
    }
    checkProbes(this.#probes, this.length, 'callgrind');
    const row = this.length++;
    if (row === this.object.length) this.#grow();
    this.object[row] = object;
    this.file[row] = file;
    this.name[row] = name;
    this.#slots[at] = hash;
    this.#slots[at + 1] = row + 1;
    if (this.length * 4 > this.#slots.length) this.#slots = growSlots(this.#slots);
    return row;
  }

  #grow(): void {
    this.object = growColumn(this.object);
    this.file = growColumn(this.file);
    this.name = growColumn(this.name);
    this.target = growColumn(this.target);
    this.firstLine = growColumn(this.firstLine);
  }
}

/** Rows of some columns of ints, and one column of doubles per event. */
class CostRows {
  length = 0;
  room: number;
  readonly costs: Float64Array[] = [];

  constructor(room: number) {
    this.room = room;
  }

  /** Columns for so many events, zero so far. */
  widen(events: number): void {
    while (this.costs.length < events) this.costs.push(new Float64Array(this.room));
  }

  protected growCosts(): void {
    this.room *= 2;
    for (let event = 0; event < this.costs.length; event++) {
      this.costs[event] = growColumn(this.costs[event]!, this.room);
    }
  }
}

/** Calls as they come: the same pair may come often. */
export class EdgeRows extends CostRows {
  caller = new Int32Array(this.room);
  callee = new Int32Array(this.room);
  calls = new Float64Array(this.room);

  /** Appends a call without costs; returns its row. */
  add(caller: number, callee: number, calls: number): number {
    const row = this.length++;
    if (row === this.room) {
      this.growCosts();
      this.caller = growColumn(this.caller, this.room);
      this.callee = growColumn(this.callee, this.room);
      this.calls = growColumn(this.calls, this.room);
    }
    this.caller[row] = caller;
    this.callee[row] = callee;
    this.calls[row] = calls;
    return row;
  }
}

/** Costs of lines as they come, those of calls in columns of their own (`calls`). */
export class LineRows extends CostRows {
  of = new Int32Array(this.room);
  file = new Int32Array(this.room);
  line = new Int32Array(this.room);
  readonly calls: Float64Array[] = [];

  override widen(events: number): void {
    super.widen(events);
    while (this.calls.length < events) this.calls.push(new Float64Array(this.room));
  }

  /** Row of a line: the last one where it is the same, else a new one without costs. */
  find(of: number, file: number, line: number): number {
    const last = this.length - 1;
    if (last >= 0 && this.line[last] === line && this.of[last] === of && this.file[last] === file) return last;
    const row = this.length++;
    if (row === this.room) {
      this.growCosts();
      for (let event = 0; event < this.calls.length; event++) {
        this.calls[event] = growColumn(this.calls[event]!, this.room);
      }
      this.of = growColumn(this.of, this.room);
      this.file = growColumn(this.file, this.room);
      this.line = growColumn(this.line, this.room);
    }
    this.of[row] = of;
    this.file[row] = file;
    this.line[row] = line;
    return row;
  }
}

/** What one thread did. */
export class ThreadRows {
  readonly name: string;
  readonly edges: EdgeRows;
  readonly lines: LineRows;
  /** Own costs of functions, one column per event. */
  readonly self: Float64Array[] = [];
  /** Functions that this thread ran or called: 1. */
  seen = new Uint8Array(FIRST_ROOM);

  /** `bytes`: what is left to read, which is guessed from. */
  constructor(name: string, bytes: number) {
    this.name = name;
    this.edges = new EdgeRows(FIRST_ROOM + Math.floor(Math.min(bytes, GUESSED_BYTES) / BYTES_PER_EDGE));
    this.lines = new LineRows(FIRST_ROOM + Math.floor(Math.min(bytes, GUESSED_BYTES) / BYTES_PER_LINE));
  }

  /** Makes room for so many functions and events. */
  fit(functions: number, events: number): void {
    if (functions > this.seen.length) {
      const room = Math.max(functions, this.seen.length * 2);
      this.seen = growColumn(this.seen, room);
      for (let event = 0; event < this.self.length; event++) this.self[event] = growColumn(this.self[event]!, room);
    }
    if (this.self.length >= events) return;
    while (this.self.length < events) this.self.push(new Float64Array(this.seen.length));
    this.edges.widen(events);
    this.lines.widen(events);
  }
}
