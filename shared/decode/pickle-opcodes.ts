/**
 * The opcodes of Python's pickle, protocols 0 to 5: what each is called and how many bytes follow it.
 *
 * A pickle is a program for a machine with a stack. This is the table of its instructions; `pickle.ts` carries out the
 * harmless ones, `pickle-globals.ts` only looks which classes and functions are asked for.
 *
 * Source: CPython Lib/pickletools.py.
 */

/** How the bytes behind an opcode are found where their number is not fixed. */
export const PickleArgument = { line: -1, lines: -2, length1: -3, length4: -4, length8: -5, none: -6 } as const;

const { line, lines, length1, length4, length8, none } = PickleArgument;

/** Every opcode: its code, its name, and the size of its argument in bytes or one of `PickleArgument`. */
const OPCODES = [
  [0x28, 'MARK', 0],
  [0x29, 'EMPTY_TUPLE', 0],
  [0x2e, 'STOP', 0],
  [0x30, 'POP', 0],
  [0x31, 'POP_MARK', 0],
  [0x32, 'DUP', 0],
  [0x42, 'BINBYTES', length4],
  [0x43, 'SHORT_BINBYTES', length1],
  [0x46, 'FLOAT', line],
  [0x47, 'BINFLOAT', 8],
  [0x49, 'INT', line],
  [0x4a, 'BININT', 4],
  [0x4b, 'BININT1', 1],
  [0x4c, 'LONG', line],
  [0x4d, 'BININT2', 2],
  [0x4e, 'NONE', 0],
  [0x50, 'PERSID', line],
  [0x51, 'BINPERSID', 0],
  [0x52, 'REDUCE', 0],
  [0x53, 'STRING', line],
  [0x54, 'BINSTRING', length4],
  [0x55, 'SHORT_BINSTRING', length1],
  [0x56, 'UNICODE', line],
  [0x58, 'BINUNICODE', length4],
  [0x5d, 'EMPTY_LIST', 0],
  [0x61, 'APPEND', 0],
  [0x62, 'BUILD', 0],
  [0x63, 'GLOBAL', lines],
  [0x64, 'DICT', 0],
  [0x65, 'APPENDS', 0],
  [0x67, 'GET', line],
  [0x68, 'BINGET', 1],
  [0x69, 'INST', lines],
  [0x6a, 'LONG_BINGET', 4],
  [0x6c, 'LIST', 0],
  [0x6f, 'OBJ', 0],
  [0x70, 'PUT', line],
  [0x71, 'BINPUT', 1],
  [0x72, 'LONG_BINPUT', 4],
  [0x73, 'SETITEM', 0],
  [0x74, 'TUPLE', 0],
  [0x75, 'SETITEMS', 0],
  [0x7d, 'EMPTY_DICT', 0],
  [0x80, 'PROTO', 1],
  [0x81, 'NEWOBJ', 0],
  [0x82, 'EXT1', 1],
  [0x83, 'EXT2', 2],
  [0x84, 'EXT4', 4],
  [0x85, 'TUPLE1', 0],
  [0x86, 'TUPLE2', 0],
  [0x87, 'TUPLE3', 0],
  [0x88, 'NEWTRUE', 0],
  [0x89, 'NEWFALSE', 0],
  [0x8a, 'LONG1', length1],
  [0x8b, 'LONG4', length4],
  [0x8c, 'SHORT_BINUNICODE', length1],
  [0x8d, 'BINUNICODE8', length8],
  [0x8e, 'BINBYTES8', length8],
  [0x8f, 'EMPTY_SET', 0],
  [0x90, 'ADDITEMS', 0],
  [0x91, 'FROZENSET', 0],
  [0x92, 'NEWOBJ_EX', 0],
  [0x93, 'STACK_GLOBAL', 0],
  [0x94, 'MEMOIZE', 0],
  [0x95, 'FRAME', 8],
  [0x96, 'BYTEARRAY8', length8],
  [0x97, 'NEXT_BUFFER', 0],
  [0x98, 'READONLY_BUFFER', 0],
] as const;

/** Name of an opcode. */
export type PickleOpcodeName = (typeof OPCODES)[number][1];

/** Names by code; undefined for a byte that is no opcode. */
export const PICKLE_OPCODE_NAMES: readonly (PickleOpcodeName | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => OPCODES.find(([known]) => known === code)?.[1],
);

/** Bytes behind each opcode, or how they are found; `PickleArgument.none` for a byte that is no opcode. */
export const PICKLE_ARGUMENTS = new Int8Array(256).fill(none);
for (const [code, , argument] of OPCODES) PICKLE_ARGUMENTS[code] = argument;
