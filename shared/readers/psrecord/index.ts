/** psrecord: CPU and memory of a process over time. */
import type { Reader } from '../reader.ts';
import { PSRECORD } from './format.ts';
import { readPsrecord } from './read.ts';

/** Reads logs, plain and CSV. */
export const psrecordReader: Reader = { ...PSRECORD, read: readPsrecord };
