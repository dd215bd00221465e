/**
 * One pass over the bytes of a callgrind file.
 *
 *   file     header lines `key: value`, then a body; several parts may follow each other, each with a header
 *   body     ob= fl= fn=         the object, file and function that costs belong to
 *            fi= fe=             another file for lines that were inlined; the function keeps its own
 *            POSITIONS COSTS     own costs at a place
 *            cob= cfi= cfn=      what is called next; object and file are the current ones unless told
 *            calls=N POSITIONS   how often, and where to; the cost line after it has the costs of these calls, callees
 *                                included
 *            jump= jcnd=         jumps: left out, with the bare positions that Valgrind writes after them
 *
 * Positions are one number for each word of `positions:` (`line` unless told; `instr line` for two): absolute, in hex,
 * or as a step from those of the cost line before (`+3`, `-2`, `*`). Those of `calls=` are no part of that chain.
 * Costs at the end of a line that are zero may be missing.
 */
import { ByteStrings } from '../../decode/byte-strings.ts';
import type { Notes } from '../notes.ts';
import { MAX_THREADS } from '../threads.ts';
import { LineCursor } from './line-cursor.ts';
import { CompressedNames } from './names.ts';
import { FunctionRows, ThreadRows } from './rows.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const STAR = 0x2a;
const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const EQUALS = 0x3d;

/** Words of the body by their letters as digits of base 256. */
const Word = {
  fn: 0x66_6e,
  fl: 0x66_6c,
  fi: 0x66_69,
  fe: 0x66_65,
  ob: 0x6f_62,
  cfn: 0x63_66_6e,
  cfi: 0x63_66_69,
  cfl: 0x63_66_6c,
  cob: 0x63_6f_62,
  jfi: 0x6a_66_69,
  jfn: 0x6a_66_6e,
  calls: 0x63_61_6c_6c_73,
} as const;

const MAX_EVENTS = 64;
const MAX_POSITIONS = 4;
const MAX_HEADER_VALUES = 64;
/** The thread that all beyond the first ones are shown as. */
const OTHER_THREADS = 'other threads';
/** Header lines that may come again, and are kept each. */
const REPEATED = new Set(['summary', 'totals', 'event']);

/** Everything a callgrind file says. */
export class CallgrindScan {
  readonly strings: ByteStrings;
  readonly functions = new FunctionRows();
  /** One per `thread:`; a file without has one. */
  readonly threads: ThreadRows[] = [];
  readonly #threadRow = new Map<string, number>();
  readonly #notes: Notes;
  /** Distinct names of `events:`, in order. */
  readonly events: string[] = [];
  /** First value of each header line, and all of those that come once a part. */
  readonly headers = new Map<string, string>();
  readonly repeated: (readonly [key: string, value: string])[] = [];
  parts = 0;
  /** Some `calls=` has a count. */
  isCounted = false;
  /** Calls were found at all. */
  hasCalls = false;

  readonly #cursor: LineCursor;
  readonly #objects: CompressedNames;
  readonly #files: CompressedNames;
  readonly #names: CompressedNames;
  #thread: ThreadRows;
  /** Event of each cost of a line. */
  #columns: number[] = [];
  #positions = 1;
  /** Which position is the line; -1: none. */
  #lineAt = 0;
  readonly #last = new Float64Array(MAX_POSITIONS);
  readonly #target = new Float64Array(MAX_POSITIONS);

  #object = -1;
  #functionFile = -1;
  #file = -1;
  /** Row of the function `#name`; -1 until it has costs. */
  #function = -1;
  #name = -1;
  #calledObject = -1;
  #calledFile = -1;
  #calledName = -1;
  /** Place of a `calls=` whose cost line has not come; -1: none. */
  #callAt = -1;
  #callCount = 0;

  constructor(bytes: Uint8Array, notes: Notes) {
    this.#cursor = new LineCursor(bytes);
    this.strings = new ByteStrings('callgrind', 64 + Math.floor(Math.min(bytes.length, 4_000_000) / 400));
    this.#objects = new CompressedNames(this.strings, notes);
    this.#files = new CompressedNames(this.strings, notes);
    this.#names = new CompressedNames(this.strings, notes);
    this.#notes = notes;
    this.#thread = this.#openThread('');
    this.#run();
  }

  #run(): void {
    const { bytes } = this.#cursor;
    const end = bytes.length;
    let at = 0;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte <= SPACE) {
        at++;
        continue;
      }
      if ((byte >= ZERO && byte <= NINE) || byte === PLUS || byte === MINUS || byte === STAR) {
        this.#readCosts(at);
        at = this.#cursor.at;
      } else {
        let lineEnd = at;
        while (lineEnd < end && bytes[lineEnd] !== LF && bytes[lineEnd] !== CR) lineEnd++;
        if (byte !== HASH) this.#readWord(at, lineEnd);
        at = lineEnd;
      }
    }
    if (this.#callAt >= 0)
      throw this.#cursor.error(this.#callAt, 'the calls of this line have no cost line after them');
    if (this.events.length === 0) throw this.#cursor.error(end, 'the file has no “events:” line that names its costs');
  }

  #openThread(name: string): ThreadRows {
    const isOther = this.threads.length > MAX_THREADS && !this.#threadRow.has(name);
    if (isOther) {
      this.#notes.add(
        'many-threads',
        () => `The file has more than ${MAX_THREADS} threads: all further ones are shown as one.`,
        () => name,
      );
    }
    const shown = isOther ? OTHER_THREADS : name;
    const known = this.#threadRow.get(shown);
    if (known !== undefined) return this.threads[known]!;
    // The room is guessed as if the rest of the file was shared by all threads so far.
    const bytes = (this.#cursor.bytes.length - this.#cursor.at) / (this.threads.length + 1);
    const thread = new ThreadRows(shown, bytes);
    this.#threadRow.set(shown, this.threads.length);
    this.threads.push(thread);
    return thread;
  }

  /** A line that begins with a word: `key=value` of the body or `key: value` of a header. */
  #readWord(start: number, lineEnd: number): void {
    const { bytes } = this.#cursor;
    let at = start;
    while (at < lineEnd && bytes[at] !== EQUALS && bytes[at] !== COLON && bytes[at]! > SPACE) at++;
    const sign = bytes[at];
    let from = at + 1;
    let end = lineEnd;
    while (from < end && bytes[from]! <= SPACE) from++;
    while (end > from && bytes[end - 1]! <= SPACE) end--;
    if (sign === COLON && at < lineEnd)
      this.#readHeader(this.#cursor.text(start, at), this.#cursor.text(from, end), start);
    else if (sign === EQUALS && at < lineEnd) this.#readPlace(start, at - start, from, end);
    else
      throw this.#cursor.error(
        start,
        `expected a place, costs or a header line, found “${this.#cursor.describe(start, lineEnd)}”`,
      );
  }

  #readPlace(start: number, length: number, from: number, end: number): void {
    const { bytes } = this.#cursor;
    if (this.#callAt >= 0)
      throw this.#cursor.error(this.#callAt, 'the calls of this line have no cost line after them');
    // Letters as the digits of one number: such lines are half of a large file.
    let key = 0;
    for (let at = start; at < start + length; at++) key = length > 5 ? 0 : key * 256 + bytes[at]!;
    switch (key) {
      case Word.fn:
        // yappi lists all names first: a function is one that costs or calls something.
        this.#file = this.#functionFile;
        this.#name = this.#names.read(bytes, from, end);
        this.#function = -1;
        return;
      case Word.fl:
        this.#file = this.#files.read(bytes, from, end);
        this.#functionFile = this.#file;
        return;
      case Word.fi:
      case Word.fe:
        this.#file = this.#files.read(bytes, from, end);
        return;
      case Word.ob:
        this.#object = this.#objects.read(bytes, from, end);
        return;
      case Word.cfn:
        this.#calledName = this.#names.read(bytes, from, end);
        return;
      case Word.cfi:
      case Word.cfl:
        this.#calledFile = this.#files.read(bytes, from, end);
        return;
      case Word.cob:
        this.#calledObject = this.#objects.read(bytes, from, end);
        return;
      case Word.calls:
        this.#readCalls(start, from);
        return;
      case Word.jfi:
        this.#files.read(bytes, from, end);
        return;
      case Word.jfn:
        this.#names.read(bytes, from, end);
        return;
      default:
        // jump, jcnd, rcalls, and what later versions may add.
        return;
    }
  }

  #readCalls(start: number, from: number): void {
    if (this.#calledName < 0) throw this.#cursor.error(start, 'expected “cfn=” before “calls=”');
    this.#cursor.at = from;
    this.#callCount = this.#cursor.isNumberNext() ? this.#cursor.readNumber() : 0;
    if (this.#callCount > 0) this.isCounted = true;
    this.#readPositions(this.#target);
    this.#callAt = start;
    this.hasCalls = true;
  }

  #readHeader(key: string, value: string, start: number): void {
    if (!this.headers.has(key)) this.headers.set(key, value);
    if (REPEATED.has(key) && this.repeated.length < MAX_HEADER_VALUES) this.repeated.push([key, value]);
    if (key === 'part') this.parts++;
    else if (key === 'thread') {
      this.#thread = this.#openThread(value);
      this.#function = -1;
    } else if (key === 'positions') this.#setPositions(value, start);
    else if (key === 'events') this.#setEvents(value, start);
  }

  #setPositions(value: string, start: number): void {
    const words = value.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0 || words.length > MAX_POSITIONS) {
      throw this.#cursor.error(start, `expected 1 to ${MAX_POSITIONS} positions, found “${value.slice(0, 80)}”`);
    }
    this.#positions = words.length;
    this.#lineAt = words.indexOf('line');
    this.#last.fill(0);
  }

  #setEvents(value: string, start: number): void {
    const words = value.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0 || words.length > MAX_EVENTS) {
      throw this.#cursor.error(start, `expected the names of 1 to ${MAX_EVENTS} events, found ${words.length}`);
    }
    this.#columns = words.map((word) => {
      const known = this.events.indexOf(word);
      return known >= 0 ? known : this.events.push(word) - 1;
    });
    // A file may name its events again for each part, and others.
    if (this.events.length > MAX_EVENTS) {
      throw this.#cursor.error(start, `more than ${MAX_EVENTS} different events up to here`);
    }
  }

  /** A cost line, from its first position on: own costs, or those of the calls before it. */
  #readCosts(start: number): void {
    const { bytes } = this.#cursor;
    if (this.#columns.length === 0) {
      throw this.#cursor.error(start, 'the file has no “events:” line that names its costs, but costs');
    }
    this.#cursor.at = start;
    const last = this.#last;
    this.#readPositions(last);
    const line = this.#lineAt < 0 ? 0 : last[this.#lineAt]!;
    const isCall = this.#callAt >= 0;
    // Positions alone follow jumps.
    if (!isCall && !this.#cursor.skipBlanks()) return;
    if (this.#function < 0) this.#openFunction();
    const thread = this.#thread;
    const of = this.#function;
    const edge = isCall ? this.#addCall() : -1;
    thread.fit(this.functions.length, this.events.length);
    const hasLine = line > 0 && line <= 0x7fffffff && Number.isInteger(line);
    const row = hasLine ? thread.lines.find(of, this.#file, line) : -1;
    if (hasLine && !isCall && this.#file === this.functions.file[of]) {
      const first = this.functions.firstLine[of]!;
      if (first === 0 || line < first) this.functions.firstLine[of] = line;
    }
    const lineCosts = isCall ? thread.lines.calls : thread.lines.costs;
    for (const event of this.#columns) {
      if (!this.#cursor.skipBlanks()) break;
      const cost = this.#cursor.readNumber();
      if (isCall) thread.edges.costs[event]![edge]! += cost;
      else thread.self[event]![of]! += cost;
      if (row >= 0) lineCosts[event]![row]! += cost;
    }
    // What is left are costs without a name.
    let at = this.#cursor.at;
    while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
    this.#cursor.at = at;
  }

  /** Costs before the first `fn=` belong to a function without a name. */
  #openFunction(): void {
    if (this.#name < 0) this.#name = this.strings.add(new TextEncoder().encode('???'), 0, 3, 'utf-8');
    this.#function = this.functions.find(this.#object, this.#functionFile, this.#name);
    this.#thread.fit(this.functions.length, this.events.length);
    this.#thread.seen[this.#function] = 1;
  }

  #addCall(): number {
    const { functions } = this;
    const callee = functions.find(
      this.#calledObject >= 0 ? this.#calledObject : this.#object,
      this.#calledFile >= 0 ? this.#calledFile : this.#file,
      this.#calledName,
    );
    this.#thread.fit(functions.length, this.events.length);
    this.#thread.seen[callee] = 1;
    const target = this.#lineAt < 0 ? 0 : this.#target[this.#lineAt]!;
    if (functions.target[callee] === 0 && target > 0 && target <= 0x7fffffff) functions.target[callee] = target;
    this.#callAt = -1;
    this.#calledObject = -1;
    this.#calledFile = -1;
    this.#calledName = -1;
    return this.#thread.edges.add(this.#function, callee, this.#callCount);
  }

  /** Reads positions into `into`; steps count from the last cost line. Those that are missing stay as they were. */
  #readPositions(into: Float64Array): void {
    const { bytes } = this.#cursor;
    const last = this.#last;
    for (let index = 0; index < this.#positions; index++) {
      if (!this.#cursor.skipBlanks()) {
        into[index] = last[index]!;
        continue;
      }
      const byte = bytes[this.#cursor.at];
      if (byte === STAR) {
        this.#cursor.at++;
        into[index] = last[index]!;
      } else if (byte === PLUS) {
        this.#cursor.at++;
        into[index] = last[index]! + this.#cursor.readNumber();
      } else if (byte === MINUS) {
        this.#cursor.at++;
        into[index] = last[index]! - this.#cursor.readNumber();
      } else into[index] = this.#cursor.readNumber();
    }
  }
}
