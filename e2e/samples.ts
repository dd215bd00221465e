/** The samples that ship with tsviz, by what they are good for in tests. */
import { join } from 'node:path';

/** Their folder. */
export const SAMPLES = join(import.meta.dirname, '..', 'public', 'samples');
/** A program with code of its own; its numbers are in oracles/notes.json. */
export const NOTES = join(SAMPLES, 'notes.prof');
/** Deep recursion; oracles/lib2to3.json. */
export const RECURSIVE = join(SAMPLES, 'lib2to3.prof');
/** Many imports; oracles/pydoc.json. */
export const IMPORTS = join(SAMPLES, 'pydoc.prof');
