/**
 * Which pickle a file is, by the first name that it asks for: a profile's own class comes before everything else in it.
 */
import { findPickleGlobals, isPickle } from '../decode/pickle-globals.ts';
import { PLAIN_PICKLE_GLOBALS } from '../decode/pickle-plain.ts';
import type { Head } from './head.ts';
import type { Sniffed } from './reader.ts';

/** Bytes in which the class of the outermost value is named. */
const HEAD_BYTES = 1024;

/** Whether the bytes are a pickle whose first class is one of `classes`. */
export function sniffPickle({ bytes }: Head, classes: ReadonlySet<string>): Sniffed {
  if (!isPickle(bytes)) return 'no';
  const { names } = findPickleGlobals(bytes.subarray(0, HEAD_BYTES));
  const first = names.find((name) => !PLAIN_PICKLE_GLOBALS.has(name));
  return first !== undefined && classes.has(first) ? 'yes' : 'no';
}
