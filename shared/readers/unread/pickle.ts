/**
 * What a Python pickle holds, by the names of the classes and functions in it.
 *
 * The opcodes are stepped over, never carried out: a pickle is a program, and one that asks for `os.system` is the
 * usual trap. Whoever opens it learns what it asks for.
 *
 * Source: CPython Lib/pickletools.py.
 */
import { otherKind, profileKind, type Recognized } from './recognized.ts';

const MAX_GLOBALS = 64;
const MAX_NAME_BYTES = 100;

/** Classes that profilers pickle. Everything else in a pickle is somebody's attempt to run code. */
const PROFILE_GLOBALS = new Map<string, string>([
  ['_line_profiler.LineStats', 'lprof'],
  ['line_profiler._line_profiler.LineStats', 'lprof'],
  ['line_profiler.line_profiler.LineStats', 'lprof'],
  ['tracemalloc.Snapshot', 'tracemalloc'],
  ['tracemalloc._Traces', 'tracemalloc'],
  ['yappi.YFuncStats', 'yappi-ystat'],
  ['yappi.YFuncStat', 'yappi-ystat'],
  ['yappi.YChildFuncStats', 'yappi-ystat'],
  ['yappi.YChildFuncStat', 'yappi-ystat'],
  ['yappi.yappi.YFuncStats', 'yappi-ystat'],
  ['yappi.yappi.YFuncStat', 'yappi-ystat'],
  ['yappi.yappi.YChildFuncStats', 'yappi-ystat'],
  ['yappi.yappi.YChildFuncStat', 'yappi-ystat'],
]);
/** What old protocols need to make an instance; harmless names, still never called. */
const PLAIN_GLOBALS = new Set([
  'copy_reg._reconstructor',
  'copyreg._reconstructor',
  '__builtin__.object',
  'builtins.object',
]);

const KINDS = new Map<string, Recognized>([
  ['lprof', profileKind('lprof', 'a line_profiler profile (pickle)', 'Show it with: python -m line_profiler FILE')],
  ['tracemalloc', profileKind('tracemalloc', 'a tracemalloc snapshot (pickle)')],
  [
    'yappi-ystat',
    profileKind('yappi-ystat', 'a yappi profile (pickle)', "Save it as pstats: stats.save('app.prof', type='pstat')"),
  ],
]);

/** Size of an opcode's argument: bytes, or how it is found. */
type Argument = number | 'line' | 'lines' | 'length1' | 'length4' | 'length8';

const ARGUMENTS = new Map<number, Argument>();
for (const letter of '(.012N}])tadelosubRQ') ARGUMENTS.set(letter.charCodeAt(0), 0);
for (const letter of 'ILFSVPgp') ARGUMENTS.set(letter.charCodeAt(0), 'line');
for (const letter of 'ci') ARGUMENTS.set(letter.charCodeAt(0), 'lines');
for (const letter of 'Khq') ARGUMENTS.set(letter.charCodeAt(0), 1);
for (const letter of 'Jjr') ARGUMENTS.set(letter.charCodeAt(0), 4);
for (const letter of 'UC') ARGUMENTS.set(letter.charCodeAt(0), 'length1');
for (const letter of 'TXB') ARGUMENTS.set(letter.charCodeAt(0), 'length4');
for (const code of [0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x97, 0x98])
  ARGUMENTS.set(code, 0);
for (const [code, argument] of [
  [0x4d, 2], // M
  [0x47, 8], // G
  [0x80, 1],
  [0x82, 1],
  [0x83, 2],
  [0x84, 4],
  [0x95, 8],
  [0x8a, 'length1'],
  [0x8b, 'length4'],
  [0x8c, 'length1'],
  [0x8d, 'length8'],
  [0x8e, 'length8'],
  [0x96, 'length8'],
] as const) {
  ARGUMENTS.set(code, argument);
}

const STOP = 0x2e;
const GLOBAL = 0x63;
const INSTANCE = 0x69;
const STACK_GLOBAL = 0x93;
const MEMOIZE = 0x94;
/** Opcodes that push text: SHORT_BINUNICODE, BINUNICODE, BINUNICODE8, SHORT_BINSTRING, BINSTRING. */
const TEXT_CODES = new Set([0x8c, 0x58, 0x8d, 0x55, 0x54]);
/** BINGET, LONG_BINGET; BINPUT, LONG_BINPUT. */
const GET_CODES = new Set([0x68, 0x6a]);
const PUT_CODES = new Set([0x71, 0x72]);

/** True for bytes that start as a pickle does: a protocol mark, or a global of the text protocols. */
export function isPickle(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x80 && bytes.length > 1) return bytes[1]! >= 1 && bytes[1]! <= 5;
  if (bytes[0] !== GLOBAL) return false;
  const head = String.fromCharCode(...bytes.subarray(0, MAX_NAME_BYTES));
  return /^c[\w.]+\n[\w.]+\n/.test(head);
}

/** Walks the opcodes of one pickle and remembers the names it asks for. */
class PickleWalk {
  readonly globals: string[] = [];
  fault = '';
  private readonly bytes: Uint8Array;
  private at = 0;
  private last = '';
  private beforeLast = '';
  private memoCount = 0;
  private readonly memo = new Map<number, string>();
  private readonly decoder = new TextDecoder();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.run();
  }

  private run(): void {
    const { bytes } = this;
    let wasText = false;
    while (this.at < bytes.length) {
      const start = this.at;
      const code = bytes[this.at++]!;
      const argument = ARGUMENTS.get(code);
      if (argument === undefined) {
        this.fault = ` that is damaged at byte ${start} (opcode 0x${code.toString(16).padStart(2, '0')})`;
        return;
      }
      const from = this.at;
      const bodyStart = this.stepOver(argument);
      if (bodyStart < 0) {
        this.fault = ` that breaks off at byte ${bytes.length}`;
        return;
      }
      if (code === STOP) return;
      const text = () => this.decoder.decode(bytes.subarray(bodyStart, Math.min(this.at, bodyStart + MAX_NAME_BYTES)));
      if (TEXT_CODES.has(code)) {
        this.push(text());
        wasText = true;
        continue;
      }
      if (GET_CODES.has(code)) this.push(this.memo.get(this.readIndex(from)) ?? '');
      else if (wasText && PUT_CODES.has(code)) this.memo.set(this.readIndex(from), this.last);
      else if (code === MEMOIZE) this.memo.set(this.memoCount++, wasText ? this.last : '');
      else if (code === STACK_GLOBAL) this.addGlobal(`${this.beforeLast}.${this.last}`);
      else if (code === GLOBAL || code === INSTANCE) this.addGlobal(text().trim().replace('\n', '.'));
      wasText = false;
    }
    this.fault = ` that breaks off at byte ${bytes.length}`;
  }

  private push(text: string): void {
    this.beforeLast = this.last;
    this.last = text;
  }

  private addGlobal(name: string): void {
    if (this.globals.length < MAX_GLOBALS && !this.globals.includes(name)) this.globals.push(name);
  }

  /** Index that BINGET and their kind carry, in the bytes from `from` to the next opcode. */
  private readIndex(from: number): number {
    let index = 0;
    for (let i = this.at - 1; i >= from; i--) index = index * 256 + this.bytes[i]!;
    return index;
  }

  /** Moves behind the argument; returns where its body starts, -1 when the file ends first. */
  private stepOver(argument: Argument): number {
    const { bytes } = this;
    let start = this.at;
    let length = 0;
    if (typeof argument === 'number') length = argument;
    else if (argument === 'line' || argument === 'lines') {
      let end = bytes.indexOf(0x0a, start);
      if (argument === 'lines' && end >= 0) end = bytes.indexOf(0x0a, end + 1);
      if (end < 0) return -1;
      length = end + 1 - start;
    } else {
      const size = argument === 'length1' ? 1 : argument === 'length4' ? 4 : 8;
      if (start + size > bytes.length) return -1;
      for (let i = size - 1; i >= 0; i--) length = length * 256 + bytes[start + i]!;
      start += size;
    }
    if (start + length > bytes.length) return -1;
    this.at = start + length;
    return start;
  }
}

/** The kind of pickle; a foreign global is named. */
export function recognizePickle(bytes: Uint8Array): Recognized {
  const walk = new PickleWalk(bytes);
  const foreign = walk.globals.filter((name) => !PROFILE_GLOBALS.has(name) && !PLAIN_GLOBALS.has(name));
  if (foreign.length > 0) {
    return {
      ...otherKind(
        'pickle',
        'a Python pickle',
        'Do not load it with Python either unless you know where it comes from',
      ),
      found: ` that asks for ${foreign.slice(0, 3).join(', ')} (nothing in it was run)`,
    };
  }
  const id = walk.globals.map((name) => PROFILE_GLOBALS.get(name)).find((kind) => kind !== undefined);
  const kind = (id === undefined ? undefined : KINDS.get(id)) ?? otherKind('pickle', 'a Python pickle');
  return { ...kind, found: walk.fault };
}
