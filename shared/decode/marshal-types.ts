/**
 * Type codes of Python's marshal format, and what people call them.
 *
 * Source: CPython Python/marshal.c, versions 0 to 6 (Python 2.7 to 3.15).
 */

/** First byte of a value, without bit 0x80. */
export const MarshalType = {
  null: 0x30,
  none: 0x4e,
  false: 0x46,
  true: 0x54,
  stopIteration: 0x53,
  ellipsis: 0x2e,
  int: 0x69,
  int64: 0x49,
  long: 0x6c,
  floatText: 0x66,
  float: 0x67,
  complexText: 0x78,
  complex: 0x79,
  string: 0x73,
  interned: 0x74,
  stringRef: 0x52,
  unicode: 0x75,
  ascii: 0x61,
  asciiInterned: 0x41,
  shortAscii: 0x7a,
  shortAsciiInterned: 0x5a,
  tuple: 0x28,
  smallTuple: 0x29,
  list: 0x5b,
  set: 0x3c,
  frozenSet: 0x3e,
  dict: 0x7b,
  frozenDict: 0x7d,
  slice: 0x3a,
  code: 0x63,
  ref: 0x72,
} as const;

const NAMES = new Map<number, string>([
  [MarshalType.null, 'the end mark of a dict'],
  [MarshalType.none, 'None'],
  [MarshalType.false, 'False'],
  [MarshalType.true, 'True'],
  [MarshalType.stopIteration, 'StopIteration'],
  [MarshalType.ellipsis, 'Ellipsis'],
  [MarshalType.int, 'an int'],
  [MarshalType.int64, 'an int'],
  [MarshalType.long, 'an int'],
  [MarshalType.floatText, 'a float'],
  [MarshalType.float, 'a float'],
  [MarshalType.complexText, 'a complex number'],
  [MarshalType.complex, 'a complex number'],
  [MarshalType.string, 'a byte string'],
  [MarshalType.interned, 'a string'],
  [MarshalType.stringRef, 'a string'],
  [MarshalType.unicode, 'a string'],
  [MarshalType.ascii, 'a string'],
  [MarshalType.asciiInterned, 'a string'],
  [MarshalType.shortAscii, 'a string'],
  [MarshalType.shortAsciiInterned, 'a string'],
  [MarshalType.tuple, 'a tuple'],
  [MarshalType.smallTuple, 'a tuple'],
  [MarshalType.list, 'a list'],
  [MarshalType.set, 'a set'],
  [MarshalType.frozenSet, 'a frozenset'],
  [MarshalType.dict, 'a dict'],
  [MarshalType.frozenDict, 'a frozendict'],
  [MarshalType.slice, 'a slice'],
  [MarshalType.code, 'a code object'],
  [MarshalType.ref, 'a reference'],
]);

/** What a type code is in words; for codes that do not exist, the byte. */
export function describeMarshalType(type: number): string {
  return NAMES.get(type) ?? `type byte 0x${type.toString(16).padStart(2, '0')}, which marshal does not have`;
}
