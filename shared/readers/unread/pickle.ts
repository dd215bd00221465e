/**
 * What a Python pickle that no reader takes asks for, by the names of the classes and functions in it.
 *
 * A pickle is a program, and one that asks for `os.system` is the usual trap. Nothing in it is carried out here either:
 * whoever opens it learns what it asks for.
 */
import { findPickleGlobals } from '../../decode/pickle-globals.ts';
import { PLAIN_PICKLE_GLOBALS } from '../../decode/pickle-plain.ts';
import { otherKind, type Recognized } from './recognized.ts';

/** The kind of a pickle; names of what it asks for are told. */
export function recognizePickle(bytes: Uint8Array): Recognized {
  const { names, fault } = findPickleGlobals(bytes);
  const foreign = names.filter((name) => !PLAIN_PICKLE_GLOBALS.has(name));
  if (foreign.length === 0) return { ...otherKind('pickle', 'a Python pickle'), found: fault };
  return {
    ...otherKind('pickle', 'a Python pickle', 'Do not load it with Python either unless you know where it comes from'),
    found: ` that wants to call ${foreign.slice(0, 3).join(', ')} (nothing in it was run)`,
  };
}
