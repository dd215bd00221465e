/** The bytes around a fault, for the page that explains it. */
import { openSource } from '../../shared/decode/source.ts';
import type { Excerpt } from '../../shared/protocol/worker.ts';

/** Bytes of one line of the excerpt. */
export const LINE_BYTES = 16;
/** Lines before that of the fault, and after it. */
const LINES_BEFORE = 2;
const LINES_AFTER = 1;

/**
 * Whole lines of bytes around `offset` of the decompressed file, or null when the file can't be opened that far.
 */
export async function cutExcerpt(bytes: Uint8Array, offset: number): Promise<Excerpt | null> {
  const source = await openSource(bytes, '').catch(() => null);
  if (source === null) return null;
  const all = source.bytes;
  const at = Math.min(Math.max(0, offset), all.length);
  const line = Math.floor(Math.max(0, at === all.length ? at - 1 : at) / LINE_BYTES);
  const start = Math.max(0, line - LINES_BEFORE) * LINE_BYTES;
  const end = Math.min(all.length, (line + 1 + LINES_AFTER) * LINE_BYTES);
  return { start, bytes: all.slice(start, end), at, ends: at === all.length };
}
