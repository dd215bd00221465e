/**
 * Python's pickle, protocols 0 to 5, as data only.
 *
 * A pickle is a program: it may ask for any function of any module and have it called. This machine has a stack, a memo
 * and no way to call anything. Of classes it takes those that the reader names; an instance is a record of its class
 * and its state. The name of anything else ends the reading, and is what the message says.
 *
 *   REDUCE, NEWOBJ      make a record, of a class from the list, with no arguments
 *   BUILD               keeps the state as it is
 *   INST OBJ NEWOBJ_EX PERSID BINPERSID EXT1-4, sets, buffers      are refused
 *
 * Values stay as shared as they are in the file (see `pickle-values.ts`), so that what would fill the universe when
 * written out takes no more room than the file. Cost: linear in the file's bytes.
 *
 * Source: CPython Lib/pickle.py, Lib/pickletools.py.
 */
import { FormatError } from '../errors.ts';
import { PickleCursor, PickleFault } from './pickle-cursor.ts';
import { PICKLE_OPCODE_NAMES, type PickleOpcodeName } from './pickle-opcodes.ts';
import { OBJECTS, RECONSTRUCTORS } from './pickle-plain.ts';
import { PickleStack } from './pickle-stack.ts';
import { FALSE, NONE, PickleKind, PickleText, type PickleValue, PickleValues, TRUE } from './pickle-values.ts';

/** Values in all tuples: 512 MB of memory. A snapshot of 300 MB has as many. */
const MAX_ITEMS = 2 ** 27;
/** Values in all lists and dicts, and texts: a quarter of that each. */
const MAX_ENTRIES = 2 ** 25;
/** Lists, dicts and instances. */
const MAX_CONTAINERS = 2 ** 22;

/** What a reader takes. */
export interface PickleRules {
  /** Names the file in messages. */
  readonly format: string;
  /** Classes of which instances may be, as `module.name`. */
  readonly classes: ReadonlySet<string>;
  /** What to do when the file is damaged, as one imperative sentence. */
  readonly advice: string;
}

/** A pickle that was read. */
export interface Pickle {
  readonly values: PickleValues;
  readonly root: PickleValue;
  /** Offset behind the pickle: of what else is in the file. */
  readonly end: number;
}

/** Reads the pickle at the start of `bytes`. @throws FormatError */
export function readPickle(bytes: Uint8Array, rules: PickleRules): Pickle {
  return new PickleMachine(bytes, rules).run();
}

class PickleMachine {
  readonly cursor: PickleCursor;
  readonly stack: PickleStack;
  readonly values: PickleValues;
  readonly #rules: PickleRules;
  readonly #names: readonly string[];

  constructor(bytes: Uint8Array, rules: PickleRules) {
    this.cursor = new PickleCursor(bytes);
    this.stack = new PickleStack((what) => this.fail(what));
    this.#rules = rules;
    this.#names = [...rules.classes, ...RECONSTRUCTORS, ...OBJECTS];
    this.values = new PickleValues(bytes, this.#names);
  }

  run(): Pickle {
    const { cursor, values } = this;
    for (;;) {
      const code = cursor.next();
      if (code === STOP) return { values, root: this.stack.pop(), end: cursor.pos };
      if (code < 0) this.#failAtFault(code);
      const act = ACTIONS_BY_CODE[code];
      if (act === undefined)
        this.fail(`the pickle has the opcode ${PICKLE_OPCODE_NAMES[code]}, which no profile needs`);
      act(this);
    }
  }

  pushNumber(value: number, isInteger: boolean): void {
    this.stack.push(this.values.addNumber(value, isInteger));
  }

  pushText(kind: number): void {
    if (this.values.textCount >= MAX_ENTRIES) this.fail(`the pickle holds more than ${MAX_ENTRIES} texts`);
    this.stack.push(this.values.addText(this.cursor.start, this.cursor.end, kind));
  }

  /** A tuple of what is on the stack from the height `from` on. */
  pushTuple(from: number): void {
    const { stack, values } = this;
    stack.expect(from);
    if (values.itemCount > MAX_ITEMS) this.fail(`the pickle holds more than ${MAX_ITEMS} values`);
    const tuple = values.addTuple(stack.values, from, stack.height);
    stack.height = from;
    stack.push(tuple);
  }

  /** A list or dict of what is on the stack from the height `from` on. */
  pushContainer(kind: typeof PickleKind.list | typeof PickleKind.dict, from = this.stack.height): void {
    const { stack, values } = this;
    this.#checkContainers();
    const container = values.addList(kind);
    if (from < stack.height) this.#fill(container, from);
    stack.push(container);
  }

  append(from: number): void {
    const { stack, values } = this;
    stack.expect(from - 1);
    const list = stack.values[from - 1]!;
    if (values.list(list) === null) this.failAt('a list to append to', list);
    this.#fill(list, from);
  }

  setItems(from: number): void {
    const { stack, values } = this;
    stack.expect(from - 1);
    const dict = stack.values[from - 1]!;
    if (values.entries(dict) === null) this.failAt('a dict to put entries in', dict);
    this.#fill(dict, from);
  }

  setState(): void {
    const { stack, values } = this;
    const state = stack.pop();
    if (values.className(stack.top()) === null) this.failAt('an instance to give a state to', stack.top());
    values.setState(stack.top(), state);
  }

  pushGlobal(name: string): void {
    const index = this.#names.indexOf(name);
    if (index < 0) this.refuse(name);
    this.stack.push(this.values.classValue(index));
  }

  pushStackGlobal(): void {
    const name = this.values.text(this.stack.pop());
    const module = this.values.text(this.stack.pop());
    if (name === null || module === null) this.fail('the pickle asks for a class without a name');
    this.pushGlobal(`${module}.${name}`);
  }

  /** A record in place of the class and its (empty) arguments. */
  makeInstance(): void {
    const args = this.stack.pop();
    const made = this.stack.pop();
    const name = this.values.classOf(made);
    if (name === null || !this.#rules.classes.has(name)) this.refuse(name ?? this.values.describe(made));
    if (this.values.tupleLength(args) !== 0) this.failAt('no arguments for a new instance', args);
    this.#pushInstance(name);
  }

  /** A record in place of `_reconstructor` and its arguments (class, object, None), which protocols 0 and 1 write. */
  reconstruct(): void {
    const { values } = this;
    const args = this.stack.pop();
    const callable = this.stack.pop();
    const name = values.classOf(callable);
    if (name === null || !RECONSTRUCTORS.includes(name)) this.refuse(name ?? values.describe(callable));
    const count = values.tupleLength(args);
    const made = count === 3 ? values.classOf(values.item(args, 0)) : null;
    if (made === null || !this.#rules.classes.has(made)) this.failAt('a class to make an instance of', args);
    const base = values.classOf(values.item(args, 1));
    if (base === null || !OBJECTS.includes(base) || values.item(args, 2) !== NONE) {
      this.failAt('an instance without arguments', args);
    }
    this.#pushInstance(made);
  }

  /** `I01` and `I00` are True and False; longs end in `L`. */
  pushWrittenInteger(): void {
    const text = this.cursor.latin1();
    if (text === '00' || text === '01') this.stack.push(text === '01' ? TRUE : FALSE);
    else if (/^[+-]?\d+L?$/.test(text)) this.pushNumber(Number(text.replace('L', '')), true);
    else this.fail(`the pickle has ${quote(text)} for an integer`);
  }

  pushWrittenFloat(): void {
    const text = this.cursor.latin1();
    const value = text === '' ? Number.NaN : Number(text.replace(/^([+-]?)inf$/, '$1Infinity'));
    if (Number.isNaN(value) && text !== 'nan') this.fail(`the pickle has ${quote(text)} for a number`);
    this.pushNumber(value, false);
  }

  readWrittenIndex(): number {
    const text = this.cursor.latin1();
    if (!/^\d{1,15}$/.test(text)) this.fail(`the pickle has ${quote(text)} for the number of a value`);
    return Number(text);
  }

  /** Ends the reading at a name that is not on the list. */
  refuse(name: string): never {
    const { format } = this.#rules;
    const offset = this.cursor.at;
    throw new FormatError(
      `${format} byte ${offset}: the pickle wants to call ${name.slice(0, 100)}, which no profile needs (nothing in it was run)`,
      { format, offset, advice: 'Do not load it with Python either unless you know where it comes from' },
    );
  }

  failAt(expected: string, found: PickleValue): never {
    this.fail(`expected ${expected}, found ${this.values.describe(found)}`);
  }

  fail(what: string, offset = this.cursor.at): never {
    const { format, advice } = this.#rules;
    throw new FormatError(`${format} byte ${offset}: ${what}`, { format, offset, advice });
  }

  #fill(container: PickleValue, from: number): void {
    const { stack, values } = this;
    const count = stack.height - from;
    if (values.list(container) === null && count % 2 !== 0) this.fail('the pickle has a key without a value');
    if (values.entryCount + count > MAX_ENTRIES) this.fail(`the pickle holds more than ${MAX_ENTRIES} values in lists`);
    values.append(container, stack.values, from, stack.height);
    stack.height = from;
  }

  #pushInstance(name: string): void {
    this.#checkContainers();
    this.stack.push(this.values.addInstance(name));
  }

  #checkContainers(): void {
    this.stack.checkNesting();
    if (this.values.containers < MAX_CONTAINERS) return;
    this.fail(`the pickle holds more than ${MAX_CONTAINERS} lists and dicts`);
  }

  #failAtFault(fault: number): never {
    const { bytes, at } = this.cursor;
    if (fault === PickleFault.unknown)
      this.fail(`0x${bytes[at]!.toString(16).padStart(2, '0')} is no opcode of pickle`);
    this.fail('the file ends here, but the pickle goes on: it was cut short, or is damaged', bytes.length);
  }
}

type Action = (machine: PickleMachine) => void;

const nothing: Action = () => {};
const pushUnsigned: Action = (m) => m.pushNumber(m.cursor.unsigned(), true);
const pushSigned: Action = (m) => m.pushNumber(m.cursor.signed(), true);
const pushWritten: Action = (m) => m.pushWrittenInteger();
const pushUnicode: Action = (m) => m.pushText(PickleText.utf8);
const pushBytes: Action = (m) => m.pushText(PickleText.bytes);
const put: Action = (m) => m.stack.put(m.cursor.unsigned());
const get: Action = (m) => m.stack.get(m.cursor.unsigned());

/** What each opcode does; those that are missing are refused. */
const ACTIONS: { readonly [name in PickleOpcodeName]?: Action } = {
  PROTO: nothing,
  // A hint for whoever reads from a network; nothing is allocated by it.
  FRAME: nothing,
  MARK: (m) => m.stack.mark(),
  POP: (m) => m.stack.drop(),
  POP_MARK: (m) => {
    m.stack.height = m.stack.popMark();
  },
  DUP: (m) => m.stack.push(m.stack.top()),

  NONE: (m) => m.stack.push(NONE),
  NEWTRUE: (m) => m.stack.push(TRUE),
  NEWFALSE: (m) => m.stack.push(FALSE),
  BININT1: pushUnsigned,
  BININT2: pushUnsigned,
  BININT: pushSigned,
  LONG1: pushSigned,
  LONG4: pushSigned,
  INT: pushWritten,
  LONG: pushWritten,
  FLOAT: (m) => m.pushWrittenFloat(),
  BINFLOAT: (m) => m.pushNumber(readDouble(m.cursor.bytes, m.cursor.start), false),

  SHORT_BINUNICODE: pushUnicode,
  BINUNICODE: pushUnicode,
  BINUNICODE8: pushUnicode,
  SHORT_BINSTRING: pushBytes,
  BINSTRING: pushBytes,
  SHORT_BINBYTES: pushBytes,
  BINBYTES: pushBytes,
  BINBYTES8: pushBytes,
  STRING: (m) => m.pushText(PickleText.pythonEscapes),
  UNICODE: (m) => m.pushText(PickleText.unicodeEscapes),

  EMPTY_TUPLE: (m) => m.pushTuple(m.stack.height),
  TUPLE1: (m) => m.pushTuple(m.stack.height - 1),
  TUPLE2: (m) => m.pushTuple(m.stack.height - 2),
  TUPLE3: (m) => m.pushTuple(m.stack.height - 3),
  TUPLE: (m) => m.pushTuple(m.stack.popMark()),
  EMPTY_LIST: (m) => m.pushContainer(PickleKind.list),
  EMPTY_DICT: (m) => m.pushContainer(PickleKind.dict),
  LIST: (m) => m.pushContainer(PickleKind.list, m.stack.popMark()),
  DICT: (m) => m.pushContainer(PickleKind.dict, m.stack.popMark()),
  APPEND: (m) => m.append(m.stack.height - 1),
  APPENDS: (m) => m.append(m.stack.popMark()),
  SETITEM: (m) => m.setItems(m.stack.height - 2),
  SETITEMS: (m) => m.setItems(m.stack.popMark()),

  PUT: (m) => m.stack.put(m.readWrittenIndex()),
  BINPUT: put,
  LONG_BINPUT: put,
  MEMOIZE: (m) => m.stack.put(m.stack.memoized),
  GET: (m) => m.stack.get(m.readWrittenIndex()),
  BINGET: get,
  LONG_BINGET: get,

  GLOBAL: (m) => m.pushGlobal(m.cursor.globalName()),
  STACK_GLOBAL: (m) => m.pushStackGlobal(),
  NEWOBJ: (m) => m.makeInstance(),
  REDUCE: (m) => m.reconstruct(),
  BUILD: (m) => m.setState(),
  // These carry a name of their own, which is worth telling.
  INST: (m) => m.refuse(m.cursor.globalName()),
};

const ACTIONS_BY_CODE: readonly (Action | undefined)[] = PICKLE_OPCODE_NAMES.map((name) => name && ACTIONS[name]);
const STOP = PICKLE_OPCODE_NAMES.indexOf('STOP');

function readDouble(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0);
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
