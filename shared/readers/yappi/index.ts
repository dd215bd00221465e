/** yappi: its own pickle, and what it prints. */
import type { Reader } from '../reader.ts';
import { YAPPI_TEXT, YAPPI_YSTAT } from './format.ts';
import { readYappiText } from './read-text.ts';
import { readYstat } from './read-ystat.ts';

/** Reads files that `save` writes. */
export const ystatReader: Reader = { ...YAPPI_YSTAT, read: readYstat };

/** Reads reports. */
export const yappiTextReader: Reader = { ...YAPPI_TEXT, read: readYappiText };
