/**
 * The shape of a pstats file, read straight from marshal bytes into columns of numbers, in one pass.
 *
 *   dict {  key  stat  key  stat ...  }              key   (file, line, name)        or (mark,)
 *                 │                                  stat  (cc, nc, tt, ct, callers)
 *                 └ callers {  key  edge  ... }      edge  (nc, cc, tt, ct)          or a count
 *
 * The order of the two counts differs between writers and between stat and edge, so they are told apart by size:
 * primitive calls are never more than all calls. What is no good as a number becomes unknown (NaN) or is kept, and
 * is noted:
 *
 *   counts below 0 (pyinstrument's -1)           unknown   negative-count
 *   times that are NaN, infinite, over 1e300     unknown   not-a-time
 *   times below 0 (a clock that went back)       kept      negative-time
 */
import { expectRows } from '../../decode/columns.ts';
import { MarshalReader } from '../../decode/marshal.ts';
import { FLAG_REF, KIND_BITS, KIND_MASK, RefKind, TYPE_MASK } from '../../decode/marshal-cursor.ts';
import { skipMarshal } from '../../decode/marshal-skip.ts';
import { MarshalType as T } from '../../decode/marshal-types.ts';
import { FormatError } from '../../errors.ts';
import type { Notes } from '../notes.ts';
import { KeyTable } from './keys.ts';
import { EdgeRows, NumberRows } from './rows.ts';

/** Entries that references to shared tuples and dicts may add beyond what the file has bytes for. */
const MAX_REPLAYS = 1_000_000;
// Sums of 1e8 such values stay below 1.8e308, the largest double.
const MAX_VALUE = 1e300;
// Measured on real files: 130 to 160 bytes a function and 50 to 60 an edge. A first guess only; columns grow.
const BYTES_PER_FUNCTION = 150;
const BYTES_PER_EDGE = 56;
/** Bytes that the first guess is made for. What is read of a larger file tells better how much it holds. */
const GUESSED_BYTES = 2_000_000;
const FUNCTION = 'a function as (file, line, name)';
const CALLER = 'a caller as (file, line, name)';
const STAT = 'the numbers of a function as (calls, calls, time, time, callers)';
const EDGE = 'the numbers of a caller as (calls, calls, time, time) or a count';
const STAT_PARTS = [
  'a count of calls',
  'a count of calls',
  'the own time of a function',
  'the cumulative time of a function',
];
const EDGE_PARTS = ['a count of calls', 'a count of calls', 'the own time in a call', 'the cumulative time of a call'];

/** A container that is not written as nearly all are: it has a slot, is a reference, or is a long tuple. */
class Odd {
  /** Where it starts; -1 when nothing is open. */
  at = -1;
  slot = -1;
  /** Where to go back to, -1 for no reference. */
  back = -1;
}

/**
 * Everything a pstats file says, before any judgement.
 *
 * Few functions and loops instead of one function per construct: a profile of a thousand functions is read in the time
 * an engine takes to compile thirty small ones, twice.
 */
export class PstatsScan {
  readonly reader: MarshalReader;
  readonly keys: KeyTable;
  readonly functions: NumberRows;
  readonly edges: EdgeRows;
  /** The file has the mark of Python 3.15's sampling profiler. */
  isSampled = false;
  /** Functions listed more than once: added up, and their edges are not in groups. */
  repeatedFunctions = 0;
  /** Functions with a count that is not negative. */
  countedFunctions = 0;
  /** Unusable counts other than pyinstrument's -1. */
  oddCounts = 0;
  /** Edges that are a mere count. */
  countEdges = 0;
  /** Functions whose counts are in cProfile's order (primitive first), in the reverse order. */
  primitiveFirst = 0;
  primitiveLast = 0;
  /** Offset of the first byte after the dict. */
  end = 0;
  /** The four numbers being read. */
  private readonly numbers = new Float64Array(4);
  private readonly oddStat = new Odd();
  private readonly oddCallers = new Odd();
  private readonly oddEdge = new Odd();
  private lastMark = '';
  private replays = 0;
  private readonly notes: Notes;

  constructor(bytes: Uint8Array, notes: Notes) {
    this.notes = notes;
    const guessed = Math.min(bytes.length, GUESSED_BYTES);
    const functions = 16 + Math.floor(guessed / BYTES_PER_FUNCTION);
    this.reader = new MarshalReader(bytes, 'pstats', functions);
    this.keys = new KeyTable(functions);
    this.functions = new NumberRows(functions);
    this.edges = new EdgeRows(16 + Math.floor(guessed / BYTES_PER_EDGE));
    this.run();
  }

  private run(): void {
    const reader = this.reader;
    const { bytes, view, end } = reader;
    const slot = reader.takeSlot();
    reader.openDict('a dict of functions');
    // The function whose callers are being read, -1 between functions.
    let row = -1;
    for (;;) {
      const at = reader.pos;
      const type = bytes[at]! & TYPE_MASK;
      if (type === T.null || at >= end) {
        reader.closesDict(row < 0 ? 'a function or the end of the profile' : 'a caller or the end of the callers');
        if (row < 0) break;
        this.close(this.oddCallers, RefKind.dict);
        this.close(this.oddStat, RefKind.tuple);
        row = -1;
        continue;
      }
      let key = -1;
      if (type === T.ref && at + 5 <= end) {
        const ref = reader.refs[view.getInt32(at + 1, true)]!;
        if ((ref & KIND_MASK) === RefKind.known) {
          key = ref >>> KIND_BITS;
          reader.pos = at + 5;
        }
      }
      if (key < 0) key = this.readKey(row < 0 ? FUNCTION : CALLER, row < 0);
      if (key < 0) this.readMark(at);
      else if (row < 0) row = this.openFunction(key);
      else this.readEdge(key, row);
    }
    reader.fillSlot(slot, RefKind.dict, 0);
    this.end = reader.pos;
  }

  /** Reads the value that belongs to a key of one element. */
  private readMark(keyAt: number): void {
    const isTrue = skipMarshal(this.reader, 'the value of a mark');
    if (this.lastMark === '__sampled__') this.isSampled ||= isTrue;
    else {
      const mark = this.lastMark;
      this.notes.add(
        'unknown-mark',
        (count) =>
          `${count} ${count === 1 ? 'entry is' : 'entries are'} no function (the first is “${mark}”): left out.`,
        () => `byte ${keyAt}`,
      );
    }
  }

  /** Number of the key that is written out next, or -1 for a key of one element where `mayBeMark`. */
  private readKey(what: string, mayBeMark: boolean): number {
    const reader = this.reader;
    const type = reader.peekType();
    const back = type === T.ref ? this.replay(what) : -1;
    const at = reader.pos;
    const slot = reader.bytes[at]! & FLAG_REF ? reader.takeSlot() : -1;
    if (type === T.smallTuple && reader.bytes[at + 1] === 3) reader.pos = at + 2;
    else {
      if (reader.peekType() === T.list) throw reader.unexpected(what);
      const count = reader.openTuple(what);
      if (count === 1 && mayBeMark) {
        const mark = reader.readString('the name of a mark');
        this.lastMark = reader.strings.text(mark);
        reader.fillSlot(slot, RefKind.tuple, at);
        reader.endReplay(back);
        return -1;
      }
      if (count !== 3) throw reader.error(at, `a tuple of ${count}`, what);
    }
    const file = reader.readString('the file of a function');
    const lineAt = reader.pos;
    const line = reader.readNumber('the line of a function');
    if ((line | 0) !== line) throw reader.error(lineAt, `line ${line}`, 'a line number');
    const name = reader.readString('the name of a function');
    const key = this.keys.add(file, line | 0, name);
    if (slot >= 0) reader.fillSlot(slot, RefKind.known, key);
    if (back >= 0) reader.endReplay(back);
    return key;
  }

  /** Reads (cc, nc, tt, ct and the start of the callers of the function `key`; returns its row. */
  private openFunction(key: number): number {
    const reader = this.reader;
    const at = reader.pos;
    if (reader.bytes[at] === T.smallTuple && reader.bytes[at + 1] === 5) reader.pos = at + 2;
    else this.openOdd(this.oddStat, 5, STAT);
    const numbers = this.numbers;
    if (!reader.readNumbers(numbers, MAX_VALUE, STAT_PARTS)) this.judgeNumbers(key);
    const first = numbers[0]!;
    const second = numbers[1]!;
    const self = numbers[2]!;
    const total = numbers[3]!;
    if (first >= 0 || second >= 0) this.countedFunctions++;
    if (first < second) this.primitiveFirst++;
    else if (first > second) this.primitiveLast++;
    const calls = first > second ? first : second;
    const primitive = first > second ? second : first;
    let row = this.keys.row[key]!;
    if (row < 0) {
      row = this.addFunction(key, calls, primitive, self, total);
    } else {
      this.repeatedFunctions++;
      this.notes.add(
        'repeated-function',
        (count) =>
          `${count} ${count === 1 ? 'function is' : 'functions are'} listed twice: their numbers are added up.`,
        () => this.describeKey(key),
      );
      this.functions.addTo(row, calls, primitive, self, total);
    }
    this.edges.groupStart = this.edges.length;
    if (reader.bytes[reader.pos] === T.dict) reader.pos++;
    else this.openOdd(this.oddCallers, -1, 'a dict of callers');
    return row;
  }

  /** Appends a function; returns its row. */
  addFunction(key: number, calls: number, primitive: number, self: number, total: number): number {
    const { functions, reader } = this;
    if (functions.length === functions.key.length)
      functions.grow(expectRows(functions.length, reader.pos / reader.end));
    const row = functions.add(key, calls, primitive, self, total);
    this.keys.row[key] = row;
    return row;
  }

  /** Reads what `key` has to do with the function in `row`: four numbers, or a count. */
  private readEdge(key: number, row: number): void {
    const reader = this.reader;
    const at = reader.pos;
    if (reader.bytes[at] === T.smallTuple && reader.bytes[at + 1] === 4) reader.pos = at + 2;
    else if (this.isCountNext()) {
      const calls = this.judgeCount(reader.readNumber(EDGE), key);
      this.countEdges++;
      this.addEdge(key, row, calls, Number.NaN, Number.NaN, Number.NaN);
      return;
    } else this.openOdd(this.oddEdge, 4, EDGE);
    const numbers = this.numbers;
    if (!reader.readNumbers(numbers, MAX_VALUE, EDGE_PARTS)) this.judgeNumbers(key);
    const first = numbers[0]!;
    const second = numbers[1]!;
    const calls = first > second ? first : second;
    const primitive = first > second ? second : first;
    this.addEdge(key, row, calls, primitive, numbers[2]!, numbers[3]!);
    if (this.oddEdge.at >= 0) this.close(this.oddEdge, RefKind.tuple);
  }

  private isCountNext(): boolean {
    const type = this.reader.peekType();
    if (type === T.smallTuple || type === T.tuple || type === T.list) return false;
    return type !== T.ref || this.reader.isNumberNext();
  }

  private addEdge(key: number, row: number, calls: number, primitive: number, self: number, total: number): void {
    const { edges, reader } = this;
    if (edges.length === edges.key.length) edges.grow(expectRows(edges.length, reader.pos / reader.end));
    const known = edges.addNew(key, row, calls, primitive, self, total);
    if (known >= 0) {
      this.notes.add(
        'repeated-caller',
        (count) => `${count} ${count === 1 ? 'caller is' : 'callers are'} listed twice for one function: added up.`,
        () => this.describeKey(key),
      );
      edges.addTo(known, calls, primitive, self, total);
    } else if (reader.isReplaying) this.countReplay();
  }

  /** `file:line(name)` of a key, for notes. */
  describeKey(key: number): string {
    const strings = this.reader.strings;
    return `${strings.text(this.keys.file[key]!)}:${this.keys.line[key]}(${strings.text(this.keys.name[key]!)})`;
  }

  /** Makes unknown what is no good among `numbers`, two counts and two times, with a note. */
  private judgeNumbers(key: number): void {
    const numbers = this.numbers;
    numbers[0] = this.judgeCount(numbers[0]!, key);
    numbers[1] = this.judgeCount(numbers[1]!, key);
    numbers[2] = this.judgeTime(numbers[2]!, key);
    numbers[3] = this.judgeTime(numbers[3]!, key);
  }

  private judgeCount(value: number, key: number): number {
    if (value >= 0 && value <= MAX_VALUE) return value;
    if (value !== -1) this.oddCounts++;
    this.notes.add(
      'negative-count',
      (count) => `${count} call ${count === 1 ? 'count is' : 'counts are'} negative or not a number: shown as unknown.`,
      () => this.describeKey(key),
    );
    return Number.NaN;
  }

  private judgeTime(value: number, key: number): number {
    // A NaN fails both comparisons.
    if (value >= 0 && value <= MAX_VALUE) return value;
    if (value < 0 && value >= -MAX_VALUE) {
      this.notes.add(
        'negative-time',
        (count) => `${count} ${count === 1 ? 'time is' : 'times are'} negative (a clock went back): kept as they are.`,
        () => this.describeKey(key),
      );
      return value;
    }
    this.notes.add(
      'not-a-time',
      (count) => `${count} ${count === 1 ? 'time is' : 'times are'} not a number or infinite: shown as unknown.`,
      () => this.describeKey(key),
    );
    return Number.NaN;
  }

  /** Opens a tuple of `count`, or a dict for -1, that is written in any way; `close` has to follow. */
  private openOdd(odd: Odd, count: number, what: string): void {
    const reader = this.reader;
    odd.back = this.replay(what);
    odd.at = reader.pos;
    odd.slot = reader.takeSlot();
    if (count < 0) {
      reader.openDict(what);
      return;
    }
    const found = reader.openTuple(what);
    if (found !== count) throw reader.error(odd.at, `a tuple of ${found}`, what);
  }

  private close(odd: Odd, kind: number): void {
    if (odd.at < 0) return;
    this.reader.fillSlot(odd.slot, kind, odd.at);
    this.reader.endReplay(odd.back);
    odd.at = -1;
  }

  private replay(what: string): number {
    const back = this.reader.beginReplay(what);
    if (back >= 0) this.countReplay();
    return back;
  }

  private countReplay(): void {
    if (++this.replays <= MAX_REPLAYS) return;
    const offset = this.reader.pos;
    throw new FormatError(
      `pstats byte ${offset}: the file repeats itself by reference more than ${MAX_REPLAYS} times`,
      {
        format: 'pstats',
        offset,
      },
    );
  }
}
