/**
 * What a pickle asks for: the names of its classes and functions, found by stepping over the opcodes. Nothing is
 * carried out, so that a file can be told, and an evil one named, without being read.
 */
import { PickleCursor, PickleFault } from './pickle-cursor.ts';
import { PICKLE_OPCODE_NAMES } from './pickle-opcodes.ts';

const MAX_GLOBALS = 64;
const MAX_NAME_BYTES = 100;

const PROTO = 0x80;
const GLOBAL = 0x63;
const LAST_PROTOCOL = 5;

/** True for bytes that start as a pickle does: a protocol mark, or a global of the text protocols. */
export function isPickle(bytes: Uint8Array): boolean {
  if (bytes[0] === PROTO && bytes.length > 1) return bytes[1]! >= 1 && bytes[1]! <= LAST_PROTOCOL;
  if (bytes[0] !== GLOBAL) return false;
  return /^c[\w.]+\n[\w.]+\n/.test(String.fromCharCode(...bytes.subarray(0, MAX_NAME_BYTES)));
}

/** What was found in a pickle. */
export interface PickleGlobals {
  /** `module.name`, in order, each once; 64 at most. */
  readonly names: readonly string[];
  /** Where it breaks off or is damaged, as a clause with a blank in front; `''`: it is whole. */
  readonly fault: string;
}

/** The names that a pickle asks for. Never throws. */
export function findPickleGlobals(bytes: Uint8Array): PickleGlobals {
  const cursor = new PickleCursor(bytes);
  const decoder = new TextDecoder();
  const names = new Set<string>();
  const memo = new Map<number, string>();
  let memoized = 0;
  // The last two texts on the stack are all that STACK_GLOBAL needs.
  let before = '';
  let last = '';
  let wasText = false;
  const add = (name: string) => {
    if (names.size < MAX_GLOBALS) names.add(name);
  };
  for (;;) {
    const code = cursor.next();
    if (code === PickleFault.cut) return { names: [...names], fault: ` that breaks off at byte ${bytes.length}` };
    if (code === PickleFault.unknown) {
      const byte = bytes[cursor.at]!.toString(16).padStart(2, '0');
      return { names: [...names], fault: ` that is damaged at byte ${cursor.at} (opcode 0x${byte})` };
    }
    switch (PICKLE_OPCODE_NAMES[code]) {
      case 'STOP':
        return { names: [...names], fault: '' };
      case 'SHORT_BINUNICODE':
      case 'BINUNICODE':
      case 'BINUNICODE8':
      case 'SHORT_BINSTRING':
      case 'BINSTRING':
        before = last;
        last = decoder.decode(bytes.subarray(cursor.start, Math.min(cursor.end, cursor.start + MAX_NAME_BYTES)));
        wasText = true;
        continue;
      case 'BINGET':
      case 'LONG_BINGET':
        before = last;
        last = memo.get(cursor.unsigned()) ?? '';
        break;
      case 'BINPUT':
      case 'LONG_BINPUT':
        if (wasText) memo.set(cursor.unsigned(), last);
        break;
      case 'MEMOIZE':
        if (wasText) memo.set(memoized, last);
        memoized++;
        break;
      case 'STACK_GLOBAL':
        add(`${before}.${last}`);
        break;
      case 'GLOBAL':
      case 'INST':
        add(cursor.globalName());
        break;
    }
    wasText = false;
  }
}
