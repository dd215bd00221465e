/**
 * The one door to all readers: bytes in, profiles out, whatever the format.
 */

import { isArchive, isPacked } from '../decode/magic.ts';
import { openSource, type Source, type SourceOptions } from '../decode/source.ts';
import type { ProfileGroup } from '../model/profile.ts';
import { isPstats } from './pstats/format.ts';
import { pstatsReader } from './pstats/index.ts';
import type { Reader, StageHook } from './reader.ts';

/**
 * The reader of a format. That of pstats is always at hand; the others come together when the first of them is wanted,
 * so that a start with a pstats file pays for none of them.
 */
export async function loadReader(id: string): Promise<Reader | null> {
  if (id === pstatsReader.id) return pstatsReader;
  const { OTHER_READERS } = await import('./others.ts');
  return OTHER_READERS.find((reader) => reader.id === id) ?? null;
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
  const reader = await findReader(source.bytes);
  if (reader === null) {
    const { describeUnread } = await import('./unread/index.ts');
    throw describeUnread(source.bytes);
  }
  onStage('read');
  return noteTrailing(reader.read(source, onStage), source.trailingBytes);
}

/** The reader of a file. pstats is asked first: whoever starts with one waits for no other format to be loaded. */
async function findReader(bytes: Uint8Array): Promise<Reader | null> {
  if (isPstats(bytes)) return pstatsReader;
  const { findFormat } = await import('./sniff.ts');
  const format = findFormat(bytes);
  return format && loadReader(format.id);
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
