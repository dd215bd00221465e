/**
 * line_profiler: the pickle that `kernprof -l` writes (versions 1 to 5), and the report it prints. Both hold lines with
 * their hits and times, never who called whom.
 */
import type { Reader } from '../reader.ts';
import { LPROF, LPROF_TEXT } from './format.ts';
import { readLprof } from './read-lprof.ts';
import { readLprofText } from './read-text.ts';

/** Reads `.lprof` files. */
export const lprofReader: Reader = { ...LPROF, read: readLprof };

/** Reads reports. */
export const lprofTextReader: Reader = { ...LPROF_TEXT, read: readLprofText };
