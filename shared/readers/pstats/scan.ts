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
import { expectRows, growColumn } from '../../decode/columns.ts';
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
/** Bytes that the first guess is made for. What is read of a larger file tells better how much it holds. */
const GUESSED_BYTES = 2_000_000;
/** Edges of one function among which a caller is searched one by one. */
const FEW_EDGES = 8;

const STAT = 'the numbers of a function as (calls, calls, time, time, callers)';
const EDGE = 'the numbers of a caller as (calls, calls, time, time) or a count';
const STAT_PARTS = [
  'a count of calls',
  'a count of calls',
  'the own time of a function',
  'the cumulative time of a function',
];
const EDGE_PARTS = ['a count of calls', 'a count of calls', 'the own time in a call', 'the cumulative time of a call'];

/** Everything a pstats file says, before any judgement. */
export class PstatsScan {
  readonly reader: MarshalReader;
  readonly keys: KeyTable;
  readonly functions: NumberRows;
  readonly edges: NumberRows;
  /** Function row that each edge leads to. */
  callee: Int32Array;
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
  /** One more than the edge of each key, for a function of many: right when it is after the function's first edge. */
  private edgeOfKey = new Int32Array(0);
  /** The four numbers being read. */
  private readonly numbers = new Float64Array(4);
  private lastMark = '';
  private replays = 0;
  private readonly notes: Notes;

  constructor(bytes: Uint8Array, notes: Notes) {
    this.notes = notes;
    const guessed = Math.min(bytes.length, GUESSED_BYTES);
    const functions = 16 + Math.floor(guessed / BYTES_PER_FUNCTION);
    const edges = 16 + Math.floor(guessed / BYTES_PER_EDGE);
    this.reader = new MarshalReader(bytes, 'pstats', functions);
    this.keys = new KeyTable(functions);
    this.functions = new NumberRows(functions);
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
    reader.fillSlot(slot, RefKind.known, key);
    reader.endReplay(back);
    return key;
  }

  /** Reads (cc, nc, tt, ct, callers) of the function `key`. */
  private readStat(key: number): void {
    const reader = this.reader;
    let at = 0;
    let back = -1;
    let slot = -1;
    if (!reader.takePlainTuple(5)) {
      back = this.replay(STAT);
      at = reader.pos;
      slot = this.openTuple(5, STAT);
    }
    this.readNumbers(STAT_PARTS, key);
    const first = this.numbers[0]!;
    const second = this.numbers[1]!;
    const self = this.numbers[2]!;
    const total = this.numbers[3]!;
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
    this.readCallers(row);
    reader.fillSlot(slot, RefKind.tuple, at);
    reader.endReplay(back);
  }

  /** Appends a function; returns its row. */
  addFunction(key: number, calls: number, primitive: number, self: number, total: number): number {
    const { functions, reader } = this;
    if (functions.isFull) functions.grow(expectRows(functions.length, reader.pos / reader.end));
    const row = functions.add(key, calls, primitive, self, total);
    this.keys.row[key] = row;
    return row;
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
    let at = 0;
    let back = -1;
    let slot = -1;
    if (!reader.takePlainTuple(4)) {
      if (this.isCountNext()) {
        const calls = this.judgeCount(reader.readNumber(EDGE), key);
        this.countEdges++;
        this.addEdge(key, row, firstEdge, calls, Number.NaN, Number.NaN, Number.NaN);
        return;
      }
      back = this.replay(EDGE);
      at = reader.pos;
      slot = this.openTuple(4, EDGE);
    }
    this.readNumbers(EDGE_PARTS, key);
    const first = this.numbers[0]!;
    const second = this.numbers[1]!;
    const calls = first > second ? first : second;
    const primitive = first > second ? second : first;
    this.addEdge(key, row, firstEdge, calls, primitive, this.numbers[2]!, this.numbers[3]!);
    reader.fillSlot(slot, RefKind.tuple, at);
    reader.endReplay(back);
  }

  private isCountNext(): boolean {
    const type = this.reader.peekType();
    if (type === MarshalType.smallTuple || type === MarshalType.tuple || type === MarshalType.list) return false;
    return type !== MarshalType.ref || this.reader.isNumberNext();
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
    const { edges, reader } = this;
    const known = this.findEdge(key, firstEdge);
    if (known >= 0) {
      this.notes.add(
        'repeated-caller',
        (count) => `${count} ${count === 1 ? 'caller is' : 'callers are'} listed twice for one function: added up.`,
        () => this.describeKey(key),
      );
      edges.addTo(known, calls, primitive, self, total);
      return;
    }
    if (reader.isReplaying) this.countReplay();
    if (edges.isFull) {
      edges.grow(expectRows(edges.length, reader.pos / reader.end));
      this.callee = growColumn(this.callee, edges.key.length);
    }
    const edge = edges.add(key, calls, primitive, self, total);
    this.callee[edge] = row;
    if (edge - firstEdge > FEW_EDGES) this.edgeOfKey[key] = edge + 1;
  }

  /** Edge of the caller `key` among those from `firstEdge` on, -1 when there is none. */
  private findEdge(key: number, firstEdge: number): number {
    const { key: keys, length } = this.edges;
    const count = length - firstEdge;
    if (count <= FEW_EDGES) {
      for (let edge = firstEdge; edge < length; edge++) if (keys[edge] === key) return edge;
      return -1;
    }
    const room = this.keys.file.length;
    if (this.edgeOfKey.length < room) this.edgeOfKey = growColumn(this.edgeOfKey, room);
    if (count === FEW_EDGES + 1)
      for (let edge = firstEdge; edge < length; edge++) this.edgeOfKey[keys[edge]!] = edge + 1;
    const edge = this.edgeOfKey[key]! - 1;
    return edge >= firstEdge ? edge : -1;
  }

  /** `file:line(name)` of a key, for notes. */
  describeKey(key: number): string {
    const strings = this.reader.strings;
    return `${strings.text(this.keys.file[key]!)}:${this.keys.line[key]}(${strings.text(this.keys.name[key]!)})`;
  }

  /** Reads two counts and two times of `key` into `numbers`. */
  private readNumbers(parts: readonly string[], key: number): void {
    const numbers = this.numbers;
    this.reader.readNumbers(numbers, parts);
    const first = numbers[0]!;
    const second = numbers[1]!;
    const self = numbers[2]!;
    const total = numbers[3]!;
    // A NaN fails every comparison.
    if (first >= 0 && second >= 0 && self >= 0 && total >= 0 && first + second + self + total <= MAX_VALUE) return;
    numbers[0] = this.judgeCount(first, key);
    numbers[1] = this.judgeCount(second, key);
    numbers[2] = this.judgeTime(self, key);
    numbers[3] = this.judgeTime(total, key);
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

  /** Opens a tuple of `count`; returns its slot. */
  private openTuple(count: number, what: string): number {
    const reader = this.reader;
    const at = reader.pos;
    const slot = reader.takeSlot();
    const found = reader.openTuple(what);
    if (found !== count) throw reader.error(at, `a tuple of ${found}`, what);
    return slot;
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
