/**
 * The one door to all readers: bytes in, profiles out, whatever the format.
 */

import { isGzip, isPacked } from '../decode/magic.ts';
import { openSource, type Source, type SourceOptions } from '../decode/source.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { pstatsReader } from './pstats/index.ts';
import type { Reader, StageHook } from './reader.ts';
import { findFormat, type SniffedFormat, sniffReadable } from './sniff.ts';
import { describeUnread, recognize } from './unread/index.ts';

/**
 * The reader of a format. That of pstats is always at hand; the others come together when the first of them is wanted,
 * so that a start with a pstats file pays for none of them.
 */
export async function loadReader(id: string): Promise<Reader | null> {
  if (id === pstatsReader.id) return pstatsReader;
  const { OTHER_READERS } = await import('./others.ts');
  return OTHER_READERS.find((reader) => reader.id === id) ?? null;
}

/** Format of a file by its head (64 kB are plenty, 16 bytes do for pstats), or null when it is no profile. Never throws. */
export function sniffFormat(head: Uint8Array): SniffedFormat | null {
  if (isPacked(head)) {
    const id = isGzip(head) ? 'gzip' : 'zstd';
    return { id, title: id, isReadable: false };
  }
  const readable = sniffReadable(head);
  if (readable !== null) return readable;
  const kind = recognize(head);
  return kind.isProfile ? { id: kind.id, title: kind.what.replace(/^(probably )?an? /, ''), isReadable: false } : null;
}

/** What may be chosen about reading a file, and who is told how far it is. */
export interface ReadOptions extends SourceOptions {
  readonly onStage?: StageHook;
}

/**
 * Reads the profiles of one file.
 *
 * @throws UnknownFormatError when no reader knows the bytes, FormatError when they break the format's rules.
 */
export async function readProfile(source: Source, onStage: StageHook = () => {}): Promise<ProfileGroup> {
  onStage('sniff');
  const format = findFormat(source.bytes);
  const reader = format === null ? null : await loadReader(format.id);
  if (reader === null) throw describeUnread(source.bytes);
  onStage('read');
  return reader.read(source, onStage);
}

/** Opens and reads a file's bytes: `openSource`, then `readProfile`. */
export async function readBytes(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<ProfileGroup> {
  if (isPacked(bytes)) options.onStage?.('unpack');
  return readProfile(await openSource(bytes, name, options), options.onStage);
}
