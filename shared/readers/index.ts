/**
 * The one door to all readers: bytes in, profiles out, whatever the format.
 */

import { isGzip, isPacked, isTar, isZip } from '../decode/magic.ts';
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
  if (isArchive(head)) {
    const id = isZip(head) ? 'zip' : 'tar';
    return { id, title: `${id} archive`, isReadable: false };
  }
  const readable = sniffReadable(head);
  if (readable !== null) return readable;
  const kind = recognize(head);
  return kind.isProfile ? { id: kind.id, title: kind.what.replace(/^(probably )?an? /, ''), isReadable: false } : null;
}

/** True for files that hold other files. */
function isArchive(bytes: Uint8Array): boolean {
  return isZip(bytes) || isTar(bytes);
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
  return noteTrailing(reader.read(source, onStage), source.trailingBytes);
}

/** Says of any format that bytes behind the packed data were left out, where its reader has not said it. */
function noteTrailing(group: ProfileGroup, trailing: number): ProfileGroup {
  const code = 'trailing-gzip-bytes';
  if (trailing === 0 || group.warnings.some((warning) => warning.code === code)) return group;
  const message = `${trailing} ${trailing === 1 ? 'byte follows' : 'bytes follow'} the compressed data: left out.`;
  return { ...group, warnings: [...group.warnings, { code, message, where: null, count: trailing }] };
}

/** Opens and reads a file's bytes: `openSource`, then `readProfile`; of an archive, all files in it. */
export async function readBytes(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<ProfileGroup> {
  if (isPacked(bytes)) options.onStage?.('unpack');
  const source = await openSource(bytes, name, options);
  if (!isArchive(source.bytes)) return readProfile(source, options.onStage);
  options.onStage?.('read');
  const { readArchive } = await import('./archive.ts');
  const group = await readArchive(source, (member) => readProfile(member), options.maxBytes);
  // Only now are all files of it read.
  options.onStage?.('build');
  return group;
}
