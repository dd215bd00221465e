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
import { growColumn } from '../../decode/byte-strings.ts';
import { MarshalReader } from '../../decode/marshal.ts';
import { RefKind } from '../../decode/marshal-cursor.ts';
import { skipMarshal } from '../../decode/marshal-skip.ts';
import { MarshalType } from '../../decode/marshal-types.ts';
import { FormatError } from '../../errors.ts';
import type { Notes } from '../notes.ts';
import { KeyTable } from './keys.ts';
import { NumberRows } from './rows.ts';

/** Entries that references to shared tuples and dicts may add beyond what the file has bytes for. */
const MAX_REPLAYS = 1_000_000;
// Sums of 1e8 such values stay below 1.8e308, the largest double.
const MAX_VALUE = 1e300;
// Measured on real files: 130 to 160 bytes a function and 50 to 60 an edge. A first guess only; columns grow.
const BYTES_PER_FUNCTION = 150;
const BYTES_PER_EDGE = 56;

// A guess takes no more than this: 36 MB for the columns of edges. A large file of anything else takes no more either.
const MAX_GUESSED_ROWS = 1_000_000;

function guessRows(rows: number): number {
  return Math.min(MAX_GUESSED_ROWS, 16 + Math.floor(rows));
}

/** Everything a pstats file says, before any judgement. */
export class PstatsScan {
  readonly reader: MarshalReader;
  readonly keys: KeyTable;
  readonly functions: NumberRows;
  readonly edges: NumberRows;
  /** Function row that each edge leads to. */
  callee: Int32Array;
  /** Function row of each key, -1 when the key is a caller only. Length at least `keys.length`. */
  rowOfKey: Int32Array;
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
  /** Edge of each key for the function being read: valid when it is at or after the function's first edge. */
  private edgeOfKey: Int32Array;
  private lastMark = '';
  private replays = 0;
  private readonly notes: Notes;

  constructor(bytes: Uint8Array, notes: Notes) {
    this.notes = notes;
    const functions = guessRows(bytes.length / BYTES_PER_FUNCTION);
    const edges = guessRows(bytes.length / BYTES_PER_EDGE);
    this.reader = new MarshalReader(bytes, 'pstats', functions);
    this.keys = new KeyTable(functions);
    this.functions = new NumberRows(functions);
    this.rowOfKey = new Int32Array(functions).fill(-1);
    this.edgeOfKey = new Int32Array(functions).fill(-1);
    this.edges = new NumberRows(edges);
    this.callee = new Int32Array(edges);
    this.run();
  }

  private run(): void {
    const reader = this.reader;
    const slot = reader.takeSlot();
    reader.openDict('a dict of functions');
    while (!reader.closesDict('a function or the end of the profile')) {
      const keyAt = reader.pos;
      const key = this.readKey('a function as (file, line, name)', true);
      if (key < 0) {
        this.readMark(keyAt);
        continue;
      }
      this.readStat(key);
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

  /** Number of the key that is next, or -1 for a key of one element where `mayBeMark`. */
  private readKey(what: string, mayBeMark: boolean): number {
    const reader = this.reader;
    const known = reader.takeKnown(what);
    if (known >= 0) return known;
    const back = this.replay(what);
    const at = reader.pos;
    if (reader.peekType() === MarshalType.list) throw reader.unexpected(what);
    const slot = reader.takeSlot();
    const count = reader.openTuple(what);
    if (count === 1 && mayBeMark) {
      const mark = reader.readString('the name of a mark');
      this.lastMark = reader.strings.text(mark);
      reader.fillSlot(slot, RefKind.tuple, at);
      reader.endReplay(back);
      return -1;
    }
    if (count !== 3) throw reader.error(at, `a tuple of ${count}`, what);
    const file = reader.readString('the file of a function');
    const lineAt = reader.pos;
    const line = reader.readNumber('the line of a function');
    if ((line | 0) !== line) throw reader.error(lineAt, `line ${line}`, 'a line number');
    const name = reader.readString('the name of a function');
    const key = this.keys.add(file, line | 0, name);
    if (key >= this.rowOfKey.length) {
      const length = this.rowOfKey.length;
      this.rowOfKey = growColumn(this.rowOfKey, key + 1).fill(-1, length);
      this.edgeOfKey = growColumn(this.edgeOfKey, key + 1).fill(-1, length);
    }
    reader.fillSlot(slot, RefKind.known, key);
    reader.endReplay(back);
    return key;
  }

  /** Reads (cc, nc, tt, ct, callers) of the function `key`. */
  private readStat(key: number): void {
    const reader = this.reader;
    const what = 'the numbers of a function as (calls, calls, time, time, callers)';
    const back = this.replay(what);
    const at = reader.pos;
    const slot = reader.takeSlot();
    const count = reader.openTuple(what);
    if (count !== 5) throw reader.error(at, `a tuple of ${count}`, what);
    const first = this.readCount('a count of calls', key);
    const second = this.readCount('a count of calls', key);
    const self = this.readTime('the own time of a function', key);
    const total = this.readTime('the cumulative time of a function', key);
    if (first >= 0 || second >= 0) this.countedFunctions++;
    if (first < second) this.primitiveFirst++;
    else if (first > second) this.primitiveLast++;
    const calls = first > second ? first : second;
    const primitive = first > second ? second : first;
    let row = this.rowOfKey[key]!;
    if (row < 0) {
      row = this.functions.add(key, calls, primitive, self, total);
      this.rowOfKey[key] = row;
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
    this.readCallers(row);
    reader.fillSlot(slot, RefKind.tuple, at);
    reader.endReplay(back);
  }

  private readCallers(row: number): void {
    const reader = this.reader;
    const what = 'a dict of callers';
    const back = this.replay(what);
    const at = reader.pos;
    const slot = reader.takeSlot();
    reader.openDict(what);
    const firstEdge = this.edges.length;
    while (!reader.closesDict('a caller or the end of the callers')) {
      this.readEdge(this.readKey('a caller as (file, line, name)', false), row, firstEdge);
    }
    reader.fillSlot(slot, RefKind.dict, at);
    reader.endReplay(back);
  }

  /** Reads what `key` has to do with the function in `row`: four numbers, or a count. */
  private readEdge(key: number, row: number, firstEdge: number): void {
    const reader = this.reader;
    const what = 'the numbers of a caller as (calls, calls, time, time) or a count';
    const type = reader.peekType();
    if (type !== MarshalType.smallTuple && type !== MarshalType.tuple && type !== MarshalType.list) {
      if (type !== MarshalType.ref || reader.isNumberNext()) {
        const calls = this.readCount(what, key);
        this.countEdges++;
        this.addEdge(key, row, firstEdge, calls, Number.NaN, Number.NaN, Number.NaN);
        return;
      }
    }
    const back = this.replay(what);
    const at = reader.pos;
    const slot = reader.takeSlot();
    const count = reader.openTuple(what);
    if (count !== 4) throw reader.error(at, `a tuple of ${count}`, what);
    const first = this.readCount('a count of calls', key);
    const second = this.readCount('a count of calls', key);
    const self = this.readTime('the own time in a call', key);
    const total = this.readTime('the cumulative time of a call', key);
    const isFirstAll = first > second;
    this.addEdge(key, row, firstEdge, isFirstAll ? first : second, isFirstAll ? second : first, self, total);
    reader.fillSlot(slot, RefKind.tuple, at);
    reader.endReplay(back);
  }

  private addEdge(
    key: number,
    row: number,
    firstEdge: number,
    calls: number,
    primitive: number,
    self: number,
    total: number,
  ): void {
    const known = this.edgeOfKey[key]!;
    if (known >= firstEdge) {
      this.notes.add(
        'repeated-caller',
        (count) => `${count} ${count === 1 ? 'caller is' : 'callers are'} listed twice for one function: added up.`,
        () => this.describeKey(key),
      );
      this.edges.addTo(known, calls, primitive, self, total);
      return;
    }
    if (this.reader.isReplaying) this.countReplay();
    const edge = this.edges.add(key, calls, primitive, self, total);
    if (edge >= this.callee.length) this.callee = growColumn(this.callee, edge + 1);
    this.callee[edge] = row;
    this.edgeOfKey[key] = edge;
  }

  /** `file:line(name)` of a key, for notes. */
  describeKey(key: number): string {
    const strings = this.reader.strings;
    return `${strings.text(this.keys.file[key]!)}:${this.keys.line[key]}(${strings.text(this.keys.name[key]!)})`;
  }

  private readCount(what: string, key: number): number {
    const value = this.reader.readNumber(what);
    if (value >= 0 && value <= MAX_VALUE) return value;
    if (value !== -1) this.oddCounts++;
    this.notes.add(
      'negative-count',
      (count) => `${count} call ${count === 1 ? 'count is' : 'counts are'} negative or not a number: shown as unknown.`,
      () => this.describeKey(key),
    );
    return Number.NaN;
  }

  private readTime(what: string, key: number): number {
    const value = this.reader.readNumber(what);
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
