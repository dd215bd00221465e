/** memory_profiler: tables of lines, and the logs of mprof. */
import type { Reader } from '../reader.ts';
import { MEMORY_PROFILER_TEXT, MPROF } from './format.ts';
import { readMprof } from './read-mprof.ts';
import { readMemoryTable } from './read-table.ts';

/** Reads tables. */
export const memoryTableReader: Reader = { ...MEMORY_PROFILER_TEXT, read: readMemoryTable };

/** Reads logs. */
export const mprofReader: Reader = { ...MPROF, read: readMprof };
